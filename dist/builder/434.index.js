export const id = 434;
export const ids = [434];
export const modules = {

/***/ 4434:
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
// EXTERNAL MODULE: ./out/src/pipeline/load.js + 20 modules
var load = __webpack_require__(6348);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __webpack_require__(1856);
;// CONCATENATED MODULE: ./out/src/registry/registry-error.js

/** The failure of a request to a registry. Its message has no credential and no signed address. */
class registry_error_RegistryError extends errors/* BuildError */.zS {
    refusal;
    constructor(message, refusal, hint) {
        super("HOST", [{ message, hint }]);
        this.refusal = refusal;
    }
    /** Whether the registry doesn't allow the request, or not to this user. */
    get isDenied() {
        return [401, 403, 405].includes(this.refusal.status ?? 0);
    }
}
/** Makes the failure that a response stands for. Reads its body. */
async function registry_error_refused(response, asked) {
    const { status, headers } = response;
    const said = reasonIn(await response.text().catch(() => ""));
    const hint = status === 401 ? "log in to the registry with `docker login`" : undefined;
    const retryAfter = Number(headers.get("retry-after") ?? Number.NaN);
    const isPassing = status === 429 || status >= 500;
    const refusal = { status, isPassing, ...(Number.isFinite(retryAfter) ? { retryAfter } : {}) };
    return new registry_error_RegistryError(`${asked}: HTTP status ${status}${said}`, refusal, hint);
}
/** Makes the failure of a connection. An interruption stays what it is. */
function registry_error_unreachable(error, asked) {
    const { name, message, cause } = error;
    if (name === "AbortError")
        return error;
    if (name === "TimeoutError")
        return new registry_error_RegistryError(`${asked}: no answer in time`, { isPassing: false });
    const { code, message: why = message } = (cause ?? {});
    return new registry_error_RegistryError(`${asked}: ${code ?? why}`, { isPassing: true });
}
const longestReason = 200;
/** The first reason of an error's JSON, as the distribution specification describes it. Anybody may have written it. */
function reasonIn(body) {
    try {
        const { errors } = JSON.parse(body);
        const reason = errors?.[0]?.message;
        return typeof reason === "string" ? ` (${reason.slice(0, longestReason)})` : "";
    }
    catch {
        return "";
    }
}

;// CONCATENATED MODULE: ./out/src/registry/authorization.js



const tokenShape = (0,shape/* shaped */.e9)({
    token: (0,shape/* optional */.lq)(shape/* string */.Yj),
    access_token: (0,shape/* optional */.lq)(shape/* string */.Yj),
});
/** The seconds within which a token server must answer. */
const patience = 30;
/**
 * Answers a challenge with the value of a request's header Authorization. Undefined if there is no credential for it. A
 * registry without a user may want a token, too.
 */
async function authorization_authorizationFor(challenge, access, login) {
    const { scheme, parameters } = parse(challenge ?? "");
    const { credential } = login;
    if (scheme === "basic")
        return credential?.type === "password" ? basic(credential) : undefined;
    if (scheme !== "bearer")
        return undefined;
    return `Bearer ${await tokenOf(parameters, access, login)}`;
}
function parse(challenge) {
    const [, scheme = "", rest = ""] = /^\s*(\w+)\s*(.*)$/s.exec(challenge) ?? [];
    const parameters = [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]);
    return { scheme: scheme.toLowerCase(), parameters: new Map(parameters) };
}
const basic = ({ username, password }) => `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
async function tokenOf(parameters, access, { repository, credential, signal }) {
    const server = tokenServer(parameters.get("realm") ?? "");
    const asked = `a token of ${server.host} can't be had`;
    const words = {
        service: parameters.get("service") ?? "",
        scope: parameters.get("scope") ?? `repository:${repository}:${access}`,
    };
    const until = AbortSignal.any([AbortSignal.timeout(patience * 1000), ...(signal === undefined ? [] : [signal])]);
    const response = await fetch(...requestOf(server, words, credential, until)).catch((error) => {
        throw signal?.aborted ? error : unreachable(error, asked);
    });
    if (!response.ok)
        throw await refused(response, asked);
    const { token, access_token = token } = fromJson(tokenShape, await response.text()) ?? {};
    if (access_token === undefined)
        throw new RegistryError(`${asked}: there is none in the answer`, { isPassing: false });
    return access_token;
}
/** The URL of a token server. It gets the password, so what isn't encrypted must stay on this machine. */
function tokenServer(realm) {
    const url = URL.parse(realm);
    if (url !== null && (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url))))
        return url;
    throw new RegistryError("the registry names no token server that can be trusted with a password", {
        isPassing: false,
    });
}
/** A request as the token specification has it, or as OAuth 2 has it for an identity token. */
function requestOf(server, words, credential, signal) {
    const redirect = "error";
    if (credential?.type === "identity token") {
        const form = { ...words, grant_type: "refresh_token", client_id: "osbuild", refresh_token: credential.token };
        return [server, { method: "POST", body: new URLSearchParams(form), redirect, signal }];
    }
    const url = new URL(server);
    for (const [key, value] of Object.entries(words))
        if (value !== "")
            url.searchParams.set(key, value);
    const headers = credential === undefined ? {} : { authorization: basic(credential) };
    return [url, { headers, redirect, signal }];
}

