export const id = 903;
export const ids = [903];
export const modules = {

/***/ 8698:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ dateOf),
/* harmony export */   o: () => (/* binding */ builtText)
/* harmony export */ });
/* harmony import */ var _report_age_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4078);

/** The age of a stored result in words. Earlier releases didn't record it. */
const builtText = ({ ran }) => (ran === undefined ? "" : `built ${(0,_report_age_js__WEBPACK_IMPORTED_MODULE_0__/* .formatAgo */ .n4)(ran)}`);
/** The start of a stored result's program, as in JSON. */
const dateOf = ({ ran }) => (ran === undefined ? undefined : new Date(ran).toISOString());


/***/ }),

/***/ 4903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  exportCommand: () => (/* binding */ exportCommand),
  listCommand: () => (/* binding */ listCommand),
  pruneCommand: () => (/* binding */ pruneCommand),
  verifyStoreCommand: () => (/* binding */ verifyStoreCommand)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/json/wording.js
var wording = __webpack_require__(6161);
// EXTERNAL MODULE: ./out/src/report/format.js
var format = __webpack_require__(7250);
// EXTERNAL MODULE: ./out/src/sbom/documents.js
var documents = __webpack_require__(2644);
// EXTERNAL MODULE: ./out/src/store/exports.js + 1 modules
var store_exports = __webpack_require__(5255);
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __webpack_require__(9396);
// EXTERNAL MODULE: ./out/src/store/maintenance.js
var maintenance = __webpack_require__(2295);
// EXTERNAL MODULE: ./out/src/store/refs.js
var refs = __webpack_require__(6720);
// EXTERNAL MODULE: ./out/src/store/trees.js + 6 modules
var store_trees = __webpack_require__(254);
// EXTERNAL MODULE: ./out/src/host/remove.js
var remove = __webpack_require__(2689);
// EXTERNAL MODULE: ./out/src/tree/walk.js
var walk = __webpack_require__(9590);
// EXTERNAL MODULE: ./out/src/store/integrity.js
var integrity = __webpack_require__(2635);
// EXTERNAL MODULE: ./out/src/store/marks.js
var marks = __webpack_require__(4234);
// EXTERNAL MODULE: ./out/src/store/objects.js
var objects = __webpack_require__(2088);
// EXTERNAL MODULE: ./out/src/store/sizes.js
var sizes = __webpack_require__(4246);
// EXTERNAL MODULE: ./out/src/store/workspace.js + 1 modules
var store_workspace = __webpack_require__(2660);
;// CONCATENATED MODULE: ./out/src/store/verify.js
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











