export const id = 10;
export const ids = [10];
export const modules = {

/***/ 9010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runAsRootWithAccess: () => (/* binding */ runAsRootWithAccess),
  withBeyond: () => (/* binding */ withBeyond)
});

// UNUSED EXPORTS: socketVariable

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./out/src/host/command.js
var command = __webpack_require__(2144);
;// CONCATENATED MODULE: ./out/src/host/hand-over.js


/** Gives a file or a whole directory in a user's directory to that user, because only root can read the store. */
async function handOver(path, directory) {
    const { uid, gid } = await (0,promises_.stat)(directory);
    await (0,command/* run */.eF)(["chown", "--recursive", "--no-dereference", `${uid}:${gid}`, path]);
}

// EXTERNAL MODULE: ./out/src/host/remove.js
var remove = __webpack_require__(2689);
// EXTERNAL MODULE: ./out/src/store/workspace.js + 1 modules
var workspace = __webpack_require__(2660);
;// CONCATENATED MODULE: ./out/src/cache/background.js

/** Opens the background of a job. While it has work, nothing is deleted from the store. */
function openBackground(layout) {
    let last = Promise.resolve();
    let kept;
    return {
        add(work) {
            // Without the lock, saving an object that was deleted fails with a warning.
            kept ??= (0,workspace/* lockShared */.h1)(layout).catch(() => undefined);
            last = Promise.all([kept, last]).then(work);
        },
        async done() {
            await last;
            await (await kept)?.[Symbol.asyncDispose]();
            kept = undefined;
        },
    };
}

// EXTERNAL MODULE: ./out/src/store/refs.js
var refs = __webpack_require__(6720);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __webpack_require__(1856);
// EXTERNAL MODULE: ./out/src/store/exports.js + 1 modules
var store_exports = __webpack_require__(5255);
// EXTERNAL MODULE: ./out/src/store/integrity.js
var integrity = __webpack_require__(2635);
// EXTERNAL MODULE: ./out/src/store/output.js
var output = __webpack_require__(2907);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./out/src/host/plain-file.js
var plain_file = __webpack_require__(3740);
// EXTERNAL MODULE: ./out/src/store/logs.js
var store_logs = __webpack_require__(7825);
// EXTERNAL MODULE: ./out/src/store/put.js
var put = __webpack_require__(2281);
;// CONCATENATED MODULE: ./out/src/cache/entry-logs.js







/** The characters from the end of a log that go along with an entry, so that the entry stays small. */
const most = 64 * 1024;
/** The most bytes of an entry's logs. An entry whose steps have more brings none. */
const mostOfAll = 64 * 1024 ** 2;
/** Writes the logs of these steps into an entry's directory, so that a report shows them on other machines, too. */
async function writeLogs(layout, directory, ids) {
    const logs = {};
    for (const id of ids) {
        const log = await (0,store_logs/* readLog */.x6)(layout.log(id));
        if (log !== undefined)
            logs[id] = endOf(log);
    }
    const text = JSON.stringify(logs);
    if (Object.keys(logs).length > 0 && Buffer.byteLength(text) <= mostOfAll)
        await (0,promises_.writeFile)(`${directory}/logs.json`, text);
}
function endOf(log) {
    if (log.length <= most)
        return log;
    const end = log.slice(-most);
    return `[… the beginning is omitted …]\n${end.slice(end.indexOf("\n") + 1)}`;
}
/**
 * Imports the logs that these steps lack. Nothing depends on a log, but an entry must not bring one for a step of
 * another pipeline.
 */
async function importLogs(layout, directory, ids) {
    const text = await (0,plain_file/* readPlain */.rM)(`${directory}/logs.json`, mostOfAll).catch(errors/* ignoreMissing */.bt);
    const logs = (0,shape/* fromJson */.Rf)(shape/* object */.Ik, text ?? "{}");
    for (const id of ids) {
        const log = logs?.[id];
        if (typeof log === "string" && !(0,external_node_fs_.existsSync)(layout.log(id)))
            await (0,put/* putFile */.UN)(layout, log, layout.log(id));
    }
}

;// CONCATENATED MODULE: ./out/src/cache/entries.js












/** The version of an entry's layout. It changes with the layout. */
const formatVersion = 2;
/** The JSON of `entry.json`. */
const entryShape = (0,shape/* shaped */.e9)({
    version: (0,shape/* oneOf */.yL)(formatVersion),
    record: refs/* recordShape */.Fg,
    objects: (0,shape/* listOf */.c3)((0,shape/* shaped */.e9)({ digest: shape/* digest */.br, size: shape/* count */.U9 })),
    needs: (0,shape/* listOf */.c3)(shape/* string */.Yj),
    below: (0,shape/* optional */.lq)((0,shape/* listOf */.c3)(shape/* string */.Yj)),
});
/**
 * The beginning of the keys of a step's entries. A key can't be written twice, so each entry has one of its own, and
 * the newest entry counts. The beginning ends with the whole id and a dash: no other step's keys begin like this. What
 * follows starts with oldestDownload().
 */
const keyBeginning = (prefix, { id, fingerprint }) => `${prefix}osbuild-v${formatVersion}-${external_node_process_.arch}-${fingerprint.slice(0, 16)}-${id}-`;
/**
 * The beginning of the keys of the entries by which steps on trees that hold the same find a result. Their keys have
 * the time of the program's run.
 */
const contentKeyBeginning = (prefix, contentKey) => `${prefix}osbuild-v${formatVersion}-${external_node_process_.arch}-by-content-${contentKey}-`;
/** A new key for an entry: its beginning, the time by which its age is known, and what no other key has. */
const newKey = (beginning, time) => `${beginning}${time}-${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`;
/** The time in a key, in milliseconds since 1970. */
const timeOf = (key) => Number(/-(\d+)-[0-9a-f]{8}$/.exec(key)?.[1] ?? 0);
/** The earliest time in these keys; null if none of them has one. */
function oldestIn(keys) {
    const times = keys.map(timeOf).filter((time) => time > 0);
    return times.length === 0 ? null : Math.min(...times);
}
/**
 * The time of the oldest unpinned download that a result follows from, in milliseconds since 1970. 0 if nothing
 * was, or if that isn't known.
 */
function oldestDownload({ runs = [] }) {
    const times = runs.filter(({ unpinned }) => unpinned).map(({ ran }) => ran);
    return times.length === 0 ? 0 : Math.min(...times);
}
/** Writes an entry's files to an existing, empty directory. Throws if an object is damaged. */
async function writeEntry(layout, directory, draft) {
    const { record, objects, needs, below, logs = [] } = draft;
    await (0,integrity/* requireSound */.bi)(layout, objects);
    const laidOut = [];
    for (const digest of objects)
        laidOut.push({ digest, size: await layOut(layout.object(digest), `${directory}/${digest}`, record) });
    // Few ids have a list of contents.
    await (0,promises_.copyFile)(layout.contents(record.id), `${directory}/contents.json`).catch(errors/* ignoreMissing */.bt);
    await writeLogs(layout, directory, logs);
    const entry = { version: formatVersion, record, objects: laidOut, needs, below };
    await (0,promises_.writeFile)(`${directory}/entry.json`, JSON.stringify(entry));
}
/**
 * Copies an object into an entry, and returns the size of its file, if it is one. It is never a hard link, through
 * which the entry's owner could change the store's own file.
 */
async function layOut(object, target, { files, kind }) {
    const extras = kind === "stage" ? [] : await (0,output/* listExtras */.GT)(object);
    if (kind === "stage")
        await (0,store_exports/* copyFiles */.Bn)(object, target);
    else if (extras.length > 0)
        await archiveOutput(object, target, extras);
    else {
        for (const { path } of files) {
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(`${target}/${path}`), { recursive: true });
            await (0,store_exports/* copyFiles */.Bn)(`${object}/${path}`, `${target}/${path}`);
        }
        return 0;
    }
    return (await (0,promises_.stat)(target)).size;
}
/** The options that make tar preserve more than names and contents. */
const attributes = ["--numeric-owner", "--acls", "--xattrs", "--xattrs-include=*"];
/** Packs an output that has more than plain files into one archive, which preserves everything. */
async function archiveOutput(object, target, extras) {
    if (extras.some(([, kind]) => kind === "socket"))
        throw (0,errors/* failure */.V2)("STORE", "a cache entry can't hold its sockets");
    const argv = ["tar", "--create", `--file=${target}`, `--directory=${object}`, "--format=pax", "--sparse"];
    await (0,command/* run */.eF)([...argv, ...attributes, "."]);
}

// EXTERNAL MODULE: ./out/src/tree/walk.js
var walk = __webpack_require__(9590);
;// CONCATENATED MODULE: ./out/src/cache/transfers.js

