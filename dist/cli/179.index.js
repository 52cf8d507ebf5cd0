export const id = 179;
export const ids = [179];
export const modules = {

/***/ 3267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ openSecrets)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _host_mounts_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9791);


/**
 * Writes secrets to files in memory, which is never swapped out. Only processes in the build's namespace see the mount,
 * and it ends with the namespace, even if the build is killed. Undefined if there are no secrets.
 */
async function openSecrets(namespace, directory, secrets) {
    if (secrets.size === 0)
        return undefined;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(directory);
    const options = ["mode=700", "nodev", "nosuid", "noexec"];
    await (0,_host_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .mountAll */ .Dz)(namespace, `${directory}/..`, [{ type: "ramfs", source: "ramfs", target: directory, options }]);
    for (const [name, { reveal }] of secrets)
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(namespace.path(`${directory}/${name}`), reveal(), { mode: 0o400 });
    return {
        directory,
        names: [...secrets.keys()],
        [Symbol.asyncDispose]: async () => {
            await (0,_host_mounts_js__WEBPACK_IMPORTED_MODULE_1__/* .unmount */ .vs)(namespace, directory);
        },
    };
}


/***/ }),

/***/ 737:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ provideSources),
/* harmony export */   o: () => (/* binding */ acceptSource)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1795);
/* harmony import */ var _host_remove_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2689);
/* harmony import */ var _store_objects_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2088);





/**
 * Puts files into a directory, from the store or else from their addresses. Each is checked against its digest, also
 * those of the store. Throws a problem for each file that none of its addresses has.
 */
async function provideSources(layout, sources, delivery) {
    const unique = new Map(sources.map((source) => [source.sha256, source])).values();
    const unstored = await takeAll(layout, unique, delivery.directory);
    if (unstored.length === 0)
        return;
    await delivery.recall(unstored);
    const missing = await takeAll(layout, unstored.values(), delivery.directory);
    if (missing.length > 0)
        await fetchMissing(layout, missing, delivery);
}
/** Links files of the store into a directory, and returns those that the store doesn't have. */
async function takeAll(layout, sources, directory) {
    const missing = [];
    const rest = Iterator.from(sources);
    const worker = async () => {
        for (const source of rest)
            if (!(await take(layout, source, directory)))
                missing.push(source);
    };
    await Promise.all(Array.from({ length: (0,node_os__WEBPACK_IMPORTED_MODULE_1__.availableParallelism)() }, worker));
    return missing;
}
async function fetchMissing(layout, missing, delivery) {
    const { directory, refusals } = await delivery.fetch(missing);
    const problems = [];
    for (const source of missing) {
        await acceptSource(layout, `${directory}/${source.sha256}`, source);
        if (!(await take(layout, source, delivery.directory)))
            problems.push(problemOf(source, refusals));
    }
    // Files that weren't tried, because a server can't be reached, have no refusals of their own.
    const told = problems.filter((problem) => problem.message.includes("\n"));
    if (problems.length > 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS("HOST", told.length > 0 ? told : problems);
}
/** Moves a file that nobody else can change into the store, if it is what it should be. Returns whether it is. */
async function acceptSource(layout, path, { sha256, size }) {
    if (!(await (0,_store_objects_js__WEBPACK_IMPORTED_MODULE_4__/* .hasDigest */ .tH)(path, sha256, (found) => found === size)))
        return false;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(path, layout.source(sha256));
    return true;
}
function problemOf({ name, sha256 }, refusals) {
    const said = (refusals[sha256] ?? []).map(({ address, reason }) => `\n  ${address}: ${reason}`);
    return { message: `${name} can't be fetched${said.length > 0 ? ":" : ""}${said.join("")}` };
}
/** Links a file of the store into a directory, if the store has it unharmed. It counts as used now. */
async function take(layout, { sha256, size }, directory) {
    const path = layout.source(sha256);
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path).catch((error) => {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT"))
            throw error;
    });
    if (stats === undefined)
        return false;
    if (!stats.isFile() || !(await (0,_store_objects_js__WEBPACK_IMPORTED_MODULE_4__/* .hasDigest */ .tH)(path, sha256, (found) => found === size))) {
        await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_3__/* .removeTree */ .dM)(path);
        return false;
    }
    const now = new Date();
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.utimes)(path, now, now);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.link)(path, `${directory}/${sha256}`);
    return true;
}


/***/ })

};