;// CONCATENATED MODULE: ./out/src/registry/connection.js



/** The seconds within which a registry must answer a request without a large body. */
const connection_patience = 30;
/** Opens a connection to a repository. It logs in when the registry demands it. */
function connection_connect({ reference, credential, signal }) {
    const { registry, repository } = reference;
    const name = `${registry}/${repository}`;
    const base = new URL(`${repository}/`, apiOf(reference));
    const authorizations = new Map();
    async function send(request) {
        const url = new URL(request.to, base);
        const asked = `${name} refused ${request.method} ${pathOf(url)}`;
        // The storage that a registry sends its users to has nothing to do with the user's credentials.
        const isOwn = url.origin === base.origin;
        const known = isOwn ? authorizations.get(request.access) : undefined;
        let response = await once(request, url, known);
        if (response.status === 401 && isOwn) {
            const authorization = await logIn(response, request.access);
            if (authorization !== undefined && authorization !== known) {
                await response.body?.cancel();
                response = await once(request, url, authorization);
            }
        }
        if (response.ok)
            return response;
        if (response.status !== 404)
            throw await refused(response, asked);
        await response.body?.cancel();
        return undefined;
    }
    /** Answers a challenge, for this request and those that follow. */
    async function logIn(response, access) {
        const challenge = response.headers.get("www-authenticate");
        const login = { repository, credential: await credential(), signal };
        const authorization = await authorizationFor(challenge, access, login);
        if (authorization !== undefined)
            authorizations.set(access, authorization);
        return authorization;
    }
    async function once({ method, headers, body, isLong }, url, authorization) {
        const signals = [signal ?? [], isLong ? [] : AbortSignal.timeout(connection_patience * 1000)].flat();
        try {
            return await fetch(url, {
                method,
                headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
                body: body ?? null,
                signal: AbortSignal.any(signals),
            });
        }
        catch (error) {
            if (signal?.aborted)
                throw error;
            throw unreachable(error, `${name} can't be reached`);
        }
    }
    return { send, name };
}
/** The path of a URL. Its query may have a signature. */
const pathOf = ({ pathname }) => pathname;
/** Throws unless there is a response to a request for something that must exist. */
function connection_requireFound(response, what) {
    if (response !== undefined)
        return response;
    throw new RegistryError(`${what} isn't there`, { status: 404, isPassing: false });
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./out/src/registry/retry.js


const defaultPauses = (/* unused pure expression or super */ null && ([1, 2, 4]));
/** A registry that asks for more seconds than this is too busy for a build. */
const longestPause = 30;
/** Does work that can be done again from its start, and again if a registry is busy or a connection breaks. */
async function retry_retried(work, signal, pauses = defaultPauses) {
    for (let attempt = 0;; attempt++) {
        try {
            return await work();
        }
        catch (error) {
            const seconds = pauses[attempt];
            if (seconds === undefined || signal?.aborted || !(error instanceof RegistryError))
                throw error;
            const { isPassing, retryAfter = 0 } = error.refusal;
            if (!isPassing || retryAfter > longestPause)
                throw error;
            await pause(Math.max(seconds, retryAfter) * 1000, undefined, signal === undefined ? {} : { signal });
        }
    }
}

;// CONCATENATED MODULE: ./out/src/registry/client.js
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






/** Opens a client of a repository, for the API of OCI's distribution specification. */
function client_registryClient({ reference, credential, signal, pauses }) {
    const connection = connect({ reference, credential, signal });
    const again = (work) => retried(work, signal, pauses);
    return {
        pushBlob: ({ digest }, blob) => again(() => pushBlob(connection, digest, blob)),
        pullBlob: (descriptor, file) => again(() => pullBlob(connection, descriptor, file)),
        manifest: (tagOrDigest) => again(() => pullManifest(connection, tagOrDigest)),
        putManifest: async (tagOrDigest, manifest) => {
            await again(() => pushManifest(connection, tagOrDigest, manifest));
            return digestOf(manifest.text);
        },
        putReferrer: async (manifest) => {
            const digest = digestOf(manifest.text);
            const headers = await again(() => pushManifest(connection, digest, manifest));
            return { digest, isListed: headers.has("oci-subject") };
        },
    };
}
async function hasBlob({ send }, digest) {
    return (await send({ method: "HEAD", to: `blobs/${digest}`, access: "pull" })) !== undefined;
}
/** Uploads a blob in two requests: the first asks for the address of the second, which has all of it. */
async function pushBlob(connection, digest, blob) {
    if (await hasBlob(connection, digest))
        return false;
    const { send, name } = connection;
    const access = "pull,push";
    const upload = requireFound(await send({ method: "POST", to: "blobs/uploads/", access }), name);
    await upload.body?.cancel();
    const to = new URL(upload.headers.get("location") ?? "", upload.url);
    to.searchParams.set("digest", digest);
    const headers = { "content-type": "application/octet-stream" };
    const put = await send({ method: "PUT", to, access, headers, body: blob, isLong: true });
    await requireFound(put, `the upload to ${name}`).body?.cancel();
    return true;
}
async function pullBlob({ send, name }, { digest, size }, file) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const what = `${name}@${digest}`;
        const response = await send({ method: "GET", to: `blobs/${digest}`, access: "pull", isLong: true });
        if (response === undefined)
            throw failure("STORE", `${what} isn't there`);
        const sum = createHash("sha256");
        let length = 0;
        const target = __addDisposableResource(env_1, await open(file, "wx"), true);
        try {
            for await (const bytes of bytesOf(response, what)) {
                length += bytes.length;
                if (length > size)
                    throw failure("STORE", `${what} has more than ${size} bytes`);
                sum.update(bytes);
                await target.writeFile(bytes);
            }
            if (length !== size)
                throw new RegistryError(`${what} ended after ${length} of ${size} bytes`, { isPassing: true });
            if (`sha256:${sum.digest("hex")}` !== digest)
                throw failure("STORE", `${what} doesn't match its digest`);
        }
        catch (error) {
            await rm(file, { force: true });
            throw error;
        }
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
async function* bytesOf(response, what) {
    try {
        if (response.body !== null)
            yield* response.body;
    }
    catch (error) {
        throw unreachable(error, `${what} broke off`);
    }
}
/** The least that the distribution specification lets a registry limit manifests to. */
const mostManifestBytes = (/* unused pure expression or super */ null && (4 * 1024 ** 2));
/** Every kind of manifest that a registry may have. */
const manifestTypes = [
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
].join(", ");
async function pullManifest({ send, name }, tagOrDigest) {
    const headers = { accept: manifestTypes };
    const what = `the manifest ${name}${tagOrDigest.includes(":") ? "@" : ":"}${tagOrDigest}`;
    const response = await send({ method: "GET", to: `manifests/${tagOrDigest}`, access: "pull", headers });
    if (response === undefined)
        return undefined;
    const parts = [];
    let length = 0;
    for await (const bytes of bytesOf(response, what)) {
        length += bytes.length;
        if (length > mostManifestBytes)
            throw new RegistryError(`${what} is too large`, { isPassing: false });
        parts.push(bytes);
    }
    const text = Buffer.concat(parts).toString();
    const digest = digestOf(text);
    if (tagOrDigest.includes(":") && digest !== tagOrDigest)
        throw failure("STORE", `${what} doesn't match its digest`);
    return { text, digest, mediaType: response.headers.get("content-type") ?? "" };
}
async function pushManifest({ send, name }, tagOrDigest, { text, mediaType }) {
    const headers = { "content-type": mediaType };
    const body = new Blob([text]);
    const to = `manifests/${tagOrDigest}`;
    const response = requireFound(await send({ method: "PUT", to, access: "pull,push", headers, body }), name);
    await response.body?.cancel();
    return response.headers;
}
/** The digest of a text, as descriptors have it. */
const digestOf = (text) => `sha256:${(0,external_node_crypto_.hash)("sha256", text)}`;

;// CONCATENATED MODULE: ./out/src/registry/manifests.js


/** A digest in a manifest. */
const manifestDigest = (0,shape/* matching */.wC)(/^sha256:[0-9a-f]{64}$/, "a SHA-256");
/** The JSON of a descriptor. It may have more members. */
const descriptorShape = (0,shape/* shaped */.e9)({ mediaType: shape/* string */.Yj, digest: manifestDigest, size: shape/* count */.U9 });
/** The JSON of an image's manifest. */
const imageManifestShape = (0,shape/* shaped */.e9)({ config: descriptorShape, layers: (0,shape/* listOf */.c3)(descriptorShape) });
/** The media type of an image's manifest, which artifacts have, too. */
const manifestType = "application/vnd.oci.image.manifest.v1+json";
/**
 * The configuration of an artifact, which has none: see "Guidance for an Empty Descriptor" in OCI's image
 * specification.
 */
const emptyConfig = {
    mediaType: "application/vnd.oci.empty.v1+json",
    digest: digestOf("{}"),
    size: 2,
};
/** The annotation by which tools name a file. */
const titleAnnotation = "org.opencontainers.image.title";
/**
 * The manifest of an artifact, with a layer for each file: see "Guidelines for Artifact Usage" in the specification.
 */
const artifactManifest = ({ artifactType, files, subject, annotations }) => JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType,
    config: emptyConfig,
    layers: files.map(({ title, ...layer }) => ({
        ...layer,
        annotations: { [titleAnnotation]: title },
    })),
    ...(subject === undefined ? {} : { subject }),
    ...(annotations === undefined ? {} : { annotations }),
});

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
    const text = JSON.stringify({ schemaVersion: 2, mediaType: manifestType, ...parts });
    const annotations = { "org.opencontainers.image.ref.name": layoutTag };
    const manifest = { mediaType: manifestType, digest: digestOf(text), size: Buffer.byteLength(text), annotations };
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
;// CONCATENATED MODULE: ./out/src/registry/each-of.js
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

