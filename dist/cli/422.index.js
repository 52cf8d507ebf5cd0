export const id = 422;
export const ids = [422,497];
export const modules = {

/***/ 6497:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkMachine: () => (/* binding */ checkMachine),
/* harmony export */   needsOf: () => (/* binding */ needsOf)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1795);
/* harmony import */ var _host_checks_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2104);
/* harmony import */ var _host_packages_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4817);
/* harmony import */ var _host_plain_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3740);
/* harmony import */ var _store_workspace_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2660);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7086);
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






/**
 * Throws if this machine can't build. It checks once, and again when the machine changes: a check takes a tenth of a
 * small build.
 */
async function checkMachine(layout) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const now = await (0,_host_checks_js__WEBPACK_IMPORTED_MODULE_1__/* .machineState */ .xZ)();
        if ((await (0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_3__/* .readPlain */ .rM)(layout.machine, now.length).catch(ignoreUnreadable)) === now)
            return;
        // A starting build would sweep away the files of this trial.
        const _kept = __addDisposableResource(env_1, await (0,_store_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .lockShared */ .h1)(layout), true);
        await (0,_host_checks_js__WEBPACK_IMPORTED_MODULE_1__/* .requireHost */ .sq)(layout.temporary);
        await (0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_3__/* .writePlain */ .yi)(layout.machine, now);
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
function ignoreUnreadable(error) {
    if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .hasCode */ .up)(error, "ENOENT") && !(0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_3__/* .isUnreadable */ .GZ)(error))
        throw error;
}
/** The programs that the host must have: those of steps that run on it, and those for a network. */
function needsOf(plan) {
    const parts = (0,_plan_js__WEBPACK_IMPORTED_MODULE_5__/* .inOrder */ .al)(plan);
    const downloading = parts
        .flatMap((part) => part.steps)
        .find(({ type, step: { program } }) => type === "run" && program.meta.network);
    const network = downloading === undefined ? [] : _host_packages_js__WEBPACK_IMPORTED_MODULE_2__/* .networkPrograms */ .UN.map((program) => ({ program, of: downloading.step.name }));
    const onHost = parts.filter(({ pipeline }) => (pipeline.build?.pipeline ?? null) === null);
    const running = onHost.flatMap((part) => part.steps).filter(({ type }) => type === "run");
    const needs = running.flatMap(({ step }) => step.requires.map((program) => ({ program, of: step.name })));
    return [...network, ...needs];
}


/***/ }),

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

/***/ 500:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lockCommand: () => (/* binding */ lockCommand)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./out/src/host/packages.js + 2 modules
var host_packages = __webpack_require__(4817);
// EXTERNAL MODULE: ./out/src/pipeline/lock.js
var pipeline_lock = __webpack_require__(7334);
// EXTERNAL MODULE: ./out/src/pipeline/pipeline.js
var pipeline_pipeline = __webpack_require__(1563);
// EXTERNAL MODULE: ./out/src/build/announce.js
var announce = __webpack_require__(4566);
// EXTERNAL MODULE: ./out/src/build/build.js
var build = __webpack_require__(3225);
// EXTERNAL MODULE: ./out/src/build/context.js
var context = __webpack_require__(7114);
// EXTERNAL MODULE: ./out/src/build/requirements.js
var requirements = __webpack_require__(6497);
// EXTERNAL MODULE: ./out/src/build/session.js + 16 modules
var build_session = __webpack_require__(1803);
;// CONCATENATED MODULE: ./out/src/build/lock.js
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








/**
 * Makes a pipeline's lock. Keeps the parts of `before` that fit, except those of steps to update; later steps of the
 * same pipeline are updated too if the packages below them have changed.
 */