const digest = /^[0-9a-f]{64}$/;
const json = /^[0-9a-f]{64}\.json$/;
/** The files that a store's directories may hold. Unfinished work isn't checked. */
const places = {
    objects: [{ names: digest, kinds: ["file", "directory"] }],
    marks: [{ names: digest, kinds: ["file"] }],
    "file-digests": [{ names: json, kinds: ["file"] }],
    refs: [
        { names: digest, kinds: ["symbolic link"] },
        { names: json, kinds: ["file"] },
    ],
    "by-content": [{ names: digest, kinds: ["symbolic link"] }],
    squashed: [{ names: digest, kinds: ["symbolic link"] }],
    logs: [{ names: digest, kinds: ["file"] }],
    contents: [{ names: json, kinds: ["file"] }],
    state: [
        { names: /\.lock$/, kinds: ["file"] },
        { names: /./, kinds: ["directory"] },
    ],
    sources: [{ names: digest, kinds: ["file"] }],
    javascript: [{ names: json, kinds: ["file"] }],
    exports: [{ names: json, kinds: ["file"] }],
};
/** Reads everything in a store and compares each object with its digest. */
async function verifyStore(layout) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const _kept = __addDisposableResource(env_1, await (0,store_workspace/* lockShared */.h1)(layout), true);
        const findings = [];
        const canHave = (0,sizes/* openSizes */.L)(layout);
        let objects = 0;
        for (const folder of store_layout/* folders */.oW) {
            if (folder === "tmp")
                continue;
            for (const name of await list(layout.folder(folder))) {
                const misfit = await findMisfit(layout, folder, name);
                if (folder === "objects")
                    objects++;
                if (misfit !== undefined)
                    findings.push(misfit);
                else
                    findings.push(...(await lookInto(layout, folder, name, canHave)));
            }
        }
        return { objects, findings };
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
/** Finds a file that isn't the store's, by its name or its kind. It isn't read, because a FIFO would never end. */
async function findMisfit(layout, folder, name) {
    const path = `${layout.folder(folder)}/${name}`;
    const kind = (0,walk/* kindOf */.I)(await (0,promises_.lstat)(path));
    const fitting = places[folder].filter(({ names }) => names.test(name));
    if (fitting.some(({ kinds }) => kinds.includes(kind)))
        return undefined;
    const drop = async () => {
        if (folder === "objects")
            await (0,marks/* unmark */.dX)(layout, name);
        await (0,remove/* removeTree */.dM)(path);
    };
    if (fitting.length === 0)
        return {
            message: `${path} doesn't belong to the store`,
            hint: "move it away, or `osbuild store prune` deletes it",
            drop,
        };
    const kinds = fitting.flatMap((place) => place.kinds).join(" or ");
    const of = folder === "objects" ? { object: name } : {};
    return { message: `${path} is a ${kind}, not a ${kinds}`, hint: pruned, ...of, drop };
}
const pruned = "`osbuild store prune` deletes it; what needs it is built again";
async function lookInto(layout, folder, name, canHave) {
    const id = name.replace(/\.json$/, "");
    switch (folder) {
        case "objects":
            return lookAtObject(layout, name, canHave);
        case "refs":
            return name === id ? lookAtRef(layout, id) : [];
        case "contents":
            return lookAtContents(layout, id);
        case "sources":
            return lookAtSource(layout, name);
        default:
            return [];
    }
}
async function lookAtObject(layout, digest, canHave) {
    const object = layout.object(digest);
    if (await (0,objects/* hasDigest */.tH)(object, digest, (size) => canHave(digest, size)))
        return findOtherNames(object);
    await (0,marks/* unmark */.dX)(layout, digest);
    return [{ message: `object ${digest} is damaged`, hint: pruned, object: digest, drop: () => (0,remove/* removeTree */.dM)(object) }];
}
/** Finds hard links from outside the store, through which other users could read or change an object. */
async function findOtherNames(object) {
    const names = new Map();
    const stats = await (0,promises_.lstat)(object);
    const files = stats.isDirectory() ? [...(0,walk/* walk */.GG)(object)] : [{ path: "", kind: (0,walk/* kindOf */.I)(stats), stats }];
    for (const { path, kind, stats } of files) {
        if (kind === "directory" || stats.nlink === 1)
            continue;
        const known = names.get(stats.ino) ?? { path: `${object}${path}`, missing: stats.nlink };
        names.set(stats.ino, { ...known, missing: known.missing - 1 });
    }
    const elsewhere = [...names.values()].filter(({ missing }) => missing > 0);
    return elsewhere.map(({ path }) => ({
        message: `${path} has a hard link outside the store, through which it can be changed`,
        hint: `find it with \`find MOUNT-POINT -xdev -samefile ${path}\` and delete it`,
    }));
}
/** Checks a ref's link and record. A record without a link isn't a ref: its build was killed before it had both. */
async function lookAtRef(layout, id) {
    // A record of the wrong kind has a finding of its own.
    if (await isMisfit(layout.record(id)))
        return [];
    if ((await (0,refs/* readRef */.sg)(layout, id)) !== undefined)
        return [];
    const message = `ref ${id} is damaged, or one of its objects is missing`;
    return [{ message, hint: pruned, drop: () => (0,refs/* removeRef */.KF)(layout, id) }];
}
const isMisfit = (record) => (0,promises_.lstat)(record).then((stats) => !stats.isFile(), () => false);
async function lookAtSource(layout, digest) {
    const path = layout.source(digest);
    if (await (0,objects/* hasDigest */.tH)(path, digest, () => true))
        return [];
    const hint = "`osbuild store prune` deletes it; what needs it downloads it again";
    return [{ message: `${path} is damaged`, hint, drop: () => (0,remove/* removeTree */.dM)(path) }];
}
async function lookAtContents(layout, id) {
    if (!(await (0,integrity/* hasDamagedContents */.UF)(layout, id)))
        return [];
    const message = `the list of what the image ${id} contains is damaged`;
    return [{ message, hint: pruned, drop: () => (0,refs/* removeRef */.KF)(layout, id) }];
}
async function list(directory) {
    const names = await (0,promises_.readdir)(directory).catch((error) => {
        if ((0,errors/* hasCode */.up)(error, "ENOENT"))
            return [];
        throw error;
    });
    return names.sort();
}