/** Fetches an entry and reports its size and the time that it took. `nameOf` says what the entry holds. */
async function fetchTimed(cache, fetch, nameOf, report) {
    const started = performance.now();
    const found = await fetch();
    if (found === undefined)
        return undefined;
    const [what, bytes] = [nameOf(found), bytesIn(found.directory)];
    report({ type: "transferred", direction: "fetched", cache, what, bytes, seconds: secondsSince(started) });
    return found;
}
/** Saves a directory and, if that succeeds, reports its size and the time that it took. */
async function saveTimed(cache, save, what, directory, report) {
    const bytes = bytesIn(directory);
    const started = performance.now();
    const saved = await save();
    if (saved)
        report({ type: "transferred", direction: "saved", cache, what, bytes, seconds: secondsSince(started) });
    return saved;
}
const bytesIn = (directory) => [...(0,walk/* walk */.GG)(directory)].reduce((sum, { kind, stats }) => sum + (kind === "file" ? stats.size : 0), 0);
const secondsSince = (started) => (performance.now() - started) / 1000;

;// CONCATENATED MODULE: ./out/src/cache/worth.js
/** The bytes per second that a runner near its cache can fetch. */
const fetchRate = 40 * 1024 * 1024;
/** Fetching this many bytes takes negligible time. Smaller layers are saved again together with those above them. */
const small = 4 * 1024 * 1024;
/** An image of so many bytes is always worth its room. */
const smallImage = 1024 * 1024;
/** An image is saved if it takes longer to make than to fetch so many times. */
const fetches = { cache: 10, remote: 1 };
/** The seconds of building beyond which small layers get an entry: one costs several calls to the service. */
const longWait = 10;
/** The seconds below which running a step takes no longer than looking for its result and saving what leads to it. */
const lookUp = 2;
const save = { type: "save" };
/** Decides about a stage. The cost is that of all layers below it, too, that no other entry has. */
function worthOfStage({ name }, { bytes, seconds }, checkpoints) {
    if (checkpoints === "all")
        return save;
    if (checkpoints !== "auto")
        return checkpoints.includes(name) ? save : { type: "leave", why: "the input checkpoints doesn't name it" };
    if (bytes <= small)
        return seconds > longWait ? save : { type: "wait" };
    return seconds > bytes / fetchRate ? save : { type: "leave", why: "it takes less time to build than to fetch" };
}
/**
 * Decides about an image. Every commit has another one, and the Actions cache has little room, so it must be worth
 * that: fetching it ten times takes less than making it once from its tree.
 */
function worthOfImage({ size, seconds }, images, cache) {
    const isQuick = seconds <= (fetches[cache] * size) / fetchRate;
    if (images === "true" || (images === "auto" && (size <= smallImage || !isQuick)))
        return save;
    const why = images === "false" ? "the input cache-images is false" : "it is made quickly for its size";
    return { type: "leave", why };
}
/** Whether a result is also found by its content key. */
const isWorthLookUp = ({ seconds }, checkpoints) => checkpoints === "all" || seconds >= lookUp;

;// CONCATENATED MODULE: ./out/src/cache/checkpoints.js





/** Finds checkpoints that name no known program. A program that these pipelines don't use may be in others. */
async function unknownCheckpoints(checkpoints, library) {
    if (typeof checkpoints === "string")
        return [];
    const kinds = ["stage", "assembler"];
    const problems = [];
    for (const name of checkpoints) {
        const found = await Promise.all(kinds.map((kind) => library.find(kind, name)));
        if (found.some((program) => program !== undefined))
            continue;
        const known = (await Promise.all(kinds.map((kind) => library.names(kind)))).flat();
        const hint = didYouMean(name.includes(".") ? name : `org.osbuild.${name}`, known) ?? "auto, all, or names of stages";
        problems.push({ message: `the input checkpoints names an unknown stage ${JSON.stringify(name)}`, hint });
    }
    return problems;
}
/** Opens the saver of a job. */
function openSaver({ cache, layout, prefix, checkpoints, images, background }) {
    /** The keys of the entries that hold objects, by digest. */
    const entries = new Map();
    /** The size of each known object and the seconds that it took to build, by digest. */
    const costs = new Map();
    /** The keys of the entries that can't be used. */
    const useless = new Set();
    /** The keys of the entries that were fetched. */
    const fetched = new Set();
    /** The digests of the objects that some entry has, small layers included. */
    const kept = new Set();
    /** The keys of the entries that a stage's tree or an image needs, by its id and fingerprint. */
    const ownEntries = new Map();
    const nameOf = ({ id, fingerprint }) => `${id} ${fingerprint}`;
    return {
        known: noteCost,
        fetched(key, { record, objects, needs, below = [] }) {
            noteCost(record);
            ownEntries.set(nameOf(record), [key, ...needs, ...below]);
            fetched.add(key);
            for (const { digest } of objects)
                entries.set(digest, key);
        },
        useless(key) {
            useless.add(key);
            for (const [digest, holder] of entries)
                if (holder === key)
                    entries.delete(digest);
        },
        entriesOf,
        ofPipeline,
    };
    function ofPipeline(report, steps) {
        /** The steps that have led to a result: the logs of these go along with it. */
        const stepsTo = ({ id }) => steps.slice(0, steps.indexOf(id) + 1);
        /** The last stages that wait for more, in order. */
        let waiting = [];
        return {
            built(record, { replaces }) {
                noteCost(record);
                if (cache.writable)
                    background.add(() => consider({ record, replaces }));
            },
            ended() {
                if (cache.writable)
                    background.add(() => settle());
            },
        };
        async function consider(built) {
            const { record } = built;
            await settle(record);
            const worth = worthOf(built);
            switch (worth.type) {
                case "wait":
                    // The last stage is the one that changes most often, so the tree below it is saved, too.
                    waiting = [...waiting.slice(-1), built];
                    return;
                case "leave":
                    return report({ type: "not-saved", cache: cache.name, what: record.name, why: worth.why });
                case "save":
                    // Its entry has their layers.
                    waiting = [];
                    return saveResult(built, stepsTo(record), report);
                default:
                    worth;
            }
        }
        /** Saves the stages that wait, unless they are below this result. */
        async function settle(next) {
            const isBelow = ({ record }) => record.layers.every((digest) => next?.layers.includes(digest));
            const over = waiting.filter((built) => !isBelow(built));
            waiting = waiting.filter(isBelow);
            for (const built of over)
                await saveResult(built, stepsTo(built.record), report);
        }
    }
    function noteCost(record) {
        costs.set(record.object, { bytes: record.size, seconds: record.seconds });
    }
    /** The objects of a result that aren't in any other entry than its own. */
    function pendingOf(record, beginning) {
        return (0,refs/* objectsOf */.iZ)(record).filter((digest) => (entries.get(digest) ?? beginning).startsWith(beginning));
    }
    /**
     * Fetching an entry brings small layers that another one has, too, but doesn't save the time of making those again.
     */
    function costOf(objects) {
        const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
        const bytes = objects.map((digest) => costs.get(digest)?.bytes ?? 0);
        const seconds = objects.map((digest) => (kept.has(digest) ? 0 : (costs.get(digest)?.seconds ?? 0)));
        return { bytes: sum(bytes), seconds: sum(seconds) };
    }
    function worthOf({ record, replaces }) {
        if (record.kind === "assembler")
            return worthOfImage(record, images, cache.name);
        const beginning = keyBeginning(prefix, record);
        const worth = worthOfStage(record, costOf(pendingOf(record, beginning)), checkpoints);
        // An earlier entry that this one is to replace would be found in its place.
        const isReplacing = replaces || [...useless].some((key) => key.startsWith(beginning));
        return worth.type === "wait" && isReplacing ? { type: "save" } : worth;
    }
    async function saveResult({ record, replaces }, logs, report) {
        const beginning = keyBeginning(prefix, record);
        const objects = pendingOf(record, beginning);
        const key = newKey(beginning, oldestDownload(record));
        const needs = (0,refs/* objectsOf */.iZ)(record).flatMap((digest) => (objects.includes(digest) ? [] : (entries.get(digest) ?? [])));
        const unless = replaces ? null : rivalsOf(beginning);
        const draft = {
            record,
            objects,
            needs: [...new Set(needs)],
            logs,
            ...(record.kind === "stage" ? {} : { below: below(record, logs) }),
        };
        const saved = await save(key, unless, draft, report);
        if (saved)
            ownEntries.set(nameOf(record), [key, ...draft.needs, ...(draft.below ?? [])]);
        // An entry that existed before may hold other objects, or damaged ones. And small layers are saved again with the
        // next ones, so that a tree needs fewer entries.
        if (saved)
            for (const digest of objects)
                kept.add(digest);
        if (saved && (checkpoints === "all" || costOf(objects).bytes > small))
            for (const digest of objects)
                entries.set(digest, key);
        if (saved)
            await saveContentKey(record, entries.get(record.object) ?? key, replaces, report);
    }
    /**
     * The keys of the entries with the tree that an image is made from, and with its build root. They are results of the
     * steps with these ids.
     */
    function below({ parts }, ids) {
        const { base, root } = parts;
        const fingerprints = [`${base}`, `${root}`.split(" ").at(-1)];
        return entriesOf(fingerprints.flatMap((fingerprint) => ids.map((id) => ({ id, fingerprint }))));
    }
    function entriesOf(results) {
        return [...new Set(results.flatMap((result) => ownEntries.get(nameOf(result)) ?? []))];
    }
    /** Saves an entry that leads from a result's content key to the entry with its object. */
    async function saveContentKey(record, holder, replaces, report) {
        const { contentKey, ran = 0 } = record;
        if (contentKey === undefined || !isWorthLookUp(record, checkpoints))
            return;
        const beginning = contentKeyBeginning(prefix, contentKey);
        if ([...fetched.difference(useless)].some((key) => key.startsWith(beginning)))
            return;
        const unless = replaces ? null : rivalsOf(beginning);
        await save(newKey(beginning, ran), unless, { record, objects: [], needs: [holder] }, report);
    }
    function rivalsOf(beginning) {
        return { beginning, except: [...useless].filter((key) => key.startsWith(beginning)) };
    }
    async function save(key, unless, entry, report) {
        try {
            const directory = await cache.outbox();
            await writeEntry(layout, directory, entry);
            return await saveTimed(cache.name, () => cache.save(key, directory, unless), entry.record.name, directory, report);
        }
        catch (error) {
            // A cache may slow a build down, but never fail it.
            const message = `${entry.record.name} isn't cached: ${error.message}`;
            report({ type: "warning", problem: { message } });
            return false;
        }
    }
}