async function lockPipeline(pipeline, before, isToUpdate, context) {
    const made = [];
    const changed = new Set();
    for (const lockable of (0,pipeline_lock/* lockables */.hX)(pipeline)) {
        const known = before === undefined ? undefined : (0,pipeline_lock/* partFor */.LQ)(before, lockable);
        const { depth } = lockable.key;
        const isKept = known !== undefined && !changed.has(depth) && !isToUpdate(lockable);
        const part = isKept ? known : { ...lockable.key, ...(await resolve(pipeline, made, lockable, context)) };
        if (contentOf(known) !== contentOf(part))
            changed.add(depth);
        made.push(part, ...partsElsewhere(before, lockable));
    }
    return { version: 1, steps: made };
}
const contentOf = (part) => JSON.stringify([part?.packages, part?.notes]);
/** The parts of a lock for the same step on other architectures. */
const partsElsewhere = (lock, { key }) => (lock?.steps ?? []).filter(({ options, depth, architecture }) => options === key.options && depth === key.depth && architecture !== key.architecture);
/** Asks a step which packages it would install, on the tree of the steps before it, which install locked packages. */
async function resolve(pipeline, made, { step, owner }, context) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const { layout, report } = context;
        const locked = (0,pipeline_pipeline/* innermostFirst */.mF)((0,pipeline_lock/* withLock */.kK)(pipeline, { version: 1, steps: made }))[(0,pipeline_pipeline/* innermostFirst */.mF)(pipeline).indexOf(owner)];
        const index = owner.stages.indexOf(step);
        const buildPipeline = locked.build?.pipeline ?? null;
        const root = buildPipeline === null ? undefined : await built(buildPipeline, buildPipeline.stages.length, context);
        const below = await built(locked, index, context);
        const onHost = buildPipeline === null ? step.requires : [];
        const needed = [...host_packages/* enginePrograms */.w0, ...host_packages/* networkPrograms */.UN, ...onHost];
        await (0,host_packages/* providePrograms */.DW)(needed.map((program) => ({ program, of: step.name })), undefined);
        await (0,requirements.checkMachine)(layout);
        const describe = (0,announce/* describer */.Ie)(locked);
        report({ type: "planned", steps: [describe(step.id)], toRun: 1 });
        const session = __addDisposableResource(env_1, await (0,build_session.openSession)(context, describe), true);
        const site = { root: await treeOf(root, session), below: await treeOf(below, session) };
        const resolution = await session.resolve(step, { pipeline: locked, reason: "to be locked", ...site });
        for (const problem of withoutPast(step, resolution))
            report({ type: "warning", problem });
        return resolution;
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
/** Warns of repositories whose old packages are nowhere else, unless the step takes its packages from the past. */
function withoutPast({ options, at }, { repositories }) {
    const urls = new Set(repositories.filter(({ snapshot }) => snapshot === undefined).map(({ url }) => url));
    if (urls.size === 0 || options.snapshot !== undefined)
        return [];
    const message = `no snapshot service is known for ${[...urls].join(", ")}, so a build needs the archive to keep what is locked`;
    return [{ message, at, hint: "if it deletes old packages, set snapshot to the address of a service, with {time}" }];
}
/** Builds a pipeline with only the first of its stages, and returns it. */
async function built(pipeline, count, context) {
    const stages = pipeline.stages.slice(0, count);
    const treeId = stages.at(-1)?.id ?? pipeline.base?.id ?? null;
    const first = { ...pipeline, stages, assembler: null, treeId, outputId: null, warnings: [] };
    await (0,build/* build */.j)(first, context);
    return first;
}
/** The tree of a pipeline that has been built. Without stages, that is its base. */
async function treeOf(pipeline, session) {
    const last = pipeline?.stages.at(-1);
    if (last !== undefined)
        return session.tree(last);
    return pipeline === undefined || pipeline.base === null ? context/* nothing */.s : session.base(pipeline.base);
}

// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/host/replace-file.js
var replace_file = __webpack_require__(1964);
// EXTERNAL MODULE: ./out/src/json/suggest.js + 1 modules
var suggest = __webpack_require__(7027);
// EXTERNAL MODULE: ./out/src/pipeline/load.js + 7 modules
var load = __webpack_require__(5070);
// EXTERNAL MODULE: ./out/src/programs/library.js + 2 modules
var library = __webpack_require__(1373);
// EXTERNAL MODULE: ./out/src/report/format.js
var format = __webpack_require__(7250);
// EXTERNAL MODULE: ./out/src/report/json.js
var json = __webpack_require__(811);
;// CONCATENATED MODULE: ./out/src/report/lock.js

