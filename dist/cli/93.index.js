export const id = 93;
export const ids = [93];
export const modules = {

/***/ 7533:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  o: () => (/* binding */ digestOf),
  R: () => (/* binding */ registryClient)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
// EXTERNAL MODULE: ./out/src/json/shape.js
var shape = __webpack_require__(1856);
// EXTERNAL MODULE: ./out/src/registry/reference.js
var registry_reference = __webpack_require__(4261);
// EXTERNAL MODULE: ./out/src/registry/registry-error.js
var registry_error = __webpack_require__(222);
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
async function authorizationFor(challenge, access, login) {
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
        throw signal?.aborted ? error : (0,registry_error/* unreachable */.HB)(error, asked);
    });
    if (!response.ok)
        throw await (0,registry_error/* refused */.J5)(response, asked);
    const { token, access_token = token } = (0,shape/* fromJson */.Rf)(tokenShape, await response.text()) ?? {};
    if (access_token === undefined)
        throw new registry_error/* RegistryError */.gl(`${asked}: there is none in the answer`, { isPassing: false });
    return access_token;
}
/** The URL of a token server. It gets the password, so what isn't encrypted must stay on this machine. */
function tokenServer(realm) {
    const url = URL.parse(realm);
    if (url !== null && (url.protocol === "https:" || (url.protocol === "http:" && (0,registry_reference/* isLoopback */.U9)(url))))
        return url;
    throw new registry_error/* RegistryError */.gl("the registry names no token server that can be trusted with a password", {
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
function connect({ reference, credential, signal }) {
    const { registry, repository } = reference;
    const name = `${registry}/${repository}`;
    const base = new URL(`${repository}/`, (0,registry_reference/* apiOf */.ir)(reference));
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
            throw await (0,registry_error/* refused */.J5)(response, asked);
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
            throw (0,registry_error/* unreachable */.HB)(error, `${name} can't be reached`);
        }
    }
    return { send, name };
}
/** The path of a URL. Its query may have a signature. */
const pathOf = ({ pathname }) => pathname;
/** Throws unless there is a response to a request for something that must exist. */
function requireFound(response, what) {
    if (response !== undefined)
        return response;
    throw new registry_error/* RegistryError */.gl(`${what} isn't there`, { status: 404, isPassing: false });
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./out/src/registry/retry.js


const defaultPauses = [1, 2, 4];
/** A registry that asks for more seconds than this is too busy for a build. */
const longestPause = 30;
/** Does work that can be done again from its start, and again if a registry is busy or a connection breaks. */
async function retried(work, signal, pauses = defaultPauses) {
    for (let attempt = 0;; attempt++) {
        try {
            return await work();
        }
        catch (error) {
            const seconds = pauses[attempt];
            if (seconds === undefined || signal?.aborted || !(error instanceof registry_error/* RegistryError */.gl))
                throw error;
            const { isPassing, retryAfter = 0 } = error.refusal;
            if (!isPassing || retryAfter > longestPause)
                throw error;
            await (0,external_node_timers_promises_.setTimeout)(Math.max(seconds, retryAfter) * 1000, undefined, signal === undefined ? {} : { signal });
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
function registryClient({ reference, credential, signal, pauses }) {
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
            throw (0,errors/* failure */.V2)("STORE", `${what} isn't there`);
        const sum = (0,external_node_crypto_.createHash)("sha256");
        let length = 0;
        const target = __addDisposableResource(env_1, await (0,promises_.open)(file, "wx"), true);
        try {
            for await (const bytes of bytesOf(response, what)) {
                length += bytes.length;
                if (length > size)
                    throw (0,errors/* failure */.V2)("STORE", `${what} has more than ${size} bytes`);
                sum.update(bytes);
                await target.writeFile(bytes);
            }
            if (length !== size)
                throw new registry_error/* RegistryError */.gl(`${what} ended after ${length} of ${size} bytes`, { isPassing: true });
            if (`sha256:${sum.digest("hex")}` !== digest)
                throw (0,errors/* failure */.V2)("STORE", `${what} doesn't match its digest`);
        }
        catch (error) {
            await (0,promises_.rm)(file, { force: true });
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
        throw (0,registry_error/* unreachable */.HB)(error, `${what} broke off`);
    }
}
/** The least that the distribution specification lets a registry limit manifests to. */
const mostManifestBytes = 4 * 1024 ** 2;
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
            throw new registry_error/* RegistryError */.gl(`${what} is too large`, { isPassing: false });
        parts.push(bytes);
    }
    const text = Buffer.concat(parts).toString();
    const digest = digestOf(text);
    if (tagOrDigest.includes(":") && digest !== tagOrDigest)
        throw (0,errors/* failure */.V2)("STORE", `${what} doesn't match its digest`);
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


/***/ }),

/***/ 2450:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ credentialOf)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1795);
/* harmony import */ var _host_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2144);
/* harmony import */ var _json_shape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1856);




