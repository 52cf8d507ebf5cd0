export const id = 803;
export const ids = [803,908];
export const modules = {

/***/ 1908:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ isTooLarge),
/* harmony export */   requireBudget: () => (/* binding */ requireBudget)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1795);
/* harmony import */ var _report_changes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2692);
/* harmony import */ var _report_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7250);
/* harmony import */ var _tree_changes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3366);




/** The limits of a budget. Without growth to measure, what a limit counts from is what a step started on. */
function limitsOf({ maxSize, maxGrowth }, started) {
    const limits = [];
    if (maxSize !== undefined) {
        const hint = "make it smaller, or raise max-size";
        limits.push({ most: maxSize, text: `max-size is ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)(maxSize)}`, before: started, hint });
    }
    if (maxGrowth !== undefined) {
        const { bytes, since } = maxGrowth;
        const text = `max-growth is ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)(bytes)}, and ${since.label} had ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)((0,_tree_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .totalBytes */ .ob)(since.contents))}`;
        const hint = "make it smaller, or raise max-growth for this build: the next one is compared with its image";
        limits.push({ most: (0,_tree_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .totalBytes */ .ob)(since.contents) + bytes, text, before: since.contents, hint });
    }
    return limits;
}
/** Whether files of so many bytes are too large. */
const isTooLarge = (budget, bytes) => limitsOf(budget, undefined).some(({ most }) => bytes > most);
/** Throws if a tree is too large, at the step that brought the most of it, with what that step brought. */
function requireBudget(budget, pipeline, { contents, step, started }) {
    const bytes = (0,_tree_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .totalBytes */ .ob)(contents);
    const problems = limitsOf(budget, started)
        .filter(({ most }) => bytes > most)
        .map((limit) => problemOf(limit, pipeline, contents, step));
    if (problems.length > 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS("TOO_LARGE", problems);
}
/** The most packages and files that are named. */
const mostNamed = 10;
function problemOf({ most, text, before, hint }, pipeline, contents, last) {
    const grown = grownParts(before, contents);
    const at = placeOf(grown, pipeline, last);
    const named = grown.slice(0, mostNamed).map(({ name, bytes }) => `  ${name}: ${(0,_report_changes_js__WEBPACK_IMPORTED_MODULE_1__/* .formatChange */ .eD)(bytes)}`);
    const more = grown.length - named.length;
    const size = (0,_tree_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .totalBytes */ .ob)(contents);
    return {
        message: [
            `the files have ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)(size)}, ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)(size - most)} more than allowed: ${text}. What grew most:`,
            ...named,
            ...(more > 0 ? [`  … and ${more.toLocaleString("en")} more`] : []),
        ].join("\n"),
        at,
        hint,
    };
}
/** The packages and files that have grown, the largest growth first. */
function grownParts(before, after) {
    const changes = (0,_tree_changes_js__WEBPACK_IMPORTED_MODULE_3__/* .changesBetween */ .iv)(before ?? { ...after, packages: [], entries: [] }, after);
    const packages = changes.packages.map(({ name, architecture, to, bytes }) => {
        const found = after.packages.find((each) => each.name === name && each.architecture === architecture && each.version === to);
        const step = found?.step == null ? undefined : after.steps[found.step]?.id;
        return { name: `${name} ${to ?? "removed"}`, bytes, step };
    });
    const files = changes.files.map(({ path, bytes }) => ({ name: path, bytes, step: undefined }));
    return [...packages, ...files].filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
}
/** The place of the step that brought most of what grew. Files without a package are taken for the last step's. */
function placeOf(grown, { stages }, last) {
    const brought = new Map();
    for (const { step, bytes } of grown)
        brought.set(step ?? last.id, (brought.get(step ?? last.id) ?? 0) + bytes);
    const [most] = [...brought].sort(([, a], [, b]) => b - a);
    return (stages.find(({ id }) => id === most?.[0]) ?? last).at;
}


/***/ }),

/***/ 7114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ nothing)
/* harmony export */ });
/* harmony import */ var _store_content_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5765);

/** An empty tree. */
const nothing = { layers: [], makers: [], content: Promise.resolve(_store_content_js__WEBPACK_IMPORTED_MODULE_0__/* .emptyTree */ ["in"]), runs: [] };


/***/ }),

/***/ 1803:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openSession: () => (/* binding */ openSession),
  stackOf: () => (/* binding */ stackOf)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/host/plain-file.js
var plain_file = __webpack_require__(3740);
// EXTERNAL MODULE: ./out/src/host/remove.js
var remove = __webpack_require__(2689);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __webpack_require__(1856);
// EXTERNAL MODULE: ./out/src/pipeline/lock.js
var lock = __webpack_require__(7334);
// EXTERNAL MODULE: ./out/src/pipeline/pipeline.js
var pipeline = __webpack_require__(1563);
// EXTERNAL MODULE: ./out/src/store/archives.js
var archives = __webpack_require__(2717);
// EXTERNAL MODULE: ./out/src/store/content.js
var store_content = __webpack_require__(5765);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./out/src/tree/contents.js + 4 modules
var tree_contents = __webpack_require__(2613);
// EXTERNAL MODULE: ./out/src/tree/walk.js
var walk = __webpack_require__(9590);
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __webpack_require__(9396);
// EXTERNAL MODULE: ./out/src/store/put.js
var put = __webpack_require__(2281);
;// CONCATENATED MODULE: ./out/src/store/file-digests.js










