export const id = 435;
export const ids = [435];
export const modules = {

/***/ 9435:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cyclonedxDocument: () => (/* binding */ cyclonedxDocument)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _cyclonedx_cyclonedx_library_Enums__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5296);
/* harmony import */ var _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5372);
/* harmony import */ var _cyclonedx_cyclonedx_library_Serialize__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8020);
/* harmony import */ var _cyclonedx_cyclonedx_library_SPDX__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2086);
/* harmony import */ var _cyclonedx_cyclonedx_library_Spec__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5005);
/* harmony import */ var _licences_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6480);
/* harmony import */ var _purl_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7685);
/* harmony import */ var _subject_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6843);
/* harmony import */ var _uuid_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(31);










/** Writes a CycloneDX document: https://cyclonedx.org/docs/1.6/json/ */
function cyclonedxDocument(subject, contents) {
    const components = [...systemOf(contents), ...contents.packages.map((each) => packageOf(each, contents))];
    const image = imageOf(subject);
    for (const { bomRef } of components)
        image.dependencies.add(bomRef);
    const writer = new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Tools();
    // The library gives a random reference to a component that has none.
    writer.components.add(new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Component(_cyclonedx_cyclonedx_library_Enums__WEBPACK_IMPORTED_MODULE_1__.ComponentType.Application, _subject_js__WEBPACK_IMPORTED_MODULE_8__/* .tool */ .z.name, { version: _subject_js__WEBPACK_IMPORTED_MODULE_8__/* .tool */ .z.version, bomRef: _subject_js__WEBPACK_IMPORTED_MODULE_8__/* .tool */ .z.name }));
    const metadata = new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Metadata({ timestamp: subject.created, component: image, tools: writer });
    const bom = new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Bom({ metadata });
    for (const component of components)
        bom.components.add(component);
    // Documents that differ must have different serial numbers.
    bom.serialNumber = `urn:uuid:${(0,_uuid_js__WEBPACK_IMPORTED_MODULE_9__/* .uuidOf */ .p)(serialised(bom))}`;
    return serialised(bom);
}
/** Everything stays in the order in which it was added: the library would sort by the machine's locale. */
const serialised = (bom) => `${new _cyclonedx_cyclonedx_library_Serialize__WEBPACK_IMPORTED_MODULE_3__.JsonSerializer(new _cyclonedx_cyclonedx_library_Serialize__WEBPACK_IMPORTED_MODULE_3__.JSON.Normalize.Factory(_cyclonedx_cyclonedx_library_Spec__WEBPACK_IMPORTED_MODULE_5__.Spec1dot6)).serialize(bom, { sortLists: false, space: 2 })}\n`;
const imageOf = ({ path, sha256, outputId }) => new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Component(_cyclonedx_cyclonedx_library_Enums__WEBPACK_IMPORTED_MODULE_1__.ComponentType.File, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(path), {
    bomRef: "image",
    hashes: new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.HashDictionary(sha256 === null ? [] : [[_cyclonedx_cyclonedx_library_Enums__WEBPACK_IMPORTED_MODULE_1__.HashAlgorithm["SHA-256"], sha256]]),
    properties: new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.PropertyRepository([new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Property("osbuild:output-id", outputId)]),
});
const systemOf = ({ distribution }) => distribution === null
    ? []
    : [
        new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Component(_cyclonedx_cyclonedx_library_Enums__WEBPACK_IMPORTED_MODULE_1__.ComponentType.OperatingSystem, distribution.id, {
            bomRef: "operating-system",
            ...(distribution.version === "" ? {} : { version: distribution.version }),
            ...(distribution.name === "" ? {} : { description: distribution.name }),
        }),
    ];
