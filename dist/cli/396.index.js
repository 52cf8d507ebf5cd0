export const id = 396;
export const ids = [396];
export const modules = {

/***/ 2396:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  downloadImage: () => (/* binding */ downloadImage)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/host/packages.js + 2 modules
var host_packages = __webpack_require__(4817);
// EXTERNAL MODULE: ./out/src/host/remove.js
var remove = __webpack_require__(2689);
// EXTERNAL MODULE: ./out/src/host/space.js
var space = __webpack_require__(2699);
// EXTERNAL MODULE: ./out/src/pipeline/load.js + 7 modules
var load = __webpack_require__(5070);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./out/src/registry/client.js + 3 modules
var client = __webpack_require__(7533);
// EXTERNAL MODULE: ./out/src/registry/manifests.js
var manifests = __webpack_require__(150);
;// CONCATENATED MODULE: ./out/src/registry/image-layout.js








/** The tag of the image in a layout. */
const layoutTag = "base";
const configType = "application/vnd.oci.image.config.v1+json";
const layerType = "application/vnd.oci.image.layer.v1.tar";
/** The media types of configurations in OCI's and in Docker's manifests. */
const configTypes = [configType, "application/vnd.docker.container.image.v1+json"];
/** The media types of layers in OCI's and in Docker's manifests, with their compression. */
const layerTypes = new Map([
    [layerType, "none"],
    [`${layerType}+gzip`, "gzip"],
    [`${layerType}+zstd`, "zstd"],
    ["application/vnd.docker.image.rootfs.diff.tar", "none"],
    ["application/vnd.docker.image.rootfs.diff.tar.gzip", "gzip"],
]);
/** The path of a blob in a layout. */
const blobPath = (directory, digest) => `${directory}/blobs/${digest.replace(":", "/")}`;
/**
 * Makes a layout of OCI's image specification, with one image, of a directory that has the image's blobs. umoci reads
 * no media types of Docker's, and layers that zstd has compressed only since version 0.5, so these are decompressed.
 * `diffIds` are the digests of the layers' content.
 */
async function makeLayout(directory, { config, layers }, diffIds) {
    const readable = [];
    for (const [index, layer] of layers.entries())
        readable.push(await readableLayer(directory, layer, diffIds[index]));
    const parts = { config: { ...config, mediaType: configType }, layers: readable };
    const text = JSON.stringify({ schemaVersion: 2, mediaType: manifests/* manifestType */.Yt, ...parts });
    const annotations = { "org.opencontainers.image.ref.name": layoutTag };
    const manifest = { mediaType: manifests/* manifestType */.Yt, digest: (0,client/* digestOf */.o)(text), size: Buffer.byteLength(text), annotations };
    await (0,promises_.writeFile)(blobPath(directory, manifest.digest), text);
    await (0,promises_.writeFile)(`${directory}/index.json`, JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
    await (0,promises_.writeFile)(`${directory}/oci-layout`, JSON.stringify({ imageLayoutVersion: "1.0.0" }));
}
async function readableLayer(directory, layer, diffId) {
    const { digest, size, mediaType } = layer;
    const compression = layerTypes.get(mediaType);
    if (compression !== "zstd")
        return { mediaType: compression === "gzip" ? `${layerType}+gzip` : layerType, digest, size };
    const unpacked = `${directory}/unpacked`;
    const content = await decompress(blobPath(directory, digest), unpacked).catch((error) => {
        throw damaged(digest, error.message);
    });
    if (content.digest !== diffId)
        throw damaged(digest, "it has other content than the image's configuration says");
    await (0,promises_.rename)(unpacked, blobPath(directory, diffId));
    return { mediaType: layerType, ...content };
}
const damaged = (digest, why) => (0,errors/* failure */.V2)("STORE", `the layer ${digest} is damaged: ${why}`);
async function decompress(from, to) {
    const sum = (0,external_node_crypto_.createHash)("sha256");
    let size = 0;
    async function* counted(parts) {
        for await (const part of parts) {
            sum.update(part);
            size += part.length;
            yield part;
        }
    }
    await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(from), (0,external_node_zlib_.createZstdDecompress)(), counted, (0,external_node_fs_.createWriteStream)(to));
    return { digest: `sha256:${sum.digest("hex")}`, size };
}

// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
// EXTERNAL MODULE: ./out/src/host/plain-file.js
var plain_file = __webpack_require__(3740);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __webpack_require__(1856);
// EXTERNAL MODULE: ./out/src/registry/each-of.js
var each_of = __webpack_require__(1309);
// EXTERNAL MODULE: ./out/src/registry/pull.js
var registry_pull = __webpack_require__(9633);
// EXTERNAL MODULE: ./out/src/registry/reference.js
var reference = __webpack_require__(4261);
;// CONCATENATED MODULE: ./out/src/registry/pull-image.js
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












const indexShape = (0,shape/* shaped */.e9)({
    manifests: (0,shape/* listOf */.c3)((0,shape/* shaped */.e9)({
        digest: manifests/* manifestDigest */.It,
        platform: (0,shape/* optional */.lq)((0,shape/* shaped */.e9)({ os: shape/* string */.Yj, architecture: shape/* string */.Yj })),
    })),
});
const configShape = (0,shape/* shaped */.e9)({
    created: (0,shape/* optional */.lq)(shape/* string */.Yj),
    rootfs: (0,shape/* shaped */.e9)({ diff_ids: (0,shape/* listOf */.c3)(manifests/* manifestDigest */.It) }),
});
/** The most bytes of a configuration. */
const mostConfigBytes = 16 * 1024 ** 2;
/** Go's names of architectures, which images have, by Node.js's if they differ. */
const architectures = { x64: "amd64", ia32: "386", ppc64: "ppc64le" };
/**
 * Downloads a container image to an existing, empty directory, as a layout with that image. Every byte of it is checked
 * against the image's digest. Of an image for several platforms, this machine's is taken.
 */
async function pullImage(image, directory, pull, warn) {
    const parts = await imageManifest(image, pull);
    await (0,promises_.mkdir)(`${directory}/blobs/sha256`, { recursive: true });
    // An image may have a layer twice, such as one without changes.
    const blobs = [...new Map([parts.config, ...parts.layers].map((blob) => [blob.digest, blob])).values()];
    await (0,each_of/* eachOf */.p)(blobs, (blob) => takeBlob(image, blob, blobPath(directory, blob.digest), pull, warn));
    const text = await (0,plain_file/* readPlain */.rM)(blobPath(directory, parts.config.digest), mostConfigBytes);
    const config = (0,shape/* fromJson */.Rf)(configShape, text);
    if (config?.rootfs.diff_ids.length !== parts.layers.length)
        throw pull_image_damaged(image, "its configuration doesn't fit its layers");
    await makeLayout(directory, parts, config.rootfs.diff_ids);
    const created = Math.max(0, Math.floor(Date.parse(config.created ?? "") / 1000));
    return { created: Number.isNaN(created) ? 0 : created, bytes: blobs.reduce((sum, { size }) => sum + size, 0) };
}
const pull_image_damaged = (image, why) => (0,errors/* failure */.V2)("STORE", `${(0,reference/* pinnedName */.W2)(image)} is damaged: ${why}`);
async function imageManifest(image, pull) {
    const text = await manifestOf(image, pull);
    const index = (0,shape/* fromJson */.Rf)(indexShape, text);
    const own = index === undefined ? text : await manifestOf({ ...image, digest: chosen(image, index.manifests) }, pull);
    const manifest = (0,shape/* fromJson */.Rf)(manifests/* imageManifestShape */.as, own);
    const isContainer = manifest !== undefined &&
        configTypes.includes(manifest.config.mediaType) &&
        manifest.layers.every(({ mediaType }) => layerTypes.has(mediaType));
    if (isContainer)
        return manifest;
    const hint = "the assembler org.osbuild.oci-archive makes one of a tree, and `osbuild push` puts it into a registry";
    throw (0,errors/* failure */.V2)("INVALID", `${(0,reference/* pinnedName */.W2)(image)} isn't a container image`, hint);
}
function chosen(image, manifests) {
    const own = architectures[external_node_process_.arch] ?? external_node_process_.arch;
    const found = manifests.find(({ platform }) => platform?.os === "linux" && platform.architecture === own);
    if (found !== undefined)
        return found.digest;
    const others = manifests.flatMap(({ platform }) => (platform === undefined ? [] : platform.architecture)).join(", ");
    const hint = `it has one for ${others || "no platform"}; to take that, name it by its own digest`;
    throw (0,errors/* failure */.V2)("INVALID", `${(0,reference/* pinnedName */.W2)(image)} has no image for linux on ${own}`, hint);
}
async function manifestOf(image, pull) {
    const answer = await pull({ type: "pull manifest", image });
    const text = answer.type === "manifest" ? answer.text : refuse(answer);
    if ((0,client/* digestOf */.o)(text) !== image.digest)
        throw pull_image_damaged(image, "its manifest has another digest");
    return text;
}
/** Throws what the user's process says. */
function refuse(answer) {
    throw new errors/* BuildError */.zS("HOST", answer.type === "failed" ? answer.problems : [{ message: "another answer was expected" }]);
}
/** Downloads a blob to a file of one's own, and checks it there, because the user's process can still change its own. */
async function takeBlob(image, blob, path, pull, warn) {
    const answer = await pull({ type: "pull blob", image, blob });
    const { directory } = answer.type === "blob" ? answer : refuse(answer);
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const file = __addDisposableResource(env_1, await (0,plain_file/* openPlain */.Hu)(`${directory}/${registry_pull/* blobName */.P}`), true);
            const isWhole = (await file.stat()).size === blob.size && `sha256:${await (0,plain_file/* copyOpened */.jb)(file, path)}` === blob.digest;
            if (!isWhole)
                throw pull_image_damaged(image, `${blob.digest} has other content`);
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
    finally {
        await (0,remove/* clearAway */.MB)(directory, warn);
    }
}

// EXTERNAL MODULE: ./out/src/sandbox/run.js + 7 modules
var run = __webpack_require__(4493);
;// CONCATENATED MODULE: ./out/src/build/download-image.js










/** Downloads the image that a pipeline starts from. */
async function downloadImage({ image, at }, { pull, install, report, signal }, { namespace, directory }, rootOf) {
    if (pull === undefined)
        throw new Error("this build has no access to registries");
    await (0,host_packages/* providePrograms */.DW)([{ program: "umoci", of: "the base" }], install ? report : undefined);
    const warn = (problem) => report({ type: "warning", problem });
    const name = `image-${image.digest.slice(-12)}`;
    const place = `${directory}/${name}`;
    await (0,promises_.mkdir)(place);
    const started = performance.now();
    const { created, bytes } = await pullImage(image, place, pull, warn).catch((error) => {
        if (!(error instanceof errors/* BuildError */.zS))
            throw error;
        const problems = error.problems.map((problem) => ({ ...problem, at: problem.at ?? at }));
        throw new errors/* BuildError */.zS(error.code, problems, { cause: error });
    });
    const seconds = (performance.now() - started) / 1000;
    const what = `the base ${(0,reference/* pinnedName */.W2)(image)}`;
    report({ type: "transferred", direction: "fetched", cache: "registry", what, bytes, seconds });
    return {
        created,
        unpack,
        [Symbol.asyncDispose]: () => (0,remove/* clearAway */.MB)(place, warn),
    };
    async function unpack(tree) {
        const scratch = `${place}-scratch`;
        await (0,promises_.mkdir)(scratch);
        const job = {
            kind: "stage",
            program: `${load/* ownLibdir */.$t}/stages/lib/unpack-image.ts`,
            libdir: load/* ownLibdir */.$t,
            root: await rootOf([]),
            tree,
            options: JSON.stringify({ tag: layoutTag }),
            sourceEpoch: created,
            capabilities: [],
            scratch,
            inputs: new Map([["image", place]]),
        };
        const said = [];
        const { exitCode } = await (0,run/* runProgram */.mB)(namespace, await (0,run/* openRuntime */.fS)(), job, (lines) => said.push(...lines));
        if (signal.aborted)
            throw signal.reason;
        if (exitCode === 0)
            return;
        if (await (0,space/* isFull */.u)(directory))
            throw (0,errors/* diskFull */.xg)("the base doesn't fit", undefined, at);
        const message = `${(0,reference/* pinnedName */.W2)(image)} can't be unpacked: ${said.slice(-3).join("; ")}`;
        throw new errors/* BuildError */.zS("INVALID", [{ message, at }]);
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


/***/ })

};
