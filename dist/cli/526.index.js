export const id = 526;
export const ids = [526];
export const modules = {

/***/ 7114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ nothing)
/* harmony export */ });
/* harmony import */ var _store_content_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5765);

/** An empty tree. */
const nothing = { layers: [], makers: [], content: Promise.resolve(_store_content_js__WEBPACK_IMPORTED_MODULE_0__/* .emptyTree */ ["in"]), runs: [] };


/***/ }),

/***/ 1526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   execute: () => (/* binding */ execute)
/* harmony export */ });
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7114);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7086);


/** Carries out a plan, the innermost build pipeline first. */
async function execute(plan, { from, save }, session, archiveDigest) {
    const running = (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .inOrder */ .al)(plan).flatMap(({ steps: all }) => all.filter(({ type }) => type === "run"));
    session.prepare(running.map(({ step }) => step.program));
    let built = _context_js__WEBPACK_IMPORTED_MODULE_0__/* .nothing */ .s;
    for (const part of (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .inOrder */ .al)(plan)) {
        const start = part === plan && from !== undefined ? { archive: from, digest: archiveDigest } : undefined;
        // The budget is for the image, not for the tools that it is built with.
        const check = part === plan ? session.checkBudget : async () => undefined;
        built = await executePart(part, session, { root: built, check }, start);
    }
    if (save !== undefined)
        await session.save(built.layers, save, plan.pipeline.sourceEpoch);
    await session.stored();
}
/** Runs one pipeline's steps in a build root; returns its tree. */
async function executePart(part, session, { root, check }, start) {
    const { pipeline } = part;
    let tree = await firstTree(part, session, start);
    const last = (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .lastStored */ .oS)(part);
    if (last !== undefined)
        await check(pipeline, last.step, tree);
    for (const planned of part.steps) {
        if (planned.type !== "run")
            continue;
        const { step, fingerprint, reason, replaces } = planned;
        const site = { pipeline, fingerprint, reason, replaces, root, below: tree };
        const known = await session.reuse(step, site);
        if (known === undefined && step.kind === "assembler")
            await session.assemble(step, site);
        else {
            const after = known ?? (await session.stage(step, site));
            if (after.layers.length > tree.layers.length)
                await check(pipeline, step, after);
            tree = after;
        }
    }
    return tree;
}
/** The tree that the first step to run starts on: the last stored one, the base's, the archive's, or an empty one. */
async function firstTree(plan, session, start) {
    const { pipeline } = plan;
    const stored = (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .lastStored */ .oS)(plan);
    if (stored !== undefined)
        return session.tree(stored.step);
    if (pipeline.base !== null)
        return session.base(pipeline.base);
    return start === undefined ? _context_js__WEBPACK_IMPORTED_MODULE_0__/* .nothing */ .s : session.extracted(start.archive, start.digest, pipeline.sourceEpoch);
}


/***/ }),

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
/* harmony import */ var _tree_walk_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9590);
/* harmony import */ var _attribute_order_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3169);





/** The digest of a tree without layers. */
const emptyTree = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", "");
/** The digest of what a tree holds, from that of the layers below and that of its uppermost layer. */
const treeContent = (below, layer) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", `${below} ${layer}`);
/**
 * The digest of what a settled layer holds: names, kinds, modes, owners, times, extended attributes, ACLs, bytes, link
 * targets, device numbers, hard links and overlayfs's deletions. It is the same on every file system, whatever the
 * order of a directory, holes in a file, or the compression of the object that the layer is packed into.
 */
async function contentOf(upper, attributes) {
    const known = new Map(attributes.map((file) => [file.path === "." ? "" : file.path, meaningful(file)]));
    const sum = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)("sha256");
    const firstNames = new Map();
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    await add("", Buffer.from(upper), (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(upper));
    for (const { place, stats } of (0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_3__/* .walk */ .GG)(upper)) {
        // Let the build go on meanwhile.
        if (stats.isDirectory())
            await node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.scheduler.yield();
        await add(place.subarray(Buffer.byteLength(upper) + 1).toString("latin1"), place, stats);
    }
    return sum.digest("hex");
    async function add(path, place, stats) {
        sum.update(`${JSON.stringify(await describe(path, place, stats))}\n`);
    }
    async function describe(path, place, stats) {
        const kind = (0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_3__/* .kindOf */ .I)(stats);
        // Kernels differ in the modes and link counts of whiteouts.
        if (kind === "character device" && stats.rdev === 0)
            return [path, "whiteout"];
        const inode = `${stats.dev}:${stats.ino}`;
        const first = kind === "directory" || stats.nlink === 1 ? undefined : firstNames.get(inode);
        if (first !== undefined)
            return [path, "hard link", first];
        if (kind !== "directory" && stats.nlink > 1)
            firstNames.set(inode, path);
        return [...factsOf(kind, stats), path, await bytesOf(kind, place, stats), ...(known.get(path) ?? [])];
    }
    async function bytesOf(kind, place, { rdev }) {
        switch (kind) {
            case "file":
                return (0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_3__/* .sha256Of */ .Bj)(place, buffer, "hex");
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
    .filter(([name]) => !/^trusted\.overlay\.(?!opaque$)/.test(name) && !(0,_attribute_order_js__WEBPACK_IMPORTED_MODULE_4__/* .isXfsAcl */ .a6)(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));


/***/ })

};
