export const id = 566;
export const ids = [566,497];
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

/***/ 8566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  verifyCommand: () => (/* binding */ verifyCommand)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./out/src/build/build.js
var build = __webpack_require__(3225);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __webpack_require__(2144);
// EXTERNAL MODULE: ./out/src/host/trace.js
var trace = __webpack_require__(2252);
;// CONCATENATED MODULE: ./out/src/host/elsewhere.js




// A machine without the program hostname(1) may still let root write the name.
const script = `
{ hostname "$1" 2>/dev/null || echo "$1" > /proc/sys/kernel/hostname; } && umask 077 && cd "$2" && shift 2 && exec "$@"
`;
/** The environment of a user on the other side of the world. */
const environment = { PATH: command/* searchPath */.oe, TZ: "Pacific/Chatham", LC_ALL: "tr_TR.UTF-8", NO_COLOR: "1" };
/**
 * Runs a command as on another machine: with another host name, time zone, locale and umask, in this directory, and on
 * one processor. Returns its exit code and what it printed.
 */
async function runElsewhere(argv, directory, signal) {
    const words = ["--uts", "sh", "-c", script, "sh", "elsewhere", directory, ...(await onOneProcessor()), ...argv];
    const ended = (0,trace/* traced */.mn)(["unshare", ...words]);
    const { execa } = await __webpack_require__.e(/* import() */ 121).then(__webpack_require__.bind(__webpack_require__, 4121));
    const child = execa("unshare", words, {
        stdin: "ignore",
        all: true,
        env: environment,
        extendEnv: false,
        reject: false,
        cleanup: false,
        // A build that is interrupted takes its time to leave nothing behind.
        forceKillAfterDelay: false,
    });
    const interrupt = () => void child.kill("SIGTERM");
    signal.addEventListener("abort", interrupt, { once: true });
    const { exitCode, all } = await child;
    signal.removeEventListener("abort", interrupt);
    ended(`ended with exit code ${exitCode}`);
    return { exitCode, printed: all };
}
/** Begins a command line that may use only the first of several processors. */
async function onOneProcessor() {
    if ((0,external_node_os_.availableParallelism)() === 1)
        return [];
    const status = await (0,promises_.readFile)("/proc/self/status", "utf8");
    return ["taskset", "--cpu-list", /^Cpus_allowed_list:\s*(\d+)/m.exec(status)?.[1] ?? "0"];
}

// EXTERNAL MODULE: ./out/src/host/packages.js + 2 modules
var host_packages = __webpack_require__(4817);
// EXTERNAL MODULE: ./out/src/pipeline/pipeline.js
var pipeline_pipeline = __webpack_require__(1563);
// EXTERNAL MODULE: ./out/src/pipeline/secrets.js
var pipeline_secrets = __webpack_require__(6784);
// EXTERNAL MODULE: ./out/src/report/problems.js
var problems = __webpack_require__(5529);
;// CONCATENATED MODULE: ./out/src/report/difference.js

/** The most paths that are listed. */
const maxPaths = 20;
/** The difference between the results of two builds as text, with a line for each path. */
function differenceText({ added, deleted, changed }) {
    const lines = [
        ...Object.keys(added).map((path) => `${path}: only in the second build`),
        ...deleted.map((path) => `${path}: only in the first build`),
        ...Object.entries(changed).map(([path, change]) => `${path}: ${factsOf(change).join("; ")}`),
    ].sort();
    const more = lines.length - maxPaths;
    const shown = [...lines.slice(0, maxPaths), ...(more > 0 ? [`and ${more.toLocaleString("en")} more`] : [])];
    return shown.map((line) => `  ${(0,problems/* printable */.g$)(line)}`).join("\n");
}
/** An aspect in which a file differs, in the words of `osbuild diff`, with its value in each build. */
function factsOf({ xattrs = {}, ...facts }) {
    const pairs = [...Object.entries(facts), ...Object.entries(xattrs)];
    return pairs.map(([name, [before, after]]) => `${name} ${difference_short(before)}, then ${difference_short(after)}`);
}
/** A value, with the beginning of a digest only. */
const difference_short = (value) => (value ?? "none").replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1…");

