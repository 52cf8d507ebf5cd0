export const id = 129;
export const ids = [129];
export const modules = {

/***/ 129:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  explainCommand: () => (/* binding */ explainCommand)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __webpack_require__(1856);
;// CONCATENATED MODULE: ./out/src/build/explain.js


/** Explains why a step of a plan runs, by comparing it with the results that the store has. */
function explain(planned, part, records) {
    const { step, fingerprint } = planned;
    const before = part.steps.slice(0, part.steps.indexOf(planned));
    const follows = before.find(({ type }) => type === "run")?.step;
    const compared = comparable(planned, part, records);
    return { compared, follows, changes: compared === undefined ? [] : changesSince(compared, step, fingerprint) };
}
/** The result of the step itself, or else that of the same program on the same tree, or else on another. */
function comparable({ step, fingerprint }, part, records) {
    const current = new Set(part.steps.map(({ step: { id } }) => id));
    const own = records.find(({ id }) => id === step.id);
    if (own !== undefined)
        return own;
    const alike = records
        .filter(({ kind, name, id }) => kind === step.kind && name === step.name && !current.has(id))
        .sort((a, b) => (b.ran ?? 0) - (a.ran ?? 0));
    return alike.find(({ parts }) => partsOf(parts).base === fingerprint.parts.base) ?? alike[0];
}
const anything = (0,shape/* plain */.pj)("anything", () => true);
const partsOf = (parts) => parts;
function changesSince({ details = {}, parts }, step, now) {
    const before = partsOf(parts);
    // A record that another machine has stored may have anything as its details.
    const recorded = (0,shape/* fromJson */.Rf)(anything, details.options ?? "");
    const options = recorded === undefined ? [] : valueChanges(recorded, JSON.parse(step.optionsText), "");
    const environment = ["architecture", "sourceEpoch", "runner"].flatMap((key) => before[key] === now.parts[key]
        ? []
        : [{ what: "environment", name: names[key], before: before[key], after: now.parts[key] }]);
    const hidden = ["root", "mirrors", "lock"].flatMap((key) => before[key] === now.parts[key] ? [] : [{ what: "environment", name: names[key] }]);
    return [
        ...options,
        ...fileChanges("file", details.inputs, now.details.inputs),
        ...fileChanges("program", details.program, now.details.program),
        ...environment,
        ...hidden,
        ...secretChanges(before.secrets, now.parts.secrets),
        ...runtimeChanges(before.runtime, now.parts.runtime),
    ];
}
/** Tags are of no use to people. */
const secretChanges = (before = {}, now = {}) => valueChanges(before, now, "").map(({ name }) => ({ what: "environment", name: `the secret ${name}` }));
const runtimeChanges = (before = {}, now = {}) => valueChanges(before, now, "").map((change) => ({ ...change, what: "environment", name: `Node.js's ${change.name}` }));
const names = {
    architecture: "the architecture",
    sourceEpoch: "the source epoch",
    runner: "the runner",
    root: "the build root",
    mirrors: "the mirrors",
    lock: "the locked packages",
};
/** Compares options: objects key by key, lists item by item if they are as long as before, and otherwise as sets. */
function valueChanges(before, after, name) {
    if ((0,external_node_util_.isDeepStrictEqual)(before, after))
        return [];
    if (Array.isArray(before) && Array.isArray(after))
        return listChanges(before, after, name);
    if (!isObject(before) || !isObject(after))
        return [{ what: "option", name, before, after }];
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => valueChanges(before[key], after[key], name === "" ? key : `${name}.${key}`));
}
function listChanges(before, after, name) {
    if (before.length === after.length && [...before, ...after].some(isObject))
        return before.flatMap((item, index) => valueChanges(item, after[index], `${name}[${index}]`));
    const lacks = (list, item) => !list.some((other) => (0,external_node_util_.isDeepStrictEqual)(item, other));
    const gone = before
        .filter((item) => lacks(after, item))
        .map((item) => ({ what: "option", name, before: item }));
    const added = after
        .filter((item) => lacks(before, item))
        .map((item) => ({ what: "option", name, after: item }));
    return gone.length + added.length === 0 ? [{ what: "option", name, before, after }] : [...gone, ...added];
}
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** If either list wasn't recorded, the files can't be compared. */
function fileChanges(what, before, now) {
    if (before === undefined || now === undefined)
        return [];
    return valueChanges(before, now, "").map((change) => ({ ...change, what }));
}