;// CONCATENATED MODULE: ./out/src/cache/cache.js
/** The most keys in one look-up of the Actions cache. */
const keysPerLookup = 10;

// EXTERNAL MODULE: ./out/src/store/objects.js
var objects = __webpack_require__(2088);
// EXTERNAL MODULE: ./out/src/tree/contents-file.js
var contents_file = __webpack_require__(5772);
;// CONCATENATED MODULE: ./out/src/cache/import-entry.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});















/**
 * Imports an entry's objects into the store. Throws unless the entry is the wanted step's and every object matches its
 * digest. The store's own copies are checked, which nobody can replace afterwards. The record counts only when it is
 * written as a ref, after everything that it needs has been imported. A record is believed for what its entry's key
 * says and for nothing else, so one that was fetched by its id doesn't keep its content key.
 */
async function importEntry(layout, directory, wanted) {
    const entry = await readEntry(directory);
    const { record } = entry;
    if (wanted !== undefined && !isWanted(record, wanted))
        throw (0,errors/* failure */.V2)("STORE", "the entry belongs to another step");
    for (const object of entry.objects)
        await importObject(layout, directory, object, record);
    if (wanted !== undefined)
        await importContents(layout, directory, record).catch(errors/* ignoreMissing */.bt);
    if (wanted !== undefined && "contentKey" in wanted)
        return entry;
    const { contentKey: _, ...believed } = record;
    return { ...entry, record: believed };
}
const isWanted = (record, wanted) => "contentKey" in wanted
    ? record.contentKey === wanted.contentKey
    : record.id === wanted.id && record.fingerprint === wanted.fingerprint;
/** The most bytes that an `entry.json` may have. An output may have a hundred thousand files. */
const mostBytes = 64 * 1024 ** 2;
async function readEntry(directory) {
    const entry = (0,shape/* fromJson */.Rf)(entryShape, await (0,plain_file/* readPlain */.rM)(`${directory}/entry.json`, mostBytes));
    if (entry === undefined || entry.needs.length > (0,refs/* objectsOf */.iZ)(entry.record).length)
        throw (0,errors/* failure */.V2)("STORE", "the entry's description is damaged");
    return entry;
}
async function importContents(layout, directory, { id }) {
    const text = await (0,plain_file/* readPlain */.rM)(`${directory}/contents.json`, contents_file/* mostContentsBytes */.j4);
    if ((0,contents_file/* isDamagedContents */.go)(text))
        throw (0,errors/* failure */.V2)("STORE", "the entry's list of contents is damaged");
    // A list of an earlier version is of no use.
    if ((0,contents_file/* decodeContents */.Xt)(text) !== undefined)
        await (0,put/* putFile */.UN)(layout, text, layout.contents(id));
}
async function importObject(layout, directory, object, record) {
    const copy = `${layout.temporary}/import-${(0,external_node_crypto_.randomUUID)()}`;
    const source = `${directory}/${object.digest}`;
    try {
        if (record.kind === "stage") {
            await copyPlain(await (0,plain_file/* openPlain */.Hu)(source), object, copy);
            requireSame((await (0,objects/* addFile */.sM)(layout, copy)).digest, object.digest);
            return;
        }
        await (0,promises_.mkdir)(copy);
        if (await isDirectory(source)) {
            for (const file of record.files) {
                await (0,promises_.mkdir)((0,external_node_path_.dirname)(`${copy}/${file.path}`), { recursive: true });
                await copyPlain(await (0,plain_file/* openBelow */.SL)(source, file.path), file, `${copy}/${file.path}`);
            }
        }
        else
            await extractOutput(await (0,plain_file/* openPlain */.Hu)(source), object, copy, record.files);
        const { sourceEpoch } = record.parts;
        const added = await (0,objects/* addDirectory */.HQ)(layout, copy, Number(sourceEpoch));
        requireSame(added.digest, object.digest);
        if (JSON.stringify(added.files) !== JSON.stringify(record.files))
            throw damaged(object.digest);
    }
    finally {
        await (0,remove/* removeTree */.dM)(copy);
    }
}
const damaged = (digest) => (0,errors/* failure */.V2)("STORE", `object ${digest} of the entry is damaged`);
function requireSame(digest, expected) {
    if (digest !== expected)
        throw damaged(expected);
}
/** Whether an output is stored as a directory. An output without files isn't in its entry at all. */
async function isDirectory(path) {
    try {
        return (await (0,promises_.lstat)(path)).isDirectory();
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT"))
            return true;
        throw error;
    }
}
/** Unpacks an output that has more than plain files. */
async function extractOutput(opened, object, directory, files) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const archive = __addDisposableResource(env_1, opened, true);
        await requireSize(archive, object.size);
        const argv = ["tar", "--extract", `--file=${pathOf(archive)}`, `--directory=${directory}`, "--preserve-permissions"];
        await (0,command/* run */.eF)([...argv, ...attributes]);
        // Adding the output reads every byte, and an archive can describe huge holes in little space.
        const bytes = [...(0,walk/* walk */.GG)(directory)].reduce((sum, { kind, stats }) => sum + (kind === "file" ? stats.size : 0), 0);
        if (bytes > files.reduce((sum, { size }) => sum + size, 0))
            throw damaged(object.digest);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Copies an opened file, with holes in place of zeros, because archives don't preserve holes. */
async function copyPlain(opened, { size }, to) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_2, opened, true);
        await requireSize(file, size);
        await (0,command/* run */.eF)(["cp", "--dereference", "--sparse=always", "--reflink=auto", "--", pathOf(file), to]);
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = __disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
async function requireSize(file, stated) {
    const { size } = await file.stat();
    if (size !== stated)
        throw (0,errors/* failure */.V2)("STORE", `the entry holds a file of ${size} bytes that should have ${stated}`);
}
/** The path by which a command can open the same file, even if it has been renamed. */
const pathOf = ({ fd }) => `/proc/${external_node_process_.pid}/fd/${fd}`;

;// CONCATENATED MODULE: ./out/src/cache/fetch.js
var fetch_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var fetch_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});