// EXTERNAL MODULE: ./out/src/store/refs.js
var refs = __webpack_require__(6720);
// EXTERNAL MODULE: ./out/src/store/trees.js + 6 modules
var store_trees = __webpack_require__(254);
// EXTERNAL MODULE: ./out/src/tree/difference.js
var tree_difference = __webpack_require__(9492);
// EXTERNAL MODULE: ./out/src/build/announce.js
var announce = __webpack_require__(4566);
// EXTERNAL MODULE: ./out/src/build/planning.js + 2 modules
var planning = __webpack_require__(3388);
// EXTERNAL MODULE: ./out/src/build/requirements.js
var requirements = __webpack_require__(6497);
// EXTERNAL MODULE: ./out/src/build/secret-files.js
var secret_files = __webpack_require__(3267);
;// CONCATENATED MODULE: ./out/src/build/verify.js
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















/** Throws if a pipeline starts from a tree in the store, because nothing shows how that was built. */
function refuseBase(pipeline) {
    for (const { base } of (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline)) {
        if (base === null || base.image !== undefined)
            continue;
        const message = "a pipeline is verified by building it from nothing, and this one starts from a tree in the store";
        const hint = "verify a pipeline that begins with the stages of the base, or push that as an image and start from it";
        throw new errors/* BuildError */.zS("INVALID", [{ message, at: base.at, hint }]);
    }
}
/** Checks that the host has the programs for all steps of a pipeline. With `install` it installs and reports them. */
async function provideAll(pipeline, empty, install) {
    const { lookUp } = await prepare(pipeline, { layout: empty });
    const needs = await needsOf(await lookUp());
    await providePrograms([...enginePrograms.map((program) => ({ program, of: "every build" })), ...needs], install);
}
/** Brings the images that a pipeline starts from into a store. The process of the second build has no credentials. */
async function provideImages(pipeline, context) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (!(0,pipeline_pipeline/* hasImageBase */.vd)(pipeline))
            return;
        const { openSession } = await Promise.all(/* import() */[__webpack_require__.e(395), __webpack_require__.e(803)]).then(__webpack_require__.bind(__webpack_require__, 1803));
        const session = __addDisposableResource(env_1, await openSession(context, (0,announce/* describer */.Ie)(pipeline)), true);
        for (const { base } of (0,pipeline_pipeline/* innermostFirst */.mF)(pipeline))
            if (base?.image !== undefined)
                await session.base(base);
        await session.stored();
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
/**
 * Builds a pipeline for the second time, in an empty store and as on another machine. `program` is the command line's.
 * Throws if the build fails.
 */