// EXTERNAL MODULE: ./out/src/cli/dates.js
var dates = __webpack_require__(8698);
// EXTERNAL MODULE: ./out/src/cli/warn.js
var warn = __webpack_require__(1943);
;// CONCATENATED MODULE: ./out/src/cli/store.js
var store_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var store_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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















const left = { align: "left" };
const right = { align: "right" };
/** `osbuild store list`: prints the stored results, the most recently used first. */
async function listCommand({ store, json }) {
    const listed = await (0,maintenance/* listStore */.K)(await (0,store_layout/* createStore */.y$)(store));
    if (json) {
        const rows = listed.map(({ record, used }) => ({
            ...record,
            ran: (0,dates/* dateOf */.Q)(record),
            runs: undefined,
            details: undefined,
            used: new Date(used).toISOString(),
        }));
        process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
        return;
    }
    const rows = listed.map(({ record, used }) => [
        record.id,
        record.kind === "stage" ? "tree" : "output",
        (0,format/* formatBytes */.z3)(record.size),
        `used ${new Date(used).toISOString().slice(0, 16).replace("T", " ")}`,
        (0,dates/* builtText */.o)(record),
        record.name,
    ]);
    process.stdout.write(rows.length === 0 ? "the store is empty\n" : `${(0,format/* formatTable */.ku)([left, left, right, left, left, left], rows)}\n`);
}
/** `osbuild store verify`: compares every object with its digest. */
async function verifyStoreCommand({ store, json, }) {
    const layout = await (0,store_layout/* createStore */.y$)(store);
    const { objects, findings } = await verifyStore(layout);
    if (json) {
        const damaged = findings.flatMap(({ object }) => object ?? []);
        const problems = findings.map(({ message, hint }) => ({ message, hint }));
        process.stdout.write(`${JSON.stringify({ objects, damaged, problems }, null, 2)}\n`);
    }
    if (findings.length > 0)
        throw new errors/* BuildError */.zS("STORE", findings);
    if (!json)
        process.stdout.write(`verified ${(0,format/* formatCount */.B4)(objects, "object")}\n`);
}
/** `osbuild store prune`: deletes what is damaged, unused or over the limits. */
async function pruneCommand(command) {
    const layout = await (0,store_layout/* createStore */.y$)(command.store);
    await (0,store_layout/* requireWritable */.ik)(layout, "nothing can be deleted from it");
    const { maxBytes, olderThan } = command;
    const before = olderThan === undefined ? undefined : Date.now() - olderThan * 24 * 3600 * 1000;
    const { findings: damaged } = await verifyStore(layout);
    const { refs, objects, sources, bytes } = await (0,maintenance/* pruneStore */.I)(layout, { damaged, maxBytes, before });
    const downloads = sources === 0 ? [] : [(0,format/* formatCount */.B4)(sources, "downloaded file")];
    const counts = [(0,format/* formatCount */.B4)(refs, "ref"), (0,format/* formatCount */.B4)(objects, "object"), ...downloads];
    process.stdout.write(`deleted ${(0,wording/* list */.p_)(counts, "and")}, ${(0,format/* formatBytes */.z3)(bytes)}\n`);
}
/** `osbuild store export`: copies a tree or an output into a directory. */
async function exportCommand(command) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { store, id, sbom } = command;
        const directory = (0,external_node_path_.resolve)(command.directory);
        const layout = await (0,store_layout/* createStore */.y$)(store);
        const _kept = store_addDisposableResource(env_1, await (0,store_workspace/* lockShared */.h1)(layout), true);
        const record = await (0,refs/* readRef */.sg)(layout, id);
        if (record === undefined)
            throw (0,errors/* failure */.V2)("STORE", `the store has no result with the id ${id}`, "`osbuild store list` shows the results that it has");
        if (record.kind === "assembler")
            return (0,store_exports/* exportOutput */.CT)(layout, record, directory, await (0,documents/* sbomDocuments */.C)(layout, record, sbom));
        if (sbom.length > 0)
            throw (0,errors/* failure */.V2)("INVALID", `${id} is a tree, and an SBOM is about an output`, "name an output's id");
        if ((await entries(directory)).length > 0)
            throw (0,errors/* failure */.V2)("INVALID", `${directory} isn't empty`, "name another directory");
        const workspace = store_addDisposableResource(env_1, await (0,store_workspace/* openWorkspace */.OH)(layout, warn/* warn */.R), true);
        const trees = (0,store_trees/* openTrees */.k)(workspace.namespace, layout, workspace.directory);
        const tree = store_addDisposableResource(env_1, await trees.get(record.layers.map((object) => ({ object }))), true);
        await (0,store_exports/* exportTree */.D4)(workspace.namespace.path(tree.path), directory);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = store_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