/** Compares two locks step by step. Steps that the first hasn't got have no changes. */
function stepChanges(before, after) {
    return after.steps.map((step, index) => {
        const same = (other) => other.name === step.name && other.depth === step.depth && other.architecture === step.architecture;
        const place = after.steps.slice(0, index).filter(same).length;
        const earlier = before?.steps.filter(same)[place];
        const changes = earlier === undefined ? [] : changesBetween(earlier, step);
        return { name: step.name, packages: step.packages.length, changes };
    });
}
function changesBetween(before, after) {
    const [old, now] = [before, after].map(byName);
    const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
    return keys.flatMap((key) => {
        const [one, other] = [old.get(key), now.get(key)];
        if (one?.sha256 === other?.sha256)
            return [];
        const { name = "", architecture = "" } = other ?? one ?? {};
        return [{ name, architecture, before: one?.version ?? null, after: other?.version ?? null }];
    });
}
const byName = ({ packages }) => new Map(packages.map((one) => [`${one.name} ${one.architecture}`, one]));
/** The changes as a table, or nothing if there are none. */
function textChanges(steps) {
    const rows = steps.flatMap(({ changes }) => changes.map(({ name, architecture, before, after }) => [
        `  ${name}`,
        architecture,
        before ?? "new",
        "→",
        after ?? "gone",
    ]));
    return rows.length === 0 ? "" : `${(0,format/* formatTable */.ku)(Array(5).fill({ align: "left" }), rows)}\n`;
}
/** The changes as a table in Markdown, for example for a pull request. */
function markdownChanges(steps) {
    const rows = steps.flatMap(({ name: step, changes }) => changes.map(({ name, architecture, before, after }) => `| ${name} | ${architecture} | ${before ?? "new"} | ${after ?? "gone"} | ${step} |\n`));
    if (rows.length === 0)
        return "No package has changed.\n";
    return `| package | architecture | before | after | step |\n| --- | --- | --- | --- | --- |\n${rows.join("")}`;
}
/** The changes for programs. */
const jsonChanges = (file, changed, steps) => ({
    lock: file,
    changed,
    steps,
});

// EXTERNAL MODULE: ./out/src/report/problems.js
var problems = __webpack_require__(5529);
// EXTERNAL MODULE: ./out/src/report/text.js + 2 modules
var report_text = __webpack_require__(5964);
// EXTERNAL MODULE: ./out/src/store/layout.js
var store_layout = __webpack_require__(9396);
// EXTERNAL MODULE: ./out/src/store/verdicts.js
var verdicts = __webpack_require__(3076);
// EXTERNAL MODULE: ./out/src/cli/color.js
var color = __webpack_require__(2632);
// EXTERNAL MODULE: ./out/src/cli/remote.js + 21 modules
var remote = __webpack_require__(9010);
;// CONCATENATED MODULE: ./out/src/cli/lock.js


