// EXTERNAL MODULE: ./out/src/host/command.js
var command = __webpack_require__(2144);
;// CONCATENATED MODULE: ./out/src/registry/credentials.js




const configShape = (0,shape/* shaped */.e9)({
    auths: (0,shape/* optional */.lq)(shape/* object */.Ik),
    credHelpers: (0,shape/* optional */.lq)(shape/* object */.Ik),
    credsStore: (0,shape/* optional */.lq)(shape/* string */.Yj),
});
const authShape = (0,shape/* shaped */.e9)({
    auth: (0,shape/* optional */.lq)(shape/* string */.Yj),
    username: (0,shape/* optional */.lq)(shape/* string */.Yj),
    password: (0,shape/* optional */.lq)(shape/* string */.Yj),
    identitytoken: (0,shape/* optional */.lq)(shape/* string */.Yj),
});
const helpedShape = (0,shape/* shaped */.e9)({
    Username: shape/* string */.Yj,
    Secret: shape/* string */.Yj,
});
/**
 * Finds a registry's credential where `docker login` puts it: in the configuration of Docker, or in the credential
 * helper that this names. Undefined if the user hasn't logged in.
 */
async function credentials_credentialOf(registry, env) {
    const directory = env.DOCKER_CONFIG || (env.HOME === undefined ? undefined : `${env.HOME}/.docker`);
    if (directory === undefined)
        return undefined;
    const file = `${directory}/config.json`;
    const text = await readFile(file, "utf8").catch((error) => {
        if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR"))
            return undefined;
        throw failure("HOST", `${file} can't be read: ${error.message}`);
    });
    if (text === undefined)
        return undefined;
    const config = fromJson(configShape, text);
    if (config === undefined)
        throw failure("INVALID", `${file} isn't a configuration of Docker`);
    const helper = entryOf(config.credHelpers, registry) ?? config.credsStore;
    if (typeof helper === "string" && helper !== "")
        return fromHelper(helper, registry, env);
    const auth = entryOf(config.auths, registry);
    return authShape.misfit(auth) === undefined ? fromAuth(auth) : undefined;
}
/** The member for a registry. Docker has written such names with a scheme and with a version of the API, too. */
function entryOf(members, registry) {
    const bare = (key) => key.replace(/^https?:\/\//, "").replace(/(?:\/v[12])?\/?$/, "");
    return Object.entries(members ?? {}).find(([key]) => bare(key) === registry)?.[1];
}
function fromAuth({ auth = "", username, password, identitytoken }) {
    if (identitytoken)
        return { type: "identity token", token: identitytoken };
    if (username !== undefined && password !== undefined)
        return { type: "password", username, password };
    const [, name, secret] = /^([^:]+):(.*)$/s.exec(Buffer.from(auth, "base64").toString()) ?? [];
    return name === undefined || secret === undefined
        ? undefined
        : { type: "password", username: name, password: secret };
}
/** Asks a credential helper, a program of the user's. */
async function fromHelper(helper, registry, env) {
    if (!/^[\w.-]+$/.test(helper))
        throw failure("INVALID", "the configuration of Docker names an impossible helper");
    const program = `docker-credential-${helper}`;
    // A job's own tokens are of no use to it.
    const given = Object.entries(env).filter(([name]) => !/^(?:ACTIONS|INPUT)_/.test(name));
    const answer = await run([program, "get"], { input: registry, env: definedIn(given) }).catch((error) => {
        // A helper fails if it doesn't know the registry. What it printed may be a secret.
        if (error instanceof BuildError)
            return undefined;
        throw error;
    });
    const found = answer === undefined ? undefined : fromJson(helpedShape, answer);
    if (found === undefined)
        return undefined;
    return found.Username === "<token>"
        ? { type: "identity token", token: found.Secret }
        : { type: "password", username: found.Username, password: found.Secret };
}
const definedIn = (entries) => Object.fromEntries(entries.filter((entry) => entry[1] !== undefined));

;// CONCATENATED MODULE: ./out/src/registry/pull.js






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
            if (error instanceof BuildError)
                return { type: "failed", problems: error.problems };
            if (signal.aborted)
                return { type: "failed", problems: [{ message: "interrupted" }] };
            throw error;
        }
    };
    async function requireLogin(image) {
        if (!isLoopback(apiOf(image)) || (await credentialOf(image.registry, env)) !== undefined)
            return;
        const message = `${image.registry} is on the runner itself, and a pipeline alone can't name such a registry`;
        throw failure("INVALID", message, "log in to it with `docker login` before the build");
    }
    function clientOf({ registry, repository }) {
        const name = `${registry}/${repository}`;
        const credential = () => credentialOf(registry, env);
        const client = clients.get(name) ?? registryClient({ reference: { registry, repository }, credential, signal });
        clients.set(name, client);
        return client;
    }
    async function answer(call, client) {
        switch (call.type) {
            case "pull manifest": {
                const found = await client.manifest(call.image.digest);
                const message = `there is no image ${pinnedName(call.image)}`;
                return found === undefined
                    ? { type: "failed", problems: [{ message }] }
                    : { type: "manifest", text: found.text };
            }
            case "pull blob": {
                const directory = await mkdtemp(`${transfer}/blob-`);
                await client.pullBlob(call.blob, `${directory}/${blobName}`).catch(async (error) => {
                    await removeTree(directory);
                    throw error;
                });
                return { type: "blob", directory };
            }
            default:
                return call;
        }
    }
}