/** Opens the fetcher of a job. */
function openFetcher({ cache, layout, prefix, saver, background }) {
    /** The beginnings of the keys whose newest entry can't be used. They aren't looked for again. */
    const useless = new Set();
    const notUsed = `an entry of the ${cache.name} is not used`;
    let isWarned = false;
    return { first, same, has };
    async function first(wanted, report, steps) {
        const tooOld = [];
        let rest = wanted
            .map((step) => ({ step, beginning: keyBeginning(prefix, step), name: step.name, since: step.since }))
            .filter(({ beginning }) => !useless.has(beginning));
        while (rest.length > 0) {
            const env_1 = { stack: [], error: void 0, hasError: false };
            try {
                const batch = rest.slice(0, keysPerLookup);
                const newest = fetch_addDisposableResource(env_1, await findNewest(batch, report), true);
                if (newest === undefined) {
                    rest = rest.slice(batch.length);
                    continue;
                }
                const { candidate, restored } = newest;
                const record = restored === undefined ? undefined : await take(restored, candidate.step, report, steps);
                if (record !== undefined)
                    return { record, tooOld };
                if (isTooOld(newest))
                    tooOld.push(candidate.step.id);
                noteUseless(newest);
                rest = rest.slice(rest.indexOf(candidate) + 1);
            }
            catch (e_1) {
                env_1.error = e_1;
                env_1.hasError = true;
            }
            finally {
                const result_1 = fetch_disposeResources(env_1);
                if (result_1)
                    await result_1;
            }
        }
        return { record: undefined, tooOld };
    }
    async function same(wanted, report) {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const { contentKey, name, since } = wanted;
            const beginning = contentKeyBeginning(prefix, contentKey);
            if (useless.has(beginning))
                return undefined;
            const newest = fetch_addDisposableResource(env_2, await findNewest([{ beginning, name, since }], report), true);
            const restored = newest?.restored;
            const record = restored === undefined ? undefined : await takeSame(restored, wanted, report);
            if (newest !== undefined && record === undefined)
                noteUseless(newest);
            return record;
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = fetch_disposeResources(env_2);
            if (result_2)
                await result_2;
        }
    }
    async function findNewest(batch, report) {
        const beginnings = batch.map(({ beginning }) => beginning);
        const candidateOf = (key) => batch.find(({ beginning }) => key?.startsWith(beginning));
        if (batch.every(({ since }) => since === undefined)) {
            const restore = () => cache.restoreNewest(beginnings, report);
            const restored = await fetchTimed(cache.name, restore, ({ key }) => candidateOf(key)?.name ?? "an entry", report);
            const candidate = candidateOf(restored?.key);
            return restored === undefined || candidate === undefined
                ? undefined
                : newestOf(restored.key, candidate, restored);
        }
        // The key tells an entry's age. The files of one that is too old aren't fetched.
        const key = await cache.findNewest(beginnings);
        const candidate = candidateOf(key);
        if (key === undefined || candidate === undefined)
            return undefined;
        const restore = () => cache.restore(key, report);
        const restored = isTooOld({ key, candidate })
            ? undefined
            : await fetchTimed(cache.name, restore, () => candidate.name, report);
        return newestOf(key, candidate, restored);
    }
    function noteUseless({ key, candidate }) {
        useless.add(candidate.beginning);
        saver.useless(key);
    }
    function take(restored, step, report, steps) {
        return unlessBad(report, async () => {
            const { record, needs, below = [] } = await importNoted(restored, step);
            touch(below);
            await Promise.all(needs.map((key) => fetchNeeded(key, layersBelow(step), report)));
            if (!(0,refs/* objectsOf */.iZ)(record).every((digest) => (0,external_node_fs_.existsSync)(layout.object(digest))))
                return warnOfMissing(report);
            await importLogs(layout, restored.directory, steps);
            await (0,refs/* writeRef */.Ln)(layout, record);
            return (0,refs/* readRef */.sg)(layout, record.id);
        });
    }
    /** Looks for entries without fetching them, because the service deletes what no job has used for a week. */
    function touch(keys) {
        const own = keys.filter(isKey);
        for (const key of own.slice(0, mostTouched))
            background.add(async () => void (await cache.findNewest([key])));
    }
    async function has(keys) {
        if (keys.length > mostTouched || !keys.every(isKey))
            return false;
        const found = await Promise.all(keys.map(async (key) => (await cache.findNewest([key])) === key));
        return found.every(Boolean);
    }
    /** Whether a key, which an entry named, can be one of ours. */
    function isKey(key) {
        return key.startsWith(`${prefix}osbuild-`) && key.length <= longestKey && !key.includes(",");
    }
    function takeSame(restored, { contentKey, name }, report) {
        return unlessBad(report, async () => {
            const { record, needs } = await importNoted(restored, { contentKey });
            if (!(0,external_node_fs_.existsSync)(layout.object(record.object)))
                await Promise.all(needs.map((needed) => fetchNeeded(needed, name, report)));
            return (await (0,integrity/* isSound */.gH)(layout, record.object)) ? record : warnOfMissing(report);
        });
    }
    async function unlessBad(report, work) {
        try {
            return await work();
        }
        catch (error) {
            report({ type: "warning", problem: { message: `${notUsed}: ${error.message}`, hint: remedy() } });
            return undefined;
        }
    }
    /** Warns once: as a rule, all entries on an evicted one lack the same layers. */
    function warnOfMissing(report) {
        const message = `${notUsed}: it lacks results of earlier steps, which are no longer in the ${cache.name}`;
        if (!isWarned)
            report({ type: "warning", problem: { message, hint: remedy() } });
        isWarned = true;
    }
    function remedy() {
        return cache.writable ? "the step is built again, and its new entry replaces this one" : "the step is built again";
    }
    async function fetchNeeded(key, what, report) {
        const env_3 = { stack: [], error: void 0, hasError: false };
        try {
            const restored = fetch_addDisposableResource(env_3, await fetchTimed(cache.name, () => cache.restore(key, report), () => what, report), true);
            if (restored !== undefined)
                await importNoted(restored);
        }
        catch (e_3) {
            env_3.error = e_3;
            env_3.hasError = true;
        }
        finally {
            const result_3 = fetch_disposeResources(env_3);
            if (result_3)
                await result_3;
        }
    }
    async function importNoted(restored, wanted) {
        const entry = await importEntry(layout, restored.directory, wanted);
        saver.fetched(restored.key, entry);
        return entry;
    }
}
/** The most characters of a key. */
const longestKey = 512;
/** The most entries to look for at once. Small layers travel together, so a tree needs few. */
const mostTouched = 20;
const layersBelow = ({ name }) => `layers below ${name}`;
const newestOf = (key, candidate, restored) => ({
    ...{ key, candidate, restored },
    [Symbol.asyncDispose]: async () => restored?.[Symbol.asyncDispose](),
});
const isTooOld = ({ key, candidate: { since } }) => since !== undefined && timeOf(key) < since;

// EXTERNAL MODULE: ./out/src/sources/sources.js
var sources = __webpack_require__(737);
;// CONCATENATED MODULE: ./out/src/cache/source-cache.js
var source_cache_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var source_cache_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});









/** Opens the source cache of a job. */
function openSourceCache({ cache, layout, prefix, background }) {
    /** The keys of the entries that lack files or hold others. */
    const useless = new Set();
    /** The beginnings of the keys of the entries that are known to be whole. */
    const whole = new Set();
    return { fetch, save };
    async function fetch(locked, missing, report) {
        try {
            return await fetchNow(locked, missing, report);
        }
        catch (error) {
            // A cache may slow a build down, but never fail it.
            const message = `${nameOf(locked)} can't be taken from the ${cache.name}: ${error.message}`;
            report({ type: "warning", problem: { message } });
            return missing;
        }
    }
    async function fetchNow(locked, missing, report) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const beginning = sourcesBeginning(prefix, locked);
            const restore = () => cache.restoreNewest([beginning], report);
            const restored = source_cache_addDisposableResource(env_1, await fetchTimed(cache.name, restore, () => nameOf(locked), report), true);
            if (restored === undefined)
                return missing;
            const refused = [];
            for (const source of missing)
                if (!(await importSource(layout, restored.directory, source)))
                    refused.push(source);
            if (refused.length === 0) {
                whole.add(beginning);
                return [];
            }
            useless.add(restored.key);
            const files = refused.length === 1 ? "1 file" : `${refused.length} files`;
            const message = `an entry of the ${cache.name} with ${nameOf(locked)} is damaged: ${files} in it can't be used, such as ${refused[0]?.name}`;
            const hint = cache.writable
                ? "the missing files are downloaded, and a new entry replaces this one"
                : "the missing files are downloaded";
            report({ type: "warning", problem: { message, hint } });
            return refused;
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = source_cache_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    function save(locked, report) {
        const beginning = sourcesBeginning(prefix, locked);
        if (!cache.writable || locked.sources.length === 0 || whole.has(beginning))
            return;
        whole.add(beginning);
        background.add(() => saveNow(locked, beginning, report));
    }
    async function saveNow(locked, beginning, report) {
        try {
            const known = await cache.findNewest([beginning]);
            if (known !== undefined && !useless.has(known))
                return;
            const directory = await cache.outbox();
            for (const { sha256 } of uniqueOf(locked))
                await (0,store_exports/* copyFiles */.Bn)(layout.source(sha256), `${directory}/${sha256}`);
            const unless = { beginning, except: [...useless].filter((key) => key.startsWith(beginning)) };
            const put = () => cache.save(newKey(beginning, Date.now()), directory, unless);
            await saveTimed(cache.name, put, nameOf(locked), directory, report);
        }
        catch (error) {
            const message = `${nameOf(locked)} aren't cached: ${error.message}`;
            report({ type: "warning", problem: { message } });
        }
    }
}
const nameOf = ({ step }) => `the packages of ${step}`;
const uniqueOf = ({ sources }) => new Map(sources.map((source) => [source.sha256, source])).values();
/** The version of such an entry's layout: files, each under its SHA-256. */
const source_cache_formatVersion = 1;
/** The beginning of the keys of the entries with these files. It has a digest of all of them. */
function sourcesBeginning(prefix, locked) {
    const files = [...uniqueOf(locked)].map(({ sha256, size }) => `${sha256} ${size}`).sort();
    return `${prefix}osbuild-sources-v${source_cache_formatVersion}-${(0,external_node_crypto_.hash)("sha256", files.join("\n"))}-`;
}
/**
 * Copies a file of an entry into the store, if it is what it should be. Only root can change the copy that is checked.
 */
