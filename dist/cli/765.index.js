export const id = 765;
export const ids = [765];
export const modules = {

/***/ 3169:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a6: () => (/* binding */ isXfsAcl),
/* harmony export */   cd: () => (/* binding */ removeAttributes),
/* harmony export */   jJ: () => (/* binding */ forEach),
/* harmony export */   jl: () => (/* binding */ resetAttributes),
/* harmony export */   p0: () => (/* binding */ isNote)
/* harmony export */ });
/* harmony import */ var _assemblers_lib_getfattr_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5330);
/* harmony import */ var _overlay_lower_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7157);


/** Runs a command with these files of a directory as its last arguments, however many there are. */
const forEach = (namespace, directory, argv, paths) => namespace.run(["xargs", "--null", ...argv, "--"], {
    cwd: directory,
    input: Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1"),
});
/** Removes attributes with these names from the files that have them. */
async function removeAttributes(namespace, directory, found, isMeant) {
    const names = found.flatMap(({ attributes }) => [...attributes.keys()]).filter(isMeant);
    for (const name of new Set(names)) {
        const having = found.filter(({ attributes }) => attributes.has(name));
        const argv = ["setfattr", "--no-dereference", `--remove=${name}`];
        await forEach(namespace, directory, argv, oneNameEach(namespace.path(directory), having));
    }
}
/** Keeps one name of each file that has several: the names share their attributes. */
function oneNameEach(directory, files) {
    const names = files.map(({ path }) => [(0,_overlay_lower_js__WEBPACK_IMPORTED_MODULE_0__/* .statOf */ ._N)(directory, `/${path}`)?.ino, path]);
    return [...new Map(names).values()];
}
/** overlayfs's own bookkeeping. It varies from run to run and means nothing in a packed layer. */
const isNote = (name) => /^trusted\.overlay\.(origin|impure|uuid|nlink|protattr)$/.test(name);
/** XFS shows a file's ACLs as attributes of the file, too. */
const isXfsAcl = (name) => name === "trusted.SGI_ACL_FILE" || name === "trusted.SGI_ACL_DEFAULT";
/** ACLs are kept beside the image, in an order of their own. */
const isOrdered = (name) => !name.startsWith("system.") && !isXfsAcl(name) && !isNote(name);
/** A kernel with SELinux doesn't let anyone remove a label. It is each file's first attribute there anyway. */
const isReset = (name) => isOrdered(name) && name !== "security.selinux";
/**
 * Sets the attributes of files with several of them again, in the order of their names. Then files with the same
 * attributes list them in the same order, which is what mksquashfs goes by to store equal ones once. What that order is
 * still depends on the disk: `sortTable` of attribute-table.ts deals with that.
 */
async function resetAttributes(namespace, directory, found) {
    const several = found.filter(({ attributes }) => [...attributes.keys()].filter(isOrdered).length > 1);
    if (several.length === 0)
        return;
    await removeAttributes(namespace, directory, several, isReset);
    const dump = several.map(({ path, attributes }) => {
        const sorted = [...attributes].filter(([name]) => isReset(name)).sort(([a], [b]) => (a < b ? -1 : 1));
        return (0,_assemblers_lib_getfattr_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDump */ .IP)({ path, attributes: new Map(sorted) });
    });
    const input = Buffer.from(dump.join(""), "latin1");
    await namespace.run(["setfattr", "--no-dereference", "--restore=-"], { cwd: directory, input });
}


/***/ }),

/***/ 5765:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $E: () => (/* binding */ contentOf),
/* harmony export */   Ue: () => (/* binding */ treeContent),
/* harmony export */   "in": () => (/* binding */ emptyTree),
/* harmony export */   sF: () => (/* binding */ rootFacts)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8500);
/* harmony import */ var _tree_contents_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2613);
/* harmony import */ var _tree_walk_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9590);
/* harmony import */ var _attribute_order_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3169);






/** The digest of a tree without layers. */
const emptyTree = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", "");
/** The digest of what a tree holds, from that of the layers below and that of its uppermost layer. */
const treeContent = (below, layer) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", `${below} ${layer}`);
/**
 * Reads what a settled layer holds. Its digest is of names, kinds, modes, owners, times, extended attributes, ACLs, bytes, link
 * targets, device numbers, hard links and overlayfs's deletions. It is the same on every file system, whatever the
 * order of a directory, holes in a file, or the compression of the object that the layer is packed into.
 */