function packageOf(each, contents) {
    const { name, version, source, step } = each;
    const purl = (0,_purl_js__WEBPACK_IMPORTED_MODULE_7__/* .purlOf */ .V)(each, contents);
    const brought = step === null ? undefined : contents.steps[step];
    const properties = {
        "osbuild:source-name": source.name,
        "osbuild:source-version": source.version,
        ...(brought === undefined ? {} : { "osbuild:step": brought.name, "osbuild:step-id": brought.id }),
    };
    return new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Component(_cyclonedx_cyclonedx_library_Enums__WEBPACK_IMPORTED_MODULE_1__.ComponentType.Library, name, {
        bomRef: purl,
        version,
        purl,
        licenses: new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.LicenseRepository(licensesOf(each, contents)),
        properties: new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.PropertyRepository(Object.entries(properties).map(([key, value]) => new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Property(key, value))),
    });
}
/**
 * An expression, or a list if CycloneDX needs a name for some of them, because it has no place for their definition.
 */
function licensesOf({ licences }, { database }) {
    const licence = (0,_licences_js__WEBPACK_IMPORTED_MODULE_6__/* .licenceOf */ .v)(licences, database);
    if (licence === undefined)
        return [];
    const acknowledgement = _cyclonedx_cyclonedx_library_Enums__WEBPACK_IMPORTED_MODULE_1__.LicenseAcknowledgement.Declared;
    if (licence.unlisted.size > 0)
        return licences.map((text) => {
            const id = (0,_licences_js__WEBPACK_IMPORTED_MODULE_6__/* .licenceOf */ .v)([text], database)?.expression ?? "";
            return (0,_cyclonedx_cyclonedx_library_SPDX__WEBPACK_IMPORTED_MODULE_4__.isSupportedSpdxId)(id)
                ? new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.SpdxLicense(id, { acknowledgement })
                : new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.NamedLicense(text, { acknowledgement });
        });
    if ((0,_cyclonedx_cyclonedx_library_SPDX__WEBPACK_IMPORTED_MODULE_4__.isSupportedSpdxId)(licence.expression))
        return [new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.SpdxLicense(licence.expression, { acknowledgement })];
    const expression = new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.LicenseExpression(licence.expression);
    expression.acknowledgement = acknowledgement;
    return [expression];
}


/***/ }),

/***/ 6480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ licenceOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _cyclonedx_cyclonedx_library_SPDX__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2086);


/** Combines a package's licences, which all apply. Undefined if it states none. */
function licenceOf(texts, database) {
    if (texts.length === 0)
        return undefined;
    const unlisted = new Map();
    const all = texts.map((text) => expressionOf(text, database, unlisted));
    const terms = [...new Set(all.flatMap((term) => (isCompound(term) ? term : term.split(" AND "))))];
    const expression = terms.map((term) => (terms.length > 1 && isCompound(term) ? `(${term})` : term)).join(" AND ");
    return { expression, unlisted };
}
const isCompound = (expression) => / OR |\(/.test(expression);
/** The longest text, in characters, that may be an expression. Reading one takes quadratic time. */
const longest = 10_000;
/** Translates one licence. A text that isn't an expression becomes a single unlisted licence. */
function expressionOf(text, database, unlisted) {
    if (text.length > longest)
        return refOf(text, unlisted);
    const own = new Map();
    const words = (text.match(/[()]|[^\s()]+/g) ?? []).map((word) => {
        if (/^([()]|and|or|with)$/i.test(word))
            return word.toUpperCase();
        return spdxIdOf(word, database) ?? refOf(word, own);
    });
    if (!isExpression(words))
        return refOf(text, unlisted);
    for (const [ref, name] of own)
        unlisted.set(ref, name);
    return words.join(" ").replaceAll("( ", "(").replaceAll(" )", ")");
}
/** Whether words form an expression: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/ */
function isExpression(words) {
    const kinds = words.map((word) => {
        if (/^([()]|AND|OR|WITH)$/.test(word))
            return word;
        return /exception/i.test(word) && (0,_cyclonedx_cyclonedx_library_SPDX__WEBPACK_IMPORTED_MODULE_1__.isSupportedSpdxId)(word) ? "exception" : "licence";
    });
    let shape = kinds.join(" ").replaceAll("licence WITH exception", "term").replaceAll("licence", "term");
    for (let before = ""; before !== shape;) {
        before = shape;
        shape = shape.replace(/\( term \)|term (AND|OR) term/g, "term");
    }
    return shape === "term";
}
/** The identifier on SPDX's list for a licence's name; undefined if it has none. */
function spdxIdOf(name, database) {
    const wanted = database === "dpkg" ? debianName(name) : name;
    const [, plain = wanted, later = ""] = /^(.*)(\+)$/.exec(wanted) ?? [];
    for (const [id, ending] of [
        [wanted, ""],
        [plain, later],
    ]) {
        const found = (0,_cyclonedx_cyclonedx_library_SPDX__WEBPACK_IMPORTED_MODULE_1__.fixupSpdxId)(id);
        // The list is an object, so fixupSpdxId() also finds names such as `constructor`.
        if ((0,_cyclonedx_cyclonedx_library_SPDX__WEBPACK_IMPORTED_MODULE_1__.isSupportedSpdxId)(found))
            return `${found}${ending}`;
    }
    return undefined;
}
/** SPDX's name for one of Debian's that differs: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ */
function debianName(name) {
    if (/^expat$/i.test(name))
        return "MIT";
    const [, family = "", invariants, major = "", minor = "0", later] = /^(AGPL|LGPL|GPL|GFDL)(-NIV)?-(\d+)(?:\.(\d+))?(\+)?$/i.exec(name) ?? [];
    if (family === "")
        return name;
    const infix = invariants === undefined ? "" : "-no-invariants";
    return `${family}-${major}.${minor}${infix}-${later === undefined ? "only" : "or-later"}`;
}
/** The name in an expression for a licence that isn't on SPDX's list. */
function refOf(name, unlisted) {
    const readable = name.replace(/[^A-Za-z0-9.]+/g, "-").slice(0, 40);
    const ref = /^LicenseRef-[A-Za-z0-9.-]+$/.test(name)
        ? name
        : `LicenseRef-${readable}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", name).slice(0, 8)}`;
    unlisted.set(ref, name);
    return ref;
}


/***/ }),

