export const id = 588;
export const ids = [588];
export const modules = {

/***/ 2588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  changesCommand: () => (/* binding */ changesCommand)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/report/changes.js
var report_changes = __webpack_require__(2692);
// EXTERNAL MODULE: ./out/src/report/format.js
var format = __webpack_require__(7250);
// EXTERNAL MODULE: ./out/src/report/markup.js
var markup = __webpack_require__(7313);
;// CONCATENATED MODULE: ./out/src/report/facts.js



/** The facts about an image, each with its name. */
function imageFacts({ contents }, image) {
    const { disk, boot, artifactUrl, uploadedBefore, notUploaded, attestationUrl, pushed } = image;
    return [
        ["Image", html `${code(image.path)}${artifactUrl === null ? null : html ` ${facts_link(artifactUrl, "download")}`}`],
        ...(uploadedBefore ? [["Uploaded", html `before: it is the branch's last upload`]] : []),
        ...(notUploaded === null ? [] : [["Not uploaded", html `❌ ${code(notUploaded, 500)}`]]),
        ...(pushed.length === 0 ? [] : [["In a registry", references(pushed)]]),
        ...(disk === null ? [] : [["Format", html `${disk.format}`]]),
        ["Size", html `${formatBytes(image.bytes)}${seenAs(image)}`],
        ...(disk === null || disk.partitions.length === 0 ? [] : [["Partitions", partitions(disk.partitions)]]),
        ...(boot === null ? [] : [["Boot test", bootFact(boot)]]),
        ["SHA-256", code(image.sha256)],
        ...(attestationUrl === null ? [] : [["Attested", html `✅ ${facts_link(attestationUrl, "provenance")}`]]),
        ...(contents === null ? [] : contentsFacts(contents)),
    ];
}
/** Untrusted text within ours. GitHub makes no mentions and links of text in <code>. */
const code = (text, length = 100) => (0,markup/* html */.qy) `<code>${(0,markup/* shorten */.ml)(text, length)}</code>`;
/** A link to an address on the web; null for any other address. */
const facts_link = (url, text) => /^https?:$/.test(URL.parse(url)?.protocol ?? "") ? html `<a href="${url}">${text}</a>` : null;
const seenAs = ({ bytes, disk }) => disk === null || disk.virtualSize === null || disk.virtualSize === bytes
    ? null
    : ` (a ${formatBytes(disk.virtualSize)} disk)`;
const bootFact = ({ passed, seconds, said, evidenceUrl }) => html `${passed ? "✅ passed" : "❌ failed"} after ${formatSeconds(seconds)}: ${code(said.at(-1) ?? "")}${evidenceUrl === null ? null : html ` ${facts_link(evidenceUrl, "console and screen")}`}`;
const references = (all) => html `${all.map((reference, index) => html `${index === 0 ? null : html `<br>`}${code(reference, 400)}`)}`;
const partitions = (all) => html `${all.map(({ number, type, name, size, bootable }, index) => html `${index === 0 ? null : html `<br>`}${number}: ${shorten(type, 50)}${name === null ? null : html ` ${code(name)}`}, ${formatBytes(size)}${bootable ? ", bootable" : null}`)}`;
function contentsFacts(contents) {
    const { packages, entries } = contents;
    const files = entries.filter(({ kind }) => kind !== "directory").length;
    const all = ["Contents", html `${formatBytes(totalBytes(contents))} in ${formatCount(files, "file")}`];
    switch (contents.database) {
        case "none":
            return [all];
        case "rpm, unread":
            return [["Packages", html `unknown: this machine has no <code>rpm</code> that can read them`], all];
        case "dpkg":
        case "rpm":
            return [["Packages", html `${packages.length.toLocaleString("en")}`], all];
    }
}

;// CONCATENATED MODULE: ./out/src/report/summary-table.js

const numbers = new Set(["Time", "Size", "Share"]);
/** Tables with more rows than this are folded away. */
const summary_table_long = 20;
/** Makes a table that can be folded. A column that has nothing in it is left out. */
function table({ title, head, rows, most, folded = rows.length > summary_table_long }) {
    if (rows.length === 0)
        return "";
    const columns = [...head.keys()].filter((index) => rows.some((row) => row[index]?.html !== ""));
    const align = (index) => (numbers.has(head[index]) ? (0,markup/* html */.qy) ` align="right"` : null);
    const body = rows
        .slice(0, most)
        .map((row) => (0,markup/* html */.qy) `\n<tr>${columns.map((index) => (0,markup/* html */.qy) `<td${align(index)}>${row[index] ?? null}</td>`)}</tr>`);
    const more = rows.length - body.length;
    const rest = more > 0 ? (0,markup/* html */.qy) `\n<tr><td colspan="${columns.length}">… and ${more.toLocaleString("en")} more</td></tr>` : null;
    const heads = columns.map((index) => (0,markup/* html */.qy) `<th${align(index)}>${head[index] ?? null}</th>`);
    return (0,markup/* block */.om)((0,markup/* html */.qy) `<details${folded ? null : (0,markup/* html */.qy) ` open`}><summary>${title}</summary>\n<table>\n<tr>${heads}</tr>${body}${rest}\n</table>\n</details>`);
}

;// CONCATENATED MODULE: ./out/src/report/changes-text.js





/** The images that a report compares. */
const comparedIn = (previous, { image }) => ({
    label: previous.label,
    ...(image === null ? {} : { images: { before: previous.image, after: image } }),
});
/** The changes since another image in GitHub's Markdown, with at most so many rows in a table. */
function changesMarkdown({ label, images }, changes, rows) {
    const title = (0,markup/* block */.om)((0,markup/* html */.qy) `<h3>Changes since ${code(label)}</h3>`);
    if (images !== undefined && images.before.sha256 === images.after.sha256)
        return title + (0,markup/* block */.om)((0,markup/* html */.qy) `<p>None: the images are identical, bit for bit.</p>`);
    const { packages, files, bytes } = changes;
    const size = images === undefined ? null : `, the image ${(0,report_changes/* formatChange */.eD)(images.after.bytes - images.before.bytes)}`;
    return [
        title,
        (0,markup/* block */.om)((0,markup/* html */.qy) `<p>${(0,report_changes/* changeCounts */.Zg)(changes)}. Contents ${(0,report_changes/* formatChange */.eD)(bytes)}${size}.</p>`),
        packageTable(packages, ["Package", "From", "To", "Size"], rows),
        table({
            title: (0,format/* formatCount */.B4)(files.length, (0,report_changes/* fileNoun */.pR)(changes)),
            head: ["File", "Change", "Size"],
            rows: files.map(fileRow),
            most: rows,
            // In a summary, the lines below say what matters about the image.
            folded: files.length > 10,
        }),
    ].join("");
}
/** The same for images whose packages alone are known. */
function packagesMarkdown(label, packages, rows) {
    const counts = packages.length === 0 ? "no package changed" : (0,report_changes/* changeCounts */.Zg)({ packages, files: [], bytes: 0 });
    return [
        (0,markup/* block */.om)((0,markup/* html */.qy) `<h3>Changes since ${code(label)}</h3>`),
        (0,markup/* block */.om)((0,markup/* html */.qy) `<p>${counts}.</p>`),
        packageTable(packages, ["Package", "From", "To"], rows),
    ].join("");
}
const packageTable = (packages, head, most) => table({ title: (0,format/* formatCount */.B4)(packages.length, "package"), head, rows: packages.map(packageRow), most });
const packageRow = ({ name, architecture, from, to, bytes }) => [
    code(`${name}${architecture === "" ? "" : `:${architecture}`}`),
    from === null ? (0,markup/* html */.qy) `added` : code(from, 50),
    to === null ? (0,markup/* html */.qy) `removed` : code(to, 50),
    (0,markup/* html */.qy) `${(0,report_changes/* formatChange */.eD)(bytes)}`,
];
const fileRow = ({ path, change, aspects, bytes }) => [
    code(path),
    (0,markup/* html */.qy) `${aspects.length > 0 ? aspects.join(", ") : change}`,
    (0,markup/* html */.qy) `${(0,report_changes/* formatChange */.eD)(bytes)}`,
];
/** The changes as JSON, for other programs. */
const changesJson = (since, { packages, files, bytes }) => inJson({ since, packages, files, bytes });
/** The same for images whose packages alone are known: without sizes and files. */
const packagesJson = (since, packages) => inJson({ since, packages: packages.map(({ bytes: _, files: __, ...change }) => change) });
const inJson = (value) => `${JSON.stringify(value, null, 2)}\n`;

// EXTERNAL MODULE: ../../node_modules/packageurl-js/index.js
var packageurl_js = __webpack_require__(543);
// EXTERNAL MODULE: ./out/src/host/plain-file.js
var plain_file = __webpack_require__(3740);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __webpack_require__(1856);
;// CONCATENATED MODULE: ./out/src/sbom/read.js




/** A million packages would be less. */
const mostBytes = 512 * 1024 ** 2;
const spdx = (0,shape/* shaped */.e9)({
    packages: (0,shape/* listOf */.c3)((0,shape/* shaped */.e9)({
        name: shape/* string */.Yj,
        versionInfo: (0,shape/* optional */.lq)(shape/* string */.Yj),
        externalRefs: (0,shape/* optional */.lq)((0,shape/* listOf */.c3)((0,shape/* shaped */.e9)({ referenceType: shape/* string */.Yj, referenceLocator: shape/* string */.Yj }))),
    })),
});
const cyclonedx = (0,shape/* shaped */.e9)({
    components: (0,shape/* listOf */.c3)((0,shape/* shaped */.e9)({ name: shape/* string */.Yj, version: (0,shape/* optional */.lq)(shape/* string */.Yj), purl: (0,shape/* optional */.lq)(shape/* string */.Yj) })),
});
/** Reads the packages that an SBOM lists. Throws if the file is no SBOM in SPDX 2 or CycloneDX. */
async function readSbom(path) {
    const text = await (0,plain_file/* readPlain */.rM)(path, mostBytes).catch((error) => {
        if (!(0,errors/* hasCode */.up)(error, "ENOENT"))
            throw error;
        throw (0,errors/* failure */.V2)("INVALID", `there is no file ${path}`);
    });
    return parseSbom(text, path);
}
/** The same for a text, which is called `name` in messages. */
function parseSbom(text, name) {
    const found = fromSpdx(text) ?? fromCyclonedx(text);
    if (found !== undefined)
        return found;
    throw (0,errors/* failure */.V2)("INVALID", `${name} is no SBOM in SPDX 2 or CycloneDX`, "name a file that ends with .spdx.json or .cdx.json");
}
const fromSpdx = (text) => (0,shape/* fromJson */.Rf)(spdx, text)?.packages.flatMap(({ name, versionInfo = "", externalRefs = [] }) => listed(name, versionInfo, externalRefs.find(({ referenceType }) => referenceType === "purl")?.referenceLocator));
const fromCyclonedx = (text) => (0,shape/* fromJson */.Rf)(cyclonedx, text)?.components.flatMap(({ name, version = "", purl }) => listed(name, version, purl));
/** A listed package, if it is one of a distribution. The image and the system itself have no package URL. */
function listed(name, version, purl) {
    if (purl === undefined || !/^pkg:(deb|rpm)\//.test(purl))
        return [];
    return [{ name, version, architecture: architectureOf(purl) }];
}
function architectureOf(purl) {
    try {
        return packageurl_js.PackageURL.fromString(purl).qualifiers?.arch ?? "";
    }
    catch (error) {
        throw (0,errors/* failure */.V2)("INVALID", `${JSON.stringify(purl)} is no package URL`, undefined, { cause: error });
    }
}

// EXTERNAL MODULE: ./out/src/store/integrity.js
var integrity = __webpack_require__(2635);
// EXTERNAL MODULE: ./out/src/store/layout.js
var layout = __webpack_require__(9396);
// EXTERNAL MODULE: ./out/src/tree/changes.js
var tree_changes = __webpack_require__(3366);
;// CONCATENATED MODULE: ./out/src/cli/changes.js







/** `osbuild changes`: prints what changed from one image to another, as Markdown or JSON. */
async function changesCommand(command) {
    const [before, after] = [await imageOf(command, command.before), await imageOf(command, command.after)];
    process.stdout.write(command.json ? jsonOf(before, after) : markdownOf(before, after));
}
async function imageOf({ store }, name) {
    if (!/^[0-9a-f]{64}$/.test(name))
        return { label: (0,external_node_path_.basename)(name), contents: undefined, packages: await readSbom(name) };
    const contents = await (0,integrity/* recordedContents */.hN)((0,layout/* layoutOf */.aH)(store), name);
    const hint = "a build with --sbom or --max-size records that, and `osbuild store list` shows what there is";
    if (contents === undefined)
        throw (0,errors/* failure */.V2)("STORE", `the store doesn't know what the output ${name} contains`, hint);
    return { label: name.slice(0, 12), contents, packages: contents.packages };
}
function jsonOf(before, after) {
    if (before.contents === undefined || after.contents === undefined)
        return packagesJson(before.label, (0,tree_changes/* packageChanges */.k7)(before.packages, after.packages));
    return changesJson(before.label, (0,tree_changes/* changesBetween */.iv)(before.contents, after.contents));
}
function markdownOf(before, after) {
    if (before.contents === undefined || after.contents === undefined)
        return packagesMarkdown(before.label, (0,tree_changes/* packageChanges */.k7)(before.packages, after.packages), Infinity);
    const changes = (0,tree_changes/* changesBetween */.iv)(before.contents, after.contents);
    return changesMarkdown({ label: before.label }, changes, Infinity);
}


/***/ }),

