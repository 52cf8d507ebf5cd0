export const id = 649;
export const ids = [649];
export const modules = {

/***/ 8649:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   shellCommand: () => (/* binding */ shellCommand)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _epoch_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(1531);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1795);
/* harmony import */ var _host_mounts_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9791);
/* harmony import */ var _pipeline_load_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5070);
/* harmony import */ var _sandbox_build_root_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8263);
/* harmony import */ var _sandbox_run_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4493);
/* harmony import */ var _store_archives_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2717);
/* harmony import */ var _store_layout_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9396);
/* harmony import */ var _store_workspace_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2660);
/* harmony import */ var _archives_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(2264);
/* harmony import */ var _warn_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(1943);
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
 * `osbuild shell`: opens a shell in a stage's container, with the tree of an archive. What it changes is gone at the
 * end.
 */
async function shellCommand({ store, archive }) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        if (!process.stdin.isTTY)
            throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("INVALID", "`osbuild shell` needs a terminal");
        await (0,_archives_js__WEBPACK_IMPORTED_MODULE_9__/* .requireArchives */ .D)({ from: archive, save: undefined });
        const workspace = __addDisposableResource(env_1, await (0,_store_workspace_js__WEBPACK_IMPORTED_MODULE_8__/* .openWorkspace */ .OH)(await (0,_store_layout_js__WEBPACK_IMPORTED_MODULE_7__/* .createStore */ .y$)(store), _warn_js__WEBPACK_IMPORTED_MODULE_10__/* .warn */ .R), true);
        const { namespace, directory } = workspace;
        const [root, tree] = [`${directory}/root`, `${directory}/tree`];
        for (const path of [root, tree])
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(path);
        await (0,_host_mounts_js__WEBPACK_IMPORTED_MODULE_2__/* .mountAll */ .Dz)(namespace, directory, (0,_sandbox_build_root_js__WEBPACK_IMPORTED_MODULE_4__/* .hostBuildRoot */ .v)(root));
        await (0,_store_archives_js__WEBPACK_IMPORTED_MODULE_6__/* .extract */ .o)(namespace, archive, tree);
        process.stderr.write("the tree is in /run/osbuild/tree; `exit` ends the shell\n");
        const nothing = { options: "{}", capabilities: [], inputs: new Map(), sourceEpoch: _epoch_js__WEBPACK_IMPORTED_MODULE_11__/* .defaultSourceEpoch */ .w };
        const place = { libdir: _pipeline_load_js__WEBPACK_IMPORTED_MODULE_3__/* .ownLibdir */ .$t, root, tree, scratch: `${directory}/shell` };
        await (0,_sandbox_run_js__WEBPACK_IMPORTED_MODULE_5__/* .runShell */ .E5)(namespace, await (0,_sandbox_run_js__WEBPACK_IMPORTED_MODULE_5__/* .openRuntime */ .fS)(), { kind: "stage", program: "", ...place, ...nothing });
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


/***/ }),

/***/ 1943:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ warn)
/* harmony export */ });
/* harmony import */ var _report_problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5529);

/** Prints a problem that doesn't end the command. */
const warn = (problem) => void process.stderr.write(`${(0,_report_problems_js__WEBPACK_IMPORTED_MODULE_0__/* .formatWarning */ .W3)(problem)}\n`);


/***/ })

};
