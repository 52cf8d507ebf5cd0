export const id = 356;
export const ids = [356];
export const modules = {

/***/ 69356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseSbom: () => (/* binding */ parseSbom),
/* harmony export */   readSbom: () => (/* binding */ readSbom)
/* harmony export */ });
/* harmony import */ var packageurl_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(10543);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(31795);
/* harmony import */ var _host_plain_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(23740);
/* harmony import */ var _json_shape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51856);




/** A million packages would be less. */
const mostBytes = 512 * 1024 ** 2;
const spdx = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .shaped */ .e9)({
    packages: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .shaped */ .e9)({
        name: _json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj,
        versionInfo: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj),
        externalRefs: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lq)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .shaped */ .e9)({ referenceType: _json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj, referenceLocator: _json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj }))),
    })),
});
const cyclonedx = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .shaped */ .e9)({
    components: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .listOf */ .c3)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .shaped */ .e9)({ name: _json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj, version: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj), purl: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj) })),
});
/** Reads the packages that an SBOM lists. Throws if the file is no SBOM in SPDX 2 or CycloneDX. */
async function readSbom(path) {
    const text = await (0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_2__/* .readPlain */ .rM)(path, mostBytes).catch((error) => {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOENT"))
            throw error;
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("INVALID", `there is no file ${path}`);
    });
    return parseSbom(text, path);
}
/** The same for a text, which is called `name` in messages. */
function parseSbom(text, name) {
    const found = fromSpdx(text) ?? fromCyclonedx(text);
    if (found !== undefined)
        return found;
    throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("INVALID", `${name} is no SBOM in SPDX 2 or CycloneDX`, "name a file that ends with .spdx.json or .cdx.json");
}
const fromSpdx = (text) => (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .fromJson */ .Rf)(spdx, text)?.packages.flatMap(({ name, versionInfo = "", externalRefs = [] }) => listed(name, versionInfo, externalRefs.find(({ referenceType }) => referenceType === "purl")?.referenceLocator));
const fromCyclonedx = (text) => (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .fromJson */ .Rf)(cyclonedx, text)?.components.flatMap(({ name, version = "", purl }) => listed(name, version, purl));
/** A listed package, if it is one of a distribution. The image and the system itself have no package URL. */
function listed(name, version, purl) {
    if (purl === undefined || !/^pkg:(deb|rpm)\//.test(purl))
        return [];
    return [{ name, version, architecture: architectureOf(purl) }];
}
function architectureOf(purl) {
    try {
        return packageurl_js__WEBPACK_IMPORTED_MODULE_0__.PackageURL.fromString(purl).qualifiers?.arch ?? "";
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("INVALID", `${JSON.stringify(purl)} is no package URL`, undefined, { cause: error });
    }
}


/***/ })

};