const configShape = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .shaped */ .e9)({
    auths: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik),
    credHelpers: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .object */ .Ik),
    credsStore: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj),
});
const authShape = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .shaped */ .e9)({
    auth: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj),
    username: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj),
    password: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj),
    identitytoken: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lq)(_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj),
});
const helpedShape = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .shaped */ .e9)({
    Username: _json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj,
    Secret: _json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .string */ .Yj,
});
/**
 * Finds a registry's credential where `docker login` puts it: in the configuration of Docker, or in the credential
 * helper that this names. Undefined if the user hasn't logged in.
 */
async function credentialOf(registry, env) {
    const directory = env.DOCKER_CONFIG || (env.HOME === undefined ? undefined : `${env.HOME}/.docker`);
    if (directory === undefined)
        return undefined;
    const file = `${directory}/config.json`;
    const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, "utf8").catch((error) => {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOENT") || (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOTDIR"))
            return undefined;
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("HOST", `${file} can't be read: ${error.message}`);
    });
    if (text === undefined)
        return undefined;
    const config = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .fromJson */ .Rf)(configShape, text);
    if (config === undefined)
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("INVALID", `${file} isn't a configuration of Docker`);
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
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .failure */ .V2)("INVALID", "the configuration of Docker names an impossible helper");
    const program = `docker-credential-${helper}`;
    // A job's own tokens are of no use to it.
    const given = Object.entries(env).filter(([name]) => !/^(?:ACTIONS|INPUT)_/.test(name));
    const answer = await (0,_host_command_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .eF)([program, "get"], { input: registry, env: definedIn(given) }).catch((error) => {
        // A helper fails if it doesn't know the registry. What it printed may be a secret.
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildError */ .zS)
            return undefined;
        throw error;
    });
    const found = answer === undefined ? undefined : (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_3__/* .fromJson */ .Rf)(helpedShape, answer);
    if (found === undefined)
        return undefined;
    return found.Username === "<token>"
        ? { type: "identity token", token: found.Secret }
        : { type: "password", username: found.Username, password: found.Secret };
}
const definedIn = (entries) => Object.fromEntries(entries.filter((entry) => entry[1] !== undefined));


/***/ }),

/***/ 150:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   It: () => (/* binding */ manifestDigest),
/* harmony export */   TB: () => (/* binding */ descriptorShape),
/* harmony export */   Yt: () => (/* binding */ manifestType),
/* harmony export */   as: () => (/* binding */ imageManifestShape),
/* harmony export */   i4: () => (/* binding */ emptyConfig),
/* harmony export */   mO: () => (/* binding */ titleAnnotation),
/* harmony export */   si: () => (/* binding */ artifactManifest)
/* harmony export */ });
/* harmony import */ var _json_shape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1856);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7533);


/** A digest in a manifest. */
const manifestDigest = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .matching */ .wC)(/^sha256:[0-9a-f]{64}$/, "a SHA-256");
/** The JSON of a descriptor. It may have more members. */
const descriptorShape = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)({ mediaType: _json_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj, digest: manifestDigest, size: _json_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9 });
/** The JSON of an image's manifest. */
const imageManifestShape = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .shaped */ .e9)({ config: descriptorShape, layers: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_0__/* .listOf */ .c3)(descriptorShape) });
/** The media type of an image's manifest, which artifacts have, too. */
const manifestType = "application/vnd.oci.image.manifest.v1+json";
/**
 * The configuration of an artifact, which has none: see "Guidance for an Empty Descriptor" in OCI's image
 * specification.
 */
const emptyConfig = {
    mediaType: "application/vnd.oci.empty.v1+json",
    digest: (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .o)("{}"),
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


/***/ }),

/***/ 222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HB: () => (/* binding */ unreachable),
/* harmony export */   J5: () => (/* binding */ refused),
/* harmony export */   gl: () => (/* binding */ RegistryError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1795);

/** The failure of a request to a registry. Its message has no credential and no signed address. */
class RegistryError extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildError */ .zS {
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
async function refused(response, asked) {
    const { status, headers } = response;
    const said = reasonIn(await response.text().catch(() => ""));
    const hint = status === 401 ? "log in to the registry with `docker login`" : undefined;
    const retryAfter = Number(headers.get("retry-after") ?? Number.NaN);
    const isPassing = status === 429 || status >= 500;
    const refusal = { status, isPassing, ...(Number.isFinite(retryAfter) ? { retryAfter } : {}) };
    return new RegistryError(`${asked}: HTTP status ${status}${said}`, refusal, hint);
}
/** Makes the failure of a connection. An interruption stays what it is. */
function unreachable(error, asked) {
    const { name, message, cause } = error;
    if (name === "AbortError")
        return error;
    if (name === "TimeoutError")
        return new RegistryError(`${asked}: no answer in time`, { isPassing: false });
    const { code, message: why = message } = (cause ?? {});
    return new RegistryError(`${asked}: ${code ?? why}`, { isPassing: true });
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


/***/ })

};
