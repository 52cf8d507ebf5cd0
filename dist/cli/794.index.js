export const id = 794;
export const ids = [794];
export const modules = {

/***/ 794:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fmtCommand: () => (/* binding */ fmtCommand)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/host/replace-file.js
var replace_file = __webpack_require__(1964);
// EXTERNAL MODULE: ./out/src/json/document.js + 2 modules
var json_document = __webpack_require__(1008);
// EXTERNAL MODULE: ../../node_modules/prettier/plugins/babel.mjs
var babel = __webpack_require__(8034);
// EXTERNAL MODULE: ../../node_modules/prettier/plugins/estree.mjs
var estree = __webpack_require__(8098);
// EXTERNAL MODULE: ../../node_modules/prettier/plugins/yaml.mjs
var yaml = __webpack_require__(4003);
// EXTERNAL MODULE: ../../node_modules/prettier/standalone.mjs
var standalone = __webpack_require__(7728);
// EXTERNAL MODULE: ./out/src/json/canonical.js
var canonical = __webpack_require__(5503);
;// CONCATENATED MODULE: ./out/src/json/format.js






/** Formats a document. Comments and the author's choice between one line and several are kept. */
async function formatDocument(document) {
    const { file, text, language } = document;
    const parser = language === "YAML" ? "yaml" : file.endsWith(".jsonc") ? "jsonc" : "json";
    const formatted = await (0,standalone/* format */.GP)(text, { parser, plugins, printWidth: 120, trailingComma: "none" });
    const after = await (0,json_document/* parseText */.r4)(file, formatted);
    // Whoever formats a pipeline must not build another one.
    if ((0,canonical/* asWritten */.qm)(after, after.root) !== (0,canonical/* asWritten */.qm)(document, document.root))
        throw new Error(`formatting ${file} would change what it means`);
    return formatted;
}
/** Prettier spells numbers its own way, such as 1.5e3 for 1.50E+3. A step's program may care. */
const numbersAsWritten = {
    printers: {
        estree: {
            ...estree.printers.estree,
            print(path, options, print) {
                const { type, start, end } = path.node;
                return type === "NumericLiteral"
                    ? options.originalText.slice(start, end)
                    : estree.printers.estree.print(path, options, print);
            },
        },
    },
};
const plugins = [babel, estree, yaml, numbersAsWritten];

// EXTERNAL MODULE: ./out/src/pipeline/lock.js
var lock = __webpack_require__(7334);
;// CONCATENATED MODULE: ./out/src/cli/fmt.js






/** `osbuild fmt`: formats files in place, or with `check` only says which aren't. Returns the exit code. */
async function fmtCommand({ files, check }) {
    const problems = [];
    let unformatted = 0;
    // A lock has a layout of its own, with a line for each package.
    for (const file of files.filter((each) => !(0,lock/* isLockFile */.ue)(each))) {
        try {
            const text = await newTextOf(file);
            if (text === undefined)
                continue;
            unformatted++;
            if (!check)
                await write(file, text);
            process.stdout.write(check ? `${file} is not formatted\n` : `formatted ${file}\n`);
        }
        catch (error) {
            // The other files are formatted all the same.
            if (!(error instanceof errors/* BuildError */.zS))
                throw error;
            problems.push(...error.problems);
        }
    }
    if (problems.length > 0)
        throw new errors/* BuildError */.zS("INVALID", problems);
    return check && unformatted > 0 ? 1 : 0;
}
/** The new text of a file; undefined if it is formatted already. */
async function newTextOf(file) {
    const document = await (0,json_document/* readDocument */.u0)(file);
    const text = await formatDocument(document);
    return text === document.text ? undefined : text;
}
/** Writes through a symbolic link. The file keeps its owner and mode. */
async function write(file, text) {
    const path = await (0,promises_.realpath)(file);
    await (0,replace_file/* replaceFile */.f)(path, text, await (0,promises_.stat)(path)).catch((cause) => {
        const codes = { EACCES: "permission denied", EROFS: "the file system is read-only", EPERM: "not permitted" };
        const [, reason] = Object.entries(codes).find(([code]) => (0,errors/* hasCode */.up)(cause, code)) ?? [];
        throw reason === undefined ? cause : (0,errors/* failure */.V2)("INVALID", `can't write ${file}: ${reason}`, undefined, { cause });
    });
}


/***/ }),

/***/ 1964:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ replaceFile)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);


/** Replaces a file at once: whoever reads it meanwhile sees either text as a whole. */
async function replaceFile(file, text, { mode, uid, gid }) {
    const temporary = `${file}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)().slice(0, 8)}`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(temporary, text, { flag: "wx", mode: 0o600 });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chown)(temporary, uid, gid);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(temporary, mode & 0o7777);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, file);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true });
    }
}


/***/ })

};
