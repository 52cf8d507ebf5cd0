export const id = 640;
export const ids = [640];
export const modules = {

/***/ 7313:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ml: () => (/* binding */ shorten),
/* harmony export */   om: () => (/* binding */ block),
/* harmony export */   qy: () => (/* binding */ html)
/* harmony export */ });
/* unused harmony exports lines, shown */
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5529);

/**
 * Makes HTML from a template. Strings that are put into it are untrusted and stay text: markup is escaped, and control
 * characters, including line breaks, are shown as symbols.
 */
function html(strings, ...values) {
    const text = strings.map((string, index) => string + (index < values.length ? rendered(values[index] ?? null) : ""));
    return { html: text.join("") };
}
function rendered(value) {
    if (value === null)
        return "";
    if (typeof value === "number")
        return String(value);
    if (typeof value === "string")
        return escaped(shown(value));
    if ("html" in value)
        return value.html;
    return value.map((part) => part.html).join("");
}
/** Several lines of untrusted text, one below the other. */
const lines = (text) => ({
    html: text.map((line) => escaped(shown(line))).join("\n"),
});
/**
 * A block of GitHub's Markdown. Markdown inside of HTML blocks isn't interpreted, and a block ends at the next blank
 * line.
 */
const block = ({ html: text }) => `${text}\n\n`;
const escaped = (text) => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
const entities = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
};
/** Text on one line, without characters that would reorder the text around it. */
const shown = (text) => (0,_problems_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g$)(text).replace(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, "\ufffd");
/** Text that is cut in the middle if it is too long. */
function shorten(text, length) {
    if (text.length <= length)
        return text;
    const end = Math.floor((length - 1) / 2);
    return `${text.slice(0, length - 1 - end)}…${text.slice(-end)}`.replace(/\p{Cs}/gu, "");
}


/***/ }),

/***/ 4878:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  engineSeconds: () => (/* binding */ engineSeconds)
});

// UNUSED EXPORTS: spent

// EXTERNAL MODULE: ./out/src/report/format.js
var format = __webpack_require__(7250);
// EXTERNAL MODULE: ./out/src/report/markup.js
var markup = __webpack_require__(7313);
// EXTERNAL MODULE: ./out/src/report/step-results.js
var step_results = __webpack_require__(8388);
;// CONCATENATED MODULE: ./out/src/report/pipeline-report.js



/** The steps that ran, in order. */
function pipeline_report_ran({ steps }) {
    const all = steps.flatMap(({ step, result }) => result.type === "built" || result.type === "failed" ? [{ step, result }] : []);
    return all.map(({ step, result: { type, start, seconds, end } }, index) => ({
        ...{ step, failed: type === "failed", start, seconds, end },
        next: all[index + 1]?.result.start ?? end,
    }));
}
/** The length of a timeline in seconds, which is never nothing. */
const span = (report) => Math.max(0.01, report.times.build, ...pipeline_report_ran(report).map(({ end }) => end));
/** The build's result in a sentence, without the full stop. */
function headline(report) {
    const count = (type) => report.steps.filter(({ result }) => result.type === type).length;
    const failed = report.steps.find(({ result }) => result.type === "failed");
    const all = formatCount(report.steps.length, "step");
    if (failed !== undefined) {
        const missing = count("not reached");
        const rest = missing === 0 ? "" : `; ${formatCount(missing, "step")} not reached`;
        return html `<code>${shorten(shortName(failed.step.name), 100)}</code> failed, step ${failed.step.index} of ${report.steps.length}${rest}`;
    }
    if (report.steps.length === 0)
        return report.problems.length === 0
            ? html `Nothing to build: the pipeline has no steps`
            : html `Not built: ${formatCount(report.problems.length, "problem")}`;
    const [built, cached] = [count("built"), count("cached")];
    if (count("not reached") + count("running") > 0)
        return html `Ended early, with ${built} of ${all} built`;
    const old = oldestPackages(report);
    if (built === 0)
        return html `Nothing to build: ${all} cached${old}`;
    const why = commonReason(report.steps);
    const parts = [cached === 0 ? "" : `; ${cached.toLocaleString("en")} cached`, why === undefined ? "" : `: ${why}`];
    return html `Built ${built.toLocaleString("en")} of ${all}${parts.join("")}${old}`;
}
/** The age of the oldest packages that come from a stored result and that nothing pins. */
function oldestPackages({ steps }) {
    const times = steps.flatMap(({ result }) => (result.type === "cached" && result.isUnpinned ? [result.ran] : []));
    if (times.length === 0)
        return "";
    return `; ${packagesText(times.includes(null) ? null : Math.min(...times.map(Number)))}`;
}
/** The seconds that everything took that was done for the pipeline. */
const wholeTime = ({ times }) => Object.values(times).reduce((sum, seconds) => sum + seconds, 0);
/** Whether the pipeline was built, and everything else that was wanted succeeded. */
const succeeded = ({ problems, steps }) => problems.length === 0 && steps.every(({ result }) => result.type === "built" || result.type === "cached");

;// CONCATENATED MODULE: ./out/src/report/spent.js

/**
 * Divides the time between the steps' programs and the rest of the work. Steps run one after another, so these parts
 * add up to the whole time. Layers are packed and saved while later steps run, and that only counts where a build waits
 * for it.
 */
function spent(report) {
    const { build, verification, bootTest, upload } = report.times;
    if (build === 0)
        return [];
    const all = ran(report);
    const programs = all.reduce((sum, { seconds }) => sum + seconds, 0);
    const before = all[0]?.start ?? build;
    const after = all.length === 0 ? 0 : build - Math.max(...all.map(({ end }) => end));
    return [
        { name: "Planning and fetching", seconds: before },
        { name: "Programs of the steps", seconds: programs },
        { name: "Preparing and finishing steps", seconds: build - before - programs - after },
        { name: "Storing and exporting", seconds: after },
        { name: "Second build to compare", seconds: verification },
        { name: "Boot test", seconds: bootTest },
        { name: "Uploading", seconds: upload },
    ].filter(({ seconds }) => seconds >= 0.05);
}
/**
 * The seconds that the engine worked for each step that ran, by the step's id: before its program, and after it until
 * the next step. What it does for the last one after its program counts for the build.
 */
const engineSeconds = (steps) => 
// The program's time is measured by another process, so it may be longer than from here to there.
new Map(pipeline_report_ran({ steps }).map(({ step, start, seconds, next }) => [step.id, Math.max(0, next - start - seconds)]));


/***/ })

};
