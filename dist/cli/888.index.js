export const id = 888;
export const ids = [888];
export const modules = {

/***/ 888:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   stagesCommand: () => (/* binding */ stagesCommand)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1795);
/* harmony import */ var _json_suggest_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7027);
/* harmony import */ var _pipeline_load_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5070);
/* harmony import */ var _pipeline_requires_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2941);
/* harmony import */ var _programs_library_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1373);
/* harmony import */ var _report_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7250);






const kinds = ["stage", "assembler"];
/** `osbuild stages`: lists the stages and assemblers, or describes one of them. */
async function stagesCommand({ libdirs, json, name }) {
    await (0,_pipeline_load_js__WEBPACK_IMPORTED_MODULE_1__/* .requireLibdirs */ .rS)(libdirs);
    const library = (0,_pipeline_load_js__WEBPACK_IMPORTED_MODULE_1__/* .libraryOf */ .vT)(libdirs);
    const programs = name === undefined ? await (0,_programs_library_js__WEBPACK_IMPORTED_MODULE_3__/* .allPrograms */ .n9)(library) : await named(library, name);
    const text = json
        ? JSON.stringify(programs.map(describe), null, 2)
        : name === undefined
            ? list(programs)
            : programs.map(page).join("\n\n");
    process.stdout.write(`${text}\n`);
}
/** Finds programs by name. A stage and an assembler may share a name, such as `noop`. */
async function named(library, name) {
    const full = name.includes(".") ? name : `org.osbuild.${name}`;
    const found = await Promise.all(kinds.map((kind) => library.find(kind, full)));
    const programs = found.filter((program) => program !== undefined);
    if (programs.length > 0)
        return programs;
    const known = (await Promise.all(kinds.map((kind) => library.names(kind)))).flat();
    throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .failure */ .V2)("INVALID", `no stage or assembler ${name}`, (0,_json_suggest_js__WEBPACK_IMPORTED_MODULE_5__/* .didYouMean */ .a)(full, known) ?? "`osbuild stages` lists them");
}
const describe = ({ kind, name, path, meta }) => ({ kind, name, path, ...meta });
const list = (programs) => (0,_report_format_js__WEBPACK_IMPORTED_MODULE_4__/* .formatTable */ .ku)(Array.from({ length: 3 }, () => ({ align: "left" })), programs.map(({ kind, name, meta }) => [kind, name, meta.summary ?? ""]));
function page({ kind, name, meta }) {
    const schema = (meta.options ?? {});
    const options = Object.entries(schema.properties ?? {}).map(([option, value]) => `  ${option}  ${traits(value, schema.required?.includes(option) ?? false)}\n      ${value.description ?? ""}`);
    const parts = [
        `${name} (${kind}): ${meta.summary ?? ""}`,
        meta.description,
        options.length === 0 ? undefined : `options:\n${options.join("\n")}`,
        meta.requires === undefined ? undefined : needs(meta.requires),
        meta.example === undefined ? undefined : `example:\n${JSON.stringify({ name, options: meta.example }, null, 2)}`,
    ];
    return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}
/** The programs that a step needs. The schemas say which options need which; they are in the JSON. */
function needs(requires) {
    const always = requires.filter((item) => typeof item === "string");
    const sometimes = (0,_pipeline_requires_js__WEBPACK_IMPORTED_MODULE_2__/* .possiblyRequired */ .hX)(requires).filter((program) => !always.includes(program));
    const lines = [
        ...(always.length === 0 ? [] : [`needs in the build root: ${always.join(", ")}`]),
        ...(sometimes.length === 0 ? [] : [`needs with some options: ${sometimes.join(", ")}`]),
    ];
    return lines.join("\n");
}
function traits({ type, default: value, enum: allowed }, required) {
    const kind = allowed === undefined ? [type ?? "any"].flat().join(" or ") : allowed.map(String).join(" | ");
    const more = required ? ", required" : value === undefined ? "" : `, default ${JSON.stringify(value)}`;
    return `(${kind}${more})`;
}


/***/ })

};