const entries = (directory) => (0,promises_.readdir)(directory).catch((error) => {
    if ((0,errors/* hasCode */.up)(error, "ENOENT"))
        return [];
    throw error;
});


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

/***/ 2295:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ pruneStore),
/* harmony export */   K: () => (/* binding */ listStore)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1795);
/* harmony import */ var _host_remove_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2689);
/* harmony import */ var _tree_walk_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9590);
/* harmony import */ var _marks_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4234);
/* harmony import */ var _refs_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6720);
/* harmony import */ var _workspace_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2660);
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







/** Lists all whole refs, the most recently used first. */
async function listStore(layout) {
    const listed = [];
    const requireObject = (0,_refs_js__WEBPACK_IMPORTED_MODULE_5__/* .openObjects */ .dV)(layout);
    for (const id of await (0,_refs_js__WEBPACK_IMPORTED_MODULE_5__/* .listRefs */ .Dy)(layout)) {
        const record = await (0,_refs_js__WEBPACK_IMPORTED_MODULE_5__/* .readRef */ .sg)(layout, id, requireObject);
        const used = await lastUse(layout, id);
        if (record !== undefined && used !== undefined)
            listed.push({ record, used });
    }
    return listed.sort((a, b) => b.used - a.used);
}
/** Undefined if the record was deleted just now. */
async function lastUse(layout, id) {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(layout.record(id))).mtimeMs;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOENT"))
            return undefined;
        throw error;
    }
}
/**
 * Deletes refs and downloaded files beyond the limits, then everything that no ref needs. Fails while a build is
 * running.
 */