async function importSource(layout, directory, source) {
    const copy = `${layout.temporary}/import-${(0,external_node_crypto_.randomUUID)()}`;
    try {
        await copyPlain(await (0,plain_file/* openPlain */.Hu)(`${directory}/${source.sha256}`), source, copy);
        return await (0,sources/* acceptSource */.o)(layout, copy, source);
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT") || (0,errors/* hasCode */.up)(error, "STORE") || (0,plain_file/* isUnreadable */.GZ)(error))
            return false;
        throw error;
    }
    finally {
        await (0,remove/* removeTree */.dM)(copy);
    }
}

;// CONCATENATED MODULE: ./out/src/cache/remote.js







/** Opens a cache for a job. */
const openRemote = (layout, called) => openRemoteOn(cacheOf(called), layout, called.request);
/** Gives builds access to a cache, however it is reached. */
function openRemoteOn(cache, layout, { prefix, checkpoints, images }) {
    const background = openBackground(layout);
    const saver = openSaver({ cache, layout, prefix, checkpoints, images, background });
    const sources = openSourceCache({ cache, layout, prefix, background });
    const fetcher = openFetcher({ cache, layout, prefix, saver, background });
    return {
        reporting: (report, steps) => ({
            fetch: async (wanted) => {
                const { record, tooOld } = await fetcher.first(wanted, report, steps);
                return { found: record === undefined ? undefined : { id: record.id, cache: cache.name }, tooOld };
            },
            fetchSame: (wanted) => fetcher.same(wanted, report),
            fetchSources: (locked, missing) => sources.fetch(locked, missing, report),
            keepSources: (locked) => sources.save(locked, report),
            known: saver.known,
            ...saver.ofPipeline(report, steps),
        }),
        entriesOf: saver.entriesOf,
        has: fetcher.has,
        done: background.done,
    };
}
function cacheOf({ name, request: { writable }, transfer, ask }) {
    const clear = (directory, report) => (0,remove/* clearAway */.MB)(directory, (problem) => report({ type: "warning", problem }));
    async function restore(call, report) {
        const found = (await ask(call));
        if (!found)
            return undefined;
        const { key, directory } = found;
        return { key, directory, [Symbol.asyncDispose]: () => clear(directory, report) };
    }
    return {
        name,
        writable,
        restore: (key, report) => restore({ type: "restore", keys: [key] }, report),
        restoreNewest: (beginnings, report) => restore({ type: "restore newest", beginnings }, report),
        findNewest: async (beginnings) => (await ask({ type: "find newest", beginnings })) ?? undefined,
        outbox: () => (0,promises_.mkdtemp)(`${transfer}/out-`),
        async save(key, directory, unless) {
            await handOver(directory, transfer);
            return (await ask({ type: "save", key, unless, directory })) === true;
        },
    };
}

// EXTERNAL MODULE: ./out/src/host/sudo.js
var sudo = __webpack_require__(8996);
// EXTERNAL MODULE: ./out/src/registry/pull.js
var pull = __webpack_require__(9633);
;// CONCATENATED MODULE: ./out/src/remote/calls.js
/**
 * Passes a call on to a client. The reply to `save` is a boolean; the others have nothing if there is no such entry.
 */
async function answerCall(client, call) {
    switch (call.type) {
        case "restore":
            return client.restore(call.keys);
        case "restore newest":
            return client.restoreNewest(call.beginnings);
        case "find newest":
            return client.findNewest(call.beginnings);
        case "save":
            return client.save(call.key, call.directory, call.unless);
        default:
            return call;
    }
}

// EXTERNAL MODULE: ./out/src/registry/client.js + 3 modules
var client = __webpack_require__(7533);
// EXTERNAL MODULE: ./out/src/registry/credentials.js
var credentials = __webpack_require__(2450);
// EXTERNAL MODULE: ./out/src/registry/reference.js
var reference = __webpack_require__(4261);
// EXTERNAL MODULE: ./out/src/registry/each-of.js
var each_of = __webpack_require__(1309);
// EXTERNAL MODULE: ./out/src/registry/manifests.js
var manifests = __webpack_require__(150);
;// CONCATENATED MODULE: ./out/src/remote/entry.js