// Every layer's files are read once, for the digest of what the layer holds. What an image contains is then known
// without reading all of its files again.
/** The bytes of a packed layer from which on its files' digests are kept. Those of a smaller one are made anew. */
const worthKeeping = 1024 ** 2;
/** The most bytes of a list: enough for a million files. */
const mostBytes = 256 * 1024 ** 2;
/** The beginning of a list's text: the format's version, and the checksum of what follows. */
const head = /^\{"version":1,"sha256":"([0-9a-f]{64})",/;
const listShape = (0,shape/* shaped */.e9)({
    files: (0,shape/* plain */.pj)("digests by path", (value) => Object.values(Object(value)).every((each) => typeof each === "string")),
});
/** Keeps the digests of the files of a layer that has been packed. */
async function keepFileDigests(layout, { digest, size }, digests) {
    if (size < worthKeeping)
        return;
    const rest = `"files":${JSON.stringify(Object.fromEntries(digests))}}\n`;
    const text = `{"version":1,"sha256":"${(0,external_node_crypto_.hash)("sha256", rest)}",${rest}`;
    await (0,store_layout/* unlessReadOnly */.Hp)((0,put/* putFile */.UN)(layout, text, layout.fileDigests(digest)));
}
/**
 * The digests of the files of an object, a layer that a directory shows by itself. They are made if the store has none,
 * such as those of a layer from a cache.
 */
async function fileDigestsOf(layout, object, directory) {
    const kept = await readKept(layout.fileDigests(object));
    if (kept !== undefined)
        return kept;
    const made = new Map();
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    for (const { path, place, kind } of (0,walk/* walk */.GG)(directory)) {
        if (kind === "directory")
            await external_node_timers_promises_.scheduler.yield();
        if (kind === "file" || kind === "hard link")
            made.set(path, (0,tree_contents/* shortDigest */.V)(await (0,walk/* sha256Of */.Bj)(place, buffer, "base64url")));
    }
    const { size } = await (0,promises_.stat)(layout.object(object));
    await keepFileDigests(layout, { digest: object, size }, made);
    return made;
}
/** Undefined if there are none, or if they are damaged. */
async function readKept(path) {
    const text = await (0,plain_file/* readPlain */.rM)(path, mostBytes).catch((error) => (0,plain_file/* isUnreadable */.GZ)(error) ? undefined : (0,errors/* ignoreMissing */.bt)(error));
    const [start = "", sum] = head.exec(text ?? "") ?? [];
    if (text === undefined || sum !== (0,external_node_crypto_.hash)("sha256", text.slice(start.length)))
        return undefined;
    const list = (0,shape/* fromJson */.Rf)(listShape, text);
    return list && new Map(Object.entries(list.files));
}

// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __webpack_require__(2144);
;// CONCATENATED MODULE: ./out/src/programs/strip-types.js


/** Reads a list of modules and prints the list of their JavaScript. */
const script = `
import { stripTypeScriptTypes } from "node:module";
import { json } from "node:stream/consumers";
const strip = (source) => {
  try {
    return stripTypeScriptTypes(source);
  } catch {
    return null;
  }
};
console.log(JSON.stringify((await json(process.stdin)).map(strip)));
`;
/**
 * Strips the types of TypeScript modules. Lines and columns stay the same. It is a process of its own, because loading
 * Node.js's compiler takes longer than starting one, and meanwhile the build goes on.
 */
async function stripTypes(sources) {
    const argv = [external_node_process_.execPath, "--disable-warning=ExperimentalWarning", "--input-type=module", `--eval=${script}`];
    return JSON.parse(await (0,command/* run */.eF)(argv, { input: JSON.stringify(sources) }));
}

;// CONCATENATED MODULE: ./out/src/store/javascript.js







/**
 * Keeps the JavaScript of programs in the store: Node.js needs twice as long to strip a program's types as for
 * everything else that it does before the program begins. A file is made from the text that the program's digest
 * covers, by the engine and in no container, and programs can only read it.
 */
function openJavaScript(layout) {
    const files = new Map();
    const prepare = (programs) => {
        const all = new Map(programs.map((program) => [program.digest, program]));
        const asked = [...all.values()].filter(({ digest: name, modules }) => modules.size > 0 && !files.has(name));
        const made = provide(layout, asked);
        for (const program of asked) {
            const file = made.then(() => placeOf(layout, program));
            // Whoever waits for it hears of a failure.
            file.catch(() => undefined);
            files.set(program.digest, file);
        }
    };
    return {
        prepare,
        async of(program) {
            prepare([program]);
            return files.get(program.digest);
        },
    };
}
/** Another release of Node.js may strip types in another way. */
const placeOf = (layout, program) => layout.javaScript((0,external_node_crypto_.hash)("sha256", JSON.stringify([program.digest, external_node_process_.version])));
/** The content of a file: the modules by path below the libdir, and the digest of their JSON. */
const fileShape = (0,shape/* shaped */.e9)({ digest: shape/* digest */.br, modules: shape/* object */.Ik });
/** The most bytes that are read. */
const javascript_mostBytes = 64 * 1024 ** 2;
/** Makes the files that are missing or damaged. */
async function provide(layout, programs) {
    const states = await Promise.all(programs.map((program) => isSound(placeOf(layout, program))));
    const missing = programs.filter((_, index) => !states[index]);
    const sources = new Set(missing.flatMap(({ modules }) => [...modules.values()]));
    if (sources.size === 0)
        return;
    const stripped = await stripTypes([...sources]);
    const scripts = new Map([...sources].map((source, index) => [source, stripped[index]]));
    for (const program of missing) {
        const found = [...program.modules].map(([path, source]) => [path, scripts.get(source)]);
        const modules = Object.fromEntries(found.filter(([, script]) => script !== null));
        const text = JSON.stringify({ digest: (0,external_node_crypto_.hash)("sha256", JSON.stringify(modules)), modules });
        // A container of another build may show the file that is there.
        await (0,put/* putFile */.UN)(layout, text, placeOf(layout, program));
    }
}
async function isSound(path) {
    try {
        const found = (0,shape/* fromJson */.Rf)(fileShape, await (0,plain_file/* readPlain */.rM)(path, javascript_mostBytes));
        return found !== undefined && found.digest === (0,external_node_crypto_.hash)("sha256", JSON.stringify(found.modules));
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT") || (0,plain_file/* isUnreadable */.GZ)(error))
            return false;
        throw error;
    }
}

// EXTERNAL MODULE: ./out/src/store/memory.js
var store_memory = __webpack_require__(7521);
// EXTERNAL MODULE: ./out/src/store/objects.js
var store_objects = __webpack_require__(2088);
// EXTERNAL MODULE: ./out/src/store/refs.js
var refs = __webpack_require__(6720);
// EXTERNAL MODULE: ./out/assemblers/lib/getfattr.js
var getfattr = __webpack_require__(5330);
// EXTERNAL MODULE: ./out/src/store/layers.js + 1 modules
var store_layers = __webpack_require__(1860);
;// CONCATENATED MODULE: ./out/src/store/separate-layers.js



/** Shows each of a tree's layers by itself, with all that it holds. */
async function separateLayers(place, trees, objects) {
    const mounted = await trees.apart(objects.map((object) => ({ object })));
    return Promise.all(objects.map(async (object, index) => {
        const directory = await withAcls(place, object, mounted[index]);
        return { directory, opaque: await opaqueDirectories(place.namespace, directory) };
    }));
}
/**
 * An unpacked copy of a layer with ACLs, which squashfs can't show. An overlay would show them but hide the whiteouts.
 */
async function withAcls({ namespace, layout, workspace }, object, mounted) {
    if ((await (0,store_layers/* aclsOf */.jV)(layout.object(object))) === "")
        return mounted;
    const directory = `${workspace}/${(0,external_node_crypto_.randomUUID)()}`;
    await (0,store_layers/* unpack */.l1)(namespace, layout.object(object), directory);
    return directory;
}
/** These are marked with attributes that only the engine can read, because they need CAP_SYS_ADMIN. */
async function opaqueDirectories(namespace, directory) {
    const argv = [...(0,getfattr/* getfattr */.YR)("^trusted\\.overlay\\.opaque$"), "--recursive", "."];
    const dump = await namespace.run(argv, { cwd: directory, encoding: "latin1" });
    return (0,getfattr/* parseDump */.oi)(dump).map(({ path }) => path);
}

// EXTERNAL MODULE: ./out/src/store/trees.js + 6 modules
var store_trees = __webpack_require__(254);
// EXTERNAL MODULE: ./out/src/store/workspace.js + 1 modules
var store_workspace = __webpack_require__(2660);
// EXTERNAL MODULE: ./out/src/tree/contents-file.js
var contents_file = __webpack_require__(5772);
// EXTERNAL MODULE: ./out/src/build/budget.js
var build_budget = __webpack_require__(1908);
;// CONCATENATED MODULE: ./out/src/build/budget-check.js
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



/** Measures trees in a session. Every tree is measured, but only one that is too large is read. */
function openBudgetCheck(budget, { namespace, trees, packing, layersOf }) {
    return async (pipeline, step, tree) => {
        if (budget === undefined || !(0,build_budget/* isTooLarge */.I)(budget, await sizeOf(tree)))
            return;
        // Reading a file changes its time of access, which mustn't happen to a layer while it is packed.
        await packing.done();
        const contents = await contentsOf(tree);
        const below = { ...tree, layers: tree.layers.slice(0, -1), makers: tree.makers.slice(0, -1) };
        const started = below.layers.length === 0 ? undefined : await contentsOf(below);
        (0,build_budget.requireBudget)(budget, pipeline, { contents, step, started });
    };
    async function sizeOf({ layers }) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const tree = __addDisposableResource(env_1, await trees.get(layers), true);
            let bytes = 0;
            for (const { kind, stats } of (0,walk/* walk */.GG)(namespace.path(tree.path)))
                if (kind === "file")
                    bytes += stats.size;
            return bytes;
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
    async function contentsOf({ layers, makers }) {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const objects = await Promise.all(layers.map(packing.objectOf));
            const tree = __addDisposableResource(env_2, await trees.get(objects.map((object) => ({ object }))), true);
            // Without await the tree would be gone while it is read.
            return await (0,tree_contents/* readContents */.r)(namespace.path(tree.path), await layersOf(objects, makers));
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = __disposeResources(env_2);
            if (result_2)
                await result_2;
        }
    }
}

// EXTERNAL MODULE: ./out/src/host/mounts.js
var mounts = __webpack_require__(9791);
// EXTERNAL MODULE: ./out/src/sandbox/build-root.js
var build_root = __webpack_require__(8263);
;// CONCATENATED MODULE: ./out/src/build/build-roots.js



/** Makes each build root once, in a build's workspace. */
function openBuildRoots(namespace, directory, trees) {
    const roots = new Map();
    return (layers) => {
        const key = JSON.stringify(layers);
        const root = roots.get(key) ?? make(layers, `${directory}/root-${roots.size}`);
        roots.set(key, root);
        return root;
    };
    async function make(layers, path) {
        await (0,promises_.mkdir)(path);
        if (layers.length === 0) {
            await (0,mounts/* mountAll */.Dz)(namespace, directory, (0,build_root/* hostBuildRoot */.v)(path));
            return path;
        }
        (0,build_root/* makeMountPoints */.f)(path);
        return (await trees.get(layers, path)).path;
    }
}

// EXTERNAL MODULE: ./out/src/build/context.js
var build_context = __webpack_require__(7114);
// EXTERNAL MODULE: ./out/src/build/freshness.js
var freshness = __webpack_require__(3130);
;// CONCATENATED MODULE: ./out/src/build/packing.js

function openPacking(namespace, layout, directory) {
    /** The digests of the layers, packed or still to be packed, by directory. */
    const digests = new Map();
    let packing = Promise.resolve();
    return {
        add(layer, content, epoch, store) {
            const digest = Promise.withResolvers();
            digests.set(layer.upper, digest);
            // done() reports the failure.
            digest.promise.catch(() => undefined);
            packing = packing.then(async () => {
                // Reading a file changes its time of access, and mksquashfs takes two names for one file only while that stays.
                await content;
                const packed = (0,store_layers/* pack */.qq)(namespace, layout, layer, directory, epoch);
                digest.resolve(packed.then((object) => object.digest));
                await store(await packed);
            });
            packing.catch(digest.reject);
        },
        afterwards(store) {
            packing = packing.then(store);
            // done() reports the failure.
            packing.catch(() => undefined);
        },
        async objectOf(layer) {
            return "object" in layer ? layer.object : digests.get(layer.directory).promise;
        },
        done: () => packing,
    };
}