/** `osbuild lock`: writes down which packages a pipeline's steps install, or with `frozen` checks that this is done. */
async function lockCommand(args, signal, env) {
    await lock(args, { signal, env }).catch((error) => {
        if (args.json && error instanceof errors/* BuildError */.zS)
            printJson((0,json/* jsonFailure */.T)(error));
        throw error;
    });
}
async function lock(args, caller) {
    const pipeline = await (0,load/* loadUnlocked */.qW)(args, await (0,verdicts/* readVerdicts */.H)((0,store_layout/* layoutOf */.aH)(args.store)));
    const file = (0,pipeline_lock/* lockFileOf */.LN)(args.pipeline);
    if (file === undefined) {
        const hint = "name the pipeline's file: the lock lies beside it";
        throw (0,errors/* failure */.V2)("INVALID", "a pipeline from standard input can't be locked", hint);
    }
    if (args.frozen)
        return requireCurrent(args, file, pipeline);
    const before = await readOrReplace(args.pipeline);
    const after = await lock_resolve(args, pipeline, before, caller);
    const isNew = before === undefined || (0,pipeline_lock/* formatLock */.X5)(before) !== (0,pipeline_lock/* formatLock */.X5)(after);
    if (isNew)
        await write(file, (0,pipeline_lock/* formatLock */.X5)(after));
    print(args, file, isNew, stepChanges(before, after));
}
async function requireCurrent(args, file, pipeline) {
    const lock = await (0,pipeline_lock/* readLock */.mF)(args.pipeline);
    const hint = `\`osbuild lock ${args.pipeline}\` writes it`;
    if (lock === undefined)
        throw (0,errors/* failure */.V2)("INVALID", `there is no ${file}`, hint);
    const misfits = (0,pipeline_lock/* misfitsOf */.tc)(args.pipeline, pipeline, lock);
    if (misfits.length > 0)
        throw new errors/* BuildError */.zS("INVALID", misfits);
    const keys = (0,pipeline_lock/* lockables */.hX)(pipeline).map(({ key }) => key);
    const left = lock.steps.filter((part) => !keys.some((key) => key.options === part.options && key.depth === part.depth));
    if (left.length > 0)
        throw (0,errors/* failure */.V2)("INVALID", `${file} has packages for ${left[0]?.name} that no step of the pipeline needs`, hint);
    if (!args.json)
        process.stdout.write(`${file} is up to date\n`);
}
/** Reads the lock. If it is damaged, it is made anew. */
async function readOrReplace(pipeline) {
    return (0,pipeline_lock/* readLock */.mF)(pipeline).catch((error) => {
        if (!(error instanceof errors/* BuildError */.zS))
            throw error;
        for (const { message, at } of error.problems)
            process.stderr.write(`${(0,problems/* formatWarning */.W3)({ message, at, hint: "the lock is made anew" }, (0,color/* painter */.C)(process.stderr))}\n`);
        return undefined;
    });
}
async function lock_resolve(args, pipeline, before, { signal, env }) {
    const { write, isTTY, columns } = process.stderr;
    const output = {
        write: write.bind(process.stderr),
        paint: (0,color/* painter */.C)(process.stderr),
        columns: isTTY ? columns : undefined,
    };
    const { report, close } = (0,report_text/* textReport */.M)(output, args.json || args.markdown ? "quiet" : "normal");
    const layout = await (0,store_layout/* createStore */.y$)(args.store);
    const isToUpdate = updateOf(args, pipeline);
    return (0,remote.withBeyond)(undefined, layout, { env, signal, report, steps: [] }, ({ pull }) => lockPipeline(pipeline, before, isToUpdate, { layout, report, signal, pull })).finally(close);
}
/** Tells which steps to update: those that were named, or all of them. */
function updateOf({ update }, pipeline) {
    if (update === undefined)
        return () => false;
    const known = (0,pipeline_lock/* lockables */.hX)(pipeline).map(({ key }) => key.name);
    const names = update.map(library/* canonicalName */.Ew);
    for (const name of names) {
        if (known.includes(name))
            continue;
        const hint = (0,suggest/* didYouMean */.a)(name, known) ?? `the steps that can be are ${known.join(", ") || "none"}`;
        throw (0,errors/* failure */.V2)("INVALID", `the pipeline has no step ${name} that can be locked`, hint);
    }
    return ({ key }) => names.length === 0 || names.includes(key.name);
}
/** Writes the lock. It belongs to the owner of its directory, not to root. */
async function write(file, text) {
    const { uid, gid } = await (0,promises_.stat)((0,external_node_path_.dirname)(file));
    await (0,replace_file/* replaceFile */.f)(file, text, { mode: 0o644, uid, gid });
}
function print({ json, markdown }, file, isNew, changes) {
    if (json)
        return printJson(jsonChanges(file, isNew, changes));
    if (markdown)
        return void process.stdout.write(markdownChanges(changes));
    const counted = changes.map(({ name, packages }) => `${name}: ${(0,format/* formatCount */.B4)(packages, "package")}\n`);
    const end = isNew ? `wrote ${file}\n` : `${file} is up to date\n`;
    process.stdout.write(`${counted.join("")}${textChanges(changes)}${end}`);
}
const printJson = (value) => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);


/***/ }),