async function pruneStore(layout, limits) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const _alone = __addDisposableResource(env_1, await (0,_workspace_js__WEBPACK_IMPORTED_MODULE_6__/* .lockAlone */ .xq)(layout), true);
        for (const name of await list(layout.temporary))
            await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_2__/* .removeTree */ .dM)(`${layout.temporary}/${name}`);
        for (const { drop } of limits.damaged ?? [])
            await drop?.();
        // The next build that needs them makes them again, in a tenth of a second or a few seconds.
        for (const folder of ["javascript", "squashed"])
            for (const name of await list(layout.folder(folder)))
                await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_2__/* .removeTree */ .dM)(`${layout.folder(folder)}/${name}`);
        const refs = await pruneRefs(layout, limits);
        const { objects, bytes } = await pruneObjects(layout);
        const sources = await pruneSources(layout, limits);
        return { refs, objects, sources: sources.files, bytes: bytes + sources.bytes };
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
/** Milliseconds for which a downloaded file is kept that no build uses: as long as programs keep theirs. */
const thirtyDays = 30 * 24 * 3600 * 1000;
/** No ref needs the downloaded files, but the next build that changes a step's packages needs most of them. */
async function pruneSources(layout, { maxBytes = Infinity, before = Date.now() - thirtyDays }) {
    const found = (await list(layout.folder("sources"))).map(async (digest) => {
        const { mtimeMs: used, blocks } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(layout.source(digest));
        return { path: layout.source(digest), used, bytes: blocks * 512 };
    });
    const objects = (await list(layout.objects)).map((digest) => sizeOf(layout.object(digest)));
    let room = maxBytes - (await Promise.all(objects)).reduce((sum, size) => sum + size, 0);
    const gone = (await Promise.all(found))
        .sort((a, b) => b.used - a.used)
        .filter(({ used, bytes }) => {
        room -= bytes;
        return used < before || room < 0;
    });
    for (const { path } of gone)
        await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_2__/* .removeTree */ .dM)(path);
    return { files: gone.length, bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0) };
}
async function pruneRefs(layout, { maxBytes = Infinity, before = -Infinity }) {
    const listed = await listStore(layout);
    const needed = new Set();
    let bytes = 0;
    for (const { record, used } of listed) {
        const more = (0,_refs_js__WEBPACK_IMPORTED_MODULE_5__/* .objectsOf */ .iZ)(record).filter((digest) => !needed.has(digest));
        const sizes = await Promise.all(more.map((digest) => sizeOf(layout.object(digest))));
        const sum = sizes.reduce((total, size) => total + size, 0);
        if (used < before || bytes + sum > maxBytes)
            continue;
        for (const digest of more)
            needed.add(digest);
        bytes += sum;
    }
    // Keeping the earlier stages of a kept tree costs nothing, and a build that changes the tree starts from them.
    const kept = new Set(listed
        .filter(({ record }) => (0,_refs_js__WEBPACK_IMPORTED_MODULE_5__/* .objectsOf */ .iZ)(record).every((digest) => needed.has(digest)))
        .map(({ record }) => record.id));
    const gone = (await (0,_refs_js__WEBPACK_IMPORTED_MODULE_5__/* .listRefs */ .Dy)(layout)).filter((id) => !kept.has(id));
    for (const id of gone)
        await (0,_refs_js__WEBPACK_IMPORTED_MODULE_5__/* .removeRef */ .KF)(layout, id);
    // A failed stage has a log but no ref.
    for (const id of await list(layout.logs))
        if (!kept.has(id))
            await (0,_refs_js__WEBPACK_IMPORTED_MODULE_5__/* .removeRef */ .KF)(layout, id);
    const keys = new Set(listed.filter(({ record }) => kept.has(record.id)).map(({ record }) => record.contentKey));
    for (const key of await (0,_refs_js__WEBPACK_IMPORTED_MODULE_5__/* .listContentKeys */ .SJ)(layout))
        if (!keys.has(key))
            await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_2__/* .removeTree */ .dM)(layout.contentKey(key));
    return gone.length;
}
async function pruneObjects(layout) {
    const needed = new Set((await listStore(layout)).flatMap(({ record }) => (0,_refs_js__WEBPACK_IMPORTED_MODULE_5__/* .objectsOf */ .iZ)(record)));
    const gone = (await list(layout.objects)).filter((digest) => !needed.has(digest));
    let bytes = 0;
    for (const digest of gone) {
        bytes += await sizeOf(layout.object(digest));
        await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_2__/* .removeTree */ .dM)(layout.object(digest));
        await (0,_marks_js__WEBPACK_IMPORTED_MODULE_4__/* .unmark */ .dX)(layout, digest);
        await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_2__/* .removeTree */ .dM)(layout.fileDigests(digest));
    }
    return { objects: gone.length, bytes };
}
/** The bytes that an object takes on disk, without the holes of an image. */
async function sizeOf(path) {
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path);
    const below = stats.isDirectory() ? [...(0,_tree_walk_js__WEBPACK_IMPORTED_MODULE_3__/* .walk */ .GG)(path)].filter(({ kind }) => kind !== "hard link") : [];
    return [{ stats }, ...below].reduce((sum, found) => sum + found.stats.blocks * 512, 0);
}
async function list(directory) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(directory).catch((error) => {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOENT"))
            return [];
        throw error;
    });
}


/***/ })

};