const artifactType = "application/vnd.osbuild-action.cache-entry.v1";
const fileType = "application/vnd.osbuild-action.cache-file.v1";
const keyAnnotation = "org.osbuild-action.key";
const manifestShape = (0,shape/* shaped */.e9)({
    artifactType: (0,shape/* oneOf */.yL)(artifactType),
    layers: (0,shape/* listOf */.c3)((0,shape/* shaped */.e9)({
        digest: manifests/* manifestDigest */.It,
        size: shape/* count */.U9,
        annotations: (0,shape/* shaped */.e9)({ [manifests/* titleAnnotation */.mO]: shape/* string */.Yj }),
    })),
    annotations: (0,shape/* shaped */.e9)({ [keyAnnotation]: shape/* string */.Yj }),
});
/** Reads the manifest of an entry. Throws unless it is one, and all of its files' paths are below the entry. */
function parseEntry(text) {
    const manifest = (0,shape/* fromJson */.Rf)(manifestShape, text);
    if (manifest === undefined || !manifest.layers.map(entry_pathOf).every(isBelow))
        throw (0,errors/* failure */.V2)("STORE", "the manifest is damaged");
    return { key: manifest.annotations[keyAnnotation], layers: manifest.layers };
}
const entry_pathOf = ({ annotations }) => annotations[manifests/* titleAnnotation */.mO];
const isBelow = (path) => !path.includes("\0") && path.split("/").every((part) => !["", ".", ".."].includes(part));
/** Fetches an entry's files into an empty directory. */
const pullEntry = (storage, { layers }, directory) => (0,each_of/* eachOf */.p)(layers, async (layer) => {
    const file = `${directory}/${entry_pathOf(layer)}`;
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(file), { recursive: true });
    await storage.pullBlob(layer, file);
});
/** Stores the files of a directory, and the manifest of the entry with this key under each of the tags. */
async function pushEntry(storage, key, directory, tags) {
    const files = new Map();
    const paths = await filesBelow(directory);
    await (0,each_of/* eachOf */.p)(paths, async (path) => {
        const blob = await (0,external_node_fs_.openAsBlob)(`${directory}/${path}`);
        const descriptor = { digest: `sha256:${await sha256Of(blob)}`, size: blob.size };
        await storage.pushBlob(descriptor, blob);
        files.set(path, { mediaType: fileType, ...descriptor, title: path });
    });
    await storage.pushBlob(manifests/* emptyConfig */.i4, new Blob(["{}"]));
    const text = (0,manifests/* artifactManifest */.si)({
        artifactType,
        files: paths.flatMap((path) => files.get(path) ?? []),
        annotations: { [keyAnnotation]: key },
    });
    for (const tag of tags)
        await storage.putManifest(tag, { text, mediaType: manifests/* manifestType */.Yt });
}
async function filesBelow(directory) {
    const entries = await (0,promises_.readdir)(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.map(({ parentPath, name }) => (0,external_node_path_.relative)(directory, `${parentPath}/${name}`)).sort();
}
async function sha256Of(blob) {
    const sum = (0,external_node_crypto_.createHash)("sha256");
    for await (const bytes of blob.stream())
        sum.update(bytes);
    return sum.digest("hex");
}

// EXTERNAL MODULE: ./out/src/registry/registry-error.js
var registry_error = __webpack_require__(222);
;// CONCATENATED MODULE: ./out/src/remote/failures.js


/** Whether an error means that an entry is damaged, or lacks something, and the place is well. */
const isDamage = (error) => (0,errors/* hasCode */.up)(error, "STORE");
/** Whether an error means that the build was interrupted. */
const isInterruption = (error) => ["AbortError", "TimeoutError"].includes(error.name);
/** Says what failed, and what that means for the rest of the job. */
function whatFailed(error, use, place) {
    const [first] = error instanceof errors/* BuildError */.zS ? error.problems : [];
    const { message: reason, hint } = first ?? { message: error.message, hint: undefined };
    if (isDamage(error))
        return { message: `an entry of the remote ${place} is damaged, so its steps are built again: ${reason}` };
    if (isDenied(error)) {
        const verb = use === "restore" ? "read from" : "save to";
        return { message: `this build may not ${verb} the remote ${place}: ${reason}`, hint };
    }
    const done = use === "restore" ? "read from" : "saved to";
    return { message: `the remote ${place} failed, so nothing more is ${done} it in this build: ${reason}`, hint };
}
const isDenied = (error) => error instanceof registry_error/* RegistryError */.gl ? error.isDenied : ["EACCES", "EPERM", "EROFS"].some((code) => (0,errors/* hasCode */.up)(error, code));

;// CONCATENATED MODULE: ./out/src/remote/client.js




/**
 * Opens a remote. An entry has two tags: its key, by which others need it, and the beginning of its key, which each
 * newer entry takes over. An entry that is damaged counts as missing. After any other failure this job makes no more
 * calls of that kind, because a place that is down, full or refuses would only slow the build down. The first of each
 * kind of problem is a warning.
 */
function remoteClient({ name, storage, transfer, warn, debug }) {
    const off = new Set();
    /** The keys of damaged entries. They are no reason not to save others. */
    const damaged = new Set();
    /** The kinds of problems that were warned of. */
    const warned = new Set();
    function note(use, error) {
        if (!isDamage(error))
            off.add(use);
        if (isInterruption(error))
            return;
        const problem = whatFailed(error, use, name);
        const kind = isDamage(error) ? "damage" : use;
        if (warned.has(kind))
            debug(problem.message);
        else
            warn(problem);
        warned.add(kind);
    }
    async function forgiving(use, work) {
        if (off.has(use))
            return undefined;
        try {
            return await work();
        }
        catch (error) {
            note(use, error);
            return undefined;
        }
    }
    /** Finds the entry with a key, or the newest one whose key begins so. */
    async function find(beginning, from) {
        const tag = tagOf(beginning);
        const manifest = (0,reference/* isTag */.dz)(tag) ? await from.manifest(tag) : undefined;
        if (manifest === undefined)
            return undefined;
        const entry = parseEntry(manifest.text);
        return entry.key.startsWith(beginning) && !damaged.has(entry.key) ? entry : undefined;
    }
    /** Finds the first of these that there is. A damaged manifest is as good as none. */
    async function findFirst(beginnings) {
        const finding = beginnings.map((beginning) => forgiving("restore", () => find(beginning, storage.restore)));
        return (await Promise.all(finding)).find((entry) => entry !== undefined);
    }
    async function fetchFirst(beginnings) {
        const entry = await findFirst(beginnings);
        if (entry === undefined)
            return undefined;
        const { key } = entry;
        const found = await forgiving("restore", () => fetchEntry(entry));
        if (found !== undefined || off.has("restore"))
            return found;
        damaged.add(key);
        const others = beginnings.filter((beginning) => !key.startsWith(beginning));
        return fetchFirst(others);
    }
    async function fetchEntry(entry) {
        const directory = await (0,promises_.mkdtemp)(`${transfer}/in-`);
        try {
            await pullEntry(storage.restore, entry, directory);
            return { key: entry.key, directory };
        }
        catch (error) {
            await (0,promises_.rm)(directory, { recursive: true, force: true });
            throw error;
        }
    }
    async function save(key, directory, unless) {
        const rival = unless === null ? undefined : await rivalOf(unless);
        if (rival !== undefined && !unless?.except.includes(rival))
            return false;
        await pushEntry(storage.save, key, directory, [key, tagOf(beginningOf(key))]);
        return true;
    }
    async function rivalOf({ beginning }) {
        try {
            return (await find(beginning, storage.save))?.key;
        }
        catch (error) {
            // The new entry takes a damaged one's place.
            if (isDamage(error))
                return undefined;
            throw error;
        }
    }
    return {
        restore: fetchFirst,
        restoreNewest: fetchFirst,
        findNewest: async (beginnings) => (await findFirst(beginnings))?.key,
        async save(key, directory, unless) {
            const isSaved = await forgiving("save", () => save(key, directory, unless));
            await (0,promises_.rm)(directory, { recursive: true, force: true }).catch(() => undefined);
            return isSaved ?? false;
        },
    };
}
/** The beginning of a key. What follows is the time and what no other key has. */
const beginningOf = (key) => key.replace(/\d+-[0-9a-f]{8}$/, "");
/** The tag for a key or for the beginning of one, which ends with a dash. */
const tagOf = (beginning) => beginning.replace(/-$/, "");

;// CONCATENATED MODULE: ./out/src/remote/directory.js
var directory_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var directory_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});




/** The folders of such a directory. */
const folders = { blobs: "blobs", tags: "tags", temporary: "tmp" };
/** The most bytes of a manifest, as in a registry. */
const mostManifestBytes = 4 * 1024 ** 2;
/** The milliseconds after which an unfinished file belongs to a machine that has stopped. */
const abandoned = 24 * 60 * 60 * 1000;
/**
 * Keeps entries in a directory that several machines may share. Each file is written beside the others and renamed, so
 * it is whole or not there. Whoever else may write to the directory can't make links that are followed out of it.
 */
function directoryStorage(directory) {
    let swept;
    async function write(folder, name, parts) {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            swept ??= sweep(directory);
            await swept;
            const temporary = directory_addDisposableResource(env_1, await ownFolder(directory, folders.temporary), true);
            const target = directory_addDisposableResource(env_1, await ownFolder(directory, folder), true);
            const unfinished = (0,plain_file/* within */.ux)(temporary, (0,external_node_crypto_.randomUUID)());
            try {
                const env_2 = { stack: [], error: void 0, hasError: false };
                try {
                    const file = directory_addDisposableResource(env_2, await (0,promises_.open)(unfinished, "wx", 0o644), true);
                    for await (const bytes of parts)
                        await file.writeFile(bytes);
                    await (0,promises_.rename)(unfinished, (0,plain_file/* within */.ux)(target, name));
                }
                catch (e_1) {
                    env_2.error = e_1;
                    env_2.hasError = true;
                }
                finally {
                    const result_1 = directory_disposeResources(env_2);
                    if (result_1)
                        await result_1;
                }
            }
            catch (error) {
                await (0,promises_.rm)(unfinished, { force: true });
                throw error;
            }
        }
        catch (e_2) {
            env_1.error = e_2;
            env_1.hasError = true;
        }
        finally {
            const result_2 = directory_disposeResources(env_1);
            if (result_2)
                await result_2;
        }
    }
    return {
        async pushBlob(descriptor, blob) {
            if (!(await hasBlob(directory, descriptor)))
                await write(folders.blobs, hexOf(descriptor), blob.stream());
        },
        pullBlob: (descriptor, file) => pullBlob(directory, descriptor, file),
        manifest: (tag) => readTag(directory, tag),
        putManifest: (tag, { text }) => write(folders.tags, tag, new Blob([text]).stream()),
    };
}
const hexOf = ({ digest }) => digest.replace("sha256:", "");
/** Opens a folder, and makes it if need be. Whoever may write to the directory may write to the folder. */
async function ownFolder(directory, name) {
    const path = `${directory}/${name}`;
    try {
        await (0,promises_.mkdir)(path);
        await (0,promises_.chmod)(path, (await (0,promises_.stat)(directory)).mode & 0o7777);
    }
    catch (error) {
        if (!(0,errors/* hasCode */.up)(error, "EEXIST"))
            throw error;
    }
    return (0,plain_file/* openFolder */.NE)(path);
}
/**
 * Whether there is a blob of this size. Reading all of it here would take as long as writing it. It counts as new, so
 * that who deletes what is old keeps the blobs of new entries.
 */