async function buildElsewhere(pipeline, { layout, workspace, program, files, signal, }) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const { buildEnv, buildPipeline, mirrors } = files;
        const values = new Map((0,pipeline_pipeline/* allSteps */.Bd)(pipeline).flatMap((step) => [...(0,pipeline_secrets/* secretValues */.VX)(step)]));
        const { namespace, directory } = workspace;
        const secrets = __addDisposableResource(env_2, await (0,secret_files/* openSecrets */.c)(namespace, `${directory}/secrets`, values), true);
        const named = Object.entries({ "build-env": buildEnv, "build-pipeline": buildPipeline, mirrors });
        const argv = [
            // A file system in memory counts inodes anew for each build, so the second one uses the disk.
            ...[process.execPath, program, "build", "--quiet", "--workspace=disk", `--store=${layout.directory}`],
            ...files.libdirs.map((libdir) => `--libdir=${libdir}`),
            ...named.flatMap(([name, path]) => (path === undefined ? [] : [`--${name}=${path}`])),
            ...files.variables.map(({ name, value }) => `--set=${name}=${value}`),
            ...(secrets === undefined
                ? []
                : secrets.names.map((name) => `--secret=id=${name},src=${namespace.path(`${secrets.directory}/${name}`)}`)),
            files.pipeline,
        ];
        const { exitCode, printed } = await runElsewhere(argv, layout.directory, signal);
        if (signal.aborted)
            throw (0,errors/* failure */.V2)("INTERRUPTED", "interrupted");
        if (exitCode === 0)
            return;
        const step = await firstMissing(pipeline, layout);
        const said = printed
            .trimEnd()
            .split("\n")
            .slice(-30)
            .map((line) => `  ${(0,problems/* printable */.g$)(line)}`);
        const message = `${step?.name ?? "the pipeline"} failed in the second build, but not in the first:\n${said.join("\n")}`;
        throw new errors/* BuildError */.zS("DIFFERENT", [{ message, at: step?.at, hint: lookFor }]);
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
const lookFor = "look for what depends on the time, a random number, the order of a directory or the machine";
/** The first step of a pipeline that has no result in a store, if there is one. */
async function firstMissing(pipeline, layout) {
    for (const step of (0,pipeline_pipeline/* allSteps */.Bd)(pipeline))
        if ((await (0,refs/* readRef */.sg)(layout, step.id)) === undefined)
            return step;
    return undefined;
}
/** Compares the results of a pipeline that has been built in two stores. */
async function compareBuilds(pipeline, stores, workspace) {
    const compared = [];
    for (const step of (0,pipeline_pipeline/* allSteps */.Bd)(pipeline)) {
        const [one, other] = await Promise.all(stores.map((layout) => (0,refs/* readRef */.sg)(layout, step.id)));
        if (other === undefined)
            throw (0,errors/* failure */.V2)("INVALID", `the pipeline was changed while it was built: the second build has no ${step.name}`);
        // The first store may lack results that a build with a cache didn't need, or have those of an earlier build.
        if (one?.fingerprint !== other.fingerprint)
            continue;
        compared.push({ step, results: [one, other], isSame: one.object === other.object });
    }
    const first = compared.find(({ isSame }) => !isSame);
    if (first === undefined)
        return { steps: compared, different: undefined };
    return { steps: compared, different: { step: first.step, difference: await differenceOf(first, stores, workspace) } };
}
/** The difference between the trees after a stage, or between an assembler's files. */
async function differenceOf({ step, results }, stores, { namespace, directory }) {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
        const opened = __addDisposableResource(env_3, new AsyncDisposableStack(), true);
        const pathOf = async (index) => {
            const [layout, { object, layers }] = [stores[index], results[index]];
            if (step.kind === "assembler")
                return layout.object(object);
            const place = `${directory}/tree-${index}`;
            await (0,promises_.mkdir)(place);
            const trees = (0,store_trees/* openTrees */.k)(namespace, layout, place);
            const tree = opened.use(await trees.get(layers.map((digest) => ({ object: digest }))));
            return namespace.path(tree.path);
        };
        const [before, after] = [await pathOf(0), await pathOf(1)];
        const difference = await (0,tree_difference/* diffTrees */.j)(before, after);
        const isEmpty = Object.values(difference).every((part) => Object.keys(part).length === 0);
        return isEmpty ? { ...difference, changed: (0,tree_difference/* diffTimes */.W)(before, after) } : difference;
    }
    catch (e_3) {
        env_3.error = e_3;
        env_3.hasError = true;
    }
    finally {
        const result_3 = __disposeResources(env_3);
        if (result_3)
            await result_3;
    }
}
/** Makes the error for a step whose results differ. */
function unlike({ step, difference }) {
    const message = `${step.name} doesn't give the same bits again:\n${differenceText(difference)}`;
    return new errors/* BuildError */.zS("DIFFERENT", [{ message, at: step.at, hint: lookFor }]);
}

// EXTERNAL MODULE: ./out/src/pipeline/load.js + 7 modules
var load = __webpack_require__(5070);
// EXTERNAL MODULE: ./out/src/report/format.js
var format = __webpack_require__(7250);
// EXTERNAL MODULE: ./out/src/report/json.js
var json = __webpack_require__(811);
// EXTERNAL MODULE: ./out/src/report/text.js + 2 modules
var report_text = __webpack_require__(5964);
// EXTERNAL MODULE: ./out/src/store/layout.js
var layout = __webpack_require__(9396);
// EXTERNAL MODULE: ./out/src/store/workspace.js + 1 modules
var store_workspace = __webpack_require__(2660);
// EXTERNAL MODULE: ./out/src/cli/color.js
var color = __webpack_require__(2632);
// EXTERNAL MODULE: ./out/src/cli/remote.js + 21 modules
var remote = __webpack_require__(9010);
// EXTERNAL MODULE: ./out/src/cli/values.js + 1 modules
var values = __webpack_require__(6199);
// EXTERNAL MODULE: ./out/src/cli/warn.js
var warn = __webpack_require__(1943);
;// CONCATENATED MODULE: ./out/src/cli/verify.js
var verify_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var verify_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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















