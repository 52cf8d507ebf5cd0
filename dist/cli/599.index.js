export const id = 599;
export const ids = [599];
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

/***/ 3599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   inspectCommand: () => (/* binding */ inspectCommand)
/* harmony export */ });
/* harmony import */ var _build_planning_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3388);
/* harmony import */ var _pipeline_load_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5070);
/* harmony import */ var _pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1563);
/* harmony import */ var _report_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7250);
/* harmony import */ var _report_problems_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5529);
/* harmony import */ var _store_layout_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9396);
/* harmony import */ var _store_verdicts_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3076);
/* harmony import */ var _dates_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8698);








/** `osbuild inspect`: prints the normalised pipeline with its ids, and which steps have a stored result. */
async function inspectCommand(args) {
    const pipeline = await (0,_pipeline_load_js__WEBPACK_IMPORTED_MODULE_1__/* .loadPipeline */ .Bp)(args, await (0,_store_verdicts_js__WEBPACK_IMPORTED_MODULE_5__/* .readVerdicts */ .H)((0,_store_layout_js__WEBPACK_IMPORTED_MODULE_4__/* .layoutOf */ .aH)(args.store)));
    const records = await (0,_build_planning_js__WEBPACK_IMPORTED_MODULE_0__/* .recordsOf */ .M$)(pipeline, (0,_store_layout_js__WEBPACK_IMPORTED_MODULE_4__/* .layoutOf */ .aH)(args.store));
    for (const problem of pipeline.warnings)
        process.stderr.write(`${(0,_report_problems_js__WEBPACK_IMPORTED_MODULE_3__/* .formatWarning */ .W3)(problem)}\n`);
    const text = args.json ? JSON.stringify(describe(pipeline, records), null, 2) : table(pipeline, records);
    process.stdout.write(`${text}\n`);
}
function describe(pipeline, records) {
    const { build, base, stages, assembler, sourceEpoch, treeId, outputId } = pipeline;
    const describeStep = ({ name, options, id }) => {
        const record = records.get(id);
        return { name, options, id, stored: record !== undefined, ran: record === undefined ? undefined : (0,_dates_js__WEBPACK_IMPORTED_MODULE_6__/* .dateOf */ .Q)(record) };
    };
    return {
        build: build && { runner: build.runner, pipeline: build.pipeline && describe(build.pipeline, records) },
        base: base?.id ?? null,
        stages: stages.map(describeStep),
        assembler: assembler && describeStep(assembler),
        "source-epoch": sourceEpoch,
        tree_id: treeId,
        output_id: outputId,
    };
}
const stored = (record) => [`stored, ${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatBytes */ .z3)(record.size)}`, (0,_dates_js__WEBPACK_IMPORTED_MODULE_6__/* .builtText */ .o)(record)];
function table(pipeline, records) {
    const all = (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_7__/* .innermostFirst */ .mF)(pipeline);
    const rows = all.flatMap((each, index) => (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_7__/* .steps */ .Ci)(each).map(({ id, kind, name }) => {
        const record = records.get(id);
        const where = index < all.length - 1 ? "build" : "";
        return [id, kind, where, name, ...(record === undefined ? ["", ""] : stored(record))];
    }));
    const columns = Array.from({ length: 6 }, () => ({ align: "left" }));
    const ids = `tree id: ${pipeline.treeId ?? "none"}\noutput id: ${pipeline.outputId ?? "none"}`;
    return rows.length === 0 ? ids : `${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_2__/* .formatTable */ .ku)(columns, rows)}\n\n${ids}`;
}


/***/ })

};