async function hasBlob(directory, descriptor) {
    const env_3 = { stack: [], error: void 0, hasError: false };
    try {
        const folder = directory_addDisposableResource(env_3, await ownFolder(directory, folders.blobs), true);
        try {
            const path = (0,plain_file/* within */.ux)(folder, hexOf(descriptor));
            const stats = await (0,promises_.lstat)(path);
            if (!stats.isFile() || stats.size !== descriptor.size)
                return false;
            const now = new Date();
            await (0,promises_.lutimes)(path, now, now).catch(() => undefined);
            return true;
        }
        catch (error) {
            if ((0,errors/* hasCode */.up)(error, "ENOENT"))
                return false;
            throw error;
        }
    }
    catch (e_3) {
        env_3.error = e_3;
        env_3.hasError = true;
    }
    finally {
        const result_3 = directory_disposeResources(env_3);
        if (result_3)
            await result_3;
    }
}
async function pullBlob(directory, descriptor, file) {
    const env_4 = { stack: [], error: void 0, hasError: false };
    try {
        const name = hexOf(descriptor);
        const blob = directory_addDisposableResource(env_4, await (0,plain_file/* openBelow */.SL)(directory, `${folders.blobs}/${name}`).catch((error) => {
            throw (0,errors/* hasCode */.up)(error, "ENOENT") ? (0,errors/* failure */.V2)("STORE", `blob ${name} isn't there`) : error;
        }), true);
        const isWhole = (await blob.stat()).size === descriptor.size && (await (0,plain_file/* copyOpened */.jb)(blob, file)) === name;
        if (isWhole)
            return;
        await (0,promises_.rm)(file, { force: true });
        await removeDamaged(directory, name);
        throw (0,errors/* failure */.V2)("STORE", `blob ${name} is damaged`);
    }
    catch (e_4) {
        env_4.error = e_4;
        env_4.hasError = true;
    }
    finally {
        const result_4 = directory_disposeResources(env_4);
        if (result_4)
            await result_4;
    }
}
/** Removes a damaged blob, because one of its size would count as stored. A reader may not be allowed to. */
async function removeDamaged(directory, name) {
    const env_5 = { stack: [], error: void 0, hasError: false };
    try {
        const folder = directory_addDisposableResource(env_5, await (0,plain_file/* openFolder */.NE)(`${directory}/${folders.blobs}`), true);
        await (0,promises_.unlink)((0,plain_file/* within */.ux)(folder, name)).catch(() => undefined);
    }
    catch (e_5) {
        env_5.error = e_5;
        env_5.hasError = true;
    }
    finally {
        const result_5 = directory_disposeResources(env_5);
        if (result_5)
            await result_5;
    }
}
async function readTag(directory, tag) {
    try {
        const env_6 = { stack: [], error: void 0, hasError: false };
        try {
            const folder = directory_addDisposableResource(env_6, await (0,plain_file/* openFolder */.NE)(`${directory}/${folders.tags}`), true);
            return { text: await (0,plain_file/* readPlain */.rM)((0,plain_file/* within */.ux)(folder, tag), mostManifestBytes) };
        }
        catch (e_6) {
            env_6.error = e_6;
            env_6.hasError = true;
        }
        finally {
            const result_6 = directory_disposeResources(env_6);
            if (result_6)
                await result_6;
        }
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT"))
            return undefined;
        throw error;
    }
}
/** Removes what machines that have stopped left unfinished. */
async function sweep(directory) {
    const env_7 = { stack: [], error: void 0, hasError: false };
    try {
        const folder = directory_addDisposableResource(env_7, await ownFolder(directory, folders.temporary), true);
        for (const name of await (0,promises_.readdir)((0,plain_file/* within */.ux)(folder, "."))) {
            const { mtimeMs } = await (0,promises_.lstat)((0,plain_file/* within */.ux)(folder, name)).catch(() => ({ mtimeMs: Date.now() }));
            if (mtimeMs < Date.now() - abandoned)
                await (0,promises_.unlink)((0,plain_file/* within */.ux)(folder, name)).catch(() => undefined);
        }
    }
    catch (e_7) {
        env_7.error = e_7;
        env_7.hasError = true;
    }
    finally {
        const result_7 = directory_disposeResources(env_7);
        if (result_7)
            await result_7;
    }
}

// EXTERNAL MODULE: ./out/src/remote/place.js
var remote_place = __webpack_require__(3514);
;// CONCATENATED MODULE: ./out/src/remote/open.js





/** Opens the client of a place, in the process that has the user's credentials. */
function openPlace(place, { env, signals, ...options }) {
    const open = storageOf(place, env);
    const storage = { restore: open(signals.restore), save: open(signals.save) };
    return remoteClient({ name: (0,remote_place/* placeName */.fW)(place), storage, ...options });
}
function storageOf(place, env) {
    if (place.type === "directory")
        return () => directoryStorage(place.path);
    const { reference } = place;
    let found;
    const credential = () => {
        found ??= (0,credentials/* credentialOf */.$)(reference.registry, env);
        return found;
    };
    return (signal) => (0,client/* registryClient */.R)({ reference, credential, signal });
}

;// CONCATENATED MODULE: ./out/src/remote/writable.js



/**
 * Whether entries can be saved in a place. A registry says so only when something is saved. Throws if there is no such
 * directory, because an unmounted disk is no reason to fill the one below it.
 */
async function isWritable(place) {
    if (place.type === "repository")
        return true;
    const stats = await (0,promises_.stat)(place.path).catch((error) => {
        const reason = (0,errors/* hasCode */.up)(error, "ENOENT") ? "there is no such directory" : error.message;
        throw (0,errors/* failure */.V2)("INVALID", `the remote ${place.path} can't be used: ${reason}`, "make the directory, or mount it");
    });
    if (!stats.isDirectory())
        throw (0,errors/* failure */.V2)("INVALID", `the remote ${place.path} isn't a directory`);
    const own = Object.values(folders).map((name) => `${place.path}/${name}`);
    const allowed = await Promise.all([place.path, ...own].map(isAllowed));
    return !allowed.includes(false);
}
async function isAllowed(path) {
    try {
        await (0,promises_.access)(path, promises_.constants.W_OK);
        return true;
    }
    catch (error) {
        // It will be made.
        return (0,errors/* hasCode */.up)(error, "ENOENT");
    }
}

;// CONCATENATED MODULE: ./out/src/remote/access.js






/** Opens the access of this process's user. Throws if the remote is a directory that isn't there. */
async function openAccess(remote, { env, signal, warn }) {
    const writable = remote !== undefined && (await isWritable(remote));
    // Entries may be larger than what /tmp has room for, which is often memory.
    const transfer = await (0,promises_.mkdtemp)("/var/tmp/osbuild-");
    const signals = { restore: signal, save: signal };
    const client = remote && openPlace(remote, { env, transfer, signals, warn, debug: () => undefined });
    return {
        transfer,
        writable,
        ask: async (call) => client && answerCall(client, call),
        pull: (0,pull/* openPuller */.j)({ env, transfer, signal }),
        [Symbol.asyncDispose]: () => (0,remove/* clearAway */.MB)(transfer, warn),
    };
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./out/src/remote/channel.js




const isPull = (call) => call.type === "pull manifest" || call.type === "pull blob";
/**
 * Lets one other process use an access through a socket, without the credentials for it. The socket is in the directory
 * for what is in transit. `open` gets the receiver of problems, which are told at the other end.
 */
async function offerAccess(open) {
    let builder;
    const say = (answer) => void builder?.write(`${JSON.stringify(answer)}\n`);
    const access = await open((problem) => say({ type: "warning", problem }));
    const { transfer, writable, ask, pull } = access;
    const server = (0,external_node_net_.createServer)((socket) => {
        builder = socket.on("error", () => undefined);
        (0,command/* onLines */.lP)(socket, (line) => {
            const { number, call } = JSON.parse(line);
            void (isPull(call) ? pull(call) : ask(call)).then((value) => say({ type: "reply", number, value: value ?? null }));
        });
        say({ type: "ready", transfer, writable });
    });
    const socket = `${transfer}/socket`;
    server.listen(socket);
    await (0,external_node_events_.once)(server, "listening");
    return {
        socket,
        async [Symbol.asyncDispose]() {
            builder?.destroy();
            server.close();
            await access[Symbol.asyncDispose]();
        },
    };
}
/** Uses the access that another process offers. After that process has ended, nothing is found. */
async function useAccess(socket, warn) {
    const user = (0,external_node_net_.createConnection)(socket);
    const waiting = new Map();
    const ready = Promise.withResolvers();
    let calls = 0;
    const fail = (error) => ready.reject((0,errors/* failure */.V2)("HOST", `the user's process can't be reached: ${error.message}`));
    user.on("error", fail).on("close", () => {
        for (const settle of waiting.values())
            settle(undefined);
    });
    (0,command/* onLines */.lP)(user, (line) => hear(JSON.parse(line)));
    function hear(answer) {
        switch (answer.type) {
            case "ready":
                return ready.resolve(answer);
            case "reply":
                waiting.get(answer.number)?.(answer.value);
                waiting.delete(answer.number);
                return;
            case "warning":
                return warn(answer.problem);
            default:
                answer;
        }
    }
    function send(call) {
        if (user.destroyed)
            return Promise.resolve();
        const number = calls++;
        user.write(`${JSON.stringify({ number, call })}\n`);
        return new Promise((resolve) => waiting.set(number, resolve));
    }
    const { transfer, writable } = await ready.promise;
    return {
        transfer,
        writable,
        ask: send,
        pull: async (call) => (await send(call)) ?? userHasEnded,
        [Symbol.asyncDispose]: async () => void user.destroy(),
    };
}
const userHasEnded = { type: "failed", problems: [{ message: "the user's process has ended" }] };

;// CONCATENATED MODULE: ./out/src/cli/remote.js
var remote_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var remote_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});