// EXTERNAL MODULE: external "node:tty"
var external_node_tty_ = __webpack_require__(7066);
// EXTERNAL MODULE: ./out/src/host/space.js
var space = __webpack_require__(2699);
// EXTERNAL MODULE: ./out/src/pipeline/secrets.js
var pipeline_secrets = __webpack_require__(6784);
// EXTERNAL MODULE: ./out/src/sandbox/limits.js
var sandbox_limits = __webpack_require__(5176);
// EXTERNAL MODULE: external "node:dns/promises"
var external_node_dns_promises_ = __webpack_require__(1553);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./out/src/sandbox/network.js




/** The same on every machine, and in a range that documentation has for itself: no mirror lies there. */
const range = "198.51.100.0/24";
/** slirp4netns's own: where it answers for the host's name server, and its side of IPv6. */
const slirp = { name4: "198.51.100.3", name6: "fd00::3", address6: "fd00::100/64", router6: "fe80::2" };
/**
 * Addresses at which clouds tell a machine its secrets: link-local, Azure's and Alibaba's; Amazon's, Google's,
 * Oracle's.
 */
const metadata = {
    ipv4: ["169.254.0.0/16", "168.63.129.16/32", "100.100.100.200/32"],
    ipv6: ["fd00:ec2::254/128", "fd20:ce::254/128", "fd00:c1::a9fe:a9fe/128"],
};
/**
 * Makes a network namespace in which programs reach the world through a process of the host that opens their
 * connections for them. The addresses that the host takes for its own lead nowhere, but for the ports that `named`,
 * any JSON, has addresses of: what the user said to download from. It ends with the build's namespace.
 */
async function openNetwork(namespace, directory, named) {
    const path = `${directory}/network`;
    const host = await readHost(namespace);
    const ports = await portsOf(host, JSON.stringify(named ?? null));
    await startSlirp(namespace, path, host);
    const batch = routes(host).join("\n");
    await namespace.run(["nsenter", `--net=${path}`, "ip", "-batch", "-"], { input: `${batch}\n` });
    for (const port of ports)
        await namespace.run(["sh", "-c", forward, "sh", path, port.at, port.to]);
    return { path, resolver: resolverOf(host, await (0,promises_.readFile)("/etc/resolv.conf", "utf8")) };
}
async function readHost(namespace) {
    const ip = async (family, ...query) => JSON.parse((await namespace.run(["ip", family, "-json", "route", "show", ...query])) || "[]");
    const local = ["table", "local", "type", "local"];
    const own = [...(await ip("-4", ...local)), ...(await ip("-6", ...local))].map(({ dst }) => dst);
    const isOwn = matcher(own);
    return { own, isOwn, hasIpv6: (await ip("-6", "default")).length > 0 };
}
function matcher(ranges) {
    const list = new external_node_net_.BlockList();
    for (const range of ranges) {
        const [address = "", length] = range.split("/");
        const family = (0,external_node_net_.isIPv4)(address) ? "ipv4" : "ipv6";
        list.addSubnet(address, length === undefined ? (family === "ipv4" ? 32 : 128) : Number(length), family);
    }
    return (address) => ((0,external_node_net_.isIPv4)(address) || (0,external_node_net_.isIPv6)(address)) && list.check(address, (0,external_node_net_.isIPv4)(address) ? "ipv4" : "ipv6");
}
/**
 * A namespace that a file keeps, and the process that carries its packets. That says on descriptor 3 when it is ready;
 * if it never is, its log is printed.
 */