/***/ 2692:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Zg: () => (/* binding */ changeCounts),
/* harmony export */   eD: () => (/* binding */ formatChange),
/* harmony export */   pR: () => (/* binding */ fileNoun)
/* harmony export */ });
/* harmony import */ var _format_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7250);

/** Summarises changes, such as `2 packages upgraded, 1 removed; 3 other files changed`. */
function changeCounts(changes) {
    const parts = [tally("package", changes.packages), tally(fileNoun(changes), changes.files)];
    const text = parts.filter((part) => part !== "").join("; ");
    return text === "" ? "no files changed" : text;
}
/** The noun for the files that are listed on their own. */
const fileNoun = ({ packages }) => (packages.length > 0 ? "other file" : "file");
function tally(noun, changes) {
    const groups = [...Map.groupBy(changes, ({ change }) => change)];
    return groups
        .map(([change, { length }], index) => index === 0 ? `${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(length, noun)} ${change}` : `${length.toLocaleString("en")} ${change}`)
        .join(", ");
}
/** A number of bytes with its sign. */
const formatChange = (bytes) => bytes === 0 ? "±0" : `${bytes < 0 ? "−" : "+"}${(0,_format_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(Math.abs(bytes))}`;


/***/ }),

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

/***/ 3366:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   iv: () => (/* binding */ changesBetween),
/* harmony export */   k7: () => (/* binding */ packageChanges),
/* harmony export */   ob: () => (/* binding */ totalBytes)
/* harmony export */ });
/** Compares the contents of two images. */
function changesBetween(before, after) {
    const packages = changedPackages(before, after);
    // The entry of a changed package accounts for the package's files.
    const counts = new Map(packages.map(({ key }) => [key, 0]));
    const isCounted = ({ packages: list }, { package: index }) => {
        const owner = index === null ? undefined : list[index];
        const count = owner === undefined ? undefined : counts.get(keyOf(owner));
        if (owner === undefined || count === undefined)
            return false;
        counts.set(keyOf(owner), count + 1);
        return true;
    };
    const files = changedFiles(before, after).filter(({ from, to }) => !((to !== undefined && isCounted(after, to)) || (from !== undefined && isCounted(before, from))));
    return {
        packages: packages.map(({ key, ...change }) => ({ ...change, files: counts.get(key) ?? 0 })),
        files: files
            .map(({ from, to }) => fileChange(from, to))
            .sort((a, b) => Math.abs(b.bytes) - Math.abs(a.bytes) || byCode(a.path, b.path)),
        bytes: totalBytes(after) - totalBytes(before),
    };
}
/** The size of all files. A file with several names counts once. */
const totalBytes = ({ entries }) => entries.reduce((sum, { kind, size }) => sum + (kind === "file" ? size : 0), 0);
/** Compares the packages of two images, without their sizes and files: at least one of the lists is an SBOM's. */
function packageChanges(before, after) {
    const [old, now] = [before, after].map((packages) => packages.map((each) => ({ ...each, bytes: 0 })));
    const changes = changedPackages({ packages: old ?? [] }, { packages: now ?? [] });
    return changes.map(({ key: _, ...change }) => ({ ...change, files: 0 }));
}
const keyOf = ({ name, architecture }) => `${name}\0${architecture}`;
function changedPackages(before, after) {
    const [old, now] = [byKey(before.packages), byKey(after.packages)];
    const keys = [...new Set([...old.keys(), ...now.keys()])].sort(byCode);
    return keys.flatMap((key) => {
        const left = without(old.get(key) ?? [], now.get(key) ?? []);
        const come = without(now.get(key) ?? [], old.get(key) ?? []);
        // RPM can have several versions of one package installed, so pair the removed versions with the added ones.
        return Array.from({ length: Math.max(left.length, come.length) }, (_, index) => ({
            key,
            ...packageChange(left[index], come[index]),
        }));
    });
}
function byKey(packages) {
    return Map.groupBy(packages, keyOf);
}
const without = (some, others) => some.filter(({ version }) => !others.some((other) => other.version === version));
function packageChange(from, to) {
    const { name, architecture } = (to ?? from);
    return {
        change: from === undefined ? "added" : to === undefined ? "removed" : "upgraded",
        name,
        architecture,
        from: from?.version ?? null,
        to: to?.version ?? null,
        bytes: (to?.bytes ?? 0) - (from?.bytes ?? 0),
    };
}
/** Pairs the changed files. An added or removed directory counts only if it is empty: its files are listed anyway. */
function changedFiles(before, after) {
    const old = new Map(before.entries.map((entry) => [entry.path, entry]));
    const now = new Map(after.entries.map((entry) => [entry.path, entry]));
    const came = after.entries.filter((entry, index) => !old.has(entry.path) && isEnd(after.entries, index));
    const went = before.entries.filter((entry, index) => !now.has(entry.path) && isEnd(before.entries, index));
    const stayed = before.entries.flatMap((from) => {
        const to = now.get(from.path);
        return to !== undefined && aspectsOf(from, to).length > 0 ? [{ from, to }] : [];
    });
    return [...came.map((to) => ({ from: undefined, to })), ...went.map((from) => ({ from, to: undefined })), ...stayed];
}
/** Whether nothing is below an entry. In the order of the walk its contents would come next. */
const isEnd = (entries, index) => entries[index]?.kind !== "directory" || !entries[index + 1]?.path.startsWith(`${entries[index].path}/`);
function aspectsOf(from, to) {
    // The walk decides which of a file's names counts as the hard link, so that isn't a change.
    const [before, after] = [from, to].map(({ kind }) => (kind === "hard link" ? "file" : kind));
    if (before !== after)
        return ["kind"];
    return [
        ...(from.digest !== to.digest || from.size !== to.size ? ["content"] : []),
        ...(from.mode !== to.mode ? ["mode"] : []),
        ...(from.owner !== to.owner ? ["owner"] : []),
    ];
}
function fileChange(from, to) {
    return {
        change: from === undefined ? "added" : to === undefined ? "removed" : "changed",
        path: (to ?? from).path,
        bytes: (to?.size ?? 0) - (from?.size ?? 0),
        aspects: from !== undefined && to !== undefined ? aspectsOf(from, to) : [],
    };
}
const byCode = (a, b) => (a < b ? -1 : a > b ? 1 : 0);


/***/ })

};