/** The variable that tells root's process the socket by which it uses the user's credentials. */
const socketVariable = "OSBUILD_USER_SOCKET";
/**
 * Runs a command line as root, and gives it access to the remote and to registries meanwhile: credentials stay in this
 * process, the user's own.
 */
async function runAsRootWithAccess(remote, argv, env, variables) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const interrupt = new AbortController();
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
            process.once(signal, () => interrupt.abort());
        const channel = remote_addDisposableResource(env_1, await offerAccess((warn) => openAccess(remote, { env, signal: interrupt.signal, warn })), true);
        // The channel is open until it has ended.
        return await (0,sudo/* runAsRoot */.yf)(argv, { ...env, [socketVariable]: channel.socket }, [...variables, socketVariable]);
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = remote_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
/** Works with what is beyond this machine, and waits until everything that was built has been saved in the remote. */
async function withBeyond(place, layout, { env, signal, report, steps }, work) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const warn = (problem) => report({ type: "warning", problem });
        const socket = env[socketVariable];
        const access = remote_addDisposableResource(env_2, await (socket === undefined
            ? openAccess(place, { env, signal, warn })
            : useAccess(socket, warn)), true);
        const { transfer, writable, ask, pull } = access;
        if (place === undefined)
            return await work({ pull });
        const request = { prefix: "", checkpoints: "auto", images: "auto", writable };
        const remote = openRemote(layout, { name: "remote", request, transfer, ask });
        const own = remote.reporting(report, steps);
        try {
            return await work({ remote: own, pull });
        }
        finally {
            own.ended();
            await remote.done();
        }
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = remote_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}


/***/ }),

/***/ 1309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ eachOf)
/* harmony export */ });
/** The files that are transferred at once. More of them would only share the same connection. */
const filesAtOnce = 4;
/** Does work for each item, for a few at a time. */
async function eachOf(items, work) {
    const left = [...items];
    const worker = async () => {
        for (let item = left.shift(); item !== undefined; item = left.shift())
            await work(item);
    };
    // All must have ended before the caller clears away what they do.
    const workers = Array.from({ length: filesAtOnce }, () => worker().finally(() => left.splice(0)));
    for (const ended of await Promise.allSettled(workers))
        if (ended.status === "rejected")
            throw ended.reason;
}


/***/ }),

/***/ 9633:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ blobName),
/* harmony export */   j: () => (/* binding */ openPuller)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1795);
/* harmony import */ var _host_remove_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2689);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7533);
/* harmony import */ var _credentials_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2450);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4261);






/** The name of a blob's file in its directory. */
const blobName = "blob";
/** Answers calls, in the process that has the user's credentials. */
function openPuller({ env, transfer, signal, isGuarded = false }) {
    /** A client for each image's repository, because it keeps the token that it got. */
    const clients = new Map();
    return async (call) => {
        try {
            if (isGuarded)
                await requireLogin(call.image);
            return await answer(call, clientOf(call.image));
        }
        catch (error) {
            if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS)
                return { type: "failed", problems: error.problems };
            if (signal.aborted)
                return { type: "failed", problems: [{ message: "interrupted" }] };
            throw error;
        }
    };
    async function requireLogin(image) {
        if (!(0,_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .isLoopback */ .U9)((0,_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .apiOf */ .ir)(image)) || (await (0,_credentials_js__WEBPACK_IMPORTED_MODULE_4__/* .credentialOf */ .$)(image.registry, env)) !== undefined)
            return;
        const message = `${image.registry} is on the runner itself, and a pipeline alone can't name such a registry`;
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("INVALID", message, "log in to it with `docker login` before the build");
    }
    function clientOf({ registry, repository }) {
        const name = `${registry}/${repository}`;
        const credential = () => (0,_credentials_js__WEBPACK_IMPORTED_MODULE_4__/* .credentialOf */ .$)(registry, env);
        const client = clients.get(name) ?? (0,_client_js__WEBPACK_IMPORTED_MODULE_3__/* .registryClient */ .R)({ reference: { registry, repository }, credential, signal });
        clients.set(name, client);
        return client;
    }
    async function answer(call, client) {
        switch (call.type) {
            case "pull manifest": {
                const found = await client.manifest(call.image.digest);
                const message = `there is no image ${(0,_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .pinnedName */ .W2)(call.image)}`;
                return found === undefined
                    ? { type: "failed", problems: [{ message }] }
                    : { type: "manifest", text: found.text };
            }
            case "pull blob": {
                const directory = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(`${transfer}/blob-`);
                await client.pullBlob(call.blob, `${directory}/${blobName}`).catch(async (error) => {
                    await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_2__/* .removeTree */ .dM)(directory);
                    throw error;
                });
                return { type: "blob", directory };
            }
            default:
                return call;
        }
    }
}


/***/ }),

/***/ 737:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ provideSources),
/* harmony export */   o: () => (/* binding */ acceptSource)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1795);
/* harmony import */ var _host_remove_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2689);
/* harmony import */ var _store_objects_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2088);





/**
 * Puts files into a directory, from the store or else from their addresses. Each is checked against its digest, also
 * those of the store. Throws a problem for each file that none of its addresses has.
 */
async function provideSources(layout, sources, delivery) {
    const unique = new Map(sources.map((source) => [source.sha256, source])).values();
    const unstored = await takeAll(layout, unique, delivery.directory);
    if (unstored.length === 0)
        return;
    await delivery.recall(unstored);
    const missing = await takeAll(layout, unstored.values(), delivery.directory);
    if (missing.length > 0)
        await fetchMissing(layout, missing, delivery);
}
/** Links files of the store into a directory, and returns those that the store doesn't have. */
async function takeAll(layout, sources, directory) {
    const missing = [];
    const rest = Iterator.from(sources);
    const worker = async () => {
        for (const source of rest)
            if (!(await take(layout, source, directory)))
                missing.push(source);
    };
    await Promise.all(Array.from({ length: (0,node_os__WEBPACK_IMPORTED_MODULE_1__.availableParallelism)() }, worker));
    return missing;
}
async function fetchMissing(layout, missing, delivery) {
    const { directory, refusals } = await delivery.fetch(missing);
    const problems = [];
    for (const source of missing) {
        await acceptSource(layout, `${directory}/${source.sha256}`, source);
        if (!(await take(layout, source, delivery.directory)))
            problems.push(problemOf(source, refusals));
    }
    // Files that weren't tried, because a server can't be reached, have no refusals of their own.
    const told = problems.filter((problem) => problem.message.includes("\n"));
    if (problems.length > 0)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS("HOST", told.length > 0 ? told : problems);
}
/** Moves a file that nobody else can change into the store, if it is what it should be. Returns whether it is. */
async function acceptSource(layout, path, { sha256, size }) {
    if (!(await (0,_store_objects_js__WEBPACK_IMPORTED_MODULE_4__/* .hasDigest */ .tH)(path, sha256, (found) => found === size)))
        return false;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(path, layout.source(sha256));
    return true;
}
function problemOf({ name, sha256 }, refusals) {
    const said = (refusals[sha256] ?? []).map(({ address, reason }) => `\n  ${address}: ${reason}`);
    return { message: `${name} can't be fetched${said.length > 0 ? ":" : ""}${said.join("")}` };
}
/** Links a file of the store into a directory, if the store has it unharmed. It counts as used now. */
async function take(layout, { sha256, size }, directory) {
    const path = layout.source(sha256);
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path).catch((error) => {
        if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT"))
            throw error;
    });
    if (stats === undefined)
        return false;
    if (!stats.isFile() || !(await (0,_store_objects_js__WEBPACK_IMPORTED_MODULE_4__/* .hasDigest */ .tH)(path, sha256, (found) => found === size))) {
        await (0,_host_remove_js__WEBPACK_IMPORTED_MODULE_3__/* .removeTree */ .dM)(path);
        return false;
    }
    const now = new Date();
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.utimes)(path, now, now);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.link)(path, `${directory}/${sha256}`);
    return true;
}


/***/ })

};