const start = `
net=$1; shift
touch "$net" && unshare --net="$net" true && mkfifo "$net.ready" || exit
slirp4netns "$@" --ready-fd=3 "$net" tap0 3>"$net.ready" >"$net.log" 2>&1 </dev/null &
[ "$(head -c 1 "$net.ready")" = 1 ] || { wait $!; echo "slirp4netns ended with exit code $?"; cat "$net.log"; }
`;
async function startSlirp(namespace, path, { hasIpv6 }) {
    const options = [
        ...["--netns-type=path", "--configure", `--cidr=${range}`, "--mtu=65520"],
        ...["--disable-host-loopback", "--enable-sandbox", "--enable-seccomp"],
        ...(hasIpv6 ? ["--enable-ipv6"] : []),
    ];
    const said = await namespace.run(["sh", "-c", start, "sh", path, ...options]);
    if (said === "")
        return;
    const lines = said.split("\n").filter((line) => line !== "" && !line.startsWith("WARNING: "));
    const message = `a step that downloads needs a network of its own, and none can be made: ${lines.join("; ")}`;
    const hint = "`osbuild doctor` tells what is missing";
    throw (0,errors/* failure */.V2)("HOST", message, hint);
}
/** The host's own addresses are the namespace's own, so that only forwarded ports answer there. */
function routes({ own, hasIpv6 }) {
    const closed = [...metadata.ipv4, ...(hasIpv6 ? metadata.ipv6 : [])];
    return [
        ...closed.map((range) => `route add unreachable ${range}`),
        ...own
            .filter((range) => !isLoopback(range) && !range.startsWith("fe80:") && (hasIpv6 || !range.includes(":")))
            .map((range) => `route add local ${range} dev lo`),
        ...(hasIpv6
            ? [`address add ${slirp.address6} dev tap0 nodad`, `route add default via ${slirp.router6} dev tap0`]
            : []),
    ];
}
const isLoopback = (range) => range.startsWith("127.") || range === "::1";
const defaultPorts = { "http:": "80", "https:": "443", "ftp:": "21" };
/** The ports of the host itself among the addresses in a text. */
async function portsOf(host, text) {
    const ports = new Map();
    for (const [address] of text.matchAll(/\w+:\/\/[^\s"\\]+/g)) {
        if (!URL.canParse(address))
            continue;
        const { protocol, hostname, port } = new URL(address);
        const number = port || defaultPorts[protocol];
        const name = hostname.replace(/^\[|\]$/g, "");
        const found = number === undefined ? undefined : await (0,external_node_dns_promises_.lookup)(name, { order: "ipv4first" }).catch(() => undefined);
        if (found === undefined || !host.isOwn(found.address))
            continue;
        const at = `${(0,external_node_net_.isIPv6)(found.address) ? `[${found.address}]` : found.address}:${number}`;
        ports.set(at, { at, to: `${name}:${number}` });
    }
    return [...ports.values()];
}
/** systemd's own pair: one listens in the namespace, and becomes the other back on the host's network. */
const forward = `
log=$1.$2.log
nsenter --net="$1" systemd-socket-activate --listen="$2" \
  nsenter --net=/proc/1/ns/net /usr/lib/systemd/systemd-socket-proxyd "$3" >"$log" 2>&1 </dev/null &
until grep -q '^Listening on ' "$log"; do kill -0 $! || { cat "$log" >&2; exit 1; }; sleep 0.01; done
`;
/** The host's name servers; slirp4netns answers for those that are on the host itself or where metadata is. */
function resolverOf(host, text) {
    const isMetadata = matcher([...metadata.ipv4, ...metadata.ipv6, "fe80::/10"]);
    const lines = text.split("\n").map((line) => {
        const [, server] = /^\s*nameserver\s+(\S+)/.exec(line) ?? [];
        if (server === undefined)
            return line;
        const address = server.replace(/%.*/, "");
        if ((0,external_node_net_.isIPv6)(address) && !host.hasIpv6)
            return "";
        const closed = host.isOwn(address) || isMetadata(address);
        return `nameserver ${closed ? ((0,external_node_net_.isIPv6)(address) ? slirp.name6 : slirp.name4) : server}`;
    });
    const kept = [...new Set(lines.filter((line) => line !== ""))];
    const servers = kept.some((line) => line.startsWith("nameserver ")) ? [] : [`nameserver ${slirp.name4}`];
    return `${[...kept, ...servers].join("\n")}\n`;
}

// EXTERNAL MODULE: ./out/src/sandbox/run.js + 7 modules
var sandbox_run = __webpack_require__(4493);
// EXTERNAL MODULE: ./out/src/secrets/secret.js
var secrets_secret = __webpack_require__(6526);
;// CONCATENATED MODULE: ./out/src/secrets/mask.js

/** Makes the function that hides secrets in a line of text. */
function maskOf(secrets) {
    // A form that contains another one comes first.
    const forms = [...secrets].flatMap(secrets_secret/* maskedForms */.$e).sort((a, b) => b.length - a.length);
    return (line) => forms.reduce((text, form) => text.replaceAll(form, "***"), line);
}

// EXTERNAL MODULE: ./out/src/store/logs.js
var logs = __webpack_require__(7825);
// EXTERNAL MODULE: ./out/src/host/lock.js
var host_lock = __webpack_require__(9190);
;// CONCATENATED MODULE: ./out/src/store/state.js
var state_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var state_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
 * Opens the directory in which a program keeps its downloads. If damage has put something else in its place, or in the
 * place of the file that locks it, that is removed: a link could lead out of the store. So is what no download is, on
 * which the program would wait for ever or which it would write to elsewhere.
 */
async function openState(layout, program) {
    const directory = layout.state(program);
    const [found, lock] = await Promise.all([directory, `${directory}.lock`].map(statsOf));
    if (found?.isDirectory() === false)
        await (0,remove/* removeTree */.dM)(directory);
    if (lock?.isFile() === false)
        await (0,remove/* removeTree */.dM)(`${directory}.lock`);
    await (0,promises_.mkdir)(directory, { recursive: true });
    await (0,promises_.writeFile)(`${directory}.lock`, "", { flag: "a", mode: 0o600 });
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const _alone = state_addDisposableResource(env_1, await (0,host_lock/* lockFile */.K)(`${directory}.lock`, ["--exclusive", "--nonblock"]), true);
            for (const place of misfits([...(0,walk/* walk */.GG)(directory)]))
                await (0,promises_.unlink)(place);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = state_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    catch (error) {
        // Another build that is using it has looked at it.
        if (!(error instanceof host_lock/* LockedError */.b))
            throw error;
    }
    return directory;
}
/** The paths of files that are neither files nor links nor directories, or that have another name elsewhere. */
function misfits(found) {
    const names = Map.groupBy(found, ({ stats: { dev, ino } }) => `${dev}:${ino}`);
    return [...names.values()].flatMap((same) => {
        const { kind, stats } = same[0];
        if (kind === "directory" || kind === "symbolic link")
            return [];
        return kind === "file" && stats.nlink === same.length ? [] : same.map(({ place }) => place);
    });
}
const statsOf = (path) => (0,promises_.lstat)(path).catch((error) => {
    if (!(0,errors/* hasCode */.up)(error, "ENOENT"))
        throw error;
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./out/src/tree/search.js



/** The bytes that are read at once. */
const chunk = 1024 ** 2;
/**
 * Finds the files below a directory that contain one of these texts, as they are: in nothing compressed. Files that
 * were last changed before `since`, in milliseconds since 1970, are left out. Each file is listed once.
 */
async function search(directory, texts, since = 0) {
    const needles = [...texts].flatMap(([key, all]) => all.map((text) => ({ key, bytes: Buffer.from(text) })));
    const overlap = Math.max(0, ...needles.map(({ bytes }) => bytes.length - 1));
    const buffer = Buffer.alloc(chunk + overlap);
    const hits = [];
    for (const { path, place, kind, stats } of (0,walk/* walk */.GG)(directory)) {
        if (kind !== "file" || stats.ctimeMs < since)
            continue;
        const key = await keyIn(place);
        if (key !== undefined)
            hits.push({ path, place, key });
    }
    return hits;
    /** The key of the first text that a file contains. */
    async function keyIn(place) {
        const file = (0,external_node_fs_.openSync)(place, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW);
        try {
            let kept = 0;
            for (let length = 0;;) {
                length = (0,external_node_fs_.readSync)(file, buffer, kept, chunk, null);
                const read = buffer.subarray(0, kept + length);
                const found = needles.find(({ bytes }) => read.includes(bytes));
                if (found !== undefined || length < chunk)
                    return found?.key;
                // A text may begin in one part and end in the next.
                kept = Math.min(overlap, read.length);
                read.copy(buffer, 0, read.length - kept);
                await external_node_timers_promises_.scheduler.yield();
            }
        }
        finally {
            (0,external_node_fs_.closeSync)(file);
        }
    }
}

;// CONCATENATED MODULE: ./out/src/build/leaks.js





/** The clock of file systems lags behind by some milliseconds. */
const lag = 1000;
/**
 * The failure of a step that has left one of its secrets in what is kept, as it is, in a URL or in base64. A file of
 * the program's own directory is deleted, because the next build would find it there.
 */
async function findLeak(step, { results, state, began }) {
    const texts = new Map([...(0,pipeline_secrets/* secretValues */.VX)(step)].map(([name, secret]) => [name, (0,secrets_secret/* formsOf */.XP)(secret)]));
    if (texts.size === 0)
        return undefined;
    const inState = state === undefined ? [] : await search(state, texts, began - lag);
    for (const { place } of inState)
        await (0,promises_.unlink)(place);
    const inResults = results === undefined ? [] : await search(results, texts);
    const where = step.kind === "stage" ? "the tree" : "its output";
    const problems = [
        ...inResults.map((hit) => ({ ...hit, where })),
        ...inState.map((hit) => ({ ...hit, where: "its state directory" })),
    ].map(({ path, key, where }) => ({
        message: `${step.name} has left the secret ${JSON.stringify(key)} in ${where}: ${path}`,
        at: step.secrets.get(key)?.at,
        hint: "whoever gets the image or the cache would have it: let the step use it without writing it there",
    }));
    return problems.length === 0 ? undefined : new errors/* BuildError */.zS("STAGE_FAILED", problems);
}

;// CONCATENATED MODULE: ./out/stages/lib/downloads/mirrors.js
/** The URL at the mirror that replaces its longest prefix. */
function redirect(address, mirrors = {}) {
    const from = longestPrefix(address, mirrors);
    const to = from === undefined ? undefined : mirrors[from];
    return from === undefined || typeof to !== "string" ? address : to + address.slice(from.length);
}
/** A text with every URL in it redirected. */
const redirectAll = (text, mirrors) => text.replace(/\w+:\/\/\S+/g, (address) => redirect(address, mirrors));
/** The repository that replaces the one at a URL, if there is one. */
function standIn(address, mirrors = {}) {
    const to = mirrors[longestPrefix(address, mirrors) ?? address];
    return typeof to === "object" ? to : undefined;
}
/** The addresses of repositories before and after they are redirected. */
function redirectedAddresses(addresses, mirrors) {
    const closed = (address) => address.replace(/\/*$/, "/");
    return new Map(addresses.map((address) => [closed(redirect(address, mirrors)), closed(address)]));
}
/** The URL as it was before its repository's address was redirected. */
function originOf(url, redirected) {
    const [mirror = ""] = [...redirected.keys()].filter((key) => url.startsWith(key)).sort((a, b) => b.length - a.length);
    return (redirected.get(mirror) ?? "") + url.slice(mirror.length);
}
const longestPrefix = (address, mirrors) => Object.keys(mirrors)
    .filter((prefix) => address.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0];

// EXTERNAL MODULE: ./out/src/pipeline/load.js + 7 modules
var load = __webpack_require__(5070);
// EXTERNAL MODULE: ./out/src/sources/sources.js
var sources_sources = __webpack_require__(737);
;// CONCATENATED MODULE: ./out/src/build/locked-files.js






/** Provides the files of a step's locked packages. Throws if one of them is to be had nowhere. */
async function provideLocked(step, lock, here) {
    const { layout, mirrors, scratch, remote } = here;
    const directory = `${scratch}/files`;
    await (0,promises_.mkdir)(directory);
    const sources = lock.packages.map((one) => sourceOf(one, lock.repositories, mirrors));
    const locked = { step: step.name, sources };
    const delivery = {
        directory,
        recall: async (missing) => void (await remote?.fetchSources(locked, missing)),
        fetch: (missing) => fetchInContainer(missing, here),
    };
    await (0,sources_sources/* provideSources */.c)(layout, sources, delivery).catch((error) => {
        if (!(error instanceof errors/* BuildError */.zS))
            throw error;
        const hint = "`osbuild lock PIPELINE --update` locks what there is now";
        const problems = error.problems.map((problem) => ({ ...problem, at: step.at, hint }));
        throw new errors/* BuildError */.zS("STAGE_FAILED", problems, { cause: error });
    });
    remote?.keepSources(locked);
    return { packages: lock.packages, notes: lock.notes, directory };
}
async function fetchInContainer(missing, { scratch, run }) {
    const [directory, own] = [`${scratch}/fetched`, `${scratch}/fetch`];
    for (const path of [directory, own])
        await (0,promises_.mkdir)(path);
    const files = missing.map(({ sha256, size, addresses }) => ({ sha256, size, addresses }));
    const program = `${load/* ownLibdir */.$t}/stages/lib/downloads/fetch-program.ts`;
    const options = JSON.stringify({ files });
    await run({ kind: "stage", program, libdir: load/* ownLibdir */.$t, options, scratch: own, tree: directory });
    return { directory, refusals: await readRefusals(`${directory}/refusals.json`) };
}
/** The most bytes of what the servers of a lock's packages may have said. */
const locked_files_mostBytes = 16 * 1024 ** 2;
async function readRefusals(path) {
    const text = await (0,plain_file/* readPlain */.rM)(path, locked_files_mostBytes).catch((error) => {
        if ((0,plain_file/* isUnreadable */.GZ)(error))
            return "{}";
        throw error;
    });
    return JSON.parse(text);
}
function sourceOf(one, repositories, mirrors) {
    const { name, version, sha256, size, url } = one;
    const own = repositories.filter((repository) => url.startsWith(repository.url));
    // Several suites of an archive have one address: the last of them has everything.
    const [date] = own
        .map((repository) => repository.date)
        .sort()
        .reverse();
    return {
        name: `${name} ${version}${date === undefined ? "" : `, as of ${date.slice(0, 10)},`}`,
        sha256,
        size,
        addresses: [
            url,
            ...own.flatMap((repository) => mirrorsOf(one, repository)),
            ...own.flatMap((repository) => pastOf(one, repository, date)),
        ]
            .filter((address, place, all) => all.indexOf(address) === place)
            .map((address) => redirect(address, mirrors)),
    };
}
/** The addresses of a package at its repository's other addresses. */
const mirrorsOf = ({ url }, { url: base, mirrors = [] }) => mirrors.map((mirror) => mirror + url.slice(base.length));
/**
 * The addresses of a package at its repository's snapshot service. A service that is asked for a time answers with the
 * last snapshot before it, and that may be older than the index of this time: a day later it isn't, and archives keep
 * what they replace for longer.
 */
function pastOf({ url }, { url: base, snapshot }, date = "") {
    if (snapshot === undefined)
        return [];
    return [0, 1].map((days) => {
        const time = new Date(Date.parse(date) + days * 24 * 3600 * 1000).toISOString();
        return snapshot.replaceAll("{time}", time.replace(/[-:]|\.\d+/g, "")) + url.slice(base.length);
    });
}

// EXTERNAL MODULE: ./out/src/build/secret-files.js
var secret_files = __webpack_require__(3267);
;// CONCATENATED MODULE: ./out/src/build/run-step.js
var run_step_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var run_step_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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















/** The failure of a step whose changes were in memory, which ran out: on disk it may succeed. */
class OutOfMemoryError extends Error {
}
/** Runs the steps of one build, in its namespace and below its directory. */
function openStepRunner({ layout, report, signal, debugShell, failedTree, remote }, { namespace, directory }, rootOf, javaScript, describe) {
    const runtime = (0,sandbox_run/* openRuntime */.fS)();
    runtime.catch(() => undefined);
    let scratches = 0;
    let isWarned = false;
    /** Opened for the first step that downloads. */
    let network;
    return perform;
    async function perform(step, site, tree, { outputDir, resolveDir, layers } = {}) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const info = describe(step.id);
            const { program } = step;
            report({ type: "step-started", step: info, reason: site.reason });
            const scratch = `${directory}/scratch-${scratches++}`;
            await (0,promises_.mkdir)(scratch);
            const locked = step.lock === undefined ? undefined : await filesFor(step, step.lock, site, scratch);
            const state = program.meta.state ? await stateFor(program.name, scratch, locked) : undefined;
            const secrets = (0,pipeline_secrets/* secretValues */.VX)(step);
            const files = run_step_addDisposableResource(env_1, await (0,secret_files/* openSecrets */.c)(namespace, `${scratch}-secrets`, secrets), true);
            const mask = maskOf(secrets.values());
            const job = {
                kind: step.kind,
                program: program.path,
                javaScript: await javaScript.of(program),
                libdir: program.libdir,
                contract: program.contract,
                root: await rootOf(site.root.layers),
                tree: tree.path,
                options: step.optionsText,
                id: program.meta.id === false ? undefined : step.id,
                sourceEpoch: site.pipeline.sourceEpoch,
                network: program.meta.network && locked === undefined ? await networkFor(step, site) : undefined,
                downloads: site.pipeline.downloads,
                capabilities: program.meta.capabilities ?? [],
                mounts: program.meta.mounts,
                scratch,
                outputDir,
                resolveDir,
                layers,
                locked,
                state,
                inputs: step.inputs,
                secrets: files,
                timeout: step.timeout,
                limits: step.limits,
                changes: "upper" in tree ? tree.upper : undefined,
            };
            // A run that only resolves packages leaves the log of the result as it is.
            const log = (0,logs/* openLog */.Ne)(directory, resolveDir === undefined ? layout.log(step.id) : undefined);
            const [started, began] = [performance.now(), Date.now()];
            const end = await (0,sandbox_run/* runProgram */.mB)(namespace, await runtime, job, (printed) => {
                const lines = printed.map(mask);
                log.write(lines);
                report({ type: "output", step: info, lines });
            });
            const seconds = (performance.now() - started) / 1000;
            if (signal.aborted)
                throw signal.reason;
            const { exitCode } = end;
            const memory = "upper" in tree && tree.inMemory ? namespace.path(tree.upper) : undefined;
            if (exitCode !== 0 && memory !== undefined && (end.reached === "memory" || (await (0,space/* isFull */.u)(memory)))) {
                await log.close();
                throw new OutOfMemoryError();
            }
            if (end.unheld.length > 0)
                warnOfLimits(step, end.unheld);
            // Without a result nothing of a failed step is kept but its tree, if that is wanted.
            const isKept = exitCode === 0 || failedTree !== undefined;
            const results = !isKept ? undefined : "upper" in tree ? namespace.path(tree.upper) : outputDir;
            const leak = await findLeak(step, { results, state, began });
            const isDone = exitCode === 0 && leak === undefined;
            if (!isDone)
                report({ type: "step-failed", step: info, seconds, exitCode, lines: log.tail() });
            // A full disk cuts the log short.
            await log.close().catch((error) => {
                if (isDone || (0,errors/* asDiskFull */.nP)(error) === undefined)
                    throw error;
            });
            if (isDone) {
                report({ type: "step-finished", step: info, seconds });
                return seconds;
            }
            if (leak !== undefined)
                throw leak;
            if (failedTree !== undefined && step.kind === "stage")
                await keepTree(failedTree, tree, site);
            const full = end.reached === "room" || (await (0,space/* isFull */.u)(directory));
            if (debugShell)
                await (0,sandbox_run/* runShell */.E5)(namespace, await runtime, { ...job, scratch: `${scratch}-shell` });
            throw full ? (0,errors/* diskFull */.xg)(messageOf(step, end), undefined, step.at) : stepFailed(step, end);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = run_step_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    /** Archives the tree of a stage that failed. If that fails too, the stage's failure still matters more. */
    async function keepTree(path, tree, { pipeline }) {
        await (0,archives/* archive */.r)(namespace, tree.path, path, pipeline.sourceEpoch).catch((error) => {
            if (!(error instanceof errors/* BuildError */.zS))
                throw error;
            report({
                type: "warning",
                problem: { message: `the failed step's tree could not be archived: ${error.message}` },
            });
        });
    }
    async function filesFor(step, lock, site, scratch) {
        const mirrors = (site.pipeline.downloads.mirrors ?? {});
        const run = async (fetch) => {
            const rest = { id: step.id, sourceEpoch: site.pipeline.sourceEpoch, capabilities: [], inputs: new Map() };
            const job = { ...fetch, ...rest, root: await rootOf(site.root.layers), network: await networkFor(step, site) };
            const said = [];
            const { exitCode } = await (0,sandbox_run/* runProgram */.mB)(namespace, await runtime, job, (lines) => {
                said.push(...lines);
                report({ type: "output", step: describe(step.id), lines });
            });
            if (signal.aborted)
                throw signal.reason;
            if (exitCode === 0)
                return;
            if (await (0,space/* isFull */.u)(directory))
                throw (0,errors/* diskFull */.xg)(`the packages of ${step.name} don't fit`, undefined, step.at);
            throw new Error(`fetching packages ended with exit code ${exitCode}: ${said.slice(-5).join("; ")}`);
        };
        return provideLocked(step, lock, { layout, mirrors, scratch, run, remote });
    }
    /** With a lock a program keeps nothing: what it would download is in the store already. */
    async function stateFor(program, scratch, locked) {
        if (locked === undefined)
            return openState(layout, program);
        await (0,promises_.mkdir)(`${scratch}/state`);
        return `${scratch}/state`;
    }
    async function networkFor(step, { pipeline }) {
        network ??= openNetwork(namespace, directory, pipeline.downloads.mirrors);
        return network.catch((error) => {
            throw at(step, error, "HOST");
        });
    }
    /** Warns once per build, because the machine lacks the control groups. */
    function warnOfLimits(step, unheld) {
        if (isWarned)
            return;
        isWarned = true;
        const message = `this machine can't hold a step to its limit of ${unheld.join(" and ")}`;
        const hint = "there are no control groups of the kind: on a machine with systemd, or in a privileged container, there are";
        report({ type: "warning", problem: { message, at: step.at, hint } });
    }
}
function limitReached({ name, limits }, reached) {
    const limit = reached === "disk" ? limits.disk : (0,sandbox_limits/* withDefaults */.r)(limits)[reached];
    const unit = reached === "processes" ? "processes" : `bytes of ${reached}`;
    const hint = `if it needs more, give it more: "limits": {"${reached}": …} beside its name`;
    return { message: `${name} was ended at its limit of ${limit} ${unit}`, hint };
}
/** Adds the step's place to an error with this code. */
function at(step, error, code) {
    if (!(error instanceof errors/* BuildError */.zS && error.code === code))
        return error;
    const problems = error.problems.map((problem) => ({ ...problem, at: step.at }));
    return new errors/* BuildError */.zS(code, problems, { cause: error });
}
const messageOf = ({ name, timeout }, { exitCode, timedOut, reached }) => reached === "room"
    ? `${name} was ended`
    : timedOut
        ? `${name} was ended after its timeout of ${timeout} ${timeout === 1 ? "second" : "seconds"}`
        : `${name} failed with exit code ${exitCode}`;
function stepFailed(step, end) {
    if (end.reached !== undefined && end.reached !== "room")
        return new errors/* BuildError */.zS("STAGE_FAILED", [{ ...limitReached(step, end.reached), at: step.at }]);
    const hint = (0,external_node_tty_.isatty)(0)
        ? "run the same command with --debug-shell to look around in its tree"
        : "at a terminal, --debug-shell opens a shell in its tree";
    return new errors/* BuildError */.zS("STAGE_FAILED", [{ message: messageOf(step, end), at: step.at, hint }]);
}

// EXTERNAL MODULE: ./out/src/pipeline/fingerprint.js + 3 modules
var pipeline_fingerprint = __webpack_require__(8276);
// EXTERNAL MODULE: ./out/src/build/damage.js
var damage = __webpack_require__(2920);
// EXTERNAL MODULE: ./out/src/build/described.js
var described = __webpack_require__(8770);
// EXTERNAL MODULE: ./out/src/build/usable.js
var usable = __webpack_require__(3373);
;// CONCATENATED MODULE: ./out/src/build/same-tree.js






/** The key of a step's result by what the step works on. Undefined if that isn't known. */
async function keyOf(step, site) {
    const [own, tree] = [await ownKey(step, site), await site.below.content];
    if (own === undefined || tree === undefined)
        return undefined;
    return (0,pipeline_fingerprint/* contentKey */.lO)(own, step.getsLayers ? `${tree} ${stagesOf(site.below)}` : tree);
}
/** The stages that made the layers of a tree. The tree's digest says what each layer holds, but not who made it. */
const stagesOf = ({ makers }) => JSON.stringify(makers.map((maker) => maker?.name ?? null));
/** Finds the result that a step had on a tree that holds the same, wherever the trees came from. */
async function findSame(step, site, context) {
    const { layout, remote } = context;
    if (remote === undefined && !(await isKnown(step, site, layout)))
        return undefined;
    const key = await keyOf(step, site);
    if (key === undefined)
        return undefined;
    const since = (0,usable/* oldestRun */.TS)(step, site.reason, context.freshness);
    const isFresh = ({ ran = 0 }) => since === undefined || ran >= since;
    const needsContents = context.contents === "required" && step.kind === "assembler";
    const isEnough = async (found) => isFresh(found) && (!needsContents || (await (0,described/* isDescribed */.a)(layout, found.id)));
    const stored = await (0,refs/* readByContent */.hk)(layout, key);
    if (stored !== undefined && (await isEnough(stored)) && !(await (0,damage/* dropIfDamaged */.Ct)(stored, context)))
        return stored;
    const fetched = await remote?.fetchSame({ contentKey: key, name: step.name, since });
    return fetched !== undefined && (await isEnough(fetched)) ? fetched : undefined;
}
/** Whether the store has any result of such a step. If not, its tree's digest needn't be waited for. */
async function isKnown(step, site, layout) {
    const keys = await (0,refs/* listContentKeys */.SJ)(layout);
    const own = keys.length === 0 ? undefined : await ownKey(step, site);
    return own !== undefined && keys.some((key) => key.startsWith(own));
}
/** The part of a step's key that doesn't depend on the tree below it. Undefined if the build root isn't known. */
async function ownKey(step, { fingerprint, root }) {
    if (root.layers.length === 0)
        return (0,pipeline_fingerprint/* stepKey */.Ug)(step, fingerprint, null);
    const inside = await root.content;
    return inside === undefined ? undefined : (0,pipeline_fingerprint/* stepKey */.Ug)(step, fingerprint, inside);
}
/** Copies the log and the list of contents of a result to another id. */
async function copyNotes(layout, from, to) {
    if (from === to)
        return;
    for (const pathOf of [layout.log, layout.contents])
        await (0,put/* putCopy */.RT)(layout, pathOf(from), pathOf(to));
}

;// CONCATENATED MODULE: ./out/src/build/session.js
var session_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var session_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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




























/** An answer with tens of thousands of packages is smaller. */
const mostAnswerBytes = 64 * 1024 ** 2;
async function openSession(context, describe) {
    const { layout, report, signal } = context;
    const workspace = await (0,store_workspace/* openWorkspace */.OH)(layout, (problem) => report({ type: "warning", problem }));
    const { namespace, directory } = workspace;
    signal.addEventListener("abort", namespace.kill, { once: true });
    if (signal.aborted)
        namespace.kill();
    const packing = openPacking(namespace, layout, directory);
    // The first stage that needs it reports the failure.
    const memory = (0,store_memory/* mountMemory */.h8)(namespace, directory, context.room ?? "auto", context.memory);
    memory.catch(() => undefined);
    const trees = (0,store_trees/* openTrees */.k)(namespace, layout, directory, { objectOf: packing.objectOf, memory });
    const rootOf = openBuildRoots(namespace, directory, trees);
    const javaScript = openJavaScript(layout);
    const run = openStepRunner(context, workspace, rootOf, javaScript, describe);
    /** The trees of the images that have been downloaded, by their ids. */
    const images = new Map();
    let removal = Promise.resolve();
    let isMemoryFull = false;
    return {
        prepare: javaScript.prepare,
        reuse,
        stage,
        assemble,
        checkBudget: openBudgetCheck(context.budget, { namespace, trees, packing, layersOf }),
        resolve,
        tree,
        base,
        extracted,
        save,
        stored: packing.done,
        [Symbol.asyncDispose]: close,
    };
    async function close() {
        signal.removeEventListener("abort", namespace.kill);
        // A build that fails keeps what its earlier stages made.
        await packing.done().catch(() => undefined);
        await Promise.all([removal, memory.catch(() => undefined)]);
        await workspace[Symbol.asyncDispose]();
    }
    async function reuse(step, site) {
        const found = await findSame(step, site, context);
        if (found === undefined)
            return undefined;
        const { below } = site;
        const { object, files, size, seconds, ran } = found;
        await copyNotes(layout, found.id, step.id);
        const info = describe(step.id);
        const told = { bytes: size, ran: ran ?? null };
        report({ type: "step-cached", step: info, source: "same tree", ...told, isUnpinned: (0,pipeline/* isUnpinned */.Yh)(step) });
        const result = { ...recordOf(step, site, { ran, seconds }), object, files, size };
        if (step.kind === "assembler") {
            await store({ ...result, layers: [], contentKey: found.contentKey }, site);
            return below;
        }
        const isUnchanged = found.tree === (await below.content);
        const { layers, makers } = isUnchanged && below.layers.length > 0 ? below : withLayer(below, { object }, makerOf(step));
        const after = { layers, makers, content: Promise.resolve(found.tree), runs: result.runs };
        packing.afterwards(async () => {
            await storeStage(result, step, site, after);
            report({ type: "stored", step: info, ...told });
        });
        return after;
    }
    async function stage(step, site) {
        // A limit of its memory must hold the step to what it uses itself.
        const where = isMemoryFull || step.limits?.memory !== undefined ? "on disk" : undefined;
        const { finished, ran, seconds } = await attempt(step, site, where).catch((error) => {
            if (!(error instanceof OutOfMemoryError))
                throw error;
            isMemoryFull = true;
            report({ type: "output", step: describe(step.id), lines: ["[memory is full: the step runs again, on disk]"] });
            return attempt(step, site, "on disk");
        });
        const epoch = site.pipeline.sourceEpoch;
        const known = recordOf(step, site, { ran, seconds });
        const { after, files } = grown(namespace, site.below, finished, makerOf(step), known.runs);
        packing.add(finished, after.content, epoch, async ({ digest, size }) => {
            await keepFileDigests(layout, { digest, size }, await files);
            await storeStage({ ...known, object: digest, files: [], size }, step, site, after);
            report({ type: "stored", step: describe(step.id), bytes: size, ran });
        });
        return after;
    }
    async function attempt(step, site, where) {
        const epoch = site.pipeline.sourceEpoch;
        const [tree] = await Promise.all([trees.create(site.below.layers, epoch, where), rootOf(site.root.layers)]);
        const ran = Date.now();
        const seconds = await run(step, site, tree).catch(async (error) => {
            await tree[Symbol.asyncDispose]();
            throw error;
        });
        const finished = await finish(tree, step).catch((error) => {
            throw tree.inMemory && (0,errors/* asDiskFull */.nP)(error) !== undefined ? new OutOfMemoryError() : error;
        });
        return { finished, ran, seconds };
    }
    async function storeStage(result, step, site, after) {
        const [layers, tree] = [await Promise.all(after.layers.map(packing.objectOf)), await after.content];
        await store({ ...result, layers, makers: after.makers, tree, contentKey: await keyOf(step, site) }, site);
    }
    async function assemble(step, site) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const output = `${directory}/output`;
            await (0,promises_.mkdir)(output);
            // Some tools depend on the order in which a directory lists its files. A raw layer has the disk's, an object is sorted.
            await packing.done();
            const objects = await Promise.all(site.below.layers.map(packing.objectOf));
            if (context.save === undefined)
                removal = (0,remove/* removeMeanwhile */.jN)(namespace, unpackedOnly(site));
            const tree = session_addDisposableResource(env_1, await trees.get(objects.map((object) => ({ object }))), true);
            const ran = Date.now();
            const layers = step.getsLayers ? await separate(objects, site.below.makers) : undefined;
            const seconds = await run(step, site, tree, { outputDir: output, layers });
            if (context.contents) {
                const contents = await (0,tree_contents/* readContents */.r)(namespace.path(tree.path), await layersOf(objects, site.below.makers));
                await (0,put/* putFile */.UN)(layout, (0,contents_file/* encodeContents */.dC)(contents), layout.contents(step.id));
            }
            const { digest, files, size } = await (0,store_objects/* addDirectory */.HQ)(layout, output, site.pipeline.sourceEpoch);
            const result = { ...recordOf(step, site, { ran, seconds }), object: digest, files, size };
            await store({ ...result, layers: [], contentKey: await keyOf(step, site) }, site);
            report({ type: "stored", step: describe(step.id), bytes: size, ran });
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = session_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    /** The layers of a finished tree, as an assembler gets them. */
    async function separate(objects, makers) {
        const found = await separateLayers({ namespace, layout, workspace: directory }, trees, objects);
        return found.map((layer, index) => ({ ...layer, stage: makers[index]?.name ?? null }));
    }
    /** The layers of a finished tree, each with the step that made it. */
    async function layersOf(objects, makers) {
        const directories = await trees.apart(objects.map((object) => ({ object })));
        const found = [];
        for (const [index, object] of objects.entries()) {
            const directory = namespace.path(directories[index]);
            found.push({ directory, step: makers[index] ?? null, files: await fileDigestsOf(layout, object, directory) });
        }
        return found;
    }
    async function resolve(step, site) {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const resolveDir = `${directory}/resolved`;
            await (0,promises_.mkdir)(resolveDir);
            const tree = session_addDisposableResource(env_2, await trees.create(site.below.layers, site.pipeline.sourceEpoch, "on disk"), true);
            await run(step, site, tree, { resolveDir });
            const answer = await (0,plain_file/* readPlain */.rM)(`${resolveDir}/lock.json`, mostAnswerBytes).catch((error) => {
                if ((0,errors/* hasCode */.up)(error, "ENOENT") || (0,plain_file/* isUnreadable */.GZ)(error))
                    return "";
                throw error;
            });
            const resolution = (0,shape/* fromJson */.Rf)(lock/* resolutionShape */.g7, answer);
            if (resolution !== undefined)
                return resolution;
            const message = `${step.name} was asked which packages it would install, but wrote no such answer`;
            throw new errors/* BuildError */.zS("STAGE_FAILED", [
                { message, at: step.at, hint: "docs/writing-stages.md describes the answer" },
            ]);
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = session_disposeResources(env_2);
            if (result_2)
                await result_2;
        }
    }
    async function store(record, { replaces }) {
        await (0,refs/* writeRef */.Ln)(layout, record);
        context.remote?.built(record, { replaces });
    }
    async function tree({ id, name, at }) {
        const record = await (0,refs/* readRef */.sg)(layout, id);
        if (record !== undefined)
            return stackOf(record);
        const hint = "another build found it damaged: build again";
        throw new errors/* BuildError */.zS("STORE", [{ message: `the tree of ${name} is no longer in the store`, at, hint }]);
    }
    async function base({ id, image, at }) {
        const record = await (0,refs/* readRef */.sg)(layout, id);
        if (record?.kind === "stage") {
            const { runs = [] } = record;
            context.remote?.known(record);
            return { ...stackOf(record), runs: runs.map((run) => ({ ...run, unpinned: false })) };
        }
        if (image !== undefined)
            return pulledOnce(image, id, at);
        const hint = "build the pipeline that makes it first, with the same --store";
        throw new errors/* BuildError */.zS("STORE", [{ message: `the store holds no tree ${id}`, at, hint }]);
    }
    /** Downloads an image once, although a build pipeline may start from the same one as the pipeline itself. */
    function pulledOnce(image, id, at) {
        const tree = images.get(id) ?? pulled(image, id, at);
        images.set(id, tree);
        return tree;
    }
    /** Downloads an image. Its tree is the same for all pipelines: none of its files is newer than the image itself. */
    async function pulled(image, id, at) {
        const env_3 = { stack: [], error: void 0, hasError: false };
        try {
            const started = performance.now();
            const { downloadImage } = await Promise.all(/* import() */[__webpack_require__.e(93), __webpack_require__.e(396)]).then(__webpack_require__.bind(__webpack_require__, 2396));
            const downloaded = session_addDisposableResource(env_3, await downloadImage({ image, at }, context, workspace, rootOf), true);
            return await imported({ id, name: "base", epoch: downloaded.created, started }, downloaded.unpack);
        }
        catch (e_3) {
            env_3.error = e_3;
            env_3.hasError = true;
        }
        finally {
            const result_3 = session_disposeResources(env_3);
            if (result_3)
                await result_3;
        }
    }
    async function extracted(path, id, epoch) {
        const stored = await (0,refs/* readRef */.sg)(layout, id);
        // Another pipeline may allow for newer files, or for older ones alone.
        const isSame = stored?.parts?.sourceEpoch === epoch;
        if (stored !== undefined && isSame)
            return { ...stackOf(stored), runs: [] };
        const given = { id, name: "archive", epoch, started: performance.now() };
        return imported(given, (upper) => (0,archives/* extract */.o)(namespace, path, upper));
    }
    /** Makes a tree of what `fill` puts into an empty directory, and stores it. */
    async function imported({ id, name, epoch, started }, fill) {
        const tree = await trees.create([], epoch, "on disk");
        await fill(tree.upper);
        const finished = await tree.finish();
        const seconds = (performance.now() - started) / 1000;
        const { after, files } = grown(namespace, build_context/* nothing */.s, finished, null, []);
        packing.add(finished, after.content, epoch, async ({ digest: object, size }) => {
            await keepFileDigests(layout, { digest: object, size }, await files);
            const named = { version: 1, kind: "stage", id, name, fingerprint: id, parts: { sourceEpoch: epoch } };
            const made = { object, layers: [object], files: [], size, seconds, tree: await after.content, runs: [] };
            await (0,refs/* writeRef */.Ln)(layout, { ...named, ...made });
            context.remote?.known({ ...named, ...made });
        });
        return after;
    }
    async function save(layers, path, epoch) {
        const env_4 = { stack: [], error: void 0, hasError: false };
        try {
            // A layer that is being packed gets a mark, and tar would fail because a directory changes.
            await packing.done();
            const tree = session_addDisposableResource(env_4, await trees.get(layers), true);
            await (0,archives/* archive */.r)(namespace, tree.path, path, epoch);
        }
        catch (e_4) {
            env_4.error = e_4;
            env_4.hasError = true;
        }
        finally {
            const result_4 = session_disposeResources(env_4);
            if (result_4)
                await result_4;
        }
    }
}
/**
 * The directories of a tree's layers, which nothing reads once they are packed, unless they are part of the build root.
 */
function unpackedOnly({ below, root }) {
    const kept = new Set(root.layers.map((layer) => ("directory" in layer ? layer.directory : "")));
    return below.layers.flatMap((layer) => ("directory" in layer && !kept.has(layer.directory) ? layer.directory : []));
}
/** The tree of a stored stage. */
const stackOf = ({ layers, makers = [], tree, runs }) => ({
    layers: layers.map((object) => ({ object })),
    makers: layers.map((_, index) => makers[index] ?? null),
    content: Promise.resolve(tree),
    runs,
});
/** A tree with a stage's changes, and the digests of the files in these. What they hold is read in the background. */
function grown(namespace, below, { upper, attributes, unchanged }, maker, runs) {
    if (unchanged && below.layers.length > 0)
        return { after: { ...below, runs }, files: noFiles };
    const layer = unchanged ? undefined : (0,store_content/* contentOf */.$E)(namespace.path(upper), attributes);
    const content = Promise.all([below.content, layer]).then(([under, over]) => under === undefined || over === undefined ? under : (0,store_content/* treeContent */.Ue)(under, over.digest));
    // Storing the layer reports the failure.
    content.catch(() => undefined);
    const files = layer?.then((own) => own.files) ?? noFiles;
    files.catch(() => undefined);
    return { after: { ...withLayer(below, { directory: upper }, maker), content, runs }, files };
}
const noFiles = Promise.resolve(new Map());
const withLayer = ({ layers, makers }, layer, maker) => ({
    layers: [...layers, layer],
    makers: [...makers, maker],
});
const makerOf = ({ name, id }) => ({ name, id });
/** The part of a stored result that is known as soon as its program has run. */
function recordOf(step, site, { ran, seconds }) {
    const { id, kind, name } = step;
    const { value: fingerprint, parts, details } = site.fingerprint;
    const isListed = (0,pipeline/* isUnpinned */.Yh)(step) || site.reason === "refresh";
    const run = { id, fingerprint, unpinned: (0,pipeline/* isUnpinned */.Yh)(step), refreshed: (0,freshness/* isRefresh */.yw)(site.reason) };
    const own = !isListed ? [] : ran === undefined ? undefined : [{ ...run, ran }];
    const runs = (0,usable/* runsOf */.ky)([site.root.runs, site.below.runs, own]);
    return { version: 1, kind, id, name, fingerprint, parts, details, seconds, ran, runs };
}
/** Makes a layer of a stage's changes. If they can't be a layer, the error is the stage's. */
async function finish(tree, step) {
    try {
        const env_5 = { stack: [], error: void 0, hasError: false };
        try {
            const changed = session_addDisposableResource(env_5, tree, true);
            return await changed.finish();
        }
        catch (e_5) {
            env_5.error = e_5;
            env_5.hasError = true;
        }
        finally {
            const result_5 = session_disposeResources(env_5);
            if (result_5)
                await result_5;
        }
    }
    catch (error) {
        throw at(step, error, "STAGE_FAILED");
    }
}


/***/ }),

/***/ 2692:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Zg: () => (/* binding */ changeCounts),
/* harmony export */   eD: () => (/* binding */ formatChange),
/* harmony export */   pR: () => (/* binding */ fileNoun)
/* harmony export */ });
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7250);

