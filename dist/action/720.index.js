export const id = 720;
export const ids = [720];
export const modules = {

/***/ 61588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ entryDirectory)
/* harmony export */ });
/**
 * The path of every entry, relative to a directory of its own. A cache's version is a hash of the path as it is given,
 * so the path must never change. Only the client and its worker know it.
 */
const entryDirectory = "entry";


/***/ }),

/***/ 6720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   answerCacheCall: () => (/* binding */ answerCacheCall)
/* harmony export */ });
/* harmony import */ var node_diagnostics_channel__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(53053);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var _actions_cache__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(23458);
/* harmony import */ var _host_command_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62144);
/* harmony import */ var _entry_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(61588);





/** A segment has 128 MiB. Below 1 MiB/s, building is faster than fetching. */
const download = { segmentTimeoutInMs: 128_000 };
/**
 * Answers one call in a process of its own. The toolkit takes the working directory, in which the entry is at
 * entryDirectory, from the environment, so two calls in one process would unpack into the same place. A process also
 * separates the toolkit's output from the Action's, and a call that hangs can be killed. The process ends when the one
 * that asks does, in any way. `environment` is the process's own.
 */
async function answerCacheCall(environment) {
    process.stdin.on("end", () => process.exit(1));
    const line = await new Promise((resolve) => (0,_host_command_js__WEBPACK_IMPORTED_MODULE_3__/* .onLines */ .lP)(process.stdin, resolve));
    useBlanklessPaths(environment);
    const answer = await callToolkit(JSON.parse(line)).catch((error) => ({ type: "failed", reason: error.message }));
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(3, JSON.stringify(answer));
}
/**
 * Gives the toolkit paths without spaces. It joins tar's command line with spaces and splits it at them again, which
 * breaks directory names with a space. The kernel has another path for the working directory, without spaces.
 */
function useBlanklessPaths(environment) {
    const here = `/proc/${process.pid}/cwd`;
    process.cwd = () => here;
    Object.assign(environment, { GITHUB_WORKSPACE: here, RUNNER_TEMP: here });
}
async function callToolkit(call) {
    if (!(0,_actions_cache__WEBPACK_IMPORTED_MODULE_2__/* .isFeatureAvailable */ .w3)())
        return { type: "unavailable" };
    const refusal = watchForRefusals();
    if (call.type === "save")
        return save(call, refusal);
    // The toolkit takes each key for the beginning of others, too.
    const [first = "", ...others] = call.type === "restore" ? call.keys : call.beginnings;
    const options = call.type === "find newest" ? lookup : download;
    return { type: "restored", key: await (0,_actions_cache__WEBPACK_IMPORTED_MODULE_2__/* .restoreCache */ .P3)([_entry_js__WEBPACK_IMPORTED_MODULE_4__/* .entryDirectory */ .U], first, others, options), refusal: refusal() };
}
const lookup = { lookupOnly: true };
async function save({ key, unless }, refusal) {
    if (unless !== null) {
        // saveCache packs everything before it asks whether the key exists.
        const rival = await (0,_actions_cache__WEBPACK_IMPORTED_MODULE_2__/* .restoreCache */ .P3)([_entry_js__WEBPACK_IMPORTED_MODULE_4__/* .entryDirectory */ .U], unless.beginning, [], lookup);
        if (rival?.startsWith(unless.beginning) && !unless.except.includes(rival))
            return { type: "exists" };
    }
    const id = await (0,_actions_cache__WEBPACK_IMPORTED_MODULE_2__/* .saveCache */ .Io)([_entry_js__WEBPACK_IMPORTED_MODULE_4__/* .entryDirectory */ .U], key);
    return id === -1 ? { type: "not saved", refusal: refusal() } : { type: "saved" };
}
/** Watches the status of each response, because some of the toolkit's warnings don't contain it and some are empty. */
function watchForRefusals() {
    let last;
    (0,node_diagnostics_channel__WEBPACK_IMPORTED_MODULE_0__.subscribe)("http.client.response.finish", (message) => {
        const { request, response } = message;
        const { statusCode: status = 0 } = response;
        const of = request.path.includes("/twirp/") ? "service" : "entry";
        last = status >= 400 ? { of, status } : undefined;
    });
    return () => last;
}


/***/ })

};