async function contentOf(upper, attributes) {
    const known = new Map(attributes.map((file) => [file.path === "." ? "" : file.path, meaningful(file)]));
    const sum = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    const firstNames = new Map();
    const files = new Map();
    /** The same before they are given to hard links, by the paths' bytes. */
    const digests = new Map();
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    await add("", Buffer.from(upper), (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(upper));
    for (const { path, place, stats, first } of (0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .walk */ .GG)(upper)) {
        // Let the build go on meanwhile.
        if (stats.isDirectory())
            await node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.scheduler.yield();
        const name = place.subarray(Buffer.byteLength(upper) + 1).toString("latin1");
        await add(name, place, stats);
        const digest = first === undefined ? digests.get(name) : files.get(first);
        if (digest !== undefined)
            files.set(path, digest);
    }
    return { digest: sum.digest("hex"), files };
    async function add(path, place, stats) {
        sum.update(`${JSON.stringify(await describe(path, place, stats))}\n`);
    }
    async function describe(path, place, stats) {
        const kind = (0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .kindOf */ .I)(stats);
        // Kernels differ in the modes and link counts of whiteouts.
        if (kind === "character device" && stats.rdev === 0)
            return [path, "whiteout"];
        const inode = `${stats.dev}:${stats.ino}`;
        const first = kind === "directory" || stats.nlink === 1 ? undefined : firstNames.get(inode);
        if (first !== undefined)
            return [path, "hard link", first];
        if (kind !== "directory" && stats.nlink > 1)
            firstNames.set(inode, path);
        const bytes = await bytesOf(kind, place, stats);
        if (kind === "file")
            digests.set(path, (0,_tree_contents_js__WEBPACK_IMPORTED_MODULE_3__/* .shortDigest */ .V)(Buffer.from(`${bytes}`, "hex").toString("base64url")));
        return [...factsOf(kind, stats), path, bytes, ...(known.get(path) ?? [])];
    }
    async function bytesOf(kind, place, { rdev }) {
        switch (kind) {
            case "file":
                return (0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .sha256Of */ .Bj)(place, buffer, "hex");
            case "symbolic link":
                return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readlinkSync)(place, "latin1");
            case "character device":
            case "block device":
                return rdev;
            case "directory":
            case "fifo":
            case "socket":
                return "";
        }
    }
}
/** Everything about a layer's root except its names. It begins like the root of the layer below. */
function rootFacts(upper, attributes) {
    const root = attributes.filter(({ path }) => path === ".").flatMap(meaningful);
    return JSON.stringify([...factsOf("directory", (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(upper)), ...root]);
}
/** The mode of a symbolic link means nothing, and file systems differ in it. */
const factsOf = (kind, { mode, uid, gid, mtimeMs }) => [
    kind,
    kind === "symbolic link" ? 0 : mode & 0o7777,
    uid,
    gid,
    Math.floor(mtimeMs / 1000),
];
/**
 * A file's attributes, sorted by name. Of overlayfs's own, only that of an opaque directory says what the tree holds.
 */
const meaningful = ({ attributes }) => [...attributes]
    .filter(([name]) => !/^trusted\.overlay\.(?!opaque$)/.test(name) && !(0,_attribute_order_js__WEBPACK_IMPORTED_MODULE_5__/* .isXfsAcl */ .a6)(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));


/***/ }),

/***/ 2613:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ readContents),
  V: () => (/* binding */ shortDigest)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./out/src/tree/copyright.js

const directory = "/usr/share/doc";
/** Whether licencesOf() needs the text of a file. */
const isCopyright = (path) => /^\/usr\/share\/doc\/[^/]+\/copyright$/.test(path);
/** Whether licencesOf() needs the target of a link. */
const isCopyrightLink = (path) => /^\/usr\/share\/doc\/[^/]+(\/copyright)?$/.test(path);
/**
 * The licences of a Debian package, by the short names in its copyright file. A file that isn't in the machine-readable
 * format of https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ gives none.
 */
function licencesOf(name, { texts, links }) {
    const follow = (path) => external_node_path_.posix.resolve(external_node_path_.posix.dirname(path), links.get(path) ?? path);
    const text = texts.get(follow(`${follow(`${directory}/${name}`)}/copyright`)) ?? "";
    const [head = "", ...paragraphs] = text.split(/\n(?:[ \t]*\n)+/);
    if (!/^Format:.*copyright-format\/1\.0/im.test(head))
        return [];
    const names = paragraphs
        .filter((paragraph) => /^Files:/im.test(paragraph))
        .map((paragraph) => /^License:(.*)$/im.exec(paragraph)?.[1]?.trim() ?? "");
    return [...new Set(names.filter((each) => each !== ""))];
}

// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/host/plain-file.js
var plain_file = __webpack_require__(3740);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __webpack_require__(2144);
;// CONCATENATED MODULE: ./out/src/tree/packages.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});







/** The path of dpkg's list of packages. */
const dpkgStatus = "/var/lib/dpkg/status";
/** The directory in which dpkg keeps its files about each package. */
const dpkgInfo = "/var/lib/dpkg/info/";
const dpkgList = /^\/var\/lib\/dpkg\/info\/(.+)\.list$/;
/** Whether readDpkg() needs the text of a file. */
const isDpkgFile = (path) => path === dpkgStatus || dpkgList.test(path);
/** Reads dpkg's database from the texts of its files, by path, and licences from the packages' copyright files. */
function readDpkg(files, copyrights) {
    const status = files.get(dpkgStatus);
    if (status === undefined)
        return { database: "none", packages: [] };
    const lists = new Map();
    for (const [path, text] of files) {
        const name = dpkgList.exec(path)?.[1];
        if (name !== undefined)
            lists.set(name, text.split("\n"));
    }
    const packages = status
        .split(/\n\n+/)
        .filter((paragraph) => field(paragraph, "Status").endsWith(" installed"))
        .map((paragraph) => {
        const [name, architecture] = [field(paragraph, "Package"), field(paragraph, "Architecture")];
        const version = field(paragraph, "Version");
        return {
            name,
            version,
            architecture,
            bytes: Number(field(paragraph, "Installed-Size")) * 1024,
            source: debianSource(field(paragraph, "Source"), { name, version }),
            licences: licencesOf(name, copyrights),
            files: lists.get(name) ?? lists.get(`${name}:${architecture}`) ?? [],
        };
    });
    return { database: "dpkg", packages: packages.sort(byIdentity) };
}
/** Reads dpkg's field Source, `NAME` or `NAME (VERSION)`. It is missing if both are the binary package's own. */
function debianSource(text, own) {
    const [, name = own.name, version = own.version] = /^(\S+)(?: \((.*)\))?$/.exec(text) ?? [];
    return { name, version };
}
const field = (paragraph, name) => new RegExp(`^${name}: *(.*)$`, "m").exec(paragraph)?.[1] ?? "";
/** The places of RPM's database, new and old. On new systems /var/lib/rpm is a symbolic link, which isn't followed. */
const rpmDatabases = ["/usr/lib/sysimage/rpm", "/var/lib/rpm"].flatMap((directory) => ["rpmdb.sqlite", "Packages.db", "Packages"].map((name) => `${directory}/${name}`));
/**
 * Reads an RPM database, by its path in a tree or a layer, with the machine's own rpm. It reads a copy, because rpm
 * writes even when it only reads.
 */
async function readRpm(tree, path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const database = __addDisposableResource(env_1, await (0,plain_file/* openBelow */.SL)(tree, path.slice(1)), true);
        const directory = await (0,external_node_fs_promises_.mkdtemp)(`${(0,external_node_os_.tmpdir)()}/rpm-`);
        try {
            await (0,external_node_fs_promises_.copyFile)(`/proc/self/fd/${database.fd}`, `${directory}/${(0,external_node_path_.basename)(path)}`);
            const tags = ["NAME", "VERSION", "RELEASE", "EPOCH", "ARCH", "SIZE", "SOURCERPM", "LICENSE"];
            const format = `${tags.map((tag) => `%{${tag}}`).join("\\t")}\\n[ %{FILENAMES}\\n]\\n`;
            const text = await (0,command/* run */.eF)(["rpm", "--query", "--all", `--dbpath=${directory}`, `--queryformat=${format}`]);
            return { database: "rpm", packages: text.split("\n\n").flatMap(rpmPackage).sort(byIdentity) };
        }
        catch (error) {
            // The build didn't need the host's rpm, so it may be missing, or too old for this database.
            if (error instanceof errors/* BuildError */.zS)
                return { database: "rpm, unread", packages: [] };
            throw error;
        }
        finally {
            await (0,external_node_fs_promises_.rm)(directory, { recursive: true });
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function rpmPackage(text) {
    const [head = "", ...files] = text.split("\n");
    const values = head.split("\t").map((value) => (value === "(none)" ? "" : value));
    const [name = "", number = "", release = "", epoch = "", architecture = "", bytes = "", source = "", licence = ""] = values;
    // rpm lists signing keys as if they were packages.
    if (name === "" || name === "gpg-pubkey")
        return [];
    const version = `${epoch === "" ? "" : `${epoch}:`}${number}-${release}`;
    return [
        {
            name,
            version,
            architecture,
            // A package of 4 GiB or more has no SIZE tag.
            bytes: Number(bytes) || 0,
            source: rpmSource(source, { name, version }),
            licences: licence === "" ? [] : [licence],
            files: files.map((path) => path.slice(1)),
        },
    ];
}
/** Reads the file name of a source package, `NAME-VERSION-RELEASE.src.rpm`. */
function rpmSource(file, own) {
    const [, name = own.name, version = own.version] = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(file) ?? [];
    return { name, version };
}
function byIdentity(a, b) {
    const [x, y] = [a, b].map(({ name, architecture, version }) => `${name}\0${architecture}\0${version}`);
    return x < y ? -1 : x > y ? 1 : 0;
}

;// CONCATENATED MODULE: ./out/src/tree/origins.js
var origins_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var origins_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});



