export const id = 446;
export const ids = [446];
export const modules = {

/***/ 3446:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dryRunCommand: () => (/* binding */ dryRunCommand)
/* harmony export */ });
/* harmony import */ var _build_plan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7086);
/* harmony import */ var _build_planning_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3388);
/* harmony import */ var _pipeline_load_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5070);
/* harmony import */ var _pipeline_secrets_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6784);
/* harmony import */ var _report_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7250);
/* harmony import */ var _report_problems_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5529);
/* harmony import */ var _store_layout_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9396);
/* harmony import */ var _store_verdicts_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3076);
/* harmony import */ var _archives_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2264);
/* harmony import */ var _build_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7040);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(6199);











/** `osbuild build --dry-run`: prints what would run, and why. It doesn't need root or create a store. */
async function dryRunCommand(args) {
    const pipeline = await (0,_pipeline_load_js__WEBPACK_IMPORTED_MODULE_2__/* .loadPipeline */ .Bp)(args, await (0,_store_verdicts_js__WEBPACK_IMPORTED_MODULE_7__/* .readVerdicts */ .H)((0,_store_layout_js__WEBPACK_IMPORTED_MODULE_6__/* .layoutOf */ .aH)(args.store)));
    (0,_pipeline_secrets_js__WEBPACK_IMPORTED_MODULE_3__/* .requireSecrets */ .pU)(pipeline);
    (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .requireSteps */ .F9)(pipeline, args.freshness.refresh);
    await (0,_archives_js__WEBPACK_IMPORTED_MODULE_8__/* .requireArchives */ .D)(args);
    for (const problem of pipeline.warnings)
        process.stderr.write(`${(0,_report_problems_js__WEBPACK_IMPORTED_MODULE_5__/* .formatWarning */ .W3)(problem)}\n`);
    (0,_build_js__WEBPACK_IMPORTED_MODULE_9__/* .requireImage */ .r)(pipeline, args);
    const { store, from, save, sbom, budget } = args;
    const isMeasured = budget.maxSize !== undefined || budget.maxGrowth !== undefined;
    const contents = sbom.length > 0 || isMeasured ? "required" : undefined;
    const freshness = { ...args.freshness, started: Date.now() };
    const { lookUp } = await (0,_build_planning_js__WEBPACK_IMPORTED_MODULE_1__/* .prepare */ .iA)(pipeline, { layout: (0,_store_layout_js__WEBPACK_IMPORTED_MODULE_6__/* .layoutOf */ .aH)(store), from, save, contents, freshness });
    process.stdout.write(planText(await lookUp(), args.report));
}
function planText(plan, form) {
    const steps = (0,_build_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .inOrder */ .al)(plan).flatMap((part) => part.steps);
    if (form === "json") {
        const list = steps.map((planned) => ({
            name: planned.step.name,
            id: planned.step.id,
            runs: planned.type === "run",
            reason: planned.type === "run" ? planned.reason : undefined,
        }));
        return `${JSON.stringify({ steps: list }, null, 2)}\n`;
    }
    const rows = steps.map((planned) => [
        planned.type === "run" ? "run" : "cached",
        planned.step.name,
        planned.step.id.slice(0, 12),
        planned.type === "run" ? planned.reason : "",
    ]);
    return rows.length === 0
        ? "nothing to do\n"
        : `${(0,_report_format_js__WEBPACK_IMPORTED_MODULE_4__/* .formatTable */ .ku)(rows[0]?.map(() => ({ align: "left" })) ?? [], rows)}\n`;
}


/***/ })

};