// EXTERNAL MODULE: ./out/src/registry/reference.js
var reference = __webpack_require__(4261);
;// CONCATENATED MODULE: ./out/src/registry/pull-image.js
var pull_image_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var pull_image_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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
        digest: manifestDigest,
        platform: (0,shape/* optional */.lq)((0,shape/* shaped */.e9)({ os: shape/* string */.Yj, architecture: shape/* string */.Yj })),
    })),
});
const pull_image_configShape = (0,shape/* shaped */.e9)({
    created: (0,shape/* optional */.lq)(shape/* string */.Yj),
    rootfs: (0,shape/* shaped */.e9)({ diff_ids: (0,shape/* listOf */.c3)(manifestDigest) }),
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
    await eachOf(blobs, (blob) => takeBlob(image, blob, blobPath(directory, blob.digest), pull, warn));
    const text = await (0,plain_file/* readPlain */.rM)(blobPath(directory, parts.config.digest), mostConfigBytes);
    const config = (0,shape/* fromJson */.Rf)(pull_image_configShape, text);
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
    const manifest = (0,shape/* fromJson */.Rf)(imageManifestShape, own);
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
    if (digestOf(text) !== image.digest)
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
            const file = pull_image_addDisposableResource(env_1, await (0,plain_file/* openPlain */.Hu)(`${directory}/${blobName}`), true);
            const isWhole = (await file.stat()).size === blob.size && `sha256:${await (0,plain_file/* copyOpened */.jb)(file, path)}` === blob.digest;
            if (!isWhole)
                throw pull_image_damaged(image, `${blob.digest} has other content`);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = pull_image_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    finally {
        await (0,remove/* clearAway */.MB)(directory, warn);
    }
}

// EXTERNAL MODULE: ./out/src/sandbox/run.js + 7 modules
var sandbox_run = __webpack_require__(4493);
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
        const { exitCode } = await (0,sandbox_run/* runProgram */.mB)(namespace, await (0,sandbox_run/* openRuntime */.fS)(), job, (lines) => said.push(...lines));
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


/***/ })

};
