export const id = 235;
export const ids = [235];
export const modules = {

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

/***/ 3235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   spdxDocument: () => (/* binding */ spdxDocument)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _licences_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6480);
/* harmony import */ var _purl_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7685);
/* harmony import */ var _subject_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1906);
/* harmony import */ var _uuid_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(31);






/** Writes an SPDX document: https://spdx.github.io/spdx-spec/v2.3/ */
function spdxDocument(subject, contents) {
    const name = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(subject.path);
    const licences = contents.packages.map((each) => (0,_licences_js__WEBPACK_IMPORTED_MODULE_2__/* .licenceOf */ .v)(each.licences, contents.database));
    const installed = contents.packages.map((each, index) => packageOf(each, licences[index], subject, contents));
    const system = systemOf(contents);
    const contained = [...system, ...installed];
    const content = {
        name,
        creationInfo: { created: timeOf(subject), creators: [`Tool: ${annotator}`] },
        packages: [imageOf(subject), ...contained],
        hasExtractedLicensingInfos: unlistedLicences(licences),
        relationships: [
            { spdxElementId: document, relationshipType: "DESCRIBES", relatedSpdxElement: image },
            ...contained.map(({ SPDXID }) => ({
                spdxElementId: image,
                relationshipType: "CONTAINS",
                relatedSpdxElement: SPDXID,
            })),
        ],
    };
    // Documents that differ must have different namespaces.
    const namespace = `https://spdx.org/spdxdocs/${encodeURIComponent(name)}-${(0,_uuid_js__WEBPACK_IMPORTED_MODULE_5__/* .uuidOf */ .p)(JSON.stringify(content))}`;
    const head = { spdxVersion: "SPDX-2.3", dataLicense: "CC0-1.0", SPDXID: document, documentNamespace: namespace };
    return `${JSON.stringify({ ...head, ...content }, null, 2)}\n`;
}
const document = "SPDXRef-DOCUMENT";
const image = "SPDXRef-image";
const annotator = `${_subject_js__WEBPACK_IMPORTED_MODULE_4__/* .tool */ .z.name}-${_subject_js__WEBPACK_IMPORTED_MODULE_4__/* .tool */ .z.version}`;
/** SPDX allows no fractions of a second. */
const timeOf = ({ created }) => created.toISOString().replace(/\.\d+Z$/, "Z");
const unexamined = { downloadLocation: "NOASSERTION", filesAnalyzed: false, copyrightText: "NOASSERTION" };
const imageOf = (subject) => ({
    SPDXID: image,
    name: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(subject.path),
    ...unexamined,
    licenseConcluded: "NOASSERTION",
    licenseDeclared: "NOASSERTION",
    primaryPackagePurpose: "FILE",
    ...(subject.sha256 === null ? {} : { checksums: [{ algorithm: "SHA256", checksumValue: subject.sha256 }] }),
    annotations: [annotationOf(subject, `output-id: ${subject.outputId}`)],
});
const systemOf = ({ distribution }) => distribution === null
    ? []
    : [
        {
            SPDXID: "SPDXRef-operating-system",
            name: distribution.id,
            ...(distribution.version === "" ? {} : { versionInfo: distribution.version }),
            ...(distribution.name === "" ? {} : { summary: distribution.name }),
            ...unexamined,
            licenseConcluded: "NOASSERTION",
            licenseDeclared: "NOASSERTION",
            primaryPackagePurpose: "OPERATING_SYSTEM",
        },
    ];
function packageOf(each, licence, subject, contents) {
    const { name, version, source, step } = each;
    const purl = (0,_purl_js__WEBPACK_IMPORTED_MODULE_3__/* .purlOf */ .V)(each, contents);
    const brought = step === null ? undefined : contents.steps[step];
    return {
        SPDXID: `SPDXRef-package-${name.replace(/[^A-Za-z0-9.-]/g, "-")}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.hash)("sha256", purl).slice(0, 12)}`,
        name,
        versionInfo: version,
        ...unexamined,
        // Scanners look for these words.
        sourceInfo: `built package from: ${source.name} ${source.version}`,
        licenseConcluded: "NOASSERTION",
        licenseDeclared: licence?.expression ?? "NOASSERTION",
        externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
        ...(brought === undefined ? {} : { annotations: [annotationOf(subject, `step: ${brought.name} ${brought.id}`)] }),
    };
}
const annotationOf = (subject, comment) => ({
    annotationDate: timeOf(subject),
    annotationType: "OTHER",
    annotator: `Tool: ${annotator}`,
    comment,
});
/** The licences that aren't on SPDX's list, each once. */
function unlistedLicences(licences) {
    const names = new Map(licences.flatMap((licence) => [...(licence?.unlisted ?? [])]));
    return [...names.keys()].sort().map((licenseId) => ({
        licenseId,
        name: names.get(licenseId),
        // The packages state a name; the text is in the image.
        extractedText: names.get(licenseId),
    }));
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