/**
 * For each package the layer that brought it, as an index: the lowest one from which on every layer that has a package
 * database lists this version. Undefined if no layer lists it. The layers are directories, the lowest first.
 */
async function originsOf(packages, layers) {
    let since = new Map();
    for (const [index, layer] of layers.entries()) {
        const listed = await packagesIn(layer);
        if (listed !== undefined)
            since = new Map(listed.map(keyOf).map((key) => [key, since.get(key) ?? index]));
    }
    return packages.map((each) => since.get(keyOf(each)));
}
const keyOf = ({ name, version, architecture }) => `${name}\0${version}\0${architecture}`;
/** The packages that a layer's database lists; undefined if the layer has no database of its own. */
async function packagesIn(layer) {
    for (const path of rpmDatabases) {
        const list = await unlessMissing(readRpm(layer, path));
        if (list !== undefined)
            return list.packages;
    }
    const status = await unlessMissing(readText(layer, dpkgStatus.slice(1)));
    if (status === undefined)
        return undefined;
    return readDpkg(new Map([[dpkgStatus, status]]), { texts: new Map(), links: new Map() }).packages;
}
async function readText(layer, path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = origins_addDisposableResource(env_1, await (0,plain_file/* openBelow */.SL)(layer, path), true);
        return await file.readFile("utf8");
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = origins_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Undefined if a file isn't in a layer, or if something else is in its place, such as a whiteout. */
async function unlessMissing(read) {
    return read.catch((error) => {
        if (error instanceof plain_file/* NotPlainError */.S6 || ["ENOENT", "ENOTDIR", "ELOOP"].some((code) => (0,errors/* hasCode */.up)(error, code)))
            return undefined;
        throw error;
    });
}

;// CONCATENATED MODULE: ./out/src/tree/os-release.js
/** The places of the file, the one that counts first: os-release(5). */
const osReleasePaths = ["/etc/os-release", "/usr/lib/os-release"];
/** Reads an os-release file. Null if it doesn't say which distribution it is. */
function readOsRelease(text) {
    const id = value(text, "ID");
    return id === "" ? null : { id, version: value(text, "VERSION_ID"), name: value(text, "PRETTY_NAME") };
}
/** A variable's value. The file is a list of shell assignments, with or without quotes. */
function value(text, name) {
    const [, quoted = ""] = new RegExp(`^${name}=(.*)$`, "m").exec(text) ?? [];
    return quoted
        .trim()
        .replace(/^(["'])(.*)\1$/, "$2")
        .replace(/\\(.)/g, "$1");
}

// EXTERNAL MODULE: ./out/src/tree/walk.js
var walk = __webpack_require__(9590);
;// CONCATENATED MODULE: ./out/src/tree/contents.js








/**
 * Reads a finished tree. Symbolic links aren't followed, because they could lead out of the tree. The layers, the
 * lowest first, tell which step brought each package.
 */
async function readContents(tree, layers = []) {
    const { found, kept, links, copyrightLinks } = await look(tree, merged(layers));
    const rpm = rpmDatabases.find((path) => found.some((entry) => entry.path === path && entry.kind === "file"));
    const { database, packages } = rpm === undefined ? readDpkg(kept, { texts: kept, links: copyrightLinks }) : await readRpm(tree, rpm);
    const owners = ownersOf(packages, links);
    const ownerOf = (path) => owners.get(path) ?? owners.get(madeFrom(path)) ?? null;
    const osRelease = osReleasePaths.map((path) => kept.get(path)).find((text) => text !== undefined);
    return {
        database,
        distribution: osRelease === undefined ? null : readOsRelease(osRelease),
        ...(await withSteps(packages.map(({ files: _files, ...each }) => each), layers)),
        entries: found.map((entry) => ({
            ...entry,
            package: entry.kind === "directory" ? null : ownerOf(entry.path),
        })),
    };
}
/** Adds to each package the step that brought it. */
async function withSteps(packages, layers) {
    const origins = await originsOf(packages, layers.map(({ directory }) => directory));
    const stepOf = (index) => {
        const origin = origins[index];
        return origin === undefined ? null : (layers[origin]?.step ?? null);
    };
    const brought = new Set(packages.map((_, index) => stepOf(index)));
    const steps = [...new Set(layers.flatMap(({ step }) => (step !== null && brought.has(step) ? [step] : [])))];
    return {
        packages: packages.map((each, index) => {
            const step = stepOf(index);
            return { ...each, step: step === null ? null : steps.indexOf(step) };
        }),
        steps,
    };
}
/** Maps each path to the package that claims it. */
function ownersOf(packages, links) {
    const owners = new Map();
    for (const [index, { name, architecture, files }] of packages.entries()) {
        for (const named of [name, `${name}:${architecture}`])
            owners.set(`${dpkgInfo}${named}`, index);
        for (const path of files)
            owners.set(throughLinks(path, links), index);
    }
    // Packages that list /bin mean the directory, so the link belongs to none of them.
    for (const path of links.keys())
        owners.delete(path);
    return owners;
}
/** Resolves a link in the root directory: packages list /bin/ls even if /bin is a symbolic link to usr/bin. */
function throughLinks(path, links) {
    const end = path.indexOf("/", 1);
    const target = end === -1 ? undefined : links.get(path.slice(0, end));
    return target === undefined ? path : `/${target.replace(/^\/+/, "")}${path.slice(end)}`;
}
/**
 * The listed path that a file was made from. Packages don't list the files that dpkg keeps about them, nor those that
 * Python compiles.
 */
const madeFrom = (path) => path.startsWith(dpkgInfo)
    ? path.replace(/\.[a-z0-9]+$/, "")
    : path.replace(/__pycache__\/([^/]+)\.[a-z0-9]+-[0-9]+(\.opt-[12])?\.pyc$/, "$1.py");
/** The digests of a tree's files: a path is that of the uppermost layer that has a file there. */
const merged = (layers) => new Map(layers.flatMap(({ files }) => [...files]));
async function look(tree, digests) {
    const found = [];
    const kept = new Map();
    const links = new Map();
    const copyrightLinks = new Map();
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    for (const file of (0,walk/* walk */.GG)(tree)) {
        const { path, kind, stats } = file;
        // Let concurrent work run.
        if (kind === "directory")
            await promises_.scheduler.yield();
        const mode = stats.mode & 0o7777;
        const owner = `${stats.uid}:${stats.gid}`;
        found.push({ path, kind, size: sizeOf(kind, stats), mode, owner, digest: await digestOf(file) });
    }
    return { found, kept, links, copyrightLinks };
    async function digestOf({ place, path, kind, stats: { rdev, size } }) {
        switch (kind) {
            case "file":
            case "hard link":
                if (isTelling(path, size))
                    kept.set(path, readWhole(place, size).toString());
                return digests.get(path) ?? shortDigest(await (0,walk/* sha256Of */.Bj)(place, buffer, "base64url"));
            case "symbolic link": {
                const target = (0,external_node_fs_.readlinkSync)(place, { encoding: "buffer" });
                if (path.lastIndexOf("/") === 0)
                    links.set(path, target.toString());
                if (isCopyrightLink(path))
                    copyrightLinks.set(path, target.toString());
                return shortDigest((0,external_node_crypto_.hash)("sha256", target, "base64url"));
            }
            case "character device":
            case "block device":
                return String(rdev);
            case "directory":
            case "fifo":
            case "socket":
                return "";
        }
    }
}
/** Whether a file's text tells about packages or the distribution. A copyright file of many megabytes isn't one. */
const isTelling = (path, size) => isDpkgFile(path) || (size < 8 * 1024 ** 2 && (isCopyright(path) || osReleasePaths.includes(path)));
/** The size of a directory or a device depends on the file system, so it counts as 0. */
const sizeOf = (kind, { size }) => kind === "file" || kind === "hard link" || kind === "symbolic link" ? size : 0;
/** 64 bits of a digest in base64url: enough to tell two versions of one file apart. */
const shortDigest = (digest) => digest.slice(0, 11);
function readWhole(place, size) {
    const file = (0,external_node_fs_.openSync)(place, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW);
    try {
        const bytes = Buffer.alloc(size);
        return bytes.subarray(0, (0,external_node_fs_.readSync)(file, bytes));
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}


/***/ })

};
