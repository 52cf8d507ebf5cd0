export const id = 526;
export const ids = [526];
export const modules = {

/***/ 7114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ nothing)
/* harmony export */ });
/* harmony import */ var _store_content_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5765);

/** An empty tree. */
const nothing = { layers: [], makers: [], content: Promise.resolve(_store_content_js__WEBPACK_IMPORTED_MODULE_0__/* .emptyTree */ ["in"]), runs: [] };


/***/ }),

/***/ 1526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   execute: () => (/* binding */ execute)
/* harmony export */ });
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7114);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7086);


/**
 * Carries out a plan, the innermost build pipeline first. What the others start from is downloaded and unpacked
 * meanwhile.
 */
async function execute(plan, { from, save }, session, archiveDigest) {
    const running = (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .inOrder */ .al)(plan).flatMap(({ steps: all }) => all.filter(({ type }) => type === "run"));
    session.prepare(running.map(({ step }) => step.program));
    const parts = (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .inOrder */ .al)(plan).map((part) => {
        const start = part === plan && from !== undefined ? { archive: from, digest: archiveDigest } : undefined;
        return { part, first: firstTree(part, session, start) };
    });
    // A failure is thrown where its tree is needed, and none of them may still be at work when the session ends.
    const settled = Promise.allSettled(parts.map(({ first }) => first));
    let built = _context_js__WEBPACK_IMPORTED_MODULE_0__/* .nothing */ .s;
    try {
        for (const { part, first } of parts) {
            // The budget is for the image, not for the tools that it is built with.
            const check = part === plan ? session.checkBudget : async () => undefined;
            built = await executePart(part, session, { root: built, check }, await first);
        }
    }
    finally {
        await settled;
    }
    if (save !== undefined)
        await session.save(built.layers, save, plan.pipeline.sourceEpoch);
    await session.stored();
}
/** Runs one pipeline's steps in a build root, on its first tree; returns its last one. */
async function executePart(part, session, { root, check }, first) {
    const { pipeline } = part;
    let tree = first;
    const last = (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .lastStored */ .oS)(part);
    if (last !== undefined)
        await check(pipeline, last.step, tree);
    for (const planned of part.steps) {
        if (planned.type !== "run")
            continue;
        const { step, fingerprint, reason, replaces } = planned;
        const site = { pipeline, fingerprint, reason, replaces, root, below: tree };
        const known = await session.reuse(step, site);
        if (known === undefined && step.kind === "assembler")
            await session.assemble(step, site);
        else {
            const after = known ?? (await session.stage(step, site));
            if (after.layers.length > tree.layers.length)
                await check(pipeline, step, after);
            tree = after;
        }
    }
    return tree;
}
/** The tree that the first step to run starts on: the last stored one, the base's, the archive's, or an empty one. */
async function firstTree(plan, session, start) {
    const { pipeline } = plan;
    const stored = (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .lastStored */ .oS)(plan);
    if (stored !== undefined)
        return session.tree(stored.step);
    if (pipeline.base !== null)
        return session.base(pipeline.base);
    return start === undefined ? _context_js__WEBPACK_IMPORTED_MODULE_0__/* .nothing */ .s : session.extracted(start.archive, start.digest, pipeline.sourceEpoch);
}


/***/ })

};
