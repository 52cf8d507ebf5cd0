export const id = 411;
export const ids = [411];
export const modules = {

/***/ 2411:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  pushCommand: () => (/* binding */ pushCommand)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __webpack_require__(1856);
// EXTERNAL MODULE: ./out/src/registry/client.js + 3 modules
var registry_client = __webpack_require__(7533);
// EXTERNAL MODULE: ./out/src/registry/manifests.js
var manifests = __webpack_require__(150);
// EXTERNAL MODULE: ./out/src/registry/registry-error.js
var registry_error = __webpack_require__(222);
;// CONCATENATED MODULE: ./out/src/registry/attach.js




const indexType = "application/vnd.oci.image.index.v1+json";
const indexShape = (0,shape/* shaped */.e9)({ manifests: (0,shape/* listOf */.c3)(shape/* object */.Ik) });
/**
 * Attaches a document to an image, as an artifact of which the image is the subject: see "Pushing Manifests with
 * Subject" in OCI's distribution specification 1.1.
 */
async function attach(client, subject, document) {
    const { title, mediaType, text } = document;
    const layer = { mediaType, digest: (0,registry_client/* digestOf */.o)(text), size: Buffer.byteLength(text), title };
    await client.pushBlob(layer, new Blob([text]));
    await client.pushBlob(manifests/* emptyConfig */.i4, new Blob(["{}"]));
    const manifest = (0,manifests/* artifactManifest */.si)({ artifactType: mediaType, files: [layer], subject });
    const { digest, isListed } = await client.putReferrer({ text: manifest, mediaType: manifests/* manifestType */.Yt });
    if (isListed)
        return;
    await list(client, subject, {
        mediaType: manifests/* manifestType */.Yt,
        digest,
        size: Buffer.byteLength(manifest),
        artifactType: mediaType,
    });
}
/**
 * Adds an artifact to the list that a registry without an API for referrers has under a tag named after the subject.
 */
async function list(client, subject, artifact) {
    const tag = subject.digest.replace(":", "-");
    const found = await client.manifest(tag);
    // GitLab's registry reads this tag as the subject's digest, if there is no such tag.
    const isNew = found === undefined || found.digest === subject.digest;
    const known = isNew ? { manifests: [] } : (0,shape/* fromJson */.Rf)(indexShape, found.text);
    if (known === undefined)
        throw new registry_error/* RegistryError */.gl(`the tag ${tag}, for what is attached to the image, isn't an index`, { isPassing: false });
    if (known.manifests.some((other) => "digest" in other && other.digest === artifact.digest))
        return;
    const index = { schemaVersion: 2, mediaType: indexType, manifests: [...known.manifests, artifact] };
    await client.putManifest(tag, { text: JSON.stringify(index), mediaType: indexType });
}

// EXTERNAL MODULE: ./out/src/registry/credentials.js
var credentials = __webpack_require__(2450);
;// CONCATENATED MODULE: ./out/src/registry/oci-archive.js
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





const oci_archive_indexShape = (0,shape/* shaped */.e9)({ manifests: (0,shape/* listOf */.c3)(manifests/* descriptorShape */.TB) });
/** Reads what an archive holds. Undefined if the file isn't such an archive. */
async function readOciArchive(path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_1, await (0,promises_.open)(path), true);
        const members = await membersOf(file);
        if (!members.has("oci-layout"))
            return undefined;
        const damaged = (what) => (0,errors/* failure */.V2)("INVALID", `${path} is a damaged container archive: ${what}`);
        const place = (name) => {
            const found = members.get(name);
            if (found === undefined)
                throw damaged(`it has no ${name}`);
            return found;
        };
        const placeOf = ({ digest }) => place(`blobs/${digest.replace(":", "/")}`);
        const index = (0,shape/* fromJson */.Rf)(oci_archive_indexShape, (await read(file, place("index.json"))).toString());
        const [image, ...others] = index?.manifests ?? [];
        if (image === undefined)
            throw damaged("its index names no image");
        if (others.length > 0)
            throw (0,errors/* failure */.V2)("INVALID", `${path} has ${others.length + 1} images`, "push an archive with one image");
        const text = (await read(file, placeOf(image))).toString();
        const parts = (0,shape/* fromJson */.Rf)(manifests/* imageManifestShape */.as, text);
        if (parts === undefined || (0,registry_client/* digestOf */.o)(text) !== image.digest)
            throw damaged("its manifest isn't what the index names");
        const { digest, mediaType } = image;
        return { manifest: { text, mediaType, digest }, blobs: [parts.config, ...parts.layers], placeOf };
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
const block = 512;
/** The longest JSON document or header that is read. */
const longest = 4 * 1024 ** 2;
/**
 * The places of the files in a tar archive that isn't compressed, by name (POSIX, "pax Interchange Format"). No files
 * if it isn't one. Blobs are uploaded from their places, because unpacking the archive would take as much room again.
 */
async function membersOf(file) {
    const members = new Map();
    const header = Buffer.alloc(block);
    let longSize;
    for (let at = 0;;) {
        const { bytesRead } = await file.read(header, 0, block, at);
        if (bytesRead < block || header.toString("latin1", 257, 262) !== "ustar")
            return members;
        const size = longSize ?? (Number.parseInt(header.toString("latin1", 124, 136), 8) || 0);
        const start = at + block;
        const type = header.toString("latin1", 156, 157);
        longSize = type === "x" ? sizeIn(await read(file, { start, size })) : undefined;
        if (type === "0")
            members.set(nameIn(header), { start, size });
        at = start + Math.ceil(size / block) * block;
    }
}
const nameIn = (header) => header.toString("latin1", 0, 100).replace(/\0.*$/s, "").replace(/^\.\//, "");
/** The size in an extended header, which has one if the header that follows can't express it. */
function sizeIn(records) {
    const [, size] = /(?:^|\n)\d+ size=(\d+)\n/.exec(records.toString("latin1")) ?? [];
    return size === undefined ? undefined : Number(size);
}
async function read(file, { start, size }) {
    const bytes = Buffer.alloc(Math.min(size, longest));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
}

// EXTERNAL MODULE: ./out/src/registry/reference.js
var reference = __webpack_require__(4261);
;// CONCATENATED MODULE: ./out/src/registry/push-image.js







/** The type of artifacts that are images of machines. */
const artifactType = "application/vnd.osbuild.image.v1";
/**
 * Puts an image into a registry: a container archive as the container image that it holds, anything else as an
 * artifact. The tag is moved last, so it never names an image that isn't whole.
 */
async function pushImage({ files, documents }, target, { env, signal }) {
    const { registry, repository, tag } = target;
    const { manifest, blobs } = await prepare(files);
    const client = (0,registry_client/* registryClient */.R)({ reference: target, credential: () => (0,credentials/* credentialOf */.$)(registry, env), signal });
    let [sent, kept] = [0, 0];
    for (const blob of blobs) {
        if (await client.pushBlob(blob, await blob.open()))
            sent += blob.size;
        else
            kept += blob.size;
    }
    const digest = await client.putManifest((0,registry_client/* digestOf */.o)(manifest.text), manifest);
    const subject = { mediaType: manifest.mediaType, digest, size: Buffer.byteLength(manifest.text) };
    for (const document of documents)
        await attach(client, subject, document);
    await client.putManifest(tag, manifest);
    return { reference: (0,reference/* pinnedName */.W2)({ registry, repository, digest }), sent, kept };
}
async function prepare(files) {
    const [file, ...others] = files;
    const container = file !== undefined && others.length === 0 ? await containerOf(file) : undefined;
    return container ?? artifactOf(files);
}
async function containerOf({ path }) {
    const archive = await readOciArchive(path);
    if (archive === undefined)
        return undefined;
    const blobs = archive.blobs.map((blob) => {
        const { start, size } = archive.placeOf(blob);
        return { ...blob, open: async () => (await (0,external_node_fs_.openAsBlob)(path)).slice(start, start + size) };
    });
    return { manifest: archive.manifest, blobs };
}
async function artifactOf(files) {
    const described = [];
    for (const { path, title, content } of files) {
        const { sha256, size } = await content();
        described.push({ mediaType: "application/octet-stream", digest: `sha256:${sha256}`, size, title, path });
    }
    const text = (0,manifests/* artifactManifest */.si)({ artifactType, files: described.map(({ path: _, ...file }) => file) });
    const config = { ...manifests/* emptyConfig */.i4, open: async () => new Blob(["{}"]) };
    const layers = described.map(({ path, ...file }) => ({ ...file, open: () => (0,external_node_fs_.openAsBlob)(path) }));
    return { manifest: { text, mediaType: manifests/* manifestType */.Yt }, blobs: [config, ...layers] };
}

// EXTERNAL MODULE: ./out/src/report/format.js
var format = __webpack_require__(7250);
;// CONCATENATED MODULE: ./out/src/report/pushed.js

/** Says what was pushed, and how much of it was new to the registry. */
const pushedText = ({ reference, sent, kept }) => `pushed ${reference}: ${(0,format/* formatBytes */.z3)(sent)} sent, ${(0,format/* formatBytes */.z3)(kept)} were there`;

// EXTERNAL MODULE: ./out/src/sbom/formats.js
var formats = __webpack_require__(6206);
// EXTERNAL MODULE: ./out/src/store/objects.js
var objects = __webpack_require__(2088);
// EXTERNAL MODULE: ./out/src/cli/values.js + 1 modules
var values = __webpack_require__(6199);
;// CONCATENATED MODULE: ./out/src/cli/push.js








/** `osbuild push`: puts an image's file, and the SBOMs beside it, into a registry. It runs as the user, who logs in. */
async function pushCommand({ image, target }, env, signal) {
    const size = await sizeOf(image);
    const content = async () => ({ sha256: await (0,objects/* sha256 */.sc)(image), size });
    const files = [{ path: image, title: (0,external_node_path_.basename)(image), content }];
    const documents = await sbomsBeside(image);
    const pushed = await pushImage({ files, documents }, target, { env, signal }).catch((error) => {
        throw signal.aborted ? (0,errors/* failure */.V2)("INTERRUPTED", "interrupted") : error;
    });
    process.stdout.write(`${pushedText(pushed)}\n`);
}
/** The size of a file in bytes. Throws if there is no such file. */
async function sizeOf(image) {
    const stats = await (0,promises_.stat)(image).catch((error) => {
        if (!(0,errors/* hasCode */.up)(error, "ENOENT"))
            throw error;
    });
    if (stats === undefined)
        throw (0,values/* wrong */.Qm)(`there is no file ${image}`, "name the file that `osbuild -o DIR` made");
    if (!stats.isFile())
        throw (0,values/* wrong */.Qm)(`${image} isn't a file`, "name the image in it");
    return stats.size;
}
async function sbomsBeside(image) {
    const found = [];
    for (const ending of Object.values(formats/* sbomFormats */.eI)) {
        const path = `${image}${ending}`;
        const text = await (0,promises_.readFile)(path, "utf8").catch((error) => {
            if (!(0,errors/* hasCode */.up)(error, "ENOENT"))
                throw error;
        });
        if (text !== undefined)
            found.push({ title: (0,external_node_path_.basename)(path), mediaType: (0,formats/* sbomMediaType */.S0)(path), text });
    }
    return found;
}


/***/ })

};