/***/ 2104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RC: () => (/* binding */ checkHost),
/* harmony export */   sq: () => (/* binding */ requireHost),
/* harmony export */   xZ: () => (/* binding */ machineState)
/* harmony export */ });
/* unused harmony exports checkKernel, checkCapabilities, checkNspawn, checkMounts, checkProcesses, checkCgroups, checkRun, checkOverlay, checkAttributes, checkNetwork, checkLoop, checkRoom */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1795);
/* harmony import */ var _cgroups_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(520);
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2144);
/* harmony import */ var _packages_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4817);






/** Throws all problems of the machine that would make a build fail. `directory` is in the store. */
async function requireHost(directory) {
    const found = (await checkHost(directory)).filter(({ verdict }) => verdict === "problem");
    if (found.length === 0)
        return;
    const problems = found.map(({ message, hint }) => ({ message, hint }));
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS("HOST", problems);
}
/** Identifies the boot, the mount namespace and the privileges. While they are the same, the checks aren't repeated. */
async function machineState() {
    const boot = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    const [effective] = /^CapEff:.*$/m.exec(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)("/proc/self/status", "utf8")) ?? [];
    return `${boot} ${await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readlink)("/proc/self/ns/mnt")} ${effective}\n`;
}
/** Checks everything that a build needs of the machine, requirements of other checks first. */
async function checkHost(directory) {
    const programs = await (0,_packages_js__WEBPACK_IMPORTED_MODULE_5__/* .missingPrograms */ .iB)(_packages_js__WEBPACK_IMPORTED_MODULE_5__/* .enginePrograms */ .w0.map((program) => ({ program, of: "every build" })));
    const capabilities = checkCapabilities(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)("/proc/self/status", "utf8"));
    const first = [checkKernel((0,node_os__WEBPACK_IMPORTED_MODULE_1__.release)()), ...programChecks(programs), capabilities];
    // Without these, the other checks can't run.
    if (first.some(({ verdict }) => verdict === "problem"))
        return first;
    const trial = await tryOut(directory);
    return [
        ...first,
        checkNspawn(await (0,_command_js__WEBPACK_IMPORTED_MODULE_4__/* .run */ .eF)(["systemd-nspawn", "--version"])),
        checkMounts(trial, (await readOptional("/proc/self/attr/current")).trim()),
        checkProcesses(trial),
        checkCgroups(await (0,_cgroups_js__WEBPACK_IMPORTED_MODULE_3__/* .findCgroups */ .T)(), trial),
        checkRun(trial),
        checkOverlay(trial, directory),
        checkAttributes(trial, directory),
        checkNetwork(trial, await (0,_packages_js__WEBPACK_IMPORTED_MODULE_5__/* .missingPrograms */ .iB)(_packages_js__WEBPACK_IMPORTED_MODULE_5__/* .networkPrograms */ .UN.map((program) => ({ program, of: "a step that downloads" })))),
        checkLoop(await isLoopControl("/dev/loop-control"), await (0,_packages_js__WEBPACK_IMPORTED_MODULE_5__/* .missingPrograms */ .iB)([unsquashfs])),
        checkRoom(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.statfs)(directory), directory),
    ];
}
const ok = (name, message) => ({ name, verdict: "ok", message });
const warning = (name, message, hint) => ({ name, verdict: "warning", message, hint });
const problem = (name, message, hint) => ({ name, verdict: "problem", message, hint });
/** Checks the kernel. The oldest that is still in use, that of RHEL 8, has everything that is needed. */
function checkKernel(version) {
    const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
    if (major > 4 || (major === 4 && minor >= 18))
        return ok("kernel", `Linux ${version}`);
    return problem("kernel", `Linux ${version} is too old`, "use Linux 4.18 or later");
}
function programChecks(missing) {
    if (missing.length === 0)
        return [ok("programs", "all programs that the engine needs are installed")];
    return missing.map(({ message, hint = "install it" }) => problem("programs", message, hint));
}
/** The capabilities that the engine itself uses, by their bits; see capabilities(7). */
const neededCapabilities = {
    CAP_CHOWN: 0,
    CAP_DAC_OVERRIDE: 1,
    CAP_FOWNER: 3,
    CAP_SETGID: 6,
    CAP_SETUID: 7,
    CAP_SETPCAP: 8,
    CAP_SYS_CHROOT: 18,
    CAP_SYS_ADMIN: 21,
};
/** Checks root's capabilities in the text of /proc/self/status. */
function checkCapabilities(status) {
    const [, hex = "0"] = /^CapEff:\s*([0-9a-f]+)$/m.exec(status) ?? [];
    const effective = BigInt(`0x${hex}`);
    const missing = Object.entries(neededCapabilities).filter(([, bit]) => ((effective >> BigInt(bit)) & 1n) === 0n);
    if (missing.length === 0)
        return ok("capabilities", "root has all capabilities that containers and mounts need");
    const names = missing.map(([name]) => name).join(", ");
    const hint = "in a container, start it with --privileged: one without privileges can't build images";
    return problem("capabilities", `root lacks ${names} here, so it can't start containers or mount anything`, hint);
}
/** Checks the version of systemd-nspawn. The option `--suppress-sync` came with systemd 250. */
function checkNspawn(version) {
    const [, number = "0"] = /^systemd (\d+)/.exec(version) ?? [];
    if (Number(number) >= 250)
        return ok("systemd-nspawn", `systemd-nspawn ${number}`);
    const hint = "use a distribution with systemd 250 or later, such as Debian 12 or Ubuntu 24.04";
    return problem("systemd-nspawn", `systemd-nspawn ${number} is too old`, hint);
}
/**
 * Tries the operations of a build in a mount namespace of its own, which leaves nothing behind. Nothing else shows what
 * a seccomp filter, an AppArmor profile or a file system refuses.
 */