/** Summarises changes, such as `2 packages upgraded, 1 removed; 3 other files changed`. */
function changeCounts(changes) {
    const parts = [tally("package", changes.packages), tally(fileNoun(changes), changes.files)];
    const text = parts.filter((part) => part !== "").join("; ");
    return text === "" ? "no files changed" : text;
}
/** The noun for the files that are listed on their own. */
const fileNoun = ({ packages }) => (packages.length > 0 ? "other file" : "file");
function tally(noun, changes) {
    const groups = [...Map.groupBy(changes, ({ change }) => change)];
    return groups
        .map(([change, { length }], index) => index === 0 ? `${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(length, noun)} ${change}` : `${length.toLocaleString("en")} ${change}`)
        .join(", ");
}
/** A number of bytes with its sign. */
const formatChange = (bytes) => bytes === 0 ? "±0" : `${bytes < 0 ? "−" : "+"}${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(Math.abs(bytes))}`;


/***/ }),

/***/ 3366:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   iv: () => (/* binding */ changesBetween),
/* harmony export */   k7: () => (/* binding */ packageChanges),
/* harmony export */   ob: () => (/* binding */ totalBytes)
/* harmony export */ });
/** Compares the contents of two images. */
function changesBetween(before, after) {
    const packages = changedPackages(before, after);
    // The entry of a changed package accounts for the package's files.
    const counts = new Map(packages.map(({ key }) => [key, 0]));
    const isCounted = ({ packages: list }, { package: index }) => {
        const owner = index === null ? undefined : list[index];
        const count = owner === undefined ? undefined : counts.get(keyOf(owner));
        if (owner === undefined || count === undefined)
            return false;
        counts.set(keyOf(owner), count + 1);
        return true;
    };
    const files = changedFiles(before, after).filter(({ from, to }) => !((to !== undefined && isCounted(after, to)) || (from !== undefined && isCounted(before, from))));
    return {
        packages: packages.map(({ key, ...change }) => ({ ...change, files: counts.get(key) ?? 0 })),
        files: files
            .map(({ from, to }) => fileChange(from, to))
            .sort((a, b) => Math.abs(b.bytes) - Math.abs(a.bytes) || byCode(a.path, b.path)),
        bytes: totalBytes(after) - totalBytes(before),
    };
}
/** The size of all files. A file with several names counts once. */
const totalBytes = ({ entries }) => entries.reduce((sum, { kind, size }) => sum + (kind === "file" ? size : 0), 0);
/** Compares the packages of two images, without their sizes and files: at least one of the lists is an SBOM's. */
function packageChanges(before, after) {
    const [old, now] = [before, after].map((packages) => packages.map((each) => ({ ...each, bytes: 0 })));
    const changes = changedPackages({ packages: old ?? [] }, { packages: now ?? [] });
    return changes.map(({ key: _, ...change }) => ({ ...change, files: 0 }));
}
const keyOf = ({ name, architecture }) => `${name}\0${architecture}`;
function changedPackages(before, after) {
    const [old, now] = [byKey(before.packages), byKey(after.packages)];
    const keys = [...new Set([...old.keys(), ...now.keys()])].sort(byCode);
    return keys.flatMap((key) => {
        const left = without(old.get(key) ?? [], now.get(key) ?? []);
        const come = without(now.get(key) ?? [], old.get(key) ?? []);
        // RPM can have several versions of one package installed, so pair the removed versions with the added ones.
        return Array.from({ length: Math.max(left.length, come.length) }, (_, index) => ({
            key,
            ...packageChange(left[index], come[index]),
        }));
    });
}
function byKey(packages) {
    return Map.groupBy(packages, keyOf);
}
const without = (some, others) => some.filter(({ version }) => !others.some((other) => other.version === version));
function packageChange(from, to) {
    const { name, architecture } = (to ?? from);
    return {
        change: from === undefined ? "added" : to === undefined ? "removed" : "upgraded",
        name,
        architecture,
        from: from?.version ?? null,
        to: to?.version ?? null,
        bytes: (to?.bytes ?? 0) - (from?.bytes ?? 0),
    };
}
/** Pairs the changed files. An added or removed directory counts only if it is empty: its files are listed anyway. */
function changedFiles(before, after) {
    const old = new Map(before.entries.map((entry) => [entry.path, entry]));
    const now = new Map(after.entries.map((entry) => [entry.path, entry]));
    const came = after.entries.filter((entry, index) => !old.has(entry.path) && isEnd(after.entries, index));
    const went = before.entries.filter((entry, index) => !now.has(entry.path) && isEnd(before.entries, index));
    const stayed = before.entries.flatMap((from) => {
        const to = now.get(from.path);
        return to !== undefined && aspectsOf(from, to).length > 0 ? [{ from, to }] : [];
    });
    return [...came.map((to) => ({ from: undefined, to })), ...went.map((from) => ({ from, to: undefined })), ...stayed];
}
/** Whether nothing is below an entry. In the order of the walk its contents would come next. */
const isEnd = (entries, index) => entries[index]?.kind !== "directory" || !entries[index + 1]?.path.startsWith(`${entries[index].path}/`);
function aspectsOf(from, to) {
    // The walk decides which of a file's names counts as the hard link, so that isn't a change.
    const [before, after] = [from, to].map(({ kind }) => (kind === "hard link" ? "file" : kind));
    if (before !== after)
        return ["kind"];
    return [
        ...(from.digest !== to.digest || from.size !== to.size ? ["content"] : []),
        ...(from.mode !== to.mode ? ["mode"] : []),
        ...(from.owner !== to.owner ? ["owner"] : []),
    ];
}
function fileChange(from, to) {
    return {
        change: from === undefined ? "added" : to === undefined ? "removed" : "changed",
        path: (to ?? from).path,
        bytes: (to?.size ?? 0) - (from?.size ?? 0),
        aspects: from !== undefined && to !== undefined ? aspectsOf(from, to) : [],
    };
}
const byCode = (a, b) => (a < b ? -1 : a > b ? 1 : 0);


/***/ })

};
