export const id = 64;
export const ids = [64];
export const modules = {

/***/ 1064:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   diffCommand: () => (/* binding */ diffCommand)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1795);
/* harmony import */ var _store_integrity_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2635);
/* harmony import */ var _store_layout_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9396);
/* harmony import */ var _store_refs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6720);
/* harmony import */ var _store_trees_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(254);
/* harmony import */ var _store_workspace_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2660);
/* harmony import */ var _tree_difference_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9492);
/* harmony import */ var _warn_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1943);
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









/** `osbuild diff`: prints the difference between two trees, each an id in the store or a directory. */
async function diffCommand({ store, before, after }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const resources = __addDisposableResource(env_1, new AsyncDisposableStack(), true);
        const openStore = onceOnly(async () => {
            const layout = await (0,_store_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .createStore */ .y$)(store);
            const workspace = resources.use(await (0,_store_workspace_js__WEBPACK_IMPORTED_MODULE_6__/* .openWorkspace */ .OH)(layout, _warn_js__WEBPACK_IMPORTED_MODULE_8__/* .warn */ .R));
            return { layout, workspace, trees: (0,_store_trees_js__WEBPACK_IMPORTED_MODULE_5__/* .openTrees */ .k)(workspace.namespace, layout, workspace.directory) };
        });
        const pathOf = async (tree) => {
            if (!/^[0-9a-f]{64}$/.test(tree))
                return directoryOf(tree);
            const { layout, workspace, trees } = await openStore();
            const record = await (0,_store_refs_js__WEBPACK_IMPORTED_MODULE_4__/* .readRef */ .sg)(layout, tree);
            if (record === undefined)
                throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("STORE", `the store has no result with the id ${tree}`, "`osbuild store list` shows the results that it has");
            if (record.kind === "assembler") {
                await (0,_store_integrity_js__WEBPACK_IMPORTED_MODULE_2__/* .requireSound */ .bi)(layout, [record.object]);
                return layout.object(record.object);
            }
            const { path } = resources.use(await trees.get(record.layers.map((object) => ({ object }))));
            return workspace.namespace.path(path);
        };
        const difference = await (0,_tree_difference_js__WEBPACK_IMPORTED_MODULE_7__/* .diffTrees */ .j)(await pathOf(before), await pathOf(after));
        process.stdout.write(`${JSON.stringify(difference, null, 2)}\n`);
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
function onceOnly(open) {
    let opened;
    return () => {
        opened ??= open();
        return opened;
    };
}
async function directoryOf(path) {
    const directory = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)(path).catch((error) => {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOENT"))
            throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("INVALID", `${path}: no such directory`, "a tree is a directory or an id");
        throw error;
    });
    if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(directory)).isDirectory())
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("INVALID", `${path} is not a directory`, "a tree is a directory or an id");
    return directory;
}


/***/ }),

/***/ 1943:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ warn)
/* harmony export */ });
/* harmony import */ var _report_problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5529);

/** Prints a problem that doesn't end the command. */
const warn = (problem) => void process.stderr.write(`${(0,_report_problems_js__WEBPACK_IMPORTED_MODULE_0__/* .formatWarning */ .W3)(problem)}\n`);


/***/ }),

/***/ 9492:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ diffTimes),
/* harmony export */   j: () => (/* binding */ diffTrees)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8500);
/* harmony import */ var _attributes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8430);
/* harmony import */ var _walk_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9590);





/** Compares two trees, file by file. */
async function diffTrees(before, after) {
    const [old, now] = [await readTree(before), await readTree(after)];
    const added = [...now].filter(([path]) => !old.has(path));
    const deleted = [...old.keys()].filter((path) => !now.has(path));
    const changed = [...now].flatMap(([path, file]) => {
        const earlier = old.get(path);
        const change = earlier === undefined ? {} : changeOf(earlier, file);
        return Object.keys(change).length === 0 ? [] : [[path, change]];
    });
    return { added: Object.fromEntries(added), deleted, changed: Object.fromEntries(changed) };
}
/** The times that differ between two trees which are otherwise the same, in the form of a tree's changes. */
function diffTimes(before, after) {
    const old = timesOf(before);
    const differing = [...timesOf(after)].filter(([path, time]) => old.get(path) !== time);
    return Object.fromEntries(differing.map(([path, time]) => [path, { time: [old.get(path) ?? null, time] }]));
}
function timesOf(directory) {
    const all = [{ path: "/", stats: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(directory) }, ...(0,_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .walk */ .GG)(directory)];
    return new Map(all.map(({ path, stats }) => [path, stats.mtime.toISOString()]));
}
const facts = ["kind", "mode", "owner", "content", "target", "device"];
function changeOf(before, after) {
    const { xattrs: attributesBefore = {}, ...plainBefore } = before;
    const { xattrs: attributesAfter = {}, ...plainAfter } = after;
    const names = [...new Set([...Object.keys(attributesBefore), ...Object.keys(attributesAfter)])].sort();
    const xattrs = pairs(names, attributesBefore, attributesAfter);
    return { ...pairs(facts, plainBefore, plainAfter), ...(Object.keys(xattrs).length === 0 ? {} : { xattrs }) };
}
/** The names whose values differ, each with its value before and after. */
function pairs(names, before, after) {
    const differing = names.filter((name) => before[name] !== after[name]);
    return Object.fromEntries(differing.map((name) => [name, [before[name] ?? null, after[name] ?? null]]));
}
/** Reads all files of a tree, by path. */
async function readTree(directory) {
    const attributes = await (0,_attributes_js__WEBPACK_IMPORTED_MODULE_3__/* .readAttributes */ .w)(directory);
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    const files = new Map();
    const root = { path: "/", place: Buffer.from(directory), stats: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(directory), kind: "directory" };
    files.set("/", await describe(root, "."));
    for (const found of (0,_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .walk */ .GG)(directory)) {
        // Let an interruption be handled.
        if (found.kind === "directory")
            await node_timers_promises__WEBPACK_IMPORTED_MODULE_2__.scheduler.yield();
        files.set(found.path, await describe(found, found.place.subarray(root.place.length + 1).toString("latin1")));
    }
    return files;
    async function describe({ place, stats, kind, first }, key) {
        const xattrs = attributes.get(key);
        return {
            kind,
            mode: (stats.mode & 0o7777).toString(8).padStart(4, "0"),
            owner: `${stats.uid}:${stats.gid}`,
            ...(kind === "file" ? { content: `sha256:${await (0,_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .sha256Of */ .Bj)(place, buffer, "hex")}` } : {}),
            ...(kind === "symbolic link" ? { target: (0,_walk_js__WEBPACK_IMPORTED_MODULE_4__/* .nameOf */ .Vb)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)(place, { encoding: "buffer" })) } : {}),
            ...(first === undefined ? {} : { target: first }),
            ...(kind.endsWith("device") ? { device: deviceOf(stats.rdev) } : {}),
            ...(xattrs === undefined ? {} : { xattrs }),
        };
    }
}
/** Unpacks a device's major and minor number from Linux's encoding. */
function deviceOf(rdev) {
    const number = BigInt(rdev);
    const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xfffff000n);
    const minor = (number & 0xffn) | ((number >> 12n) & 0xffffff00n);
    return `${major}:${minor}`;
}


/***/ })

};