const script = `
attempt() { name=$1; shift; said=$("$@" 2>&1); [ $? -eq 0 ] && said= || said=\${said:-failed}; printf '%s\\t%s\\0' "$name" "$said"; }
mkdir lower upper work merged
attempt processes unshare --pid --fork --kill-child --mount-proc true
attempt cgroups "$@"
attempt overlay mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay merged
attempt trusted setfattr --name=trusted.osbuild --value=y upper
attempt user setfattr --name=user.osbuild --value=y upper
attempt tun sh -c "[ -c /dev/net/tun ] && : <> /dev/net/tun"
attempt run mkdir -p /run/systemd/nspawn
attempt mounts mount -t tmpfs tmpfs /run
`;
async function tryOut(directory) {
    const cwd = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(`${directory}/trial-`);
    try {
        const argv = ["unshare", "--mount", "--propagation=private", "sh", "-c", script, "sh", ..._cgroups_js__WEBPACK_IMPORTED_MODULE_3__/* .mountCgroups */ .V];
        const entries = (await (0,_command_js__WEBPACK_IMPORTED_MODULE_4__/* .run */ .eF)(argv, { cwd })).split("\0").slice(0, -1);
        return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf("\t")), entry.slice(entry.indexOf("\t") + 1)]));
    }
    catch (error) {
        // Not even the namespace could be created.
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS)
            return new Map([["mounts", error.message]]);
        throw error;
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(cwd, { recursive: true, force: true });
    }
}
const failureOf = (trial, name) => (trial.has("processes") ? trial.get(name) : "") || undefined;
/** Checks that file systems can be mounted. `profile` is the process's AppArmor profile, or empty. */
function checkMounts(trial, profile) {
    const said = trial.get("mounts");
    if (said === "")
        return ok("mounts", "file systems can be mounted");
    const confined = profile === "" || profile.startsWith("unconfined") ? "" : ` (the AppArmor profile is ${profile})`;
    const hint = "in a container, start it with --privileged, or with --security-opt for both seccomp=unconfined and apparmor=unconfined";
    return problem("mounts", `nothing can be mounted${confined}: ${said}`, hint);
}
/** Checks that a process namespace with its own /proc can be created. */
function checkProcesses(trial) {
    const said = failureOf(trial, "processes");
    if (said === undefined)
        return ok("processes", "process namespaces can be created");
    const hint = "in a container, start it with --privileged: a new /proc can't be mounted while the present one is masked";
    return problem("processes", `process namespaces can't be created: ${said}`, hint);
}
/** Checks that cgroups can be created, here or in a hierarchy that a build mounts itself. */
function checkCgroups(state, trial) {
    if (state === "writable")
        return ok("cgroups", "cgroups can be created");
    const said = failureOf(trial, "cgroups");
    if (said === undefined)
        return ok("cgroups", `/sys/fs/cgroup is ${state}: each build mounts its own`);
    const hint = "in a container, start it with --privileged; on a machine, mount cgroup2 at /sys/fs/cgroup";
    return problem("cgroups", `/sys/fs/cgroup is ${state}, and another one can't be mounted: ${said}`, hint);
}
/** Checks whether /run is writable. It needn't be. */
function checkRun(trial) {
    if (failureOf(trial, "run") === undefined)
        return ok("run", "/run is writable");
    return ok("run", "/run is read-only: each build mounts its own");
}
/** Checks that the store's file system can hold an overlay. */
function checkOverlay(trial, directory) {
    const said = failureOf(trial, "overlay");
    if (said === undefined)
        return ok("overlayfs", "overlays can be mounted");
    const hint = "load the kernel module overlay, and put the store on ext4, xfs, btrfs or tmpfs with --store";
    return problem("overlayfs", `overlays can't be mounted in ${directory}: ${said}`, hint);
}
/** Checks that the store's file system supports extended attributes. */
function checkAttributes(trial, directory) {
    const hint = "put the store on ext4, xfs or btrfs with --store";
    const trusted = failureOf(trial, "trusted");
    if (trusted !== undefined)
        return problem("attributes", `${directory} supports no trusted extended attributes: ${trusted}`, hint);
    const user = failureOf(trial, "user");
    if (user === undefined)
        return ok("attributes", "the store's file system supports extended attributes");
    return warning("attributes", `${directory} supports no user extended attributes, so a stage that sets one fails`, hint);
}
/** Checks that steps can have a network of their own. Only steps that download need one. */
function checkNetwork(trial, missing) {
    const hint = "load the kernel module tun; in a container, start it with --privileged, or with --device=/dev/net/tun";
    if (failureOf(trial, "tun") !== undefined)
        return warning("network", "without /dev/net/tun a step that downloads fails", hint);
    const [first] = missing;
    if (first === undefined)
        return ok("network", "steps that download get a network of their own");
    return warning("network", first.message, first.hint ?? "install it");
}
const unsquashfs = { program: "unsquashfs", of: "a host without loop devices" };
/** Checks that stored layers can be mounted, or else unpacked: `missing` is the problem with unsquashfs. */
function checkLoop(isThere, missing) {
    if (isThere)
        return ok("loop devices", "stored layers can be mounted");
    const message = "there are no loop devices";
    const hint = "in a container, start it with --privileged, or give it /dev/loop-control and /dev/loop*";
    if (missing.length === 0)
        return warning("loop devices", `${message}: stored layers are unpacked, which takes time and space`, hint);
    return problem("loop devices", `${message}, and unsquashfs, which could unpack stored layers instead, is missing`, hint);
}
/** Whether the path is the loop control device: containers mask devices with /dev/null. */
async function isLoopControl(path) {
    const numbers = 10 * 256 + 237;
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path)).rdev === numbers;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT"))
            return false;
        throw error;
    }
}
const enoughRoom = 2 * 1024 ** 3;
/** Checks the free space on the store's file system. */
function checkRoom({ bavail, bsize }, directory) {
    const free = bavail * bsize;
    const message = `${Math.floor(free / 1024 ** 2)} MiB are free in ${directory}`;
    if (free >= enoughRoom)
        return ok("room", message);
    return warning("room", `only ${message}`, "a system with packages takes several GiB: free some space, or name another --store");
}
async function readOptional(path) {
    // Without AppArmor the file doesn't exist or can't be read.
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, "utf8").catch((error) => {
        if (["ENOENT", "EINVAL", "EACCES"].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, code)))
            return "";
        throw error;
    });
}


/***/ }),

/***/ 1964:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ replaceFile)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);


/** Replaces a file at once: whoever reads it meanwhile sees either text as a whole. */
async function replaceFile(file, text, { mode, uid, gid }) {
    const temporary = `${file}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)().slice(0, 8)}`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(temporary, text, { flag: "wx", mode: 0o600 });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chown)(temporary, uid, gid);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(temporary, mode & 0o7777);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, file);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true });
    }
}


/***/ })

};
