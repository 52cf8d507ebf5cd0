export const id = 910;
export const ids = [910];
export const modules = {

/***/ 910:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ isTooLarge),
  requireBudget: () => (/* binding */ requireBudget)
});

// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/report/format.js
var format = __webpack_require__(7250);
;// CONCATENATED MODULE: ./out/src/report/changes.js

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
        .map(([change, { length }], index) => index === 0 ? `${formatCount(length, noun)} ${change}` : `${length.toLocaleString("en")} ${change}`)
        .join(", ");
}
/** A number of bytes with its sign. */
const formatChange = (bytes) => bytes === 0 ? "±0" : `${bytes < 0 ? "−" : "+"}${(0,format/* formatBytes */.z3)(Math.abs(bytes))}`;

;// CONCATENATED MODULE: ./out/src/tree/changes.js
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

;// CONCATENATED MODULE: ./out/src/build/budget.js




/** The limits of a budget. Without growth to measure, what a limit counts from is what a step started on. */
function limitsOf({ maxSize, maxGrowth }, started) {
    const limits = [];
    if (maxSize !== undefined) {
        const hint = "make it smaller, or raise max-size";
        limits.push({ most: maxSize, text: `max-size is ${(0,format/* formatBytes */.z3)(maxSize)}`, before: started, hint });
    }
    if (maxGrowth !== undefined) {
        const { bytes, since } = maxGrowth;
        const text = `max-growth is ${(0,format/* formatBytes */.z3)(bytes)}, and ${since.label} had ${(0,format/* formatBytes */.z3)(totalBytes(since.contents))}`;
        const hint = "make it smaller, or raise max-growth for this build: the next one is compared with its image";
        limits.push({ most: totalBytes(since.contents) + bytes, text, before: since.contents, hint });
    }
    return limits;
}
/** Whether files of so many bytes are too large. */
const isTooLarge = (budget, bytes) => limitsOf(budget, undefined).some(({ most }) => bytes > most);
/** Throws if a tree is too large, at the step that brought the most of it, with what that step brought. */
function requireBudget(budget, pipeline, { contents, step, started }) {
    const bytes = totalBytes(contents);
    const problems = limitsOf(budget, started)
        .filter(({ most }) => bytes > most)
        .map((limit) => problemOf(limit, pipeline, contents, step));
    if (problems.length > 0)
        throw new errors/* BuildError */.zS("TOO_LARGE", problems);
}
/** The most packages and files that are named. */
const mostNamed = 10;
function problemOf({ most, text, before, hint }, pipeline, contents, last) {
    const grown = grownParts(before, contents);
    const at = placeOf(grown, pipeline, last);
    const named = grown.slice(0, mostNamed).map(({ name, bytes }) => `  ${name}: ${formatChange(bytes)}`);
    const more = grown.length - named.length;
    const size = totalBytes(contents);
    return {
        message: [
            `the files have ${(0,format/* formatBytes */.z3)(size)}, ${(0,format/* formatBytes */.z3)(size - most)} more than allowed: ${text}. What grew most:`,
            ...named,
            ...(more > 0 ? [`  … and ${more.toLocaleString("en")} more`] : []),
        ].join("\n"),
        at,
        hint,
    };
}
/** The packages and files that have grown, the largest growth first. */
function grownParts(before, after) {
    const changes = changesBetween(before ?? { ...after, packages: [], entries: [] }, after);
    const packages = changes.packages.map(({ name, architecture, to, bytes }) => {
        const found = after.packages.find((each) => each.name === name && each.architecture === architecture && each.version === to);
        const step = found?.step == null ? undefined : after.steps[found.step]?.id;
        return { name: `${name} ${to ?? "removed"}`, bytes, step };
    });
    const files = changes.files.map(({ path, bytes }) => ({ name: path, bytes, step: undefined }));
    return [...packages, ...files].filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
}
/** The place of the step that brought most of what grew. Files without a package are taken for the last step's. */
function placeOf(grown, { stages }, last) {
    const brought = new Map();
    for (const { step, bytes } of grown)
        brought.set(step ?? last.id, (brought.get(step ?? last.id) ?? 0) + bytes);
    const [most] = [...brought].sort(([, a], [, b]) => b - a);
    return (stages.find(({ id }) => id === most?.[0]) ?? last).at;
}


/***/ })

};