// EXTERNAL MODULE: ./out/src/build/freshness.js
var freshness = __webpack_require__(3130);
// EXTERNAL MODULE: ./out/src/build/plan.js
var plan = __webpack_require__(7086);
// EXTERNAL MODULE: ./out/src/build/planning.js + 2 modules
var planning = __webpack_require__(3388);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/pipeline/load.js + 7 modules
var load = __webpack_require__(5070);
// EXTERNAL MODULE: ./out/src/report/age.js
var age = __webpack_require__(4078);
// EXTERNAL MODULE: ./out/src/report/format.js
var format = __webpack_require__(7250);
// EXTERNAL MODULE: ./out/src/report/problems.js
var problems = __webpack_require__(5529);
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __webpack_require__(9396);
// EXTERNAL MODULE: ./out/src/store/maintenance.js
var maintenance = __webpack_require__(2295);
// EXTERNAL MODULE: ./out/src/store/verdicts.js
var verdicts = __webpack_require__(3076);
;// CONCATENATED MODULE: ./out/src/cli/explain.js












/** `osbuild explain`: prints for each step, or for one, whether it would run, and exactly what has changed. */
async function explainCommand(args) {
    const layout = (0,store_layout/* layoutOf */.aH)(args.store);
    const pipeline = await (0,load/* loadPipeline */.Bp)(args, await (0,verdicts/* readVerdicts */.H)(layout));
    for (const problem of pipeline.warnings)
        process.stderr.write(`${(0,problems/* formatWarning */.W3)(problem)}\n`);
    const { lookUp } = await (0,planning/* prepare */.iA)(pipeline, { layout, from: undefined, save: undefined, freshness: undefined });
    const records = (await (0,maintenance/* listStore */.K)(layout)).map(({ record }) => record);
    const all = (0,plan/* inOrder */.al)(await lookUp()).flatMap((part) => part.steps.map((planned) => ({ part, planned })));
    const chosen = all.filter(({ planned: { step } }) => args.step === undefined || (0,freshness/* isNamed */.ev)(step, [args.step]));
    if (chosen.length === 0 && args.step !== undefined)
        throw unknownStep(args.step, all.map(({ planned }) => planned));
    const explained = chosen.map(({ part, planned }) => explainedOf(part, planned));
    const text = args.json
        ? JSON.stringify({ steps: explained.map(described) }, null, 2)
        : explained.map(page).join("\n");
    process.stdout.write(`${text}\n`);
    function explainedOf(part, planned) {
        return { planned, explanation: planned.type === "run" ? explain(planned, part, records) : undefined };
    }
}
function unknownStep(name, all) {
    const known = [...new Set(all.map(({ step }) => (0,format/* shortName */.EU)(step.name)))].join(", ");
    return (0,errors/* failure */.V2)("INVALID", `there is no step ${JSON.stringify(name)}`, `the steps are ${known || "none"}`);
}
function page({ planned, explanation }) {
    const { step } = planned;
    const lines = [
        `${step.name} (${step.at.file}:${step.at.line}) ${verdict(planned)}`,
        ...(explanation === undefined ? [] : reasons(planned, explanation)).map((line) => `  ${line}`),
    ];
    return lines.join("\n");
}
function verdict(planned) {
    switch (planned.type) {
        case "stored":
            return "doesn't run: its result is in the store";
        case "not needed":
            return "doesn't run: a later result built on it is in the store";
        case "run":
            return `runs: ${planned.reason}`;
        default:
            return planned;
    }
}
function reasons({ step }, { compared, follows, changes }) {
    const tree = follows === undefined ? [] : [`its tree changes: ${follows.name} (line ${follows.at.line}) runs`];
    if (compared === undefined)
        return [...tree, `the store has no earlier result of ${step.name} to compare with`];
    const ran = compared.ran === undefined ? "" : `, ${(0,age/* formatAgo */.n4)(compared.ran)}`;
    const nothing = changes.length === 0 ? `nothing else has changed since it last ran${ran}` : `since it last ran${ran}:`;
    return [...tree, nothing, ...changes.map((change) => `  ${lineOf(change)}`)];
}
function lineOf({ what, name, before, after }) {
    const place = (0,problems/* printable */.g$)(name === ""
        ? "the options"
        : what === "option"
            ? `option ${name}`
            : what === "program"
                ? `program file ${name}`
                : name);
    if (what === "environment" && before === undefined && after === undefined)
        return `${place} changed`;
    if (before === undefined)
        return what === "option" ? `${place}: now has ${shown(after)}` : `${place} is new`;
    if (after === undefined)
        return what === "option" ? `${place}: had ${shown(before)}` : `${place} is gone`;
    return what === "option" || what === "environment"
        ? `${place}: was ${shown(before)}, is ${shown(after)}`
        : `${place} changed`;
}
const longest = 60;
function shown(value) {
    const text = (0,problems/* printable */.g$)(JSON.stringify(value));
    return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
const described = ({ planned, explanation }) => ({
    name: planned.step.name,
    id: planned.step.id,
    file: planned.step.at.file,
    line: planned.step.at.line,
    runs: planned.type === "run",
    reason: planned.type === "run" ? planned.reason : undefined,
    follows: explanation?.follows?.id,
    compared: explanation?.compared?.id,
    changes: explanation?.changes.map(({ what, name, before, after }) => what === "option" || what === "environment" ? { what, name, before, after } : { what, name }),
});


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
