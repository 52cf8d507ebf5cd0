export const id = 81;
export const ids = [81];
export const modules = {

/***/ 3081:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   initCommand: () => (/* binding */ initCommand)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _package_json__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6233);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1795);
/* harmony import */ var _pipeline_load_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5070);
/* harmony import */ var _pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1563);
/* harmony import */ var _templates_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5908);







const workflow = ".github/workflows/image.yml";
const ignored = ["/.osbuild/", "/output/"];
/** The comment of the samples' SSH key, whose private key nobody has. */
const placeholder = "replace-with-your-own-key";
/** `osbuild init`: writes a pipeline and a workflow for it into the working directory. Overwrites nothing. */
async function initCommand({ template }) {
    const { sample, runner } = _templates_js__WEBPACK_IMPORTED_MODULE_5__/* .templates */ .k[template];
    const pipeline = `images/${sample}.json`;
    const copies = await filesOf(sample);
    await requireNew([...copies.keys(), workflow]);
    for (const [path, source] of copies)
        await writing(path, () => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.copyFile)(source, path));
    await writing(workflow, () => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(workflow, workflowOf(pipeline, runner), { flag: "wx" }));
    const isIgnoring = await ignore();
    const written = [...copies.keys(), workflow, ...(isIgnoring ? [".gitignore"] : [])];
    const text = written.map((path) => `wrote ${path}\n`).join("");
    process.stdout.write(`${text}\n${await toReplace(pipeline)}build it: osbuild -o output ${pipeline}\n`);
}
/** The files to write, each with the sample's own: the pipeline, and the files beside it that its steps name. */
async function filesOf(sample) {
    const source = `${_pipeline_load_js__WEBPACK_IMPORTED_MODULE_4__/* .ownLibdir */ .$t}/samples/${sample}.json`;
    const pipeline = await (0,_pipeline_load_js__WEBPACK_IMPORTED_MODULE_4__/* .loadPipeline */ .Bp)({ pipeline: source, libdirs: [], variables: [], ...nothingElse }, new Set());
    const inputs = (0,_pipeline_pipeline_js__WEBPACK_IMPORTED_MODULE_6__/* .steps */ .Ci)(pipeline).flatMap(({ inputs }) => [...inputs]);
    return new Map([
        [`images/${sample}.json`, source],
        ...inputs.map(([name, path]) => [`images/${name}`, path]),
    ]);
}
const nothingElse = { buildEnv: undefined, buildPipeline: undefined, base: undefined, mirrors: undefined };
async function requireNew(paths) {
    const hint = "`osbuild init` overwrites nothing: delete it, or start in another directory";
    const problems = [];
    // One after the other, so that it is the first path that is named if something is in the way of several.
    for (const path of paths)
        if (await isThere(path))
            problems.push({ message: `${path} exists already`, hint });
    if (problems.length > 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildError */ .zS("INVALID", problems);
}
async function isThere(path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path);
        return true;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, "ENOENT"))
            return false;
        throw refusal(path, error);
    }
}
async function writing(path, write) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path), { recursive: true });
        await write();
    }
    catch (error) {
        throw refusal(path, error);
    }
}
/** The failure if a file can't be there. Other errors are returned as they are. */
function refusal(path, cause) {
    const reasons = {
        EACCES: "permission denied",
        EROFS: "the file system is read-only",
        ENOTDIR: "a file is in the way",
    };
    const [, reason] = Object.entries({ ...reasons, EEXIST: reasons.ENOTDIR }).find(([code]) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(cause, code)) ?? [];
    return reason === undefined ? cause : (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .failure */ .V2)("INVALID", `can't write ${path}: ${reason}`, undefined, { cause });
}
/** Adds to .gitignore what a build writes beside the pipelines. Returns whether anything was missing. */
async function ignore() {
    const file = ".gitignore";
    const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, "utf8").catch((error) => {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .hasCode */ .up)(error, "ENOENT"))
            return "";
        throw refusal(file, error);
    });
    const missing = ignored.filter((line) => !text.split("\n").includes(line));
    if (missing.length === 0)
        return false;
    const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
    await writing(file, () => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(file, `${start}${missing.join("\n")}\n`));
    return true;
}
/** The place of what only the user can fill in. */
async function toReplace(pipeline) {
    const line = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(pipeline, "utf8")).split("\n").findIndex((text) => text.includes(placeholder));
    return line === -1 ? "" : `put your own SSH key into ${pipeline}:${line + 1}: nobody can log in with the one there\n`;
}
function workflowOf(pipeline, runner) {
    const [, action] = /github\.com\/(.+)\.git$/.exec(_package_json__WEBPACK_IMPORTED_MODULE_2__/* .repository.url */ .Jk.O) ?? [];
    const [major] = _package_json__WEBPACK_IMPORTED_MODULE_2__/* .version */ .rE.split(".");
    return `name: Image

on:
  push:
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: image-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  image:
    runs-on: ${runner}
    timeout-minutes: 60
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - uses: ${action}@v${major}
        with:
          pipeline: ${pipeline}
`;
}


/***/ })

};