/***/ 7685:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ purlOf)
/* harmony export */ });
/* unused harmony export imagePurl */
/* harmony import */ var packageurl_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(543);

/**
 * The package URL of an installed package: https://github.com/package-url/purl-spec. `upstream` names the source
 * package if it differs, as vulnerability scanners expect.
 */
function purlOf({ name, version, architecture, source }, { database, distribution }) {
    const [, epoch, rest = version] = database === "rpm" ? (/^(\d+):(.*)$/.exec(version) ?? []) : [];
    const qualifiers = {
        arch: architecture,
        ...(epoch === undefined ? {} : { epoch }),
        ...(distribution === null
            ? {}
            : { distro: [distribution.id, distribution.version].filter((part) => part !== "").join("-") }),
        ...upstreamOf({ name, version, source }, database),
    };
    const type = database === "rpm" ? "rpm" : "deb";
    // A Debian without os-release is still a Debian.
    const vendor = distribution?.id ?? (type === "deb" ? "debian" : undefined);
    return new packageurl_js__WEBPACK_IMPORTED_MODULE_0__.PackageURL(type, vendor, name, rest, qualifiers, undefined).toString();
}
/** The package URL of an image in a registry. */
function imagePurl({ registry, repository, digest }) {
    const name = repository.slice(repository.lastIndexOf("/") + 1);
    const qualifiers = { repository_url: `${registry}/${repository}` };
    return new PackageURL("oci", undefined, name, digest, qualifiers, undefined).toString();
}
function upstreamOf({ name, version, source }, database) {
    if (database === "rpm")
        return { upstream: `${source.name}-${source.version}.src.rpm` };
    if (source.version !== version)
        return { upstream: `${source.name}@${source.version}` };
    return source.name === name ? {} : { upstream: source.name };
}


/***/ }),

/***/ 31:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ uuidOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/** A UUID that follows from a text: version 8 with SHA-256, as in RFC 9562, appendix B.2. */
function uuidOf(text) {
    const digits = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", text).slice(0, 32).split("");
    digits[12] = "8";
    digits[16] = ((Number.parseInt(digits[16], 16) & 0x3) | 0x8).toString(16);
    return digits.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}


/***/ })

};