/** `osbuild verify`: builds a pipeline twice from nothing, and fails unless every step gives the same bits. */
async function verifyCommand(args, signal, env) {
    const verified = await buildTwice(args, { signal, env }).catch((error) => {
        if (args.json && error instanceof errors/* BuildError */.zS)
            printJson((0,json/* jsonFailure */.T)(error));
        throw error;
    });
    if (verified.different === undefined) {
        if (args.json)
            printJson({ success: true, ...jsonOf(verified) });
        else
            write(`\n${summaryOf(verified)}`);
        return;
    }
    const error = unlike(verified.different);
    if (args.json)
        printJson({ ...(0,json/* jsonFailure */.T)(error), ...jsonOf(verified) });
    throw error;
}
/** Builds in two stores of its own, which are gone afterwards. */
async function buildTwice(args, { signal, env }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (args.pipeline === "-")
            throw (0,values/* wrong */.Qm)("`osbuild verify` reads the pipeline twice, which stdin can't", "name a file");
        const pipeline = await (0,load/* loadPipeline */.Bp)(args, new Set());
        refuseBase(pipeline);
        const workspace = verify_addDisposableResource(env_1, await (0,store_workspace/* openWorkspace */.OH)(await (0,layout/* createStore */.y$)(args.store), warn/* warn */.R), true);
        const stores = [
            await (0,layout/* createStore */.y$)(`${workspace.directory}/first`),
            await (0,layout/* createStore */.y$)(`${workspace.directory}/second`),
        ];
        const [first, second] = stores;
        await watched(args, (report) => (0,remote.withBeyond)(undefined, first, { env, signal, report, steps: [] }, async ({ pull }) => {
            await (0,build/* build */.j)(pipeline, { layout: first, report, signal, pull });
            await provideImages(pipeline, { layout: second, report: () => undefined, signal, pull });
        }));
        if (!args.json)
            write("\nagain, with another host name, time zone, locale, umask and directory, and on one processor\n");
        const program = process.argv[1];
        await buildElsewhere(pipeline, { layout: second, workspace, program, files: absolute(args), signal });
        return { pipeline, ...(await compareBuilds(pipeline, stores, workspace)) };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = verify_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function absolute({ pipeline, libdirs, buildEnv, buildPipeline, mirrors, variables }) {
    const optional = (path) => (path === undefined ? undefined : (0,external_node_path_.resolve)(path));
    return {
        pipeline: (0,external_node_path_.resolve)(pipeline),
        libdirs: libdirs.map((libdir) => (0,external_node_path_.resolve)(libdir)),
        buildEnv: optional(buildEnv),
        buildPipeline: optional(buildPipeline),
        mirrors: optional(mirrors),
        variables,
    };
}
/** Prints the events of some work, unless JSON is wanted. */
async function watched({ json }, work) {
    if (json)
        return work(() => undefined);
    const output = {
        write,
        paint: (0,color/* painter */.C)(process.stdout),
        columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    };
    const text = (0,report_text/* textReport */.M)(output, "normal");
    try {
        await work(text.report);
    }
    finally {
        text.close();
    }
}
function summaryOf({ steps }) {
    const lines = [`compared ${(0,format/* formatCount */.B4)(steps.length, "step")} of two builds: all are the same`];
    for (const { path, size, sha256 } of steps.at(-1)?.results[0].files ?? [])
        lines.push(`${(0,problems/* printable */.g$)(path)}  ${(0,format/* formatBytes */.z3)(size)}  sha256:${sha256}`);
    return `${lines.join("\n")}\n`;
}
const jsonOf = ({ pipeline, steps, different }) => ({
    tree_id: pipeline.treeId,
    output_id: pipeline.outputId,
    steps: steps.map(({ step: { name, id }, isSame }) => ({ name, id, same: isSame })),
    ...(different === undefined
        ? { files: steps.at(-1)?.results[0].files ?? [] }
        : {
            first_difference: { name: different.step.name, id: different.step.id, ...different.difference },
        }),
});
const write = (text) => process.stdout.write(text);
const printJson = (value) => write(`${JSON.stringify(value, null, 2)}\n`);


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
