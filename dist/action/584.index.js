export const id = 584;
export const ids = [584];
export const modules = {

/***/ 61588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ entryDirectory)
/* harmony export */ });
/**
 * The path of every entry, relative to a directory of its own. A cache's version is a hash of the path as it is given,
 * so the path must never change. Only the client and its worker know it.
 */
const entryDirectory = "entry";


/***/ }),

/***/ 12584:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ../../node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(32322);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(31795);
// EXTERNAL MODULE: ./out/src/host/trace.js
var trace = __webpack_require__(22252);
// EXTERNAL MODULE: ./out/src/host/remove.js
var remove = __webpack_require__(62689);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./out/src/json/shape.js
var json_shape = __webpack_require__(51856);
// EXTERNAL MODULE: ./out/src/registry/reference.js
var registry_reference = __webpack_require__(54261);
;// CONCATENATED MODULE: ./out/src/registry/registry-error.js

/** The failure of a request to a registry. Its message has no credential and no signed address. */
class RegistryError extends errors/* BuildError */.zS {
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

;// CONCATENATED MODULE: ./out/src/registry/authorization.js



const tokenShape = (0,json_shape/* shaped */.e9)({
    token: (0,json_shape/* optional */.lq)(json_shape/* string */.Yj),
    access_token: (0,json_shape/* optional */.lq)(json_shape/* string */.Yj),
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
        throw signal?.aborted ? error : unreachable(error, asked);
    });
    if (!response.ok)
        throw await refused(response, asked);
    const { token, access_token = token } = (0,json_shape/* fromJson */.Rf)(tokenShape, await response.text()) ?? {};
    if (access_token === undefined)
        throw new RegistryError(`${asked}: there is none in the answer`, { isPassing: false });
    return access_token;
}
/** The URL of a token server. It gets the password, so what isn't encrypted must stay on this machine. */
function tokenServer(realm) {
    const url = URL.parse(realm);
    if (url !== null && (url.protocol === "https:" || (url.protocol === "http:" && (0,registry_reference/* isLoopback */.U9)(url))))
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
function requireFound(response, what) {
    if (response !== undefined)
        return response;
    throw new RegistryError(`${what} isn't there`, { status: 404, isPassing: false });
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
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
            if (seconds === undefined || signal?.aborted || !(error instanceof RegistryError))
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
                throw new RegistryError(`${what} ended after ${length} of ${size} bytes`, { isPassing: true });
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
        throw unreachable(error, `${what} broke off`);
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
            throw new RegistryError(`${what} is too large`, { isPassing: false });
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

// EXTERNAL MODULE: ./out/src/host/command.js
var host_command = __webpack_require__(62144);
;// CONCATENATED MODULE: ./out/src/registry/credentials.js




const configShape = (0,json_shape/* shaped */.e9)({
    auths: (0,json_shape/* optional */.lq)(json_shape/* object */.Ik),
    credHelpers: (0,json_shape/* optional */.lq)(json_shape/* object */.Ik),
    credsStore: (0,json_shape/* optional */.lq)(json_shape/* string */.Yj),
});
const authShape = (0,json_shape/* shaped */.e9)({
    auth: (0,json_shape/* optional */.lq)(json_shape/* string */.Yj),
    username: (0,json_shape/* optional */.lq)(json_shape/* string */.Yj),
    password: (0,json_shape/* optional */.lq)(json_shape/* string */.Yj),
    identitytoken: (0,json_shape/* optional */.lq)(json_shape/* string */.Yj),
});
const helpedShape = (0,json_shape/* shaped */.e9)({
    Username: json_shape/* string */.Yj,
    Secret: json_shape/* string */.Yj,
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
    const text = await (0,promises_.readFile)(file, "utf8").catch((error) => {
        if ((0,errors/* hasCode */.up)(error, "ENOENT") || (0,errors/* hasCode */.up)(error, "ENOTDIR"))
            return undefined;
        throw (0,errors/* failure */.V2)("HOST", `${file} can't be read: ${error.message}`);
    });
    if (text === undefined)
        return undefined;
    const config = (0,json_shape/* fromJson */.Rf)(configShape, text);
    if (config === undefined)
        throw (0,errors/* failure */.V2)("INVALID", `${file} isn't a configuration of Docker`);
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
        throw (0,errors/* failure */.V2)("INVALID", "the configuration of Docker names an impossible helper");
    const program = `docker-credential-${helper}`;
    // A job's own tokens are of no use to it.
    const given = Object.entries(env).filter(([name]) => !/^(?:ACTIONS|INPUT)_/.test(name));
    const answer = await (0,host_command/* run */.eF)([program, "get"], { input: registry, env: definedIn(given) }).catch((error) => {
        // A helper fails if it doesn't know the registry. What it printed may be a secret.
        if (error instanceof errors/* BuildError */.zS)
            return undefined;
        throw error;
    });
    const found = answer === undefined ? undefined : (0,json_shape/* fromJson */.Rf)(helpedShape, answer);
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
            if (error instanceof errors/* BuildError */.zS)
                return { type: "failed", problems: error.problems };
            if (signal.aborted)
                return { type: "failed", problems: [{ message: "interrupted" }] };
            throw error;
        }
    };
    async function requireLogin(image) {
        if (!(0,registry_reference/* isLoopback */.U9)((0,registry_reference/* apiOf */.ir)(image)) || (await credentialOf(image.registry, env)) !== undefined)
            return;
        const message = `${image.registry} is on the runner itself, and a pipeline alone can't name such a registry`;
        throw (0,errors/* failure */.V2)("INVALID", message, "log in to it with `docker login` before the build");
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
                const message = `there is no image ${(0,registry_reference/* pinnedName */.W2)(call.image)}`;
                return found === undefined
                    ? { type: "failed", problems: [{ message }] }
                    : { type: "manifest", text: found.text };
            }
            case "pull blob": {
                const directory = await (0,promises_.mkdtemp)(`${transfer}/blob-`);
                await client.pullBlob(call.blob, `${directory}/${blobName}`).catch(async (error) => {
                    await (0,remove/* removeTree */.dM)(directory);
                    throw error;
                });
                return { type: "blob", directory };
            }
            default:
                return call;
        }
    }
}

// EXTERNAL MODULE: ./out/src/report/format.js
var format = __webpack_require__(97250);
// EXTERNAL MODULE: ./out/src/report/problems.js
var problems = __webpack_require__(35529);
;// CONCATENATED MODULE: ./out/src/report/heartbeat.js


/** The seconds of silence after which people wonder whether a step still runs. */
const heartbeat_patience = 30;
/** The most characters of a line that is repeated. */
const longest = 160;
/** Tells that a step is still running, whenever nothing was seen of it for a while. */
function heartbeat(tell, seconds = heartbeat_patience) {
    let started = 0;
    let last = "";
    let timer;
    const beat = () => {
        const time = (0,format/* formatSeconds */.Xo)((performance.now() - started) / 1000);
        tell(`still running after ${time}${last === "" ? "" : `; its last line: ${last}`}`);
    };
    return {
        start(since = performance.now()) {
            started = since;
            last = "";
            clearInterval(timer);
            timer = setInterval(beat, seconds * 1000);
            // A report alone keeps no process alive.
            timer.unref();
        },
        note(lines) {
            const line = lines.findLast((text) => text.trim() !== "");
            if (line !== undefined)
                last = (0,problems/* printable */.g$)(line).trim().slice(0, longest);
        },
        rest: () => void timer?.refresh(),
        stop: () => clearInterval(timer),
    };
}

// EXTERNAL MODULE: ./out/src/report/age.js
var age = __webpack_require__(94078);
;// CONCATENATED MODULE: ./out/src/report/step-results.js

/** `now` returns seconds since the build's start. */
function stepResults(now = secondsFromHere()) {
    const results = new Map();
    function add(event) {
        if (event.type === "planned")
            for (const step of event.steps)
                results.set(step.id, { step, result: notReached });
        if (!("step" in event))
            return;
        const before = results.get(event.step.id)?.result ?? notReached;
        results.set(event.step.id, { step: event.step, result: resultAfter(event, before, now()) });
    }
    return { add, all: () => [...results.values()].sort((a, b) => a.step.index - b.step.index) };
}
const notReached = { type: "not reached" };
function secondsFromHere() {
    const started = performance.now();
    return () => (performance.now() - started) / 1000;
}
function resultAfter(event, before, now) {
    switch (event.type) {
        case "step-cached":
            return {
                type: "cached",
                source: event.source,
                // The store holds no tree of a step that isn't needed.
                bytes: event.source === "not needed" ? null : event.bytes,
                ran: event.ran,
                isUnpinned: event.isUnpinned,
            };
        case "step-started":
            if (before.type === "running")
                return before;
            return { type: "running", reason: event.reason, start: now };
        case "step-finished":
            if (before.type !== "running")
                return before;
            return { ...before, type: "built", seconds: event.seconds, end: now, bytes: null, ran: null };
        case "step-failed":
            if (before.type !== "running")
                return before;
            return { ...before, type: "failed", seconds: event.seconds, end: now, exitCode: event.exitCode };
        case "stored":
            return before.type === "built" ? { ...before, bytes: event.bytes, ran: event.ran } : before;
        case "output":
            return before;
    }
}
/** The details of a result that are shown beside its type. */
function figuresOf(result) {
    switch (result.type) {
        case "built":
            return {
                reason: result.reason,
                seconds: result.seconds,
                bytes: result.bytes ?? undefined,
                ran: result.ran ?? undefined,
            };
        case "failed":
            return { reason: result.reason, seconds: result.seconds, exitCode: result.exitCode };
        case "running":
            return { reason: result.reason };
        case "cached":
            return { ran: result.ran ?? undefined };
        case "not reached":
            return {};
    }
}
/** Whether a step doesn't run because its result is known from a tree that holds the same. */
const isSameTree = (result) => result.type === "cached" && result.source === "same tree";
/** A step's result in words, once the build has ended. */
function resultText(result) {
    switch (result.type) {
        case "cached":
            return sourceText[result.source];
        case "running":
            return "interrupted";
        case "failed":
            return `failed with exit code ${result.exitCode}`;
        case "built":
        case "not reached":
            return result.type;
    }
}
/** Why a step ran, or how old the packages of one are that didn't; empty if there is nothing to say. */
function noteOf(result) {
    if (result.type === "cached" && result.isUnpinned)
        return packagesText(result.ran);
    return figuresOf(result).reason ?? "";
}
/** Whether a step has started before and hasn't ended: it starts anew if it runs out of memory. */
const isRunning = ({ id }, all) => all.some(({ step, result }) => step.id === id && result.type === "running");
/** Why a step runs, in words, after these steps of the build. */
function reasonText(reason, before) {
    const isFirst = before.every(({ result }) => (figuresOf(result).reason ?? reason) === reason && result.type !== "cached");
    return reason === "not in the store" && isFirst ? "first build" : reason;
}
/**
 * The reason why all steps of a build ran, which is said once. Undefined if some didn't run, or if they had several.
 */
function commonReason(all) {
    const reached = all.filter(({ result }) => result.type !== "not reached");
    const [reason, ...others] = new Set(reached.map(({ result }) => figuresOf(result).reason));
    if (reason === undefined || others.length > 0)
        return undefined;
    return reasonText(reason, reached);
}
/** The age of a cached step's packages, if nothing pins them. */
const ageNote = ({ isUnpinned, ran }) => isUnpinned ? [packagesText(ran)] : [];
/** The age of what a step downloaded without a pin. */
const packagesText = (ran) => `packages of ${ran === null ? "unknown age" : (0,age/* formatAgo */.n4)(ran)}, not pinned`;
/** Why a step doesn't run, in words. */
const sourceText = {
    store: "cached in the store",
    cache: "cached by Actions",
    remote: "cached in the remote",
    "not needed": "not needed",
    "same tree": "cached (same tree)",
};

;// CONCATENATED MODULE: ./out/src/report/traffic.js

/** Says how much was fetched and saved. */
const trafficText = ({ fetched, saved }) => `${amountText(fetched)} fetched, ${amountText(saved)} saved`;
const amountText = ({ entries, bytes }) => entries === 0 ? "nothing" : `${(0,format/* formatBytes */.z3)(bytes)} in ${(0,format/* formatCount */.B4)(entries, "entry")}`;
/** Says what was fetched or saved, and how fast. */
function transferText({ direction, cache, what, bytes, seconds }) {
    const place = direction === "fetched" ? "from" : "to";
    const rate = (0,format/* formatBytes */.z3)(Math.round(bytes / Math.max(seconds, 0.001)));
    return `${direction} ${what} ${place} ${cacheText[cache]}: ${(0,format/* formatBytes */.z3)(bytes)} in ${(0,format/* formatSeconds */.Xo)(seconds)}, ${rate}/s`;
}
/** Says what isn't saved, and why. */
const notSavedText = ({ cache, what, why }) => `${what} isn't saved to ${cacheText[cache]}: ${why}`;
const cacheText = {
    cache: "the Actions cache",
    remote: "the remote",
    registry: "the registry",
};

;// CONCATENATED MODULE: ./out/src/report/actions.js







/**
 * Reports a build in the log of a workflow, with a group for each step that runs and annotations for warnings. All
 * reports of one log print foreign text through one guard.
 */
function actionsReport(workspace, guard) {
    const steps = stepResults();
    // The last line of a step's output is foreign, too.
    const alive = heartbeat((text) => guard.print([text]));
    let total = 0;
    const place = (step) => `${step.index}/${total} ${step.depth > 0 ? "build " : ""}${(0,format/* shortName */.EU)(step.name)}`;
    const title = (step, ...words) => `${place(step)}: ${words.join(", ")} (${step.id.slice(0, 12)})`;
    function report(event, at) {
        const before = steps.all();
        steps.add(event);
        switch (event.type) {
            case "planned":
                total = Math.max(0, ...event.steps.map(({ index }) => index));
                return;
            case "step-cached":
                return core/* info */.pq(title(event.step, sourceText[event.source], ...ageNote(event)));
            case "step-started":
                if (isRunning(event.step, before))
                    return;
                alive.start(at);
                return core/* startGroup */.Oh(title(event.step, reasonText(event.reason, before)));
            case "output":
                alive.note(event.lines);
                alive.rest();
                return guard.print(event.lines);
            case "step-finished":
                alive.stop();
                guard.resume();
                core/* info */.pq(`done in ${(0,format/* formatSeconds */.Xo)(event.seconds)}`);
                return core/* endGroup */.N4();
            case "step-failed":
                alive.stop();
                guard.resume();
                core/* endGroup */.N4();
                core/* info */.pq(`${place(event.step)} failed after ${(0,format/* formatSeconds */.Xo)(event.seconds)}. Last lines:`);
                guard.print(event.lines.slice(-40));
                return guard.resume();
            case "warning":
                guard.resume();
                return core/* warning */.$e(withHint(forWorkflow(event.problem)), placeOf(event.problem, workspace));
            case "installing":
                return core/* info */.pq(`installing ${event.packages.join(" ")}`);
            case "transferred":
                return core/* info */.pq(transferText(event));
            case "not-saved":
                return core/* info */.pq(notSavedText(event));
            case "stored":
                return;
            default:
                event;
        }
    }
    function close() {
        alive.stop();
        guard.resume();
    }
    return { report, close };
}
/** Words of the command line, each with its replacement in a workflow. */
const names = [
    [/--(store|libdir|build-env|mirrors)\b/g, "the input $1"],
    [/ with --secret id=.*/, " with the input secrets. A workflow gets none for a pull request from a fork"],
    [/, for example with `osbuild store prune`/g, " on the runner"],
    [/`osbuild stages` lists/g, "docs/stages.md lists"],
];
/** Hints with these words don't help in a workflow. */
const terminal = /(^|\s)--(base|build-pipeline|debug-shell|from|save)\b|`osbuild /;
/** Rewords a problem's hint for a workflow: it names inputs instead of options, or is dropped if it doesn't apply. */
function forWorkflow(problem) {
    const hint = names.reduce((text, [flag, input]) => text?.replace(flag, input), problem.hint);
    return { ...problem, hint: hint === undefined || terminal.test(hint) ? undefined : hint };
}
/**
 * Annotates a problem at its line of the pipeline file and fails the job. core.setFailed() would add an annotation
 * without a place. Annotations name files relative to the workspace.
 */
function annotate(problem, title, workspace) {
    core/* error */.z3(withHint(problem), { title, ...placeOf(problem, workspace) });
    process.exitCode = core/* ExitCode */.yU.Failure;
}
function placeOf({ at }, workspace) {
    if (at === undefined)
        return {};
    const file = fromWorkspace(at.file, workspace);
    return { file, startLine: at.line, startColumn: at.column, endColumn: at.column + at.length };
}
/** A path relative to the workspace, if it is in there. */
const fromWorkspace = (path, workspace) => path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path;
/** A problem's message and, on a line of its own, its hint. */
function withHint(problem) {
    const { message, hint } = (0,problems/* visibly */.R2)(problem);
    return hint === undefined ? message : `${message}\n${hint}`;
}
/**
 * Prints the output of a stage or of a booted machine. The runner obeys workflow commands anywhere in a line, so
 * `stop-commands` turns them off until `resume()` prints a word that nobody can guess.
 */
function foreignOutput() {
    let word;
    return {
        print(lines) {
            if (word === undefined) {
                word = (0,external_node_crypto_.randomBytes)(16).toString("hex");
                core/* info */.pq(`::stop-commands::${word}`);
            }
            core/* info */.pq(lines.map(problems/* printable */.g$).join("\n"));
        },
        resume() {
            if (word !== undefined)
                core/* info */.pq(`::${word}::`);
            word = undefined;
        },
    };
}
/** Prints a line of ours that has a foreign name in it, which rarely looks like a command. */
const lineWithName = (line) => (/::|##\[/.test(line) ? foreignLine(line) : core/* info */.pq((0,problems/* printable */.g$)(line)));
/** Prints a single line of a stage's or a machine's output. */
function foreignLine(line) {
    const output = foreignOutput();
    output.print([line]);
    output.resume();
}

;// CONCATENATED MODULE: ./out/src/report/markup.js

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
const shown = (text) => (0,problems/* printable */.g$)(text).replace(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, "\ufffd");
/** Text that is cut in the middle if it is too long. */
function shorten(text, length) {
    if (text.length <= length)
        return text;
    const end = Math.floor((length - 1) / 2);
    return `${text.slice(0, length - 1 - end)}…${text.slice(-end)}`.replace(/\p{Cs}/gu, "");
}

;// CONCATENATED MODULE: ./out/src/report/pipeline-report.js



/** The steps that ran, in order. */
function ran({ steps }) {
    const all = steps.flatMap(({ step, result }) => result.type === "built" || result.type === "failed" ? [{ step, result }] : []);
    return all.map(({ step, result: { type, start, seconds, end } }, index) => ({
        ...{ step, failed: type === "failed", start, seconds, end },
        next: all[index + 1]?.result.start ?? end,
    }));
}
/** The length of a timeline in seconds, which is never nothing. */
const span = (report) => Math.max(0.01, report.times.build, ...ran(report).map(({ end }) => end));
/** The build's result in a sentence, without the full stop. */
function headline(report) {
    const count = (type) => report.steps.filter(({ result }) => result.type === type).length;
    const failed = report.steps.find(({ result }) => result.type === "failed");
    const all = (0,format/* formatCount */.B4)(report.steps.length, "step");
    if (failed !== undefined) {
        const missing = count("not reached");
        const rest = missing === 0 ? "" : `; ${(0,format/* formatCount */.B4)(missing, "step")} not reached`;
        return html `<code>${shorten((0,format/* shortName */.EU)(failed.step.name), 100)}</code> failed, step ${failed.step.index} of ${report.steps.length}${rest}`;
    }
    if (report.steps.length === 0)
        return report.problems.length === 0
            ? html `Nothing to build: the pipeline has no steps`
            : html `Not built: ${(0,format/* formatCount */.B4)(report.problems.length, "problem")}`;
    const [built, cached] = [count("built"), count("cached")];
    if (count("not reached") + count("running") > 0)
        return html `Ended early, with ${built} of ${all} built`;
    const old = oldestPackages(report);
    if (built === 0)
        return html `Nothing to build: ${all} cached${old}`;
    const why = commonReason(report.steps);
    const parts = [cached === 0 ? "" : `; ${cached.toLocaleString("en")} cached`, why === undefined ? "" : `: ${why}`];
    return html `Built ${built.toLocaleString("en")} of ${all}${parts.join("")}${old}`;
}
/** The age of the oldest packages that come from a stored result and that nothing pins. */
function oldestPackages({ steps }) {
    const times = steps.flatMap(({ result }) => (result.type === "cached" && result.isUnpinned ? [result.ran] : []));
    if (times.length === 0)
        return "";
    return `; ${packagesText(times.includes(null) ? null : Math.min(...times.map(Number)))}`;
}
/** The seconds that everything took that was done for the pipeline. */
const wholeTime = ({ times }) => Object.values(times).reduce((sum, seconds) => sum + seconds, 0);
/** Whether the pipeline was built, and everything else that was wanted succeeded. */
const succeeded = ({ problems, steps }) => problems.length === 0 && steps.every(({ result }) => result.type === "built" || result.type === "cached");

;// CONCATENATED MODULE: ./out/src/report/last-lines.js


/**
 * The last lines of the log about a pipeline: its image, with where to find it, and its report. A push comes last.
 * Without a directory the image isn't on this machine.
 */
function lastLines(report, directory) {
    const { image, pipeline, links } = report;
    const page = links.report === null ? [] : [`report: ${links.report}`];
    const log = links.log === null ? [] : [`log of the failed step: ${links.log}`];
    const took = report.times.build === 0 ? [] : [`${pipeline} took ${(0,format/* formatSeconds */.Xo)(wholeTime(report))}`];
    const tree = links.tree === null ? [] : [`tree of the failed step: ${links.tree}`];
    if (image === null)
        return [...took, ...page, ...log, ...tree];
    const place = image.artifactUrl ?? (directory === undefined ? "uploaded before" : `${directory}/${image.path}`);
    const pushed = image.pushed.map((reference) => `pushed: ${reference}`);
    return [...took, ...page, `${image.path}: ${(0,format/* formatBytes */.z3)(image.bytes)}, sha256:${image.sha256}, ${place}`, ...pushed];
}

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
        .map(([change, { length }], index) => index === 0 ? `${(0,format/* formatCount */.B4)(length, noun)} ${change}` : `${length.toLocaleString("en")} ${change}`)
        .join(", ");
}
/** A number of bytes with its sign. */
const formatChange = (bytes) => bytes === 0 ? "±0" : `${bytes < 0 ? "−" : "+"}${(0,format/* formatBytes */.z3)(Math.abs(bytes))}`;

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
        ["Size", html `${(0,format/* formatBytes */.z3)(image.bytes)}${seenAs(image)}`],
        ...(disk === null || disk.partitions.length === 0 ? [] : [["Partitions", partitions(disk.partitions)]]),
        ...(boot === null ? [] : [["Boot test", bootFact(boot)]]),
        ["SHA-256", code(image.sha256)],
        ...(attestationUrl === null ? [] : [["Attested", html `✅ ${facts_link(attestationUrl, "provenance")}`]]),
        ...(contents === null ? [] : contentsFacts(contents)),
    ];
}
/** Untrusted text within ours. GitHub makes no mentions and links of text in <code>. */
const code = (text, length = 100) => html `<code>${shorten(text, length)}</code>`;
/** A link to an address on the web; null for any other address. */
const facts_link = (url, text) => /^https?:$/.test(URL.parse(url)?.protocol ?? "") ? html `<a href="${url}">${text}</a>` : null;
const seenAs = ({ bytes, disk }) => disk === null || disk.virtualSize === null || disk.virtualSize === bytes
    ? null
    : ` (a ${(0,format/* formatBytes */.z3)(disk.virtualSize)} disk)`;
const bootFact = ({ passed, seconds, said, evidenceUrl }) => html `${passed ? "✅ passed" : "❌ failed"} after ${(0,format/* formatSeconds */.Xo)(seconds)}: ${code(said.at(-1) ?? "")}${evidenceUrl === null ? null : html ` ${facts_link(evidenceUrl, "console and screen")}`}`;
const references = (all) => html `${all.map((reference, index) => html `${index === 0 ? null : html `<br>`}${code(reference, 400)}`)}`;
const partitions = (all) => html `${all.map(({ number, type, name, size, bootable }, index) => html `${index === 0 ? null : html `<br>`}${number}: ${shorten(type, 50)}${name === null ? null : html ` ${code(name)}`}, ${(0,format/* formatBytes */.z3)(size)}${bootable ? ", bootable" : null}`)}`;
function contentsFacts(contents) {
    const { packages, entries } = contents;
    const files = entries.filter(({ kind }) => kind !== "directory").length;
    const all = ["Contents", html `${(0,format/* formatBytes */.z3)(totalBytes(contents))} in ${(0,format/* formatCount */.B4)(files, "file")}`];
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
    const align = (index) => (numbers.has(head[index]) ? html ` align="right"` : null);
    const body = rows
        .slice(0, most)
        .map((row) => html `\n<tr>${columns.map((index) => html `<td${align(index)}>${row[index] ?? null}</td>`)}</tr>`);
    const more = rows.length - body.length;
    const rest = more > 0 ? html `\n<tr><td colspan="${columns.length}">… and ${more.toLocaleString("en")} more</td></tr>` : null;
    const heads = columns.map((index) => html `<th${align(index)}>${head[index] ?? null}</th>`);
    return block(html `<details${folded ? null : html ` open`}><summary>${title}</summary>\n<table>\n<tr>${heads}</tr>${body}${rest}\n</table>\n</details>`);
}

;// CONCATENATED MODULE: ./out/src/report/changes-text.js





/** The images that a report compares. */
const comparedIn = (previous, { image }) => ({
    label: previous.label,
    ...(image === null ? {} : { images: { before: previous.image, after: image } }),
});
/** The changes since another image in GitHub's Markdown, with at most so many rows in a table. */
function changesMarkdown({ label, images }, changes, rows) {
    const title = block(html `<h3>Changes since ${code(label)}</h3>`);
    if (images !== undefined && images.before.sha256 === images.after.sha256)
        return title + block(html `<p>None: the images are identical, bit for bit.</p>`);
    const { packages, files, bytes } = changes;
    const size = images === undefined ? null : `, the image ${formatChange(images.after.bytes - images.before.bytes)}`;
    return [
        title,
        block(html `<p>${changeCounts(changes)}. Contents ${formatChange(bytes)}${size}.</p>`),
        packageTable(packages, ["Package", "From", "To", "Size"], rows),
        table({
            title: (0,format/* formatCount */.B4)(files.length, fileNoun(changes)),
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
    const counts = packages.length === 0 ? "no package changed" : changeCounts({ packages, files: [], bytes: 0 });
    return [
        block(html `<h3>Changes since ${code(label)}</h3>`),
        block(html `<p>${counts}.</p>`),
        packageTable(packages, ["Package", "From", "To"], rows),
    ].join("");
}
const packageTable = (packages, head, most) => table({ title: (0,format/* formatCount */.B4)(packages.length, "package"), head, rows: packages.map(packageRow), most });
const packageRow = ({ name, architecture, from, to, bytes }) => [
    code(`${name}${architecture === "" ? "" : `:${architecture}`}`),
    from === null ? html `added` : code(from, 50),
    to === null ? html `removed` : code(to, 50),
    html `${formatChange(bytes)}`,
];
const fileRow = ({ path, change, aspects, bytes }) => [
    code(path),
    html `${aspects.length > 0 ? aspects.join(", ") : change}`,
    html `${formatChange(bytes)}`,
];
/** The changes as JSON, for other programs. */
const changesJson = (since, { packages, files, bytes }) => inJson({ since, packages, files, bytes });
/** The same for images whose packages alone are known: without sizes and files. */
const packagesJson = (since, packages) => inJson({ since, packages: packages.map(({ bytes: _, files: __, ...change }) => change) });
const inJson = (value) => `${JSON.stringify(value, null, 2)}\n`;

;// CONCATENATED MODULE: ./out/src/report/spent.js

/**
 * Divides the time between the steps' programs and the rest of the work. Steps run one after another, so these parts
 * add up to the whole time. Layers are packed and saved while later steps run, and that only counts where a build waits
 * for it.
 */
function spent(report) {
    const { build, verification, bootTest, upload } = report.times;
    if (build === 0)
        return [];
    const all = ran(report);
    const programs = all.reduce((sum, { seconds }) => sum + seconds, 0);
    const before = all[0]?.start ?? build;
    const after = all.length === 0 ? 0 : build - Math.max(...all.map(({ end }) => end));
    return [
        { name: "Planning and fetching", seconds: before },
        { name: "Programs of the steps", seconds: programs },
        { name: "Preparing and finishing steps", seconds: build - before - programs - after },
        { name: "Storing and exporting", seconds: after },
        { name: "Second build to compare", seconds: verification },
        { name: "Boot test", seconds: bootTest },
        { name: "Uploading", seconds: upload },
    ].filter(({ seconds }) => seconds >= 0.05);
}
/**
 * The seconds that the engine worked for each step that ran, by the step's id: before its program, and after it until
 * the next step. What it does for the last one after its program counts for the build.
 */
const engineSeconds = (steps) => 
// The program's time is measured by another process, so it may be longer than from here to there.
new Map(ran({ steps }).map(({ step, start, seconds, next }) => [step.id, Math.max(0, next - start - seconds)]));

;// CONCATENATED MODULE: ./out/src/report/step-rows.js




/** The rows for steps in the order of the build. Steps that didn't run share a row with their neighbours. */
function stepRows(steps) {
    const groups = [];
    for (const step of steps) {
        const group = groups.at(-1);
        if (group?.[0] !== undefined && isAlike(group[0], step))
            group.push(step);
        else
            groups.push([step]);
    }
    const isSaid = commonReason(steps) !== undefined;
    return groups.map((group) => rowOf(group, isSaid));
}
const isAlike = (a, b) => a.step.depth === b.step.depth && kindOf(a) === kindOf(b);
/** Steps of one kind share a row. Undefined results of steps that ran are never of the same kind. */
function kindOf({ step, result }) {
    if (result.type === "not reached")
        return "not reached";
    return result.type === "cached" && result.source !== "same tree" ? "cached" : step.id;
}
function rowOf(group, isSaid) {
    const [first, last] = [group[0], group.at(-1)];
    const { depth, index } = first.step;
    const alone = group.length === 1;
    const [start, end] = [first, last].map(({ step }) => code((0,format/* shortName */.EU)(step.name)));
    return {
        numbers: alone ? `${index}` : `${index}–${last.step.index}`,
        depth,
        name: alone ? start : html `${start}${group.length === 2 ? ", " : " … "}${end}`,
        result: first.result,
        text: alone ? resultText(first.result) : first.result.type,
        note: noteFor(group, isSaid),
        seconds: alone ? (figuresOf(first.result).seconds ?? null) : null,
        bytes: alone && "bytes" in first.result ? first.result.bytes : null,
    };
}
function noteFor(group, isSaid) {
    const [{ result }] = group;
    if (result.type !== "cached")
        return isSaid ? "" : noteOf(result);
    const times = group.flatMap((each) => each.result.type === "cached" && each.result.isUnpinned ? [each.result.ran] : []);
    if (times.length === 0)
        return "";
    return packagesText(times.includes(null) ? null : Math.min(...times.map(Number)));
}

;// CONCATENATED MODULE: ./out/src/report/axis.js

const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
/** The marks of an axis from zero to a time, at most `most` after zero, at places that people count by. */
function ticks(total, most = 5) {
    const step = steps.find((each) => total / each <= most) ?? 3600 * Math.ceil(total / most / 3600);
    // The number of steps is counted, because sums of fractions wouldn't be exact.
    return Array.from({ length: Math.floor(total / step + 1e-9) + 1 }, (_, index) => {
        const seconds = (index * Math.round(step * 10)) / 10;
        return { seconds, label: labelOf(seconds, step) };
    });
}
function labelOf(seconds, step) {
    if (step < 60)
        return `${seconds} s`;
    return step < 3600 ? `${seconds / 60} min` : (0,format/* formatCount */.B4)(seconds / 3600, "hour");
}

;// CONCATENATED MODULE: ./out/src/report/timeline.js




/** The width of the bars, in characters. */
const width = 56;
/**
 * The timeline as text, which looks the same in every mode and needs no script. GitHub removes drawings: it lets
 * neither SVG nor styles nor `data:` images through. If there are too many steps, the timeline shows those that took
 * longest.
 */
function timeline(report, rows) {
    const all = ran(report);
    if (all.length === 0)
        return null;
    const longest = new Set(all.toSorted((a, b) => b.seconds - a.seconds).slice(0, rows));
    const shown = all.filter((step) => longest.has(step));
    const total = Math.max(report.times.build, ...all.map(({ end }) => end));
    const digits = Math.max(...shown.map(({ step }) => String(step.index).length));
    const names = shown.map(({ step }) => `${String(step.index).padStart(digits)} ${shorten((0,format/* shortName */.EU)(step.name), 24)}`);
    const indent = Math.max(...names.map(({ length }) => length)) + 2;
    const bars = shown.map((step, index) => `${names[index].padEnd(indent)}${bar(step, total)}`);
    const some = shown.length < all.length ? ` of the ${rows} longest of ${(0,format/* formatCount */.B4)(all.length, "step")}` : "";
    const text = [...bars, ...axis(total).map((line) => `${" ".repeat(indent)}${line}`)];
    return html `<details open><summary>Timeline${some} (░ is the engine’s part)</summary>\n<pre>${lines(text.map((line) => line.trimEnd()))}</pre></details>`;
}
/** A step's bar, which is light where the engine works for the step, and then its program's time. */
function bar({ start, seconds, end, next, failed }, total) {
    // The program's time is measured by another process, so it may be longer than from here to there.
    const times = [start, Math.max(start, end - seconds), end, Math.max(end, next)];
    const [from, begin, to, until] = times.map((time) => Math.round((width * time) / total));
    const full = "█".repeat(to - begin) || "▌";
    const drawn = `${" ".repeat(from)}${"░".repeat(begin - from)}${full}`;
    return `${drawn.padEnd(until, "░").padEnd(width + 2)} ${failed ? "failed after " : ""}${(0,format/* formatSeconds */.Xo)(seconds)}`;
}
/** The axis, from zero on, and below it the times at its marks. */
function axis(total) {
    const line = [..."─".repeat(width + 1)];
    let labels = "";
    for (const { seconds, label } of ticks(total)) {
        const place = Math.round((width * seconds) / total);
        line[place] = seconds === 0 ? "└" : "┴";
        labels = `${labels.padEnd(place)}${label}`;
    }
    return [line.join(""), labels];
}

;// CONCATENATED MODULE: ./out/src/report/summary.js












/** GitHub refuses summaries of more than 1 MiB, and later steps of the job may add to this one. */
const maxBytes = 960 * 1024;
/** The number of rows that a table may have if there is room. */
const maxRows = 200;
/** The job's summary in GitHub's Markdown, with as many details as fit. Without a cache there is no traffic. */
function summaryMarkdown(reports, traffic) {
    const cache = traffic === undefined ? "" : block(html `<p>Cache: ${trafficText(traffic)}.</p>`);
    return `${pipelines(reports)}${cache}`;
}
function pipelines(reports) {
    let text = "";
    let left = maxBytes - 400;
    for (const [index, report] of reports.entries()) {
        const part = fitting(report, left / (reports.length - index));
        if (part === undefined)
            return text + block(html `<p>… and ${(0,format/* formatCount */.B4)(reports.length - index, "more pipeline")}.</p>`);
        text += part;
        left -= Buffer.byteLength(part);
    }
    return text;
}
/** One pipeline's part of the summary; undefined if not even its name fits. */
function fitting(report, bytes) {
    const { previous, contents } = report;
    const changes = previous === null || contents === null ? null : changesBetween(previous.contents, contents);
    for (let rows = maxRows; rows > 0; rows = Math.floor(rows / 2)) {
        const text = part(report, changes, rows);
        if (Buffer.byteLength(text) <= bytes)
            return text;
    }
    const least = block(html `${heading(report)}<p>${headline(report)}.</p>`);
    return Buffer.byteLength(least) <= bytes ? least : undefined;
}
function part(report, changes, rows) {
    const { image, previous } = report;
    const drawn = timeline(report, Math.min(rows, 50));
    return [
        block(heading(report)),
        block(html `<p>${headline(report)}.${links(report)}</p>`),
        summary_problems(report, rows),
        failure(report, rows),
        previous === null || changes === null ? "" : changesMarkdown(comparedIn(previous, report), changes, rows),
        image === null ? "" : block(html `<h3>Image</h3>\n<table>${imageFacts(report, image).map(fact)}</table>`),
        summary_steps(report, rows),
        drawn === null ? "" : block(drawn),
        times(report, rows),
        ids(report, rows),
    ].join("");
}
const failed = ({ result }) => result.type === "failed";
const heading = (report) => html `<h2>${succeeded(report) ? "✅" : "❌"} ${code(report.pipeline)}${report.times.build === 0 ? null : html ` in ${(0,format/* formatSeconds */.Xo)(wholeTime(report))}`}</h2>`;
/** The addresses of everything that was uploaded. */
function links({ image, links: { report, log, tree } }) {
    const all = [
        ["image", image?.artifactUrl ?? null],
        ["report", report],
        ["log of the failed step", log],
        ["tree of the failed step", tree],
    ];
    const shown = all.flatMap(([name, url]) => (url === null ? [] : (facts_link(url, name) ?? [])));
    return html `${shown.map((one, index) => html `${index === 0 ? " Download: " : ", "}${one}`)}${shown.length > 0 ? "." : null}`;
}
function summary_problems({ problems: all }, rows) {
    if (all.length === 0)
        return "";
    const text = all.slice(0, rows).map((problem) => (0,problems/* formatProblem */.Vw)(problem));
    const rest = all.length > rows ? [`… and ${(all.length - rows).toLocaleString("en")} more`] : [];
    const shown = [...text, ...rest].join("\n").split("\n");
    return block(html `<pre>${lines(shown.map((line) => shorten(line, 200)))}</pre>`);
}
function failure(report, rows) {
    const log = report.steps.find(failed)?.log?.trimEnd() ?? "";
    if (log === "")
        return "";
    const last = log.split("\n").slice(-Math.min(rows, 40));
    // A blank line doesn't end a <pre> block.
    return block(html `<pre>${lines(last.map((line) => shorten(line, 200)))}</pre>`);
}
const fact = ([name, value]) => html `\n<tr><th align="left">${name}</th><td>${value}</td></tr>`;
/** The table of the steps. Steps that ran matter more than those that didn't, so they are left out last. */
function summary_steps({ steps: all }, most) {
    const rank = ({ result }) => ["failed", "running", "built", "cached", "not reached"].indexOf(result.type);
    const rows = stepRows(all);
    const kept = new Set(rows.toSorted((a, b) => rank(a) - rank(b)).slice(0, most));
    const ordered = [...rows.filter((row) => kept.has(row)), ...rows.filter((row) => !kept.has(row))];
    const head = ["", "Step", "Result", "Why", "Time", "Size"];
    const title = (0,format/* formatCount */.B4)(all.length, "step");
    if (rows.length === 0)
        return "";
    return `${block(html `<h3>Steps</h3>`)}${table({ title, head, rows: ordered.map(stepRow), most })}`;
}
const stepRow = ({ numbers, depth, name, result, text, note, seconds, bytes }) => [
    html `${numbers}`,
    html `${depth > 0 ? "build root: " : null}${name}`,
    html `${result.type === "failed" ? "❌ " : null}${text}`,
    html `${note}`,
    html `${seconds === null ? null : (0,format/* formatSeconds */.Xo)(seconds)}`,
    html `${bytes === null ? null : (0,format/* formatBytes */.z3)(bytes)}`,
];
/** The parts of the time that a pipeline took. */
function times(report, most) {
    const whole = wholeTime(report);
    const rows = spent(report).map(({ name, seconds }) => [
        html `${name}`,
        html `${(0,format/* formatSeconds */.Xo)(seconds)}`,
        html `${Math.round((100 * seconds) / whole)} %`,
    ]);
    return table({ title: "Where the time went", head: ["Part", "Time", "Share"], rows, most, folded: true });
}
/** The whole ids, which are long and rarely read. */
function ids({ steps: all, treeId, outputId }, most) {
    const row = (name, id) => [name, code(id)];
    const whole = [["Tree", treeId], ["Image", outputId]];
    const known = whole.flatMap(([name, id]) => (id === null ? [] : [row(html `${name}`, id)]));
    const each = all.map(({ step }) => row(html `${step.index} ${code((0,format/* shortName */.EU)(step.name))}`, step.id));
    return table({ title: "Ids", head: ["Of", "Id"], rows: [...known, ...each], most, folded: true });
}

// EXTERNAL MODULE: ./out/src/action/artifact-names.js + 1 modules
var artifact_names = __webpack_require__(47007);
;// CONCATENATED MODULE: ./out/src/action/attempt.js

/** Does some work, and makes its failure a warning. */
async function attempt(otherwise, work) {
    try {
        return await work();
    }
    catch (error) {
        core/* warning */.$e(`${otherwise}: ${error.message}`);
        return undefined;
    }
}
/** Groups the artifact client's output, which has a line for each block. */
const grouped = (title, work) => core/* group */.Os(title, work);

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./out/packages.json
const packages_namespaceObject = /*#__PURE__*/JSON.parse('{"Hi":{"systemd-nspawn":{"apt":"systemd-container","dnf":"systemd-container","why":"runs every stage in a container"},"unshare":{"apt":"util-linux","dnf":"util-linux","why":"keeps a build\'s mounts to itself"},"mksquashfs":{"apt":"squashfs-tools","dnf":"squashfs-tools","why":"packs what a stage changed"},"getfattr":{"apt":"attr","dnf":"attr","why":"reads extended attributes"},"flock":{"apt":"util-linux","dnf":"util-linux-core","why":"locks the store"}},"Nm":{"slirp4netns":{"apt":"slirp4netns","dnf":"slirp4netns","why":"gives steps that download a network of their own"},"ip":{"apt":"iproute2","dnf":"iproute","why":"keeps those steps off the host\'s own addresses"}},"PP":{"zstd":{"apt":"zstd","dnf":"zstd","why":"compresses its entries: runners with and without it share none"}},"E3":{"umoci":{"apt":"umoci","dnf":"umoci","why":"unpacks container images that pipelines start from"}},"Ci":{"/usr/share/keyrings/debian-archive-keyring.gpg":{"apt":"debian-archive-keyring","why":"checks the signatures of Debian\'s packages"},"arch-test":{"apt":"arch-test","why":"tells which architectures\' programs this machine runs"},"mmdebstrap":{"apt":"mmdebstrap","why":"makes Debian base systems"},"mke2fs":{"apt":"e2fsprogs","dnf":"e2fsprogs","why":"writes ext4 file systems"},"debugfs":{"apt":"e2fsprogs","dnf":"e2fsprogs","why":"writes ext4 file systems"},"sfdisk":{"apt":"fdisk","dnf":"util-linux","why":"writes partition tables"},"grub-mkimage":{"apt":"grub-common","dnf":"grub2-tools","also":"grub2-mkimage","why":"makes images bootable"},"qemu-img":{"apt":"qemu-utils","dnf":"qemu-img","why":"writes qcow2, vdi and vmdk images"},"zstd":{"apt":"zstd","dnf":"zstd","why":"compresses"},"xz":{"apt":"xz-utils","dnf":"xz","why":"compresses"},"bzip2":{"apt":"bzip2","dnf":"bzip2","why":"compresses"},"lzip":{"apt":"lzip","dnf":"lzip","why":"compresses"},"lzop":{"apt":"lzop","dnf":"lzop","why":"compresses"},"gpg":{"apt":"gpg","dnf":"gnupg2","why":"checks signatures"},"mkfs.vfat":{"apt":"dosfstools","dnf":"dosfstools","why":"writes FAT file systems"},"mcopy":{"apt":"mtools","dnf":"mtools","why":"writes FAT file systems"},"setfiles":{"apt":"policycoreutils","dnf":"policycoreutils","why":"labels files for SELinux"},"ansible-playbook":{"apt":"ansible","dnf":"ansible-core","why":"runs playbooks in a tree"},"dnf":{"apt":"dnf","dnf":"dnf","why":"makes RPM trees"},"rpm":{"apt":"rpm","dnf":"rpm","why":"installs RPM packages"},"rpmdb":{"apt":"rpm","dnf":"rpm","why":"puts the database of RPM packages in order"},"rpmkeys":{"apt":"rpm","dnf":"rpm","why":"checks the signatures of RPM packages"},"ostree":{"apt":"ostree","dnf":"ostree","why":"deploys and writes OSTree commits"},"systemd-tmpfiles":{"apt":"systemd","dnf":"systemd","why":"makes the directories that a service needs"},"dirmngr":{"apt":"dirmngr","dnf":"gnupg2","why":"fetches keys by their fingerprint"},"/usr/lib/grub/i386-pc/boot.img":{"apt":"grub-pc-bin","dnf":"grub2-pc-modules","why":"has what boots with a BIOS"},"/usr/lib/grub/x86_64-efi/moddep.lst":{"apt":"grub-efi-amd64-bin","dnf":"grub2-efi-x64-modules","why":"has what boots with UEFI"},"xorriso":{"apt":"xorriso","dnf":"xorriso","why":"writes ISO images"},"setfattr":{"apt":"attr","dnf":"attr","why":"writes extended attributes"},"mkfs.xfs":{"apt":"xfsprogs","dnf":"xfsprogs","why":"writes XFS file systems"},"mkfs.btrfs":{"apt":"btrfs-progs","dnf":"btrfs-progs","why":"writes Btrfs file systems"},"systemctl":{"apt":"systemd","dnf":"systemd","why":"enables the services of a tree"},"tar":{"apt":"tar","dnf":"tar","why":"packs files"},"gzip":{"apt":"gzip","dnf":"gzip","why":"compresses"}},"zj":{"qemu-img":{"apt":"qemu-utils","dnf":"qemu-img","why":"reads the partitions of images"},"mdir":{"apt":"mtools","dnf":"mtools","why":"finds out which architecture an image boots on"}},"lh":{"qemu-system-x86_64":{"apt":"qemu-system-x86","dnf":"qemu-system-x86-core","why":"boots images"},"/usr/share/OVMF":{"apt":"ovmf","dnf":"edk2-ovmf","why":"boots images with UEFI"}},"dw":{"qemu-system-aarch64":{"apt":"qemu-system-arm","dnf":"qemu-system-aarch64-core","why":"boots images for arm64"},"/usr/share/AAVMF":{"apt":"qemu-efi-aarch64","dnf":"edk2-aarch64","why":"boots images for arm64 with UEFI"}},"lG":{"ssh":{"apt":"openssh-client","dnf":"openssh-clients","why":"logs in to booted images"},"ssh-keygen":{"apt":"openssh-client","dnf":"openssh","why":"makes a key for each booted image"}},"KV":{"swtpm":{"apt":"swtpm","dnf":"swtpm","why":"is the TPM of the machine that boots an image"}}}');
;// CONCATENATED MODULE: ./out/src/host/install.js
// @ts-check
// This is plain JavaScript, which any Node.js can run, because scripts/setup.js needs it before anything is installed.
/**
 * Runs a command as root, without the caller's locale, and returns its error message if it failed.
 * @typedef {(argv: readonly string[]) => Promise<string | undefined>} RunAsRoot
 */
const patienceSeconds = 600;
/**
 * Installs packages on a machine that others use, too: waits for other installations, and tolerates outdated lists and
 * unreachable repositories as long as the packages can be downloaded. Returns the reason if they can't.
 * @param {"apt" | "dnf"} manager
 * @param {readonly string[]} packages
 * @param {RunAsRoot} run
 * @param {(message: string) => void} say
 * @returns {Promise<string | undefined>}
 */
async function installPackages(manager, packages, run, say) {
    // dnf itself waits for locks, refreshes its lists and skips repositories.
    if (manager === "dnf")
        return run(["dnf", "install", "-y", ...packages]);
    const install = ["apt-get", "install", "--yes", "--no-install-recommends", ...packages];
    if ((await unlocked(install, run, say)) === undefined)
        return undefined;
    const updating = await unlocked(["apt-get", "update"], run, say);
    // One broken or missing repository fails the update, but the lists of all others have been updated.
    if (updating !== undefined)
        say(`apt-get update failed; installing from the existing lists:\n${updating}`);
    return unlocked(install, run, say);
}
/**
 * Waits for apt's locks. Its own option (DPkg::Lock::Timeout) doesn't cover all locks and isn't in every release.
 * @param {readonly string[]} argv
 * @param {RunAsRoot} run
 * @param {(message: string) => void} say
 */
async function unlocked(argv, run, say) {
    const end = Date.now() + patienceSeconds * 1000;
    for (let said = "";;) {
        const complaint = await run(argv);
        const holder = complaint?.match(/Could not get lock .*/)?.[0];
        if (holder === undefined || Date.now() > end)
            return complaint;
        if (holder !== said)
            say(`waiting for at most ${patienceSeconds / 60} minutes: ${holder}`);
        said = holder;
        await new Promise((resolve) => setTimeout(resolve, 2000));
    }
}

// EXTERNAL MODULE: ./out/src/host/sudo.js
var host_sudo = __webpack_require__(58996);
;// CONCATENATED MODULE: ./out/src/host/packages.js







const known = new Map(Object.entries({
    ...{ ...packages_namespaceObject.PP, ...packages_namespaceObject.E3, ...packages_namespaceObject.Ci, ...packages_namespaceObject.Hi, ...packages_namespaceObject.Nm },
    ...{ ...packages_namespaceObject.zj, ...packages_namespaceObject.lh, ...packages_namespaceObject.dw },
    ...{ ...packages_namespaceObject.lG, ...packages_namespaceObject.KV },
}));
/** Programs that the engine itself needs on the host. */
const enginePrograms = Object.keys(packages_namespaceObject.Hi);
/** Programs that the engine needs on the host for steps that download. */
const networkPrograms = Object.keys(packages_namespaceObject.Nm);
/** Programs that the Actions cache's client compresses with, if they are installed. */
const cachePrograms = Object.keys(packages_namespaceObject.PP);
/** The programs that are needed to boot an image of an architecture, by Node.js's name. */
function bootNeeds(architecture, { script, tpm }) {
    const machine = architecture === "arm64" ? packages_namespaceObject.dw : packages_namespaceObject.lh;
    const extras = { ...(script ? packages_namespaceObject.lG : {}), ...(tpm ? packages_namespaceObject.KV : {}) };
    const programs = { ...packages_namespaceObject.zj, ...machine, ...extras };
    return Object.keys(programs).map((program) => ({ program, of: "boot-test" }));
}
/**
 * Makes sure that programs are installed on the host. With a `report`, installs the missing ones. Throws if any are
 * still missing, with the command that installs each.
 */
async function providePrograms(needs, report) {
    if (report !== undefined)
        await installInTurn(needs, report);
    const missing = await missingPrograms(needs);
    if (missing.length > 0)
        throw new errors/* BuildError */.zS("HOST", missing);
}
/** A problem for each of these programs that is missing, with the command that installs it. */
const missingPrograms = async (needs) => Promise.all((await missingOf(needs)).map(problemOf));
let installing = Promise.resolve();
/** Installs for one build after another, because a program may be there before its package has been set up. */
function installInTurn(needs, report) {
    const installed = installing.then(async () => install(await missingOf(needs), report));
    installing = installed.catch(() => undefined);
    return installed;
}
async function install(missing, report) {
    const manager = await managerOf();
    const packages = [...new Set(missing.flatMap(({ program }) => known.get(program)?.[manager] ?? []))];
    if (packages.length === 0)
        return;
    report({ type: "installing", packages });
    const say = (message) => report({ type: "warning", problem: { message } });
    const complaint = await installPackages(manager, packages, complaintOf, say);
    if (complaint !== undefined)
        throw (0,errors/* failure */.V2)("HOST", complaint);
}
async function complaintOf(argv) {
    try {
        const sudo = (0,host_sudo/* isRoot */.jX)() ? [] : ["sudo", "-n", "--"];
        await (0,host_command/* run */.eF)([...sudo, "env", "DEBIAN_FRONTEND=noninteractive", ...argv]);
        return undefined;
    }
    catch (error) {
        if (error instanceof errors/* BuildError */.zS && error.code === "HOST")
            return error.message;
        throw error;
    }
}
async function missingOf(needs) {
    const present = await Promise.all(needs.map(({ program }) => isInstalled(program)));
    return needs.filter((_, index) => !present[index]);
}
const managerOf = async () => ((await isInstalled("apt-get")) ? "apt" : "dnf");
async function problemOf({ program, of }) {
    const manager = await managerOf();
    const found = known.get(program);
    const name = found?.[manager];
    const command = manager === "apt" ? "apt-get install" : "dnf install";
    return {
        message: `${program} is not installed; ${of} needs it${found === undefined ? "" : `: it ${found.why}`}`,
        hint: name === undefined ? undefined : `sudo ${command} ${name}`,
    };
}
const isInstalled = async (program) => (await findProgram(program)) !== undefined;
/** The path of a program on this machine, or of a file that is needed like one. Undefined if it isn't installed. */
async function findProgram(program) {
    const isFile = program.startsWith("/");
    const names = [program, known.get(program)?.also ?? []].flat();
    const places = host_command/* searchPath */.oe.split(":").flatMap((directory) => names.map((name) => `${directory}/${name}`));
    for (const place of isFile ? [program] : places) {
        try {
            await (0,promises_.access)(place, isFile ? external_node_fs_.constants.R_OK : external_node_fs_.constants.X_OK);
            return place;
        }
        catch (error) {
            if (!(0,errors/* hasCode */.up)(error, "ENOENT") && !(0,errors/* hasCode */.up)(error, "EACCES"))
                throw error;
        }
    }
    return undefined;
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
;// CONCATENATED MODULE: ./out/src/image/architecture.js



/**
 * The architecture that a disk boots on: that of the loader in its ESP that UEFI starts without any setting, or x64
 * without an ESP, because only that has a BIOS. A disk with several loaders boots on this machine's own, if it can.
 */
async function architectureOf(image, disk) {
    const system = disk.partitions.find(({ type }) => type === "EFI system");
    if (system === undefined)
        return "x64";
    const names = await loadersIn(image, disk.format, system);
    const found = architectures.filter((architecture) => names.includes(loaders[architecture]));
    return found.find((architecture) => architecture === process.arch) ?? found[0] ?? "x64";
}
/** The loaders' names, by the UEFI specification, section 3.5.1.1. */
const loaders = { x64: "bootx64.efi", arm64: "bootaa64.efi" };
const architectures = ["x64", "arm64"];
/** The names of the files in the ESP's directory for loaders, in lower case. */
async function loadersIn(image, format, { start, size }) {
    const directory = await (0,promises_.mkdtemp)(`${(0,external_node_os_.tmpdir)()}/esp-`);
    try {
        const partition = `${directory}/esp`;
        const disk = { driver: format, file: { driver: "file", filename: image } };
        // A backing file could be any file of this machine.
        const file = format === "qcow2" ? { ...disk, backing: null } : disk;
        const source = `json:${JSON.stringify({ driver: "raw", offset: start, size, file })}`;
        await (0,host_command/* run */.eF)(["qemu-img", "convert", "-O", "raw", source, partition]);
        return await filesIn(partition, "/EFI/BOOT");
    }
    finally {
        await (0,promises_.rm)(directory, { recursive: true });
    }
}
/** The names of a FAT directory's files, in lower case; none if there is no such directory. */
async function filesIn(fileSystem, directory) {
    try {
        // mtools refuses file systems whose geometry is unusual.
        const env = { MTOOLS_SKIP_CHECK: "1" };
        const listed = await (0,host_command/* run */.eF)(["mdir", "-b", "-i", fileSystem, `::${directory}`], { env });
        return listed.split("\n").map((path) => path.trim().split("/").at(-1)?.toLowerCase() ?? "");
    }
    catch (error) {
        if (error instanceof host_command/* CommandError */.Qd)
            return [];
        throw error;
    }
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
;// CONCATENATED MODULE: ./out/src/host/process-group.js






/**
 * Runs a program in a process group of its own. Returns how it ended, in words, or undefined if it ended with exit code
 * 0. Nothing that it started in this group outlives it.
 */
async function runGroup(argv, options) {
    const { env, cwd, onLine, signal } = options;
    const tell = (0,trace/* traced */.mn)(argv, cwd);
    // The program must not outlive this process, however that ends.
    const child = (0,external_node_child_process_.spawn)("setpriv", ["--pdeathsig", "KILL", "--", ...argv], {
        env: { PATH: host_command/* searchPath */.oe, LC_ALL: "C.UTF-8", ...env },
        cwd,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
    });
    (0,host_command/* onLines */.lP)(child.stdout, onLine);
    (0,host_command/* onLines */.lP)(child.stderr, onLine);
    const kill = () => killGroup(child.pid);
    signal.addEventListener("abort", kill, { once: true });
    if (signal.aborted)
        kill();
    const closed = (0,external_node_events_.once)(child, "close");
    const [exitCode, killer] = await (0,external_node_events_.once)(child, "exit").finally(() => signal.removeEventListener("abort", kill));
    kill();
    // A process that has left the group may keep the output open for ever.
    await Promise.race([closed, (0,external_node_timers_promises_.setTimeout)(1000)]);
    child.stdout.destroy();
    child.stderr.destroy();
    const end = exitCode === null ? `was ended by ${killer}` : `ended with exit code ${exitCode}`;
    tell(end);
    return exitCode === 0 ? undefined : end;
}
function killGroup(leader) {
    if (leader === undefined)
        return;
    try {
        process.kill(-leader, "SIGKILL");
    }
    catch (error) {
        if (!(0,errors/* hasCode */.up)(error, "ESRCH"))
            throw error;
    }
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
;// CONCATENATED MODULE: ./out/src/image/monitor.js




/** Runs one of QEMU's commands through its monitor (QMP) on a Unix socket, and returns the answer. */
async function askMonitor(socket, command, args = {}) {
    for (const end = performance.now() + monitor_patience;;) {
        try {
            return await ask(socket, command, args);
        }
        catch (error) {
            // QEMU has only just started.
            const { cause } = error;
            const isEarly = (0,errors/* hasCode */.up)(cause, "ENOENT") || (0,errors/* hasCode */.up)(cause, "ECONNREFUSED");
            if (!isEarly || performance.now() > end)
                throw error;
            await (0,external_node_timers_promises_.setTimeout)(100);
        }
    }
}
/** The milliseconds in which QEMU must have started, and then answered. */
const monitor_patience = 10_000;
function ask(socket, command, args) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const complain = (why, cause) => reject((0,errors/* failure */.V2)("HOST", `QEMU's monitor ${why}`, undefined, { cause }));
    const monitor = (0,external_node_net_.connect)(socket);
    monitor.setTimeout(monitor_patience, () => complain("doesn't answer"));
    monitor.on("error", (cause) => complain("can't be reached", cause));
    monitor.on("close", () => complain("was closed"));
    (0,host_command/* onLines */.lP)(monitor, (line) => {
        const message = JSON.parse(line);
        if (message.id === undefined)
            return;
        if (message.error === undefined)
            resolve(message.return);
        else
            complain(`refused ${command}: ${message.error.desc}`);
    });
    const questions = [{ execute: "qmp_capabilities" }, { execute: command, arguments: args, id: "answer" }];
    monitor.write(questions.map((question) => `${JSON.stringify(question)}\n`).join(""));
    return promise.finally(() => monitor.destroy());
}

;// CONCATENATED MODULE: ./out/src/image/crawling.js



/** KVM emulates some instructions of any machine, those that reach for devices, but not so many for so long. */
const mostPerSecond = 100_000;
const seconds = 2;
const enough = 5;
/**
 * Watches a machine until `signal` aborts. The signal that it returns aborts, for a reason in words, once KVM has emulated
 * the machine's instructions for ten seconds instead of letting the processor run them. KVM does that with firmware and
 * boot loaders if the processor, or the machine that this one is nested in, lacks what they need, and a boot takes hours
 * then. QEMU before 7.1 doesn't tell, so there the signal never aborts.
 */
function watchForCrawling(monitor, signal) {
    const crawling = new AbortController();
    untilCrawling(monitor, signal).then(() => crawling.abort("KVM emulates its instructions here, which takes too long"), (error) => {
        if (!signal.aborted && !(error instanceof errors/* BuildError */.zS))
            throw error;
    });
    return crawling.signal;
}
async function untilCrawling(monitor, signal) {
    let before = await emulatedInstructions(monitor);
    for (let crawled = 0; crawled < enough;) {
        await (0,external_node_timers_promises_.setTimeout)(seconds * 1000, undefined, { signal });
        const now = await emulatedInstructions(monitor);
        crawled = now - before > mostPerSecond * seconds ? crawled + 1 : 0;
        before = now;
    }
}
async function emulatedInstructions(monitor) {
    const processors = (await askMonitor(monitor, "query-stats", { target: "vcpu" }));
    const counters = processors.flatMap(({ stats }) => stats).filter(({ name }) => name === "insn_emulation");
    return counters.reduce((sum, { value }) => sum + Number(value), 0);
}

;// CONCATENATED MODULE: ./out/src/image/firmware.js


/** The firmware to boot a disk with: UEFI only if it has an ESP and no room for a BIOS boot loader. */
const firmwareOf = ({ table, partitions }) => {
    const forBios = table === "gpt" ? has(partitions, "BIOS boot") : partitions.some(({ bootable }) => bootable);
    return hasSystemPartition({ partitions }) && !forBios ? "UEFI" : "BIOS";
};
/** Whether a disk has an ESP, without which it can't boot with UEFI. */
const hasSystemPartition = ({ partitions }) => has(partitions, "EFI system");
const has = (partitions, type) => partitions.some((partition) => partition.type === type);
/** QEMU's options for the firmware of a machine. A BIOS needs none. */
async function firmwareOptions(architecture, firmware) {
    if (firmware === "BIOS")
        return [];
    const { [firmware]: places, packages } = firmwares[architecture];
    for (const { code, variables } of places) {
        if (!(await isReadable(code)) || !(await isReadable(variables)))
            continue;
        return [
            ...["-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${code}`],
            ...["-drive", `if=pflash,unit=1,format=raw,snapshot=on,file=${variables}`],
        ];
    }
    const keys = firmware === "UEFI" ? "" : " and Microsoft's keys";
    throw (0,errors/* failure */.V2)("HOST", `no ${firmware}${keys} found to boot the image with`, `install the package ${packages}`);
}
const files = (path, code, variables) => ({
    code: `${path}_CODE${code}.fd`,
    variables: `${path}_VARS${variables}.fd`,
});
/** The files of UEFI for QEMU in newer and older releases of the distributions: Debian and Ubuntu first, then Fedora. */
const firmwares = {
    x64: {
        UEFI: [files("/usr/share/OVMF/OVMF", "_4M", "_4M"), files("/usr/share/OVMF/OVMF", "", "")],
        "UEFI with Secure Boot": [
            files("/usr/share/OVMF/OVMF", "_4M.secboot", "_4M.ms"),
            files("/usr/share/OVMF/OVMF", ".secboot", ".ms"),
            files("/usr/share/OVMF/OVMF", ".secboot", ".secboot"),
        ],
        packages: "ovmf or edk2-ovmf",
    },
    arm64: {
        UEFI: [files("/usr/share/AAVMF/AAVMF", "", "")],
        "UEFI with Secure Boot": [files("/usr/share/AAVMF/AAVMF", ".ms", ".ms")],
        packages: "qemu-efi-aarch64 or edk2-aarch64",
    },
};
async function isReadable(path) {
    try {
        await (0,promises_.access)(path, promises_.constants.R_OK);
        return true;
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT") || (0,errors/* hasCode */.up)(error, "EACCES"))
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./out/src/image/machine.js




/** Starts a machine, which doesn't change its image and ends with this process in any case. */
async function startMachine(machine, files) {
    const printed = [];
    const { promise: report, resolve } = Promise.withResolvers();
    const end = new AbortController();
    const { ended, kill } = await (0,host_command/* converse */.iq)(await qemuArgv(machine, files), {
        env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
        onLine: (line) => {
            printed.push(line);
            if (line.startsWith(reportStart))
                resolve(line);
        },
        onError: (line) => printed.push(line),
    });
    void ended.then(({ exitCode, message }) => end.abort(exitCode === 0 ? "the machine switched itself off" : message));
    return {
        printed,
        report,
        ended: end.signal,
        async [Symbol.asyncDispose]() {
            kill();
            await ended;
        },
    };
}
/** The beginning of the report. */
const reportStart = "osbuild-test: ";
async function qemuArgv(machine, files) {
    const { architecture, firmware, accelerator, memory, cpus, format } = machine;
    const { image, console, monitor, authorizedKey, tpm } = files;
    const hardware = { x64: x64(firmware), arm64: arm64(accelerator) }[architecture];
    const megabytes = Math.max(1, Math.floor(memory / 1024 ** 2));
    const forward = authorizedKey === undefined ? "" : ",hostfwd=tcp:127.0.0.1:0-:22";
    return [
        // The machine must not outlive this process, however it ends.
        ...["setpriv", "--pdeathsig", "KILL", ...hardware],
        ...["-accel", accelerator, "-m", `${megabytes}M`, "-smp", `${cpus}`, "-display", "none", "-no-reboot"],
        ...(await firmwareOptions(architecture, firmware)),
        ...["-drive", `file=${image.replaceAll(",", ",,")},format=${format},if=virtio,snapshot=on`],
        ...["-nic", `user,model=virtio-net-pci${forward}`],
        ...(authorizedKey === undefined ? [] : ["-smbios", `type=11,value=${keyCredential(authorizedKey)}`]),
        ...["-serial", `file:${console}`, "-monitor", "none", "-qmp", `unix:${monitor},server=on,wait=off`],
        // QEMU closes the port when its standard input ends, so we keep that open.
        ...["-device", "virtio-serial", "-chardev", "stdio,id=test"],
        ...["-device", "virtserialport,chardev=test,name=org.osbuild.test"],
        ...(tpm === undefined ? [] : tpmOptions(architecture, tpm)),
    ];
}
const tpmOptions = (architecture, socket) => [
    ...["-chardev", `socket,id=tpm,path=${socket}`, "-tpmdev", "emulator,id=tpm,chardev=tpm"],
    ...["-device", `${{ x64: "tpm-crb", arm64: "tpm-tis-device" }[architecture]},tpmdev=tpm`],
];
// The default processor has only what the first of its kind had, and distributions need more: RHEL 9 x86-64-v2, RHEL 10 v3.
const x64 = (firmware) => ["qemu-system-x86_64", "-cpu", "max", ...x64Board(firmware)];
const x64Board = (firmware) => {
    switch (firmware) {
        case "BIOS":
            return [];
        case "UEFI":
            return ["-machine", "q35"];
        case "UEFI with Secure Boot":
            // Only the firmware, in system management mode, may write its variables, or the system could add keys of its own.
            return ["-machine", "q35,smm=on", "-global", "driver=cfi.pflash01,property=secure,value=on"];
    }
};
const arm64 = (accelerator) => [
    // Older interrupt controllers have eight processors at most.
    ...["qemu-system-aarch64", "-machine", "virt,gic-version=max"],
    ...["-cpu", accelerator === "kvm" ? "host" : "cortex-a72"],
    // This machine has no screen of its own.
    ...["-device", "ramfb"],
];
/** The credential that systemd 252 and later make root's authorized_keys of, by systemd.system-credentials(7). */
const keyCredential = (key) => `io.systemd.credential.binary:ssh.authorized_keys.root=${Buffer.from(key).toString("base64")}`;
/** Whether this process may use hardware virtualisation. */
async function hasKvm() {
    try {
        await (0,promises_.access)("/dev/kvm", promises_.constants.R_OK | promises_.constants.W_OK);
        return true;
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT") || (0,errors/* hasCode */.up)(error, "EACCES") || (0,errors/* hasCode */.up)(error, "EPERM"))
            return false;
        throw error;
    }
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
;// CONCATENATED MODULE: ./out/src/image/refusal.js



/** Aborts once Secure Boot has stopped a machine from booting, for a reason in words. `console` is the console's file. */
function watchForRefusal(console, over) {
    const refused = new AbortController();
    const watch = async () => {
        while (!over.aborted) {
            const reason = refusalIn(await (0,promises_.readFile)(console, "utf8").catch(() => ""));
            if (reason !== undefined)
                return refused.abort(reason);
            await (0,external_node_timers_promises_.setTimeout)(1000, undefined, { signal: over }).catch(() => undefined);
        }
    };
    void watch();
    return refused.signal;
}
/** The reason, in words, why Secure Boot has stopped a machine from booting, by the text on its console. */
function refusalIn(console) {
    const text = (0,external_node_util_.stripVTControlCharacters)(console);
    for (const { sign, why } of refusals) {
        const [said] = sign.exec(text) ?? [];
        if (said !== undefined)
            return `Secure Boot: ${why} (${said})`;
    }
    return undefined;
}
const refusals = [
    {
        sign: /BdsDxe: failed to load .*: (Access Denied|Security Violation)/,
        why: "the firmware doesn't start the image's boot loader, because no key that it trusts has signed it",
    },
    {
        sign: /Verification failed: .*Security Violation/,
        why: "shim doesn't start the image's GRUB, because no key that it trusts has signed it",
    },
    {
        sign: /bad shim signature/,
        why: "GRUB doesn't start the image's kernel, because no key that shim trusts has signed it",
    },
];

;// CONCATENATED MODULE: ./out/src/image/ssh.js






/** Makes a key in a directory that nobody else can read. */
async function makeKey(directory) {
    const file = `${directory}/key`;
    await (0,host_command/* run */.eF)(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "osbuild boot test", "-f", file]);
    return { file, line: await (0,promises_.readFile)(`${file}.pub`, "utf8") };
}
/** The environment of a program that logs in to a machine: its address, and a configuration for `ssh -F`. */
async function writeConfig(directory, { file }, monitor) {
    const port = await forwardedPort(monitor);
    const config = `${directory}/config`;
    const lines = [
        ...["Host machine", "HostName 127.0.0.1", `Port ${port}`, "User root", `IdentityFile ${JSON.stringify(file)}`],
        // Each machine has new host keys, and nothing of the user's own configuration may count.
        ...["IdentitiesOnly yes", "BatchMode yes", "StrictHostKeyChecking no", "UserKnownHostsFile /dev/null"],
        ...["LogLevel ERROR", "ConnectTimeout 5", "ServerAliveInterval 15"],
    ];
    await (0,promises_.writeFile)(config, `${lines.join("\n")}\n`);
    return {
        BOOT_SSH_CONFIG: config,
        BOOT_SSH_HOST: "127.0.0.1",
        BOOT_SSH_PORT: port,
        BOOT_SSH_USER: "root",
        BOOT_SSH_KEY: file,
    };
}
/** The port of this machine that QEMU forwards. QEMU chose a free one, and only its table for people names it. */
async function forwardedPort(monitor) {
    const table = String(await askMonitor(monitor, "human-monitor-command", { "command-line": "info usernet" }));
    const [, port] = /TCP\[HOST_FORWARD\]\s+\d+\s+127\.0\.0\.1\s+(\d+)/.exec(table) ?? [];
    if (port === undefined)
        throw (0,errors/* failure */.V2)("HOST", `QEMU names no forwarded port:\n${table}`);
    return port;
}
/** Waits until root can log in. Returns the last complaint of ssh if the signal comes first. */
async function waitForLogin(config, signal) {
    let complaint = "";
    const onLine = (line) => {
        complaint = line;
    };
    while (!signal.aborted) {
        const end = await runGroup(["ssh", "-F", config, "machine", "true"], { env: {}, cwd: "/", onLine, signal });
        if (end === undefined)
            return undefined;
        await (0,external_node_timers_promises_.setTimeout)(1000, undefined, { signal }).catch(() => undefined);
    }
    return complaint;
}

;// CONCATENATED MODULE: ./out/src/image/tpm.js




/** Starts a new TPM 2.0, which keeps its state in this directory. It ends with this process in any case. */
async function startTpm(directory) {
    const socket = `${directory}/tpm.socket`;
    const printed = [];
    const onLine = (line) => void printed.push(line);
    // The TPM must not outlive this process, however it ends.
    const argv = ["setpriv", "--pdeathsig", "KILL", "swtpm", "socket", "--tpm2", "--tpmstate", `dir=${directory}`];
    const { ended, kill } = await (0,host_command/* converse */.iq)([...argv, "--ctrl", `type=unixio,path=${socket}`], {
        env: { PATH: host_command/* searchPath */.oe },
        onLine,
        onError: onLine,
    });
    while (!(0,external_node_fs_.existsSync)(socket)) {
        const end = await Promise.race([ended, (0,external_node_timers_promises_.setTimeout)(20, undefined)]);
        if (end === undefined)
            continue;
        throw (0,errors/* failure */.V2)("HOST", ["the machine's TPM doesn't start", end.message, ...printed].join("\n"));
    }
    return {
        socket,
        printed,
        async [Symbol.asyncDispose]() {
            kill();
            await ended;
        },
    };
}

;// CONCATENATED MODULE: ./out/src/image/boot.js
var boot_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var boot_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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











/** Boots an image in QEMU, until the unit of `org.osbuild.test` reports and a script ends. The image isn't changed. */
async function bootImage(image, options) {
    const { directory, script } = options;
    const own = await (0,promises_.mkdtemp)(`${(0,external_node_os_.tmpdir)()}/boot-`);
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const [monitor, console] = [`${own}/monitor`, `${directory}/console.txt`];
            const key = script === undefined ? undefined : await makeKey(own);
            // An earlier attempt's console would be taken for this one's until QEMU has opened the file.
            await (0,promises_.rm)(console, { force: true });
            const tpm = boot_addDisposableResource(env_1, options.tpm ? await startTpm(own) : undefined, true);
            const files = { image, console, monitor, authorizedKey: key?.line, tpm: tpm?.socket };
            const machine = boot_addDisposableResource(env_1, await startMachine(options, files), true);
            const login = key === undefined ? undefined : () => writeConfig(own, key, monitor);
            const over = new AbortController();
            const watches = {
                crawling: options.accelerator === "kvm" ? watchForCrawling(monitor, over.signal) : AbortSignal.any([]),
                refused: options.firmware === "UEFI with Secure Boot" ? watchForRefusal(console, over.signal) : AbortSignal.any([]),
            };
            const verdict = await judge(image, machine, watches, options, login).finally(() => over.abort());
            if (verdict.type === "passed")
                return { ...verdict, printed: machine.printed };
            const screen = machine.ended.aborted ? [] : await photograph(monitor, `${directory}/screen.png`);
            const log = await (0,promises_.readFile)(console, "utf8").catch(() => "");
            const evidence = [...(log === "" ? [] : [console]), ...screen];
            const printed = [...(tpm?.printed ?? []), ...machine.printed];
            return { ...verdict, printed, console: log.split("\n").slice(-60), evidence };
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = boot_disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    }
    finally {
        await (0,promises_.rm)(own, { recursive: true });
    }
}
async function judge(image, machine, { crawling, refused }, options, login) {
    const { reports, script, seconds } = options;
    const limit = AbortSignal.timeout(seconds * 1000);
    const signal = AbortSignal.any([options.signal, limit, machine.ended, crawling, refused]);
    const refusal = () => (refused.aborted ? { type: "failed", why: refused.reason } : undefined);
    const whyNot = (what) => {
        const reason = machine.ended.aborted ? machine.ended.reason : crawling.reason;
        if (reason !== undefined)
            return `${what}: ${reason}`;
        return limit.aborted ? `${what} within ${seconds} s` : `${what} before it was stopped`;
    };
    if (reports) {
        const report = await Promise.race([machine.report, abortOf(signal)]);
        if (report === undefined)
            return refusal() ?? { type: "no report", why: whyNot("no report") };
        if (!report.startsWith(`${reportStart}passed `))
            return { type: "failed", why: report };
    }
    if (script === undefined || login === undefined)
        return { type: "passed" };
    const env = await Promise.race([login(), abortOf(signal)]);
    const complaint = env === undefined ? "" : await waitForLogin(env.BOOT_SSH_CONFIG, signal);
    if (env === undefined || complaint !== undefined)
        return refusal() ?? { type: reports ? "failed" : "no report", why: `${whyNot("no login by SSH")}: ${complaint}` };
    return runScript(script, { ...env, BOOT_IMAGE: image }, machine, { signal, whyNot });
}
async function runScript({ path, cwd, env, onLine }, login, { printed }, { signal, whyNot }) {
    const lines = [];
    const note = (line) => {
        lines.push(line);
        onLine(line);
    };
    const end = await runGroup([path], { env: { ...env, ...login }, cwd, onLine: note, signal });
    const name = (0,external_node_path_.basename)(path);
    printed.push(`${name} ${end ?? "passed"}`);
    if (end === undefined)
        return { type: "passed" };
    const why = signal.aborted ? whyNot(`${name} did not end`) : `${name} ${end}`;
    return { type: "failed", why: [why, ...lines.slice(-20)].join("\n") };
}
/** Saves what the machine's screen shows. Without a picture a failure has less to show. */
async function photograph(monitor, file) {
    try {
        await askMonitor(monitor, "screendump", { filename: file, format: "png" });
        return [file];
    }
    catch (error) {
        if (error instanceof errors/* BuildError */.zS)
            return [];
        throw error;
    }
}
const abortOf = (signal) => new Promise((resolve) => {
    if (signal.aborted)
        resolve(undefined);
    else
        signal.addEventListener("abort", () => resolve(undefined), { once: true });
});

// EXTERNAL MODULE: ../../node_modules/@actions/artifact/lib/artifact.js + 27 modules
var artifact = __webpack_require__(90943);
// EXTERNAL MODULE: ../../node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(40066);
// EXTERNAL MODULE: ../../node_modules/@actions/http-client/lib/auth.js
var auth = __webpack_require__(80381);
;// CONCATENATED MODULE: ./out/src/action/run-artifacts.js




/**
 * Finds an artifact of this run by its name. @actions/artifact drops the id of its job, which the service returns. That
 * id is the same in every attempt, and different for each job of a matrix.
 */
async function findArtifact(name, runner) {
    const { ACTIONS_RESULTS_URL: url = "", ACTIONS_RUNTIME_TOKEN: token = "", GITHUB_RUN_ATTEMPT: attempt } = runner.env;
    const { run, job } = backendIds(token);
    const client = new lib/* HttpClient */.Qq("osbuild-action", [new auth/* BearerCredentialHandler */.tZ(token)], { socketTimeout: 30_000 });
    const { result } = await client.postJson(new URL(listArtifacts, url).href, {
        workflow_run_backend_id: run,
        workflow_job_run_backend_id: job,
        name_filter: name,
    });
    const [newest] = (result?.artifacts ?? []).toSorted((a, b) => Number(b.database_id) - Number(a.database_id));
    if (newest === undefined)
        return undefined;
    const id = Number(newest.database_id);
    const earlier = Number(attempt) > 1 && newest.workflow_job_run_backend_id === job;
    return { id, isOurs: earlier && !(await uploadedHere(runner)).includes(id) };
}
const listArtifacts = "/twirp/github.actions.results.api.v1.ArtifactService/ListArtifacts";
/** The ids of the run and the job. The token's payload has a claim such as `scp: "… Actions.Results:RUN:JOB"`. */
function backendIds(token) {
    const { scp } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const [, run = "", job = ""] = /\bActions\.Results:([^:\s]+):([^:\s]+)/.exec(scp) ?? [];
    return { run, job };
}
/** Records an upload for later steps in this attempt of the job. */
const noteUploaded = (id, runner) => (0,promises_.appendFile)(listOf(runner), `${id}\n`);
async function uploadedHere(runner) {
    try {
        return (await (0,promises_.readFile)(listOf(runner), "utf8")).split("\n").filter(Boolean).map(Number);
    }
    catch (error) {
        if ((0,errors/* hasCode */.up)(error, "ENOENT"))
            return [];
        throw error;
    }
}
/** The list of uploads, in RUNNER_TEMP: the runner empties that at the start and at the end of each job. */
const listOf = ({ temporary, env }) => `${temporary}/osbuild-artifacts-${env.GITHUB_RUN_ID}-${env.GITHUB_RUN_ATTEMPT}`;

;// CONCATENATED MODULE: ./out/src/action/artifact.js






/** Uploads files as an artifact, which replaces one of an earlier attempt of this job. */
async function uploadArtifact(upload, job) {
    const { name, root } = upload;
    const { runner } = job;
    const client = new artifact/* DefaultArtifactClient */.t9();
    const files = upload.raw ? [await namedFile(upload, job)] : [...upload.files];
    const put = () => client.uploadArtifact(name, files, root, optionsOf(upload, job));
    const { id, size } = await put().catch(async (error) => {
        await makeRoom(client, name, job, error);
        return put();
    });
    if (id === undefined)
        throw new Error("the service gave the artifact no id");
    await noteUploaded(id, runner);
    return { name, id, url: `${runner.runUrl}/artifacts/${id}`, bytes: size ?? 0 };
}
function optionsOf({ files, raw }, { inputs }) {
    const { retentionDays, compressionLevel = 6 } = inputs;
    return {
        compressionLevel: files.every(artifact_names/* isCompressed */.cx) ? 0 : compressionLevel,
        ...(retentionDays === undefined ? {} : { retentionDays }),
        ...(raw ? { skipArchive: true } : {}),
    };
}
/** The file of a raw artifact. The artifact is named after it, so another name needs a link with that name. */
async function namedFile({ name, files: [file = ""] }, { directory }) {
    if ((0,external_node_path_.basename)(file) === name)
        return file;
    const link = `${await (0,promises_.mkdtemp)(`${directory}/named-`)}/${name}`;
    await (0,promises_.symlink)(file, link);
    return link;
}
/** Deletes an artifact with this name if it is this job's own. Otherwise the upload has failed. */
async function makeRoom(client, name, { runner }, cause) {
    // The client has no class for this error.
    if (!/\(409\)/.test(cause.message))
        throw cause;
    // Artifacts that are still being uploaded aren't listed.
    const found = await findArtifact(name, runner).catch(() => undefined);
    if (!found?.isOurs)
        throw (0,errors/* failure */.V2)("HOST", `another job or step of this run has an artifact named ${JSON.stringify(name)}`, "give each its own name with the input artifact-name, which in a matrix can contain one of its values", { cause });
    await client.deleteArtifact(name);
}
/** Records files for the runner to attest, if it wants such a list. */
async function recordSubjects(files, list) {
    if (list !== undefined)
        await (0,promises_.appendFile)(list, files.map((file) => `${file}\n`).join(""));
}

;// CONCATENATED MODULE: ./out/src/action/installing.js

/** Reports the installation of missing programs in the log. */
function reportInstalling(event) {
    if (event.type === "installing")
        core/* info */.pq(`installing ${event.packages.join(" ")}`);
    if (event.type === "warning")
        core/* info */.pq(event.problem.message);
}

;// CONCATENATED MODULE: ./out/src/action/boot-test.js













/** The programs that a boot test with these inputs needs, besides QEMU. */
const bootExtras = ({ bootScript, bootTpm }) => ({
    script: bootScript !== undefined,
    tpm: bootTpm,
});
/**
 * Boots a pipeline's image, on a machine of its architecture with the firmware that it is made for, and has it tested.
 * A failure is a problem of the pipeline. The image is then uploaded under another name, for someone to examine.
 */
async function bootTest(image, run, { boot: name }, job) {
    const started = performance.now();
    const directory = `${job.directory}/${name}`;
    const result = await core/* group */.Os(`Booting ${image.path}`, () => boot(image, directory, run, job).catch(boot_test_refused));
    const seconds = (performance.now() - started) / 1000;
    if (result.type === "passed") {
        core/* info */.pq(`the boot test passed: ${result.printed.at(-1)}`);
        return { passed: true, seconds, said: result.printed, evidenceUrl: null };
    }
    const { why, printed, evidence } = result;
    const artifact = await uploadEvidence(name, directory, evidence, job);
    const problem = {
        message: `the boot test of ${image.path} failed: ${why}`.slice(0, 4000),
        at: run.loaded?.testStage ?? undefined,
        hint: artifact === undefined
            ? "the log has the end of its console"
            : `the artifact ${name} has its console and what its screen showed`,
    };
    run.problems = [...run.problems, problem];
    annotate(problem, "boot test", job.runner.workspace);
    const [verdict = ""] = why.split("\n");
    return { passed: false, seconds, said: [...printed, verdict], evidenceUrl: artifact?.url ?? null };
}
const nothing = { type: "no report", printed: [], console: [], evidence: [] };
/** The result if this machine can't run the test. */
function boot_test_refused(error) {
    if (!(error instanceof errors/* BuildError */.zS))
        throw error;
    return { ...nothing, why: error.problems.map(withHint).join("\n") };
}
async function boot({ path, disk }, directory, run, job) {
    if (disk === null || disk.virtualSize === null)
        return { ...nothing, why: "it isn't a disk image that QEMU can boot" };
    const { inputs, runner, signal } = job;
    if (inputs.bootSecureBoot && !hasSystemPartition(disk))
        return { ...nothing, why: "it has no EFI system partition, which Secure Boot starts signed loaders from" };
    const image = `${run.output}/${path}`;
    const architecture = await architectureOf(image, disk);
    await providePrograms(bootNeeds(architecture, bootExtras(inputs)), inputs.installDependencies ? reportInstalling : undefined);
    await (0,promises_.mkdir)(directory, { recursive: true });
    let result = { ...nothing, why: "the job ran out of time" };
    for (const way of await waysOf(architecture)) {
        if (signal.aborted)
            break;
        const seconds = inputs.bootTimeout ?? way.seconds;
        const machine = machineOf(disk, architecture, inputs);
        core/* info */.pq(`${architecture} with ${machine.firmware}${machine.tpm ? ", a TPM" : ""}, ${(0,format/* formatCount */.B4)(machine.cpus, "processor")}, ${(0,format/* formatBytes */.z3)(machine.memory)}, ${way.how}, for at most ${(0,format/* formatSeconds */.Xo)(seconds)}`);
        const { accelerator } = way;
        const tests = { reports: (run.loaded?.testStage ?? null) !== null, script: scriptOf(inputs.bootScript, runner) };
        result = await bootImage(image, { ...machine, ...tests, accelerator, seconds, directory, signal });
        const guest = foreignOutput();
        guest.print([...(result.type === "passed" ? [] : result.console), ...result.printed]);
        guest.resume();
        if (result.type !== "no report")
            break;
    }
    return result;
}
const machineOf = (disk, architecture, inputs) => ({
    architecture,
    firmware: firmwareFor(disk, architecture, inputs),
    // A hybrid ISO is a disk, too.
    format: disk.format === "iso9660" ? "raw" : disk.format,
    memory: inputs.bootMemory,
    cpus: inputs.bootCpus,
    tpm: inputs.bootTpm,
});
function firmwareFor(disk, architecture, { bootSecureBoot }) {
    if (bootSecureBoot)
        return "UEFI with Secure Boot";
    // Only x64 machines have a BIOS.
    return architecture === "x64" ? firmwareOf(disk) : "UEFI";
}
/** On some machines KVM is available but hangs. An image that doesn't boot with it in its time is booted without. */
async function waysOf(architecture) {
    const emulated = (why) => ({ accelerator: "tcg", seconds: 900, how: `emulated because ${why}` });
    if (architecture !== process.arch)
        return [emulated(`this runner is ${process.arch}`)];
    if (!(await hasKvm()))
        return [emulated("its user can't use /dev/kvm")];
    return [{ accelerator: "kvm", seconds: 120, how: "with KVM" }, emulated("it didn't boot with KVM")];
}
/** The script sees none of the Action's own environment, which has its tokens. */
function scriptOf(path, { env, workspace }) {
    if (path === undefined)
        return undefined;
    const { PATH = "", HOME = "/" } = env;
    return { path, cwd: workspace, env: { PATH, HOME, GITHUB_WORKSPACE: workspace }, onLine: lineWithName };
}
/**
 * Uploads what shows how a boot test failed. That can't hide the failure: it becomes a warning if it isn't possible.
 */
async function uploadEvidence(name, root, files, job) {
    if (files.length === 0 || job.inputs.upload === "false")
        return undefined;
    const upload = { name, files, root, raw: false };
    return attempt("the console of the boot test could not be uploaded", () => grouped(`Uploading ${name}`, () => uploadArtifact(upload, job)));
}

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

;// CONCATENATED MODULE: ./out/src/action/cache/failures.js
/**
 * Classifies a call's end. Undefined for success and for a plain miss. The toolkit returns the same for a failure as
 * for a miss, or for another job that is saving the same key. Only its output and the service's HTTP status differ.
 */
function failureOf({ answer, printed, timeout, ended }) {
    if (timeout !== undefined)
        return broken(`it didn't answer within ${timeout} s`);
    if (answer === undefined)
        return broken(warningIn(printed) ?? lastError(printed) ?? `its client ended without an answer: ${ended}`);
    switch (answer.type) {
        case "saved":
        case "exists":
            return undefined;
        case "failed":
            return broken(answer.reason);
        case "unavailable":
            return { kind: "unavailable", reason: "this runner has none" };
        case "restored":
            return answer.key === undefined ? restoreFailure(printed, answer.refusal) : undefined;
        case "not saved":
            return saveFailure(printed, answer.refusal);
        default:
            return answer;
    }
}
function restoreFailure(printed, refusal) {
    const warning = warningIn(printed);
    if (warning === undefined && refusal === undefined)
        return undefined;
    const reason = warning || `HTTP status ${refusal?.status}`;
    const key = /^Cache hit for(?: restore-key)?: (.*)$/m.exec(printed)?.[1];
    if (key !== undefined && refusal?.of === "entry" && (refusal.status === 404 || refusal.status === 410))
        return { kind: "gone", key, reason: `HTTP status ${refusal.status}` };
    if (key !== undefined && refusal === undefined && /tar"? failed with error/.test(reason))
        return { kind: "damaged", key, reason };
    return failures_refused(reason, refusal);
}
function saveFailure(printed, refusal) {
    const reservation = /^::debug::Failed to reserve cache: (.*)$/m.exec(printed)?.[1];
    const warning = warningIn(printed);
    // Another job is saving the same entry.
    if (warning === undefined && reservation?.includes("(409)"))
        return undefined;
    const skipped = /^Cache save skipped: .*$/m.exec(printed)?.[0];
    if (skipped !== undefined)
        return { kind: "forbidden", reason: skipped };
    const reason = warning ?? (reservation === undefined ? undefined : plain(reservation));
    return failures_refused(reason || "the entry could not be saved", refusal);
}
function failures_refused(reason, refusal) {
    if (refusal?.status === 429 || /rate limit/i.test(reason))
        return { kind: "busy", reason };
    if (/quota/i.test(reason))
        return { kind: "full", reason };
    if (refusal?.status === 401 || refusal?.status === 403 || /denied:/.test(reason))
        return { kind: "forbidden", reason };
    return broken(reason);
}
const broken = (reason) => ({ kind: "broken", reason });
/** Says what failed, and what that means for the rest of the job. */
function failureMessage(failure, action) {
    const { kind, reason } = failure;
    const use = action === "restore" ? "read from" : "saved to";
    switch (kind) {
        case "gone":
            return `an entry of the Actions cache is gone (${reason}), so its steps are built again: ${failure.key}`;
        case "damaged":
            return `an entry of the Actions cache is damaged (${reason}), so its steps are built again: ${failure.key}`;
        case "forbidden":
            return `this job may not ${action === "restore" ? "read from" : "save to"} the Actions cache: ${reason}`;
        case "busy":
            return `the Actions cache is too busy, so this job goes on without it: ${reason}`;
        case "full":
            return `the Actions cache is full, so nothing more is saved to it in this job: ${reason}`;
        case "unavailable":
            return `the Actions cache is not used: ${reason}`;
        case "broken":
            return `the Actions cache failed, so nothing more is ${use} it in this job: ${reason}`;
        default:
            return failure;
    }
}
/** The toolkit's first warning or error, which may be empty. */
function warningIn(printed) {
    const message = /^::(?:warning|error)(?: [^:]*)?::(.*)$/m.exec(printed)?.[1];
    return message === undefined ? undefined : plain(message).replace(/^(?:Failed to (?:restore|save)|error): /, "");
}
/** Unescapes the first line of a workflow command's message. */
const plain = (message) => message.replace(/%0A.*/s, "").replaceAll("%0D", "").replaceAll("%25", "%").trim();
/**
 * The error that ended a Node.js process, from its output. Node.js prints the source line before it, and a stack trace
 * and its own version after it, none of which says what happened.
 */
function lastError(printed) {
    const lines = printed.split("\n").map((line) => line.trim());
    const named = lines.findLast((line) => /^(?:Uncaught )?\[?\w*error\b.*:/i.test(line));
    return named ?? lines.findLast((line) => line !== "" && !/^Node\.js v\d/.test(line));
}

// EXTERNAL MODULE: ./out/src/action/root-process.js
var root_process = __webpack_require__(60301);
;// CONCATENATED MODULE: ./out/src/action/builder-process.js




/** Runs the builder as root until it has served a request. It ends itself when its standard input does. */
async function runBuilder(request, options) {
    const { directory, program, path, caches, pull, onMessage, onDebug, onError, signal } = options;
    const said = [];
    const builder = await (0,root_process/* startAsRoot */.f)([process.execPath, program], {
        directory,
        path,
        onLine: (line) => {
            const from = builder_process_parse(line);
            if (from === undefined)
                complain(line);
            else
                hear(from);
        },
        onError: complain,
    });
    const tell = (message) => builder.say(JSON.stringify(message));
    const cancel = () => tell({ type: "cancel" });
    signal.addEventListener("abort", cancel, { once: true });
    if (signal.aborted)
        cancel();
    tell({ type: "start", request });
    const { exitCode, message, refusal } = await builder.ended;
    signal.removeEventListener("abort", cancel);
    if (exitCode === 0 || signal.aborted)
        return;
    if (refusal !== undefined)
        throw refusal;
    const reason = lastError(said.join("\n")) ?? message;
    throw (0,errors/* failure */.V2)("HOST", `the builder ended with exit code ${exitCode ?? "none"}: ${reason}`);
    function complain(line) {
        said.push(line);
        onError(line);
    }
    function hear(from) {
        if (from.type === "debug")
            return onDebug(from.line);
        if (from.type !== "call" && from.type !== "pull")
            return onMessage(from);
        const answer = from.type === "pull" ? pull(from.call) : askCache(from);
        void answer.then((value) => tell({ type: "reply", number: from.number, value: value ?? null }));
    }
    async function askCache({ to, call }) {
        const client = caches[to];
        return client && answerCall(client, call);
    }
}
/** Parses a message. Undefined for other lines, such as warnings from Node.js. */
function builder_process_parse(line) {
    try {
        return JSON.parse(line);
    }
    catch (error) {
        if (error instanceof SyntaxError)
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./out/src/action/cache/programs.js



/**
 * Installs the programs that let runners share cache entries: a client doesn't find entries that were compressed with a
 * program that it doesn't have. A failure is a warning.
 */
async function provideCachePrograms(mayInstall) {
    const needs = cachePrograms.map((program) => ({ program, of: "the Actions cache" }));
    if ((await missingPrograms(needs)).length === 0)
        return;
    try {
        await providePrograms(needs, mayInstall ? reportInstalling : undefined);
    }
    catch (error) {
        core/* warning */.$e(`the Actions cache is used without ${cachePrograms.join(" and ")}: ${error.message}`);
    }
}

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

;// CONCATENATED MODULE: ./out/src/registry/manifests.js


/** A digest in a manifest. */
const manifestDigest = (0,json_shape/* matching */.wC)(/^sha256:[0-9a-f]{64}$/, "a SHA-256");
/** The JSON of a descriptor. It may have more members. */
const descriptorShape = (0,json_shape/* shaped */.e9)({ mediaType: json_shape/* string */.Yj, digest: manifestDigest, size: json_shape/* count */.U9 });
/** The JSON of an image's manifest. */
const imageManifestShape = (0,json_shape/* shaped */.e9)({ config: descriptorShape, layers: (0,json_shape/* listOf */.c3)(descriptorShape) });
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

;// CONCATENATED MODULE: ./out/src/remote/entry.js








const artifactType = "application/vnd.osbuild-action.cache-entry.v1";
const fileType = "application/vnd.osbuild-action.cache-file.v1";
const keyAnnotation = "org.osbuild-action.key";
const manifestShape = (0,json_shape/* shaped */.e9)({
    artifactType: (0,json_shape/* oneOf */.yL)(artifactType),
    layers: (0,json_shape/* listOf */.c3)((0,json_shape/* shaped */.e9)({
        digest: manifestDigest,
        size: json_shape/* count */.U9,
        annotations: (0,json_shape/* shaped */.e9)({ [titleAnnotation]: json_shape/* string */.Yj }),
    })),
    annotations: (0,json_shape/* shaped */.e9)({ [keyAnnotation]: json_shape/* string */.Yj }),
});
/** Reads the manifest of an entry. Throws unless it is one, and all of its files' paths are below the entry. */
function parseEntry(text) {
    const manifest = (0,json_shape/* fromJson */.Rf)(manifestShape, text);
    if (manifest === undefined || !manifest.layers.map(entry_pathOf).every(isBelow))
        throw (0,errors/* failure */.V2)("STORE", "the manifest is damaged");
    return { key: manifest.annotations[keyAnnotation], layers: manifest.layers };
}
const entry_pathOf = ({ annotations }) => annotations[titleAnnotation];
const isBelow = (path) => !path.includes("\0") && path.split("/").every((part) => !["", ".", ".."].includes(part));
/** Fetches an entry's files into an empty directory. */
const pullEntry = (storage, { layers }, directory) => eachOf(layers, async (layer) => {
    const file = `${directory}/${entry_pathOf(layer)}`;
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(file), { recursive: true });
    await storage.pullBlob(layer, file);
});
/** Stores the files of a directory, and the manifest of the entry with this key under each of the tags. */
async function pushEntry(storage, key, directory, tags) {
    const files = new Map();
    const paths = await filesBelow(directory);
    await eachOf(paths, async (path) => {
        const blob = await (0,external_node_fs_.openAsBlob)(`${directory}/${path}`);
        const descriptor = { digest: `sha256:${await sha256Of(blob)}`, size: blob.size };
        await storage.pushBlob(descriptor, blob);
        files.set(path, { mediaType: fileType, ...descriptor, title: path });
    });
    await storage.pushBlob(emptyConfig, new Blob(["{}"]));
    const text = artifactManifest({
        artifactType,
        files: paths.flatMap((path) => files.get(path) ?? []),
        annotations: { [keyAnnotation]: key },
    });
    for (const tag of tags)
        await storage.putManifest(tag, { text, mediaType: manifestType });
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
const isDenied = (error) => error instanceof RegistryError ? error.isDenied : ["EACCES", "EPERM", "EROFS"].some((code) => (0,errors/* hasCode */.up)(error, code));

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
        const manifest = (0,registry_reference/* isTag */.dz)(tag) ? await from.manifest(tag) : undefined;
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

// EXTERNAL MODULE: ./out/src/host/plain-file.js
var plain_file = __webpack_require__(23740);
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
const directory_mostManifestBytes = 4 * 1024 ** 2;
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
            if (!(await directory_hasBlob(directory, descriptor)))
                await write(folders.blobs, hexOf(descriptor), blob.stream());
        },
        pullBlob: (descriptor, file) => directory_pullBlob(directory, descriptor, file),
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
async function directory_hasBlob(directory, descriptor) {
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
async function directory_pullBlob(directory, descriptor, file) {
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
            return { text: await (0,plain_file/* readPlain */.rM)((0,plain_file/* within */.ux)(folder, tag), directory_mostManifestBytes) };
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
var remote_place = __webpack_require__(63514);
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
        found ??= credentialOf(reference.registry, env);
        return found;
    };
    return (signal) => registryClient({ reference, credential, signal });
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

// EXTERNAL MODULE: ./out/src/action/cache/entry.js
var entry = __webpack_require__(61588);
;// CONCATENATED MODULE: ./out/src/action/cache/client.js




const useOf = ({ type }) => (type === "save" ? "save" : "restore");
const client_nothing = { answer: undefined, lost: undefined };
/** GitHub's service never needs longer for anything that is worth caching. */
const defaultPatience = { restore: 5 * 60, save: 10 * 60 };
/** Each call is a process. More of them would only share the same connection. */
const callsAtOnce = 4;
/** After this many damaged entries, something else is probably broken. */
const mostDamaged = 3;
/**
 * Opens the Actions cache. Each call is a process of its own. An entry that is gone or damaged counts as missing. After
 * any other failure this job makes no more calls of that kind, and none at all to a busy service, because a service
 * that is down, full or refuses would only slow the build down. Only the first failure is a warning.
 */
function actionsCache(options) {
    const { worker, env, transfer, warn, debug, signal, patience = defaultPatience } = options;
    const off = new Set();
    const wait = queue(callsAtOnce);
    /** The keys of entries that couldn't be fetched. They are no reason not to save others. */
    const lost = new Set();
    let warned = false;
    let damaged = 0;
    async function call(request, cwd) {
        const use = useOf(request);
        const until = use === "restore" ? signal : undefined;
        if (off.has(use) || until?.aborted)
            return client_nothing;
        const seconds = patience[use];
        const { answer, printed, timedOut, ended } = await (0,host_command/* ask */.kA)(worker, {
            env,
            cwd,
            line: JSON.stringify(request),
            seconds,
            signal: until,
        });
        const plainly = withoutCommands(printed);
        if (plainly !== "")
            debug(plainly);
        if (until?.aborted)
            return client_nothing;
        const parsed = answer === "" ? undefined : JSON.parse(answer);
        const failure = failureOf({ answer: parsed, printed, ended, timeout: timedOut ? seconds : undefined });
        if (failure === undefined)
            return { answer: parsed, lost: undefined };
        note(use, failure);
        if ("key" in failure)
            lost.add(failure.key);
        return { answer: undefined, lost: "key" in failure ? failure.key : undefined };
    }
    function note(use, failure) {
        const message = failureMessage(failure, use);
        switch (failure.kind) {
            case "gone":
                // Evictions are normal.
                return debug(message);
            case "damaged":
                damaged++;
                if (damaged >= mostDamaged)
                    off.add("restore");
                break;
            case "busy":
            case "unavailable":
                off.add("restore").add("save");
                break;
            case "forbidden":
            case "full":
            case "broken":
                off.add(use);
                break;
            default:
                failure;
        }
        if (warned)
            debug(message);
        else
            warn(message);
        warned = true;
    }
    async function restore(request) {
        if (wordsOf(request).length === 0)
            return undefined;
        const directory = await (0,promises_.mkdtemp)(`${transfer}/in-`);
        await (0,promises_.mkdir)(`${directory}/${entry/* entryDirectory */.U}`);
        const { answer, lost } = await wait(() => call(request, directory));
        const key = answer?.type === "restored" ? answer.key : undefined;
        const isFound = key !== undefined && wordsOf(request).some((word) => isMatch(request, word, key));
        const files = `${directory}-files`;
        if (isFound)
            await (0,promises_.rename)(`${directory}/${entry/* entryDirectory */.U}`, files);
        // A killed client may have left a tar that still writes there. The post step removes the rest.
        await (0,promises_.rm)(directory, { recursive: true }).catch(() => undefined);
        if (isFound)
            return { key, directory: files };
        if (lost === undefined)
            return undefined;
        const others = wordsOf(request).filter((word) => !isMatch(request, word, lost));
        return others.length === wordsOf(request).length ? undefined : restore(withWords(request, others));
    }
    async function findNewest(beginnings) {
        const { answer } = await wait(() => call({ type: "find newest", beginnings }, transfer));
        const key = answer?.type === "restored" ? answer.key : undefined;
        return beginnings.some((beginning) => key?.startsWith(beginning)) ? key : undefined;
    }
    /** Makes any error, such as a full disk, a failure of the cache, so that the build goes on. */
    async function forgiving(use, work) {
        return work.catch((error) => {
            note(use, { kind: "broken", reason: error.message });
            return undefined;
        });
    }
    async function save(key, directory, unless) {
        const place = await (0,promises_.mkdtemp)(`${transfer}/save-`);
        await (0,promises_.rename)(directory, `${place}/${entry/* entryDirectory */.U}`);
        const rivals = unless === null ? null : { ...unless, except: [...unless.except, ...lost] };
        const { answer } = await wait(() => call({ type: "save", key, unless: rivals, directory }, place));
        await (0,promises_.rm)(place, { recursive: true }).catch(() => undefined);
        return answer?.type === "saved";
    }
    return {
        restore: (keys) => forgiving("restore", restore({ type: "restore", keys })),
        restoreNewest: (beginnings) => forgiving("restore", restore({ type: "restore newest", beginnings })),
        findNewest: (beginnings) => forgiving("restore", findNewest(beginnings)),
        save: async (key, directory, unless) => (await forgiving("save", save(key, directory, unless))) ?? false,
    };
}
/** The keys that a call looks for, or their beginnings. */
const wordsOf = (call) => (call.type === "restore" ? call.keys : call.beginnings);
const withWords = (call, words) => call.type === "restore" ? { ...call, keys: words } : { ...call, beginnings: words };
/** Whether this is the key that is looked for. The service takes any key for the beginning of others. */
const isMatch = ({ type }, word, key) => type === "restore" ? key === word : key.startsWith(word);
/** Runs tasks in order, at most this many at a time. */
function queue(places) {
    let free = places;
    const waiting = [];
    return async (task) => {
        if (free > 0)
            free--;
        else
            await new Promise((resolve) => waiting.push(resolve));
        try {
            return await task();
        }
        finally {
            const next = waiting.shift();
            if (next === undefined)
                free++;
            else
                next();
        }
    };
}
/** Removes workflow commands, because some contain secrets that others mask. */
const withoutCommands = (printed) => printed
    .split("\n")
    .filter((line) => !line.startsWith("::"))
    .join("\n");

;// CONCATENATED MODULE: ./out/src/action/metered.js



/** The seconds after which a fetch that goes on is mentioned, again and again. */
const metered_patience = 30;
/** Counts what a cache fetches and saves. Tells of long fetches, which a build waits for. */
function metered(cache, tell) {
    const [fetched, saved] = [
        { entries: 0, bytes: 0 },
        { entries: 0, bytes: 0 },
    ];
    async function fetch(work) {
        const started = performance.now();
        const seconds = () => (performance.now() - started) / 1000;
        const timer = setInterval(() => tell(`still fetching from the cache after ${(0,format/* formatSeconds */.Xo)(seconds())}`), metered_patience * 1000);
        const found = await work.finally(() => clearInterval(timer));
        if (found === undefined)
            return undefined;
        fetched.entries++;
        fetched.bytes += await sizeOf(found.directory);
        return found;
    }
    return {
        traffic: () => ({ fetched, saved }),
        restore: (keys) => fetch(cache.restore(keys)),
        restoreNewest: (beginnings) => fetch(cache.restoreNewest(beginnings)),
        findNewest: cache.findNewest,
        async save(key, directory, unless) {
            // The directory is gone afterwards.
            const bytes = await sizeOf(directory);
            const isSaved = await cache.save(key, directory, unless);
            if (isSaved) {
                saved.entries++;
                saved.bytes += bytes;
            }
            return isSaved;
        },
    };
}
/** The bytes of all files in a directory. */
async function sizeOf(directory) {
    const entries = await (0,promises_.readdir)(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const sizes = await Promise.all(files.map(({ parentPath, name }) => sizeOfFile(`${parentPath}/${name}`)));
    return sizes.reduce((sum, size) => sum + size, 0);
}
async function sizeOfFile(path) {
    return (0,promises_.stat)(path).then(({ size }) => size, (error) => {
        if ((0,errors/* hasCode */.up)(error, "ENOENT"))
            return 0;
        throw error;
    });
}

;// CONCATENATED MODULE: ./out/src/action/caches.js






/** Opens the Actions cache, unless the user doesn't want it. `directory` is the Action's own. */
function openCache({ cache }, runner, directory, signal) {
    if (cache === "false")
        return undefined;
    // Each call is a process, and compiling the toolkit takes longer than many a call.
    const env = { ...runner.env, NODE_COMPILE_CACHE: `${directory}/compiled` };
    const options = { worker: runner.cacheWorker, env, transfer: `${directory}/transfer` };
    const client = actionsCache({ ...options, signal, warn: core/* warning */.$e, debug: core/* debug */.Yz });
    return metered(client, core/* info */.pq);
}
/**
 * Opens the remote, if the user named one. Saving goes on after an interruption, because the results have been built.
 */
async function openRemote({ remote, cache }, { env }, transfer, signal) {
    if (remote === undefined)
        return undefined;
    const writable = (await isWritable(remote)) && cache !== "read-only";
    const warn = (problem) => core/* warning */.$e(withHint(problem));
    const signals = { restore: signal, save: undefined };
    const client = openPlace(remote, { env, transfer, signals, warn, debug: core/* debug */.Yz });
    return { ...metered(client, core/* info */.pq), writable };
}
/** The builder's use of the two. A prefix keeps entries apart in the repository's one Actions cache. */
function cacheRequests({ cache, cacheKeyPrefix, cacheImages: images, checkpoints }, remote) {
    const how = { images, checkpoints };
    return {
        cache: cache === "false" ? null : { ...how, prefix: cacheKeyPrefix, writable: cache === "true" },
        remote: remote === undefined ? null : { ...how, prefix: "", writable: remote.writable },
    };
}

// EXTERNAL MODULE: ./out/src/sbom/formats.js
var formats = __webpack_require__(66206);
;// CONCATENATED MODULE: ./out/src/action/earlier-sbom.js





/** Finds the SBOM of an earlier run or of a release, and downloads it. */
function findSbom(named, github, runner) {
    switch (named.type) {
        case "run":
            return ofRun(named.run, named.name, github);
        case "artifact":
            return ofBranch(named.name, github, runner);
        case "release":
            return ofRelease(named.tag, named.name, github);
    }
}
const artifactPage = (0,json_shape/* shaped */.e9)({
    total_count: json_shape/* count */.U9,
    artifacts: (0,json_shape/* listOf */.c3)((0,json_shape/* shaped */.e9)({
        id: json_shape/* count */.U9,
        name: json_shape/* string */.Yj,
        expired: json_shape/* boolean */.zM,
        workflow_run: (0,json_shape/* either */.gP)((0,json_shape/* shaped */.e9)({
            id: json_shape/* count */.U9,
            head_branch: (0,json_shape/* either */.gP)(json_shape/* string */.Yj, (0,json_shape/* oneOf */.yL)(null)),
            head_sha: json_shape/* string */.Yj,
            repository_id: json_shape/* count */.U9,
            head_repository_id: json_shape/* count */.U9,
        }), (0,json_shape/* oneOf */.yL)(null)),
    })),
});
/** The most pages of artifacts that are read. Each has up to a hundred. */
const mostPages = 10;
/** The artifacts at a path, the newest first, until these are enough. Undefined if there is nothing at the path. */
async function earlier_sbom_listArtifacts(github, path, { name, isEnough = () => false }) {
    const found = [];
    const query = name === undefined ? "" : `&name=${encodeURIComponent(name)}`;
    for (let page = 1; page <= mostPages; page++) {
        const more = await github.json(artifactPage, `${path}?per_page=100&page=${page}${query}`);
        if (more === undefined)
            return undefined;
        found.push(...more.artifacts);
        if (more.artifacts.length === 0 || found.length >= more.total_count || isEnough(found))
            break;
    }
    return found.sort((a, b) => b.id - a.id);
}
async function ofRun(run, name, github) {
    const found = await earlier_sbom_listArtifacts(github, `actions/runs/${run}/artifacts`, { name });
    if (found === undefined)
        throw (0,errors/* failure */.V2)("INVALID", `this repository has no run ${run}, or its artifacts are gone`);
    return download(theOne(found, name, `run ${run}`), github);
}
/** The newest of this branch, or else of the one that it started from. */
async function ofBranch(name, github, runner) {
    const isUsable = ({ name: its, expired, workflow_run: run }) => its === name &&
        !expired &&
        run !== null &&
        // A fork's branch may have the name of one of the repository's own.
        run.head_repository_id === run.repository_id &&
        // An earlier attempt of this run has built the same image.
        `${run.id}` !== runner.env.GITHUB_RUN_ID;
    const branches = await branchesOf(runner);
    const newestOf = (found, branch) => found.find((one) => isUsable(one) && one.workflow_run?.head_branch === branch);
    const isEnough = (found) => newestOf(found, branches[0]) !== undefined;
    const found = (await earlier_sbom_listArtifacts(github, "actions/artifacts", { name, isEnough })) ?? [];
    const [newest] = branches.flatMap((branch) => newestOf(found, branch) ?? []);
    if (newest === undefined)
        return { missing: `artifact ${name} of ${branches.join(" or ")}` };
    return download(newest, github);
}
/** The job's branch, and those that it started from. */
async function branchesOf({ env }) {
    const { GITHUB_EVENT_PATH: path = "" } = env;
    const text = (0,external_node_fs_.existsSync)(path) ? await (0,promises_.readFile)(path, "utf8") : "";
    const main = (0,json_shape/* fromJson */.Rf)(earlier_sbom_event, text)?.repository?.default_branch;
    const own = env.GITHUB_HEAD_REF || env.GITHUB_REF_NAME;
    return [...new Set([own, env.GITHUB_BASE_REF, main].flatMap((name) => name || []))];
}
const earlier_sbom_event = (0,json_shape/* shaped */.e9)({
    repository: (0,json_shape/* optional */.lq)((0,json_shape/* shaped */.e9)({ default_branch: (0,json_shape/* optional */.lq)(json_shape/* string */.Yj) })),
});
async function download({ id, name, expired, workflow_run: run }, github) {
    const text = expired ? undefined : await github.text(`actions/artifacts/${id}/zip`);
    if (text === undefined)
        throw (0,errors/* failure */.V2)("INVALID", `the artifact ${name} has expired`, "name a newer one, or keep it with a release");
    if (text.startsWith("PK\x03\x04"))
        throw (0,errors/* failure */.V2)("INVALID", `the artifact ${name} is a zip archive, and this action uploads SBOMs without one`, "download it with actions/download-artifact, and name the file");
    return { label: run?.head_sha.slice(0, 7) ?? name, name, text };
}
const release = (0,json_shape/* shaped */.e9)({ tag_name: json_shape/* string */.Yj, assets: (0,json_shape/* listOf */.c3)((0,json_shape/* shaped */.e9)({ id: json_shape/* count */.U9, name: json_shape/* string */.Yj })) });
async function ofRelease(tag, name, github) {
    const isLatest = tag === "latest";
    const path = isLatest ? tag : `tags/${tag.split("/").map(encodeURIComponent).join("/")}`;
    const found = await github.json(release, `releases/${path}`);
    if (found === undefined && isLatest)
        return { missing: "release" };
    if (found === undefined)
        throw (0,errors/* failure */.V2)("INVALID", `this repository has no release ${tag}`);
    const asset = theOne(found.assets, name, `the release ${found.tag_name}`);
    const text = await github.text(`releases/assets/${asset.id}`);
    if (text === undefined)
        throw (0,errors/* failure */.V2)("INVALID", `the release ${found.tag_name} has lost its file ${asset.name}`);
    return { label: found.tag_name, name: asset.name, text };
}
/** The SBOM with a name or, without one, that of the only image. */
function theOne(files, name, place) {
    const sboms = files.filter((file) => (0,formats/* isSbomFile */.Eo)(file.name));
    const names = sboms.map((file) => file.name);
    const found = name === undefined ? sboms[0] : sboms.find((file) => file.name === name);
    if (found === undefined)
        throw (0,errors/* failure */.V2)("INVALID", `${place} has no ${name ?? "SBOM"}`, name === undefined || names.length === 0
            ? "only images that are built with the input sbom, such as sbom: spdx, have one beside them"
            : `name one of ${names.join(", ")}`);
    if (name === undefined && new Set(names.map(imageOf)).size > 1)
        throw (0,errors/* failure */.V2)("INVALID", `${place} has the SBOMs of several images`, `add one as /NAME: ${names.join(", ")}`);
    return found;
}
/** The name of an SBOM's image. An image may have SBOMs of both formats. */
const imageOf = (sbom) => sbom.replace(/\.\w+\.json$/, "");

;// CONCATENATED MODULE: ./out/src/action/github-api.js



/** The most bytes of an answer. An SBOM of five thousand packages has 5 MiB. */
const mostBytes = 64 * 1024 ** 2;
/** Opens the API with the user's token. */
function githubApi({ env }, token) {
    const base = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}/`;
    // The client would send the token to the storage that GitHub redirects to.
    const options = { allowRedirects: false, allowRetries: true, maxRetries: 3, socketTimeout: 30_000 };
    const client = new lib/* HttpClient */.Qq("osbuild-action", [], options);
    async function get(path, accept) {
        try {
            const first = await client.get(`${base}${path}`, { accept, authorization: `Bearer ${token}` });
            const location = isRedirect(first) ? first.message.headers.location : undefined;
            if (location === undefined)
                return await contentOf(first, path);
            first.message.resume();
            return await contentOf(await client.get(new URL(location, base).href), path);
        }
        catch (error) {
            if (error instanceof errors/* BuildError */.zS)
                throw error;
            throw (0,errors/* failure */.V2)("HOST", `GitHub can't be reached: ${error.message}`, undefined, { cause: error });
        }
    }
    return {
        async json(shape, path) {
            const text = await get(path, "application/vnd.github+json");
            if (text === undefined)
                return undefined;
            const found = (0,json_shape/* fromJson */.Rf)(shape, text);
            if (found === undefined)
                throw (0,errors/* failure */.V2)("HOST", `GitHub's answer for ${path} isn't what it should be`);
            return found;
        },
        text: (path) => get(path, "application/octet-stream"),
    };
}
const isRedirect = ({ message }) => [301, 302, 307, 308].includes(message.statusCode ?? 0);
async function contentOf({ message }, path) {
    const parts = [];
    let bytes = 0;
    for await (const part of message) {
        bytes += part.length;
        if (bytes > mostBytes)
            throw (0,errors/* failure */.V2)("HOST", `${path} has more than ${mostBytes / 1024 ** 2} MiB`);
        parts.push(part);
    }
    const text = Buffer.concat(parts).toString();
    const { statusCode } = message;
    if (statusCode === 200)
        return text;
    if (statusCode === 404)
        return undefined;
    const why = (0,json_shape/* fromJson */.Rf)(refusal, text)?.message;
    const isForbidden = statusCode === 401 || statusCode === 403;
    throw (0,errors/* failure */.V2)("HOST", `GitHub answered ${statusCode} for ${path.replace(/\?.*/, "")}${why === undefined ? "" : `: ${why}`}`, isForbidden && !/rate limit/i.test(why ?? "") ? permit : undefined);
}
const refusal = (0,json_shape/* shaped */.e9)({ message: json_shape/* string */.Yj });
const permit = "give the job `permissions: { contents: read, actions: read }`";

// EXTERNAL MODULE: ./out/src/action/inputs.js + 16 modules
var action_inputs = __webpack_require__(48368);
;// CONCATENATED MODULE: ./out/src/action/changes.js









/**
 * Reads the SBOM that the input `compare-with` names. Undefined if it names none; null if there is no such image yet.
 */
async function namedImage({ compareWith, pipelines, githubToken }, runner) {
    if (compareWith === undefined)
        return undefined;
    if (pipelines.length > 1)
        throw (0,action_inputs/* wrong */.Qm)("compare-with", "names one image, and there are several pipelines", "use a matrix of jobs");
    try {
        return await readNamed(compareWith, runner, githubToken);
    }
    catch (error) {
        if (!(error instanceof errors/* BuildError */.zS))
            throw error;
        throw (0,action_inputs/* wrong */.Qm)("compare-with", `can't be used: ${error.message}`, error.problems[0]?.hint);
    }
}
async function readNamed(named, runner, token) {
    const { parseSbom, readSbom } = await __webpack_require__.e(/* import() */ 356).then(__webpack_require__.bind(__webpack_require__, 69356));
    if (named.type === "file")
        return { label: (0,external_node_path_.basename)(named.path), packages: await readSbom(named.path) };
    const found = await findSbom(named, githubApi(runner, token), runner);
    if ("missing" in found) {
        core/* warning */.$e(`the input compare-with has nothing to compare with yet: there is no ${found.missing}`);
        return null;
    }
    return { label: found.label, packages: parseSbom(found.text, found.name) };
}
/** GitHub takes comments of at most 64 KiB, and most rows have less than 200 bytes. */
const mostRows = 200;
/**
 * Writes what changed since the named image or, without one, since the branch's last image. Undefined if there is
 * nothing to compare.
 */
async function writeChanges(report, named, path) {
    const { contents, previous } = report;
    if (contents === null || named === null || (named === undefined && previous === null))
        return undefined;
    const files = { markdown: `${path}.changes.md`, json: `${path}.changes.json` };
    if (named !== undefined) {
        const changes = packageChanges(named.packages, contents.packages);
        await (0,promises_.writeFile)(files.markdown, packagesMarkdown(named.label, changes, mostRows));
        await (0,promises_.writeFile)(files.json, packagesJson(named.label, changes));
    }
    else if (previous !== null) {
        const changes = changesBetween(previous.contents, contents);
        await (0,promises_.writeFile)(files.markdown, changesMarkdown(comparedIn(previous, report), changes, mostRows));
        await (0,promises_.writeFile)(files.json, changesJson(previous.label, changes));
    }
    return files;
}

;// CONCATENATED MODULE: ./out/package.json
const package_namespaceObject = /*#__PURE__*/JSON.parse('{"UU":"osbuild-action","rE":"1.0.0","TB":"https://github.com/OWNER/osbuild-action#readme"}');
// EXTERNAL MODULE: ../../node_modules/packageurl-js/index.js
var packageurl_js = __webpack_require__(10543);
;// CONCATENATED MODULE: ./out/src/sbom/purl.js

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
    return new packageurl_js.PackageURL(type, vendor, name, rest, qualifiers, undefined).toString();
}
/** The package URL of an image in a registry. */
function imagePurl({ registry, repository, digest }) {
    const name = repository.slice(repository.lastIndexOf("/") + 1);
    const qualifiers = { repository_url: `${registry}/${repository}` };
    return new packageurl_js.PackageURL("oci", undefined, name, digest, qualifiers, undefined).toString();
}
function upstreamOf({ name, version, source }, database) {
    if (database === "rpm")
        return { upstream: `${source.name}-${source.version}.src.rpm` };
    if (source.version !== version)
        return { upstream: `${source.name}@${source.version}` };
    return source.name === name ? {} : { upstream: source.name };
}

;// CONCATENATED MODULE: ./out/src/sbom/subject.js


/** Describes a stored output. */
function subjectOf({ id, files, parts }) {
    const [file] = files.length === 1 ? files : [];
    const { sourceEpoch = defaultSourceEpoch } = parts;
    const created = new Date(sourceEpoch * 1000);
    return { path: file?.path ?? "output", sha256: file?.sha256 ?? null, outputId: id, created };
}
/** The program that writes SBOMs. */
const tool = { name: package_namespaceObject.UU, version: package_namespaceObject.rE };

;// CONCATENATED MODULE: ./out/src/action/provenance.js




/** The type of build, whose parameters that page describes. */
const buildType = `${package_namespaceObject.TB.replace(/#.*/, "")}/blob/v1/docs/provenance.md`;
/** Adds what is known about an image's build to the provenance of the workflow that ran it. */
function imageProvenance({ buildDefinition, runDetails }, facts) {
    const { externalParameters, internalParameters, resolvedDependencies } = buildDefinition;
    const { treeId, outputId, materials } = facts.loaded;
    const steps = facts.steps.map(({ kind, name, id, depth }) => ({ kind, name, id, depth }));
    return {
        buildDefinition: {
            buildType,
            externalParameters: { ...externalParameters, ...parametersOf(facts) },
            internalParameters: { ...internalParameters, treeId, outputId, steps },
            resolvedDependencies: [...resolvedDependencies, ...dependenciesOf(materials, facts)],
        },
        runDetails: {
            ...runDetails,
            builder: { ...runDetails.builder, version: { [tool.name]: tool.version } },
        },
    };
}
/** The inputs of the Action that can change the image's bits. */
function parametersOf({ file, workspace, inputs, loaded }) {
    const named = (path) => fromWorkspace(path, workspace);
    const { variables, libdirs, buildEnv, mirrors } = inputs;
    const sha256 = loaded.materials.files.find(({ path }) => path === file)?.sha256;
    return {
        pipeline: { path: named(file), ...(sha256 === undefined ? {} : { digest: { sha256 } }) },
        variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
        libdir: libdirs.map(named),
        ...(buildEnv === undefined ? {} : { buildEnv: named(buildEnv) }),
        ...(mirrors === undefined ? {} : { mirrors: named(mirrors) }),
    };
}
/** The materials as in-toto's resource descriptors. A package that several steps install is there once. */
function dependenciesOf({ files, packages, downloads, images }, facts) {
    const all = [
        ...files.map(({ path, sha256 }) => ({ name: fromWorkspace(path, facts.workspace), digest: { sha256 } })),
        ...downloads.map(({ url, checksum }) => {
            const [algorithm = "", digest = ""] = checksum.split(":");
            return { uri: withoutPassword(url), digest: { [algorithm]: digest } };
        }),
        ...images.map((image) => ({
            uri: imagePurl(image),
            digest: { sha256: image.digest.replace("sha256:", "") },
        })),
        ...packages.map((each) => packageDescriptor(each, facts)),
    ];
    return [...new Map(all.map((descriptor) => [JSON.stringify(descriptor), descriptor])).values()];
}
function packageDescriptor(each, { contents }) {
    const { name, sha256, url } = each;
    const known = { digest: { sha256 }, downloadLocation: withoutPassword(url) };
    // A package URL names the distribution, and the contents are those of the image's tree alone.
    const isNameable = each.inTree && contents.distribution !== null && /^(dpkg|rpm)$/.test(contents.database);
    return isNameable
        ? { name, uri: purlOf({ ...each, source: sourceOf(each, contents.database) }, contents), ...known }
        : { name, ...known };
}
/** The source package. A lock leaves out a version that is the package's own, and that of a source RPM has no epoch. */
function sourceOf({ source, version }, database) {
    const [, name = source, own] = /^(\S+) \((.+)\)$/.exec(source) ?? [];
    return { name, version: own ?? (database === "rpm" ? version.replace(/^\d+:/, "") : version) };
}
/** A URL without a user name and a password, because an attestation can be public. */
function withoutPassword(text) {
    const url = URL.parse(text);
    if (url === null)
        return text;
    url.username = "";
    url.password = "";
    return url.href;
}

;// CONCATENATED MODULE: ./out/src/image/disk.js
var disk_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var disk_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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




/** Reads an image's format and partitions, without mounts and loop devices. */
async function readDisk(file) {
    const path = (0,external_node_path_.resolve)(file);
    const { format, holds } = await formatOf(path);
    switch (holds) {
        case "virtual disk":
            return readVirtualDisk(path, format);
        case "disk":
            return { format, virtualSize: (await (0,promises_.stat)(path)).size, ...(await readTable(path)) };
        case "file system":
            return { format, virtualSize: (await (0,promises_.stat)(path)).size, table: null, partitions: [] };
        case "files":
            return { format, virtualSize: null, table: null, partitions: [] };
    }
}
/** The magic numbers of the formats, in latin1. */
const disk_formats = [
    { format: "qcow2", offset: 0, magic: "QFI\xfb", holds: "virtual disk" },
    { format: "vmdk", offset: 0, magic: "KDMV", holds: "virtual disk" },
    { format: "vhdx", offset: 0, magic: "vhdxfile", holds: "virtual disk" },
    { format: "vpc", offset: 0, magic: "conectix", holds: "virtual disk" },
    { format: "vdi", offset: 0x40, magic: "\x7f\x10\xda\xbe", holds: "virtual disk" },
    { format: "gzip", offset: 0, magic: "\x1f\x8b", holds: "files" },
    { format: "xz", offset: 0, magic: "\xfd7zXZ\0", holds: "files" },
    { format: "zstd", offset: 0, magic: "\x28\xb5\x2f\xfd", holds: "files" },
    { format: "bzip2", offset: 0, magic: "BZh", holds: "files" },
    { format: "lzip", offset: 0, magic: "LZIP", holds: "files" },
    { format: "lzop", offset: 0, magic: "\x89LZO", holds: "files" },
    { format: "tar", offset: 257, magic: "ustar", holds: "files" },
    { format: "iso9660", offset: 0x8001, magic: "CD001", holds: "file system" },
    { format: "squashfs", offset: 0, magic: "hsqs", holds: "file system" },
    { format: "xfs", offset: 0, magic: "XFSB", holds: "file system" },
    { format: "erofs", offset: 1024, magic: "\xe2\xe1\xf5\xe0", holds: "file system" },
    { format: "ext4", offset: 1080, magic: "\x53\xef", holds: "file system" },
    { format: "btrfs", offset: 0x10040, magic: "_BHRfS_M", holds: "file system" },
    { format: "fat", offset: 0x36, magic: "FAT", holds: "file system" },
    { format: "fat", offset: 0x52, magic: "FAT32", holds: "file system" },
];
/**
 * Detects the format from the file's first bytes. qemu-img isn't asked to detect it, because the content of a raw image
 * could pass for another format that refers to other files.
 */
async function formatOf(path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = disk_addDisposableResource(env_1, await (0,promises_.open)(path), true);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(0x11000));
        const start = buffer.toString("latin1", 0, bytesRead);
        return disk_formats.find(({ offset, magic }) => start.startsWith(magic, offset)) ?? { format: "raw", holds: "disk" };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = disk_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
async function readVirtualDisk(path, format) {
    const info = JSON.parse(await (0,host_command/* run */.eF)(["qemu-img", "info", "-f", format, "--output=json", path]));
    const virtualSize = info["virtual-size"];
    // qemu-img would read the backing file too, which may be any file.
    if (info["backing-filename"] !== undefined)
        return { format, virtualSize, table: null, partitions: [] };
    const directory = await (0,promises_.mkdtemp)(`${(0,external_node_os_.tmpdir)()}/disk-`);
    try {
        const start = `${directory}/start`;
        await (0,host_command/* run */.eF)(["qemu-img", "dd", "-f", format, "-O", "raw", "bs=1M", "count=1", `if=${path}`, `of=${start}`]);
        // sfdisk checks the table against the disk's size.
        await (0,promises_.truncate)(start, virtualSize);
        return { format, virtualSize, ...(await readTable(start)) };
    }
    finally {
        await (0,promises_.rm)(directory, { recursive: true });
    }
}
async function readTable(path) {
    if (!(await hasTable(path)))
        return { table: null, partitions: [] };
    const { partitiontable } = JSON.parse(await (0,host_command/* run */.eF)(["sfdisk", "--json", path]));
    const { label, device, sectorsize = 512, partitions = [] } = partitiontable;
    return {
        table: label,
        partitions: partitions.map(({ node, start, size, type, name, bootable }) => ({
            number: Number(/\d*$/.exec(node.slice(device.length))?.[0]),
            start: start * sectorsize,
            size: size * sectorsize,
            type: partitionTypes[type] ?? type,
            name: name ?? null,
            bootable: bootable ?? false,
        })),
    };
}
/** Both kinds of partition table have the signature 0xaa55 at the end of the first sector. */
async function hasTable(path) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        const file = disk_addDisposableResource(env_2, await (0,promises_.open)(path), true);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 510);
        return bytesRead === 2 && buffer.readUInt16LE() === 0xaa55;
    }
    catch (e_2) {
        env_2.error = e_2;
        env_2.hasError = true;
    }
    finally {
        const result_2 = disk_disposeResources(env_2);
        if (result_2)
            await result_2;
    }
}
const partitionTypes = {
    "5": "Extended",
    "7": "NTFS or exFAT",
    b: "FAT32",
    c: "FAT32",
    e: "FAT16",
    f: "Extended",
    "82": "Linux swap",
    "83": "Linux",
    "8e": "Linux LVM",
    ef: "EFI system",
    fd: "Linux RAID",
    "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F": "Linux swap",
    "0FC63DAF-8483-4772-8E79-3D69D8477DE4": "Linux",
    "21686148-6449-6E6F-744E-656564454649": "BIOS boot",
    "4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709": "Linux root (x86-64)",
    "9E1A2D38-C612-4316-AA26-8B49521E5A8B": "PReP boot",
    "B921B045-1DF0-41C3-AF44-4C6F280D3FAE": "Linux root (ARM64)",
    "BC13C2FF-59E6-4262-A352-B275FD6F7172": "Linux extended boot",
    "C12A7328-F81F-11D2-BA4B-00A0C93EC93B": "EFI system",
    "E6D6D379-F507-44C2-A23C-238F2A3DF928": "Linux LVM",
    "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7": "Windows data",
};

;// CONCATENATED MODULE: ./out/src/report/html/changes.js




/** The most rows that a table may have. */
const changes_maxRows = 1000;
/** The section about the changes since another image. */
function changesSection({ image }, previous, changes) {
    const { packages, files } = changes;
    const same = image?.sha256 === previous.image.sha256;
    return html `<section><h2>Changes since ${code(previous.label)}</h2>
<p>${same ? "None: the images are identical, bit for bit" : changeCounts(changes)}.</p>
${same ? null : changes_table(["Package", "Version", "Size"], packages.map(changes_packageRow), (0,format/* formatCount */.B4)(packages.length, "package"))}
${same ? null : changes_table(["File", "Change", "Size"], files.map(changes_fileRow), (0,format/* formatCount */.B4)(files.length, fileNoun(changes)))}
</section>`;
}
const changes_packageRow = ({ name, architecture, from, to, bytes }) => html `<tr><th scope="row">${name} <span class="soft optional">${architecture}</span></th><td>${versions(from, to)}</td>${sizeCell(bytes)}</tr>\n`;
function versions(from, to) {
    const [left, right] = [from, to].map((version) => html `<span class="version">${version}</span>`);
    if (from === null)
        return html `${right} <span class="good">added</span>`;
    if (to === null)
        return html `${left} <span class="bad">removed</span>`;
    return html `${left} <span class="soft inline">→</span> ${right}`;
}
const changes_fileRow = ({ path, change, aspects, bytes }) => html `<tr><td><code>${path}</code></td><td>${change === "changed" ? aspects.join(", ") : html `<span class="${change === "added" ? "good" : "bad"}">${change}</span>`}</td>${sizeCell(bytes)}</tr>\n`;
const sizeCell = (bytes) => html `<td class="number">${formatChange(bytes)}</td>`;
function changes_table(head, rows, title) {
    if (rows.length === 0)
        return null;
    const heads = head.map((name) => html `<th scope="col"${name === "Size" ? html ` class="number"` : null}>${name}</th>`);
    const more = rows.length - changes_maxRows;
    return html `<details class="more"${rows.length <= 10 ? html ` open` : null}><summary>${title}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${heads}</tr></thead><tbody>${rows.slice(0, changes_maxRows)}</tbody></table></div>
${more > 0 ? html `<p class="soft">… and ${more.toLocaleString("en")} more</p>` : null}</details>`;
}

;// CONCATENATED MODULE: ./out/src/report/html/image.js






/** The figures that people look for first. */
function cards(report, changes) {
    const { image, contents, previous, steps } = report;
    const since = (change) => (previous === null ? "" : `${change} since ${shorten(previous.label, 20)}`);
    const all = [];
    if (image !== null)
        all.push(card("Image", (0,format/* formatBytes */.z3)(image.bytes), since(formatChange(image.bytes - (previous?.image.bytes ?? 0)))));
    if (contents !== null)
        all.push(card("Contents", (0,format/* formatBytes */.z3)(totalBytes(contents)), since(formatChange(changes?.bytes ?? 0))));
    if (contents !== null && contents.packages.length > 0) {
        const count = contents.packages.length;
        const change = count - (previous?.contents.packages.length ?? 0);
        all.push(card("Packages", count.toLocaleString("en"), since(change < 0 ? `−${-change}` : `+${change}`)));
    }
    all.push(card("Time", (0,format/* formatSeconds */.Xo)(wholeTime(report)), `${ran(report).length} of ${(0,format/* formatCount */.B4)(steps.length, "step")} run`));
    return html `<dl class="cards">${all}</dl>`;
}
const card = (name, value, note) => html `<div><dt>${name}</dt><dd>${value}</dd><dd>${note}</dd></div>`;
/** The section about the image: its partitions and its facts. */
function imageSection(report, image) {
    const ids = [["Tree id", report.treeId], ["Output id", report.outputId]];
    const known = ids.flatMap(([name, id]) => (id === null ? [] : [[name, code(id)]]));
    const rows = [...imageFacts(report, image), ...known].map(([name, value]) => html `<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
    return html `<section><h2>Image</h2>${image.disk === null ? null : strip(image.disk)}<table class="facts"><tbody>${rows}</tbody></table></section>`;
}
/** A drawing of the partitions' places on the disk, and below it what each of them is. */
function strip({ virtualSize, partitions }) {
    if (virtualSize === null || partitions.length === 0)
        return null;
    const percent = (bytes) => ((100 * bytes) / virtualSize).toFixed(3);
    const rects = partitions.map(({ start, size }) => html `<rect x="${percent(start)}" width="${percent(size)}" height="1"/>`);
    const labels = partitions.map(({ number, type, name, size }) => html `<li><i></i>${number}: ${shorten(name ?? type, 40)}, ${(0,format/* formatBytes */.z3)(size)}</li>`);
    const free = virtualSize - partitions.reduce((sum, { size }) => sum + size, 0);
    if (free >= leastFree)
        labels.push(html `<li class="free"><i></i>free, ${(0,format/* formatBytes */.z3)(free)}</li>`);
    return html `<svg class="disk" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${rects}</svg><ul class="places">${labels}</ul>`;
}
/** Less free space than this is alignment and partition tables. */
const leastFree = 4 * 1024 ** 2;
/** The table of all packages. */
function packagesSection({ packages, database }) {
    if (packages.length === 0)
        return null;
    const rows = packages.map(({ name, version, architecture, bytes }) => html `<tr><th scope="row">${name}</th><td class="optional">${architecture}</td><td>${version}</td><td class="number" data-value="${bytes}">${(0,format/* formatBytes */.z3)(bytes)}</td></tr>\n`);
    return html `<section><h2>Packages</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Packages"><table data-sortable>
<caption class="hidden">${(0,format/* formatCount */.B4)(packages.length, "package")} in the ${database} database</caption>
<thead><tr><th scope="col">Package</th><th scope="col" class="optional">Architecture</th><th scope="col">Version</th><th scope="col" class="number">Size</th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

;// CONCATENATED MODULE: ./out/src/report/html/script.js
/** The script of the report's page. It draws the map of the image's contents and makes tables sort and search. */
function script({ squarify, formatBytes }) {
    for (const table of document.querySelectorAll("table[data-sortable]")) {
        sortable(table);
        searchable(table);
    }
    const map = document.querySelector(".map");
    const data = document.querySelector("#tiles")?.textContent;
    if (map && data)
        treemap(map, JSON.parse(data));
    function element(name, properties, ...children) {
        const made = Object.assign(document.createElement(name), properties);
        made.append(...children);
        return made;
    }
    /** Turns the column headings into buttons that sort. */
    function sortable(table) {
        const heads = [...table.querySelectorAll("thead th")];
        const body = table.tBodies[0];
        const { compare } = new Intl.Collator("en", { numeric: true });
        for (const [index, head] of heads.entries()) {
            const keyOf = (row) => {
                const cell = row.cells[index];
                return cell.dataset.value ?? cell.textContent ?? "";
            };
            const button = element("button", { type: "button" }, ...head.childNodes);
            button.addEventListener("click", () => {
                // People want the largest sizes first, but names from A to Z.
                const first = head.classList.contains("number") ? "descending" : "ascending";
                const other = first === "ascending" ? "descending" : "ascending";
                const order = head.getAttribute("aria-sort") === first ? other : first;
                for (const each of heads)
                    each.removeAttribute("aria-sort");
                head.setAttribute("aria-sort", order);
                const sign = order === "ascending" ? 1 : -1;
                body.append(...[...body.rows].sort((a, b) => sign * compare(keyOf(a), keyOf(b))));
            });
            head.append(button);
        }
    }
    /** Puts a search field above a table. Only rows that contain all its words stay visible. */
    function searchable(table) {
        const rows = [...table.tBodies[0].rows];
        const texts = rows.map((row) => (row.textContent ?? "").toLowerCase());
        const field = element("input", { type: "search", placeholder: "Search", ariaLabel: "Search this table" });
        const count = element("output", { textContent: `${rows.length}` });
        field.addEventListener("input", () => {
            const words = field.value.toLowerCase().split(/\s+/);
            let found = 0;
            for (const [index, row] of rows.entries()) {
                row.hidden = !words.every((word) => texts[index]?.includes(word));
                if (!row.hidden)
                    found++;
            }
            count.textContent = found === rows.length ? `${found}` : `${found} of ${rows.length}`;
        });
        table.parentElement.before(element("div", { className: "search" }, field, count));
    }
    /** Draws the parts of a tile and, inside them, their parts. A click on a tile that has parts opens it. */
    function treemap(place, { views }) {
        /** More tiles than this on one level would be too small to tell apart, so the rest becomes one tile. */
        const most = 120;
        const canvas = element("div", { className: "canvas" });
        const trail = element("nav", { ariaLabel: "Place in the map" });
        const said = element("p", { className: "said", ariaLive: "polite" });
        let path = [];
        const choices = views.map(({ title, root }) => {
            const button = element("button", { type: "button", textContent: title });
            button.addEventListener("click", () => {
                for (const { button: each } of choices)
                    each.ariaPressed = String(each === button);
                go([root]);
            });
            return { button, root };
        });
        place.replaceChildren(element("div", { className: "bar" }, trail, element("div", { className: "choices" }, ...choices.map(({ button }) => button))), canvas, said);
        place.addEventListener("keydown", onKey);
        new ResizeObserver(draw).observe(canvas);
        choices[0]?.button.click();
        function go(to) {
            const inside = canvas.contains(document.activeElement);
            path = to;
            draw();
            if (inside)
                canvas.firstElementChild?.focus();
        }
        function draw() {
            const here = path.at(-1);
            const [, total] = path[0];
            trail.replaceChildren(...path.flatMap(([name], index) => {
                const last = index === path.length - 1;
                const link = element("button", { type: "button", textContent: name, disabled: last });
                link.addEventListener("click", () => go(path.slice(0, index + 1)));
                return index === 0 ? [link] : [element("span", { textContent: "›", ariaHidden: "true" }), link];
            }));
            say(here, total);
            const tiles = grouped(here[2] ?? []);
            const focused = [...canvas.children].indexOf(document.activeElement);
            const boxes = squarify(tiles.map(([, bytes]) => bytes), { x: 0, y: 0, width: canvas.clientWidth, height: canvas.clientHeight });
            canvas.replaceChildren(...tiles.map((tile, index) => {
                const box = boxes[index];
                const [name, bytes, parts] = tile;
                const label = `${name}, ${formatBytes(bytes)}, ${share(bytes, total)}`;
                const button = element("button", { type: "button", ariaLabel: label, title: label });
                button.className = `tile hue${index % 8}`;
                button.ariaDisabled = String(parts === undefined);
                // The Tab key stops once at the map; the arrow keys move within it.
                button.tabIndex = index === 0 ? 0 : -1;
                put(button, box);
                if (box.width > 34 && box.height > 18)
                    button.append(element("b", { textContent: name }));
                if (box.width > 60 && box.height > 34 && (parts === undefined || box.height < 60))
                    button.append(element("i", { textContent: formatBytes(bytes) }));
                if (parts !== undefined && box.width > 40 && box.height >= 60)
                    button.append(...inner(parts, box));
                if (parts !== undefined)
                    button.addEventListener("click", () => go([...path, tile]));
                button.addEventListener("focus", () => say(tile, total));
                button.addEventListener("pointerenter", () => say(tile, total));
                return button;
            }));
            canvas.children[focused]?.focus();
        }
        /** Draws the parts of a part, and their parts. They can't be clicked. */
        function inner(parts, { width, height }) {
            const boxes = squarify(parts.map(([, bytes]) => bytes), { x: 3, y: 20, width: width - 7, height: height - 24 });
            return parts.flatMap(([name, , further], index) => {
                const box = boxes[index];
                if (box.width < 5 || box.height < 5)
                    return [];
                const part = element("span", { ariaHidden: "true" });
                if (box.width > 40 && box.height > 15)
                    part.append(name);
                if (further !== undefined && box.width > 40 && box.height > 44)
                    part.append(...inner(further, box));
                put(part, box);
                return [part];
            });
        }
        function grouped(parts) {
            if (parts.length <= most)
                return parts;
            const rest = parts.slice(most - 1);
            const bytes = rest.reduce((sum, [, size]) => sum + size, 0);
            return [...parts.slice(0, most - 1), [`${rest.length} smaller`, bytes, rest]];
        }
        function put({ style }, { x, y, width, height }) {
            style.left = `${x}px`;
            style.top = `${y}px`;
            style.width = `${Math.max(0, width - 1)}px`;
            style.height = `${Math.max(0, height - 1)}px`;
        }
        function say([name, bytes], total) {
            said.textContent = `${name}: ${formatBytes(bytes)}, ${share(bytes, total)}`;
        }
        function onKey(event) {
            const tiles = [...canvas.children];
            const index = tiles.indexOf(document.activeElement);
            const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
            if ((event.key === "Escape" || event.key === "Backspace") && path.length > 1)
                go(path.slice(0, -1));
            else if (step !== undefined && index !== -1)
                tiles[(index + step + tiles.length) % tiles.length]?.focus();
            else
                return;
            event.preventDefault();
        }
    }
    function share(bytes, total) {
        const percent = total === 0 ? 0 : (100 * bytes) / total;
        return `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
    }
}

;// CONCATENATED MODULE: ./out/src/report/html/squarify.js
/**
 * Fills a box with boxes whose areas are proportional to these sizes, which come largest first. It works row by row
 * along the shorter side and adds boxes to a row as long as its least square box gets squarer (Bruls, Huizing and van
 * Wijk, 2000).
 *
 * Its text goes into the report, so it can't use anything from outside.
 */
function squarify(sizes, box) {
    const boxes = [];
    let { x, y, width, height } = box;
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const areas = sizes.map((size) => (total === 0 ? 0 : (size / total) * width * height));
    while (boxes.length < areas.length) {
        const side = Math.min(width, height);
        const row = nextRow(areas.slice(boxes.length), side);
        const sum = row.reduce((all, area) => all + area, 0);
        const depth = side === 0 ? 0 : sum / side;
        const across = width >= height;
        let offset = 0;
        for (const area of row) {
            const length = depth === 0 ? 0 : area / depth;
            if (across)
                boxes.push({ x, y: y + offset, width: depth, height: length });
            else
                boxes.push({ x: x + offset, y, width: length, height: depth });
            offset += length;
        }
        if (across) {
            x += depth;
            width -= depth;
        }
        else {
            y += depth;
            height -= depth;
        }
    }
    return boxes;
    function nextRow(rest, side) {
        const largest = rest[0] ?? 0;
        let sum = 0;
        let worst = Number.POSITIVE_INFINITY;
        for (const [index, area] of rest.entries()) {
            const square = (sum + area) ** 2;
            const ratio = Math.max((side ** 2 * largest) / square, square / (side ** 2 * area));
            if (ratio > worst)
                return rest.slice(0, index);
            worst = ratio;
            sum += area;
        }
        return rest;
    }
}

;// CONCATENATED MODULE: ./out/src/report/html/steps.js





/** The most lines and characters of one log, and the most characters of all logs together. */
const maxLines = 300;
const maxLog = 64 * 1024;
const maxLogs = 4 * 1024 * 1024;
/** The table of all steps, with their logs. */
function stepsSection({ steps }) {
    const length = Math.min(maxLog, Math.floor(maxLogs / steps.length));
    const engine = engineSeconds(steps);
    const head = [
        html `<th scope="col" class="optional"><span class="hidden">Number</span></th>`,
        html `<th scope="col">Step</th>`,
        html `<th scope="col">Result</th>`,
        html `<th scope="col" class="number">Program</th>`,
        html `<th scope="col" class="number optional">Engine</th>`,
        html `<th scope="col" class="number optional">Size</th>`,
    ];
    return html `<section><h2>Steps</h2><table>
<thead><tr>${head}</tr></thead>
<tbody>${steps.map((each) => row(each, length, engine.get(each.step.id)))}</tbody></table></section>`;
}
function row({ step, result, log }, length, engine) {
    const text = (log ?? "").trimEnd();
    const failed = result.type === "failed";
    const note = noteOf(result) || builtText(result);
    const soft = note === "" ? null : html `<span class="soft">${note}</span>`;
    const seconds = "seconds" in result ? (0,format/* formatSeconds */.Xo)(result.seconds) : null;
    const bytes = "bytes" in result && result.bytes !== null ? (0,format/* formatBytes */.z3)(result.bytes) : null;
    const id = html `${step.depth > 0 ? "build root, " : null}<code>${step.id.slice(0, 12)}</code>`;
    const cells = [
        html `<td class="optional soft">${step.index}</td>`,
        html `<th scope="row">${(0,format/* shortName */.EU)(step.name)} <span class="soft">${id}</span></th>`,
        html `<td><span${failed ? html ` class="bad"` : null}>${resultText(result)}</span> ${soft}</td>`,
        html `<td class="number">${seconds}</td>`,
        html `<td class="number optional">${engine === undefined ? null : (0,format/* formatSeconds */.Xo)(engine)}</td>`,
        html `<td class="number optional">${bytes}</td>`,
    ];
    const shown = html `<details${failed ? html ` open` : null}><summary>Log</summary>${printed(text, length)}</details>`;
    return html `<tr${text === "" ? null : html ` class="with-log"`}>${cells}</tr>
${text === "" ? null : html `<tr class="log"><td colspan="6">${shown}</td></tr>\n`}`;
}
/** The age of a result that was there before. */
const builtText = (result) => result.type === "cached" && result.ran !== null ? `built ${(0,age/* formatAgo */.n4)(result.ran)}` : "";
const printed = (text, length) => html `<pre tabindex="0">${tail(text, length)}</pre>`;
function tail(text, length) {
    const last = text.slice(-length).split("\n").slice(-maxLines);
    const isWhole = text.length === last.join("\n").length;
    return html `${isWhole ? null : "…"}${isWhole ? null : html `\n`}${lines(last)}`;
}

;// CONCATENATED MODULE: ./out/src/report/html/style.js
/** The style sheet of the report's page. */
const style = {
    html: `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #fff; --text: #1c2128; --soft: #59636e; --line: #dde1e6;
  --accent: #0b5cad; --good: #1a7f37; --bad: #c62828; --bar: #2f6fa8; --mark: #eef3f8;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1116; --card: #171b22; --text: #e4e8ee; --soft: #98a2ae; --line: #2c333d;
    --accent: #7fb6f2; --good: #4cc26b; --bad: #ff7f78; --bar: #5c9bd6; --mark: #1f2630;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
main { max-width: 1100px; margin: 0 auto; padding: 28px 20px 60px; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { margin: 0 0 12px; font-size: 18px; }
h3 { margin: 20px 0 6px; font-size: 15px; }
p { margin: 6px 0; }
a { color: var(--accent); }
code, pre { font-family: var(--mono); font-size: .92em; unicode-bidi: isolate; overflow-wrap: anywhere; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.soft { color: var(--soft); }
.good { color: var(--good); }
.bad { color: var(--bad); }
section {
  margin-top: 16px;
  padding: 18px 20px;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 12px;
}
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin-top: 20px; }
.cards > div { padding: 14px 16px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.cards dt { color: var(--soft); font-size: 13px; }
.cards dd { margin: 0; font-size: 22px; font-weight: 600; line-height: 1.3; }
.cards dd + dd { color: var(--soft); font-size: 13px; font-weight: 400; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td {
  padding: 6px 10px 6px 0;
  text-align: left;
  vertical-align: top;
  border-bottom: 1px solid var(--line);
  overflow-wrap: break-word;
}
tr:last-child > * { border-bottom: 0; }
thead th { color: var(--soft); font-size: 13px; font-weight: 500; white-space: nowrap; }
tbody th { font-weight: 500; overflow-wrap: anywhere; }
.version { display: inline-block; white-space: nowrap; }
.number { padding-right: 0; padding-left: 10px; text-align: right; white-space: nowrap; }
td .soft:not(.inline) { display: block; font-size: 13px; }
.facts th { width: 130px; color: var(--soft); }
.scroll { max-height: 480px; padding-right: 10px; overflow: auto; }
.scroll thead th { position: sticky; top: 0; background: var(--card); box-shadow: 0 1px var(--line); }
button { font: inherit; color: inherit; }
th button { padding: 0; border: 0; background: none; cursor: pointer; }
th button::after { content: " ↕"; opacity: .45; }
th[aria-sort=ascending] button::after { content: " ↑"; opacity: 1; }
th[aria-sort=descending] button::after { content: " ↓"; opacity: 1; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.search { display: flex; gap: 10px; align-items: center; margin-bottom: 8px; color: var(--soft); font-size: 13px; }
input {
  flex: 1;
  max-width: 340px;
  padding: 7px 11px;
  font: inherit;
  color: var(--text);
  background: var(--page);
  border: 1px solid var(--line);
  border-radius: 8px;
}
details > summary { cursor: pointer; color: var(--soft); font-size: 13px; }
details.more { margin-top: 14px; }
details.more > summary { font-size: 15px; color: var(--text); }
pre {
  max-height: 420px;
  margin: 8px 0 0;
  padding: 12px;
  overflow: auto;
  background: var(--mark);
  border-radius: 8px;
  font-size: 12.5px;
  line-height: 1.45;
  white-space: pre-wrap;
}
.timeline {
  display: grid;
  grid-template-columns: fit-content(30%) 1fr max-content;
  gap: 6px 12px;
  align-items: center;
  margin: 0;
  padding: 0;
  list-style: none;
  font-variant-numeric: tabular-nums;
}
.timeline li { display: contents; }
.timeline svg { width: 100%; height: 16px; background: var(--mark); border-radius: 4px; }
.timeline rect, .disk rect { fill: var(--bar); }
.timeline .failed rect { fill: var(--bad); }
.timeline .engine { opacity: .35; }
.timeline .axis svg { height: 22px; background: none; overflow: visible; }
.axis line { stroke: var(--line); }
.axis text { fill: var(--soft); font-size: 12px; }
.share { width: 50%; }
.share svg { width: 100%; height: 12px; vertical-align: middle; background: var(--mark); border-radius: 4px; }
.share rect { fill: var(--bar); }
.timeline span:last-child { text-align: right; }
.disk { width: 100%; height: 26px; margin: 4px 0 0; background: var(--mark); border-radius: 6px; }
.disk rect:nth-child(even) { opacity: .62; }
.places { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 6px 0 14px; padding: 0; list-style: none; font-size: 13px; }
.places i { display: inline-block; width: 10px; height: 10px; margin-right: 6px; border-radius: 3px; background: var(--bar); }
.places li:nth-child(even) i { opacity: .62; }
.places .free i, .places .free:nth-child(even) i { opacity: 1; background: var(--mark); border: 1px solid var(--line); }
tr.with-log > * { border-bottom: 0; padding-bottom: 0; }
tr.log td { padding-top: 0; padding-left: 26px; }
.map .bar {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  justify-content: space-between;
  align-items: center;
  margin-bottom: 10px;
}
.map nav {
  display: flex;
  flex-wrap: wrap;
  gap: 2px 6px;
  align-items: center;
  font-family: var(--mono);
  font-size: 14px;
  overflow-wrap: anywhere;
}
.map nav button {
  padding: 2px 4px;
  border: 0;
  border-radius: 4px;
  background: none;
  color: var(--accent);
  cursor: pointer;
  font: inherit;
}
.map nav button:disabled { color: var(--text); font-weight: 600; cursor: default; }
.choices { display: flex; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.choices button { padding: 5px 12px; border: 0; background: none; cursor: pointer; font-size: 13px; }
.choices button[aria-pressed=true] { background: var(--accent); color: var(--card); }
.choices button:focus-visible { outline-offset: -3px; outline-color: var(--text); }
.canvas { position: relative; height: clamp(360px, 62vh, 620px); overflow: hidden; border-radius: 8px; }
.tile {
  position: absolute;
  display: flex;
  flex-direction: column;
  padding: 2px 5px;
  overflow: hidden;
  border: 0;
  border-radius: 3px;
  color: #fff;
  font-size: 12px;
  line-height: 16px;
  text-align: left;
  cursor: zoom-in;
}
.tile[aria-disabled=true] { cursor: default; }
.tile:hover { filter: brightness(1.12); }
.tile:focus-visible { outline: 3px solid var(--text); outline-offset: -3px; z-index: 1; }
.tile b, .tile i { flex: none; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-style: normal; }
.tile b { font-weight: 600; }
.tile i { opacity: .85; }
.tile span {
  position: absolute;
  padding: 0 4px;
  overflow: hidden;
  border-radius: 2px;
  box-shadow: inset 0 0 0 1px rgb(255 255 255 / .16);
  background: rgb(0 0 0 / .05);
  text-overflow: ellipsis;
  white-space: nowrap;
  font-size: 11px;
}
.hue0 { background: #2b6398; }
.hue1 { background: #2c7055; }
.hue2 { background: #8a4b2a; }
.hue3 { background: #6b4a94; }
.hue4 { background: #8b3b5c; }
.hue5 { background: #52671f; }
.hue6 { background: #1f6b73; }
.hue7 { background: #5b6170; }
.said { min-height: 1.5em; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
@media (max-width: 600px) {
  main { padding: 18px 12px 40px; }
  section { padding: 14px; border-radius: 10px; }
  .cards { grid-template-columns: 1fr 1fr; gap: 8px; }
  .cards dd { font-size: 19px; }
  .timeline { display: block; }
  .timeline li { display: grid; grid-template: "name time" "bar bar" / 1fr max-content; margin-bottom: 8px; }
  .timeline span { overflow-wrap: anywhere; }
  .timeline svg { grid-area: bar; height: 10px; }
  .facts th { display: block; width: auto; padding-bottom: 0; border-bottom: 0; }
  .facts td { display: block; }
  table { font-size: 14px; }
  tbody th { min-width: 6.5em; }
  .optional { display: none; }
  tr.log td { padding-left: 0; }
}
@media print { .map, .search { display: none; } .scroll { max-height: none; } }
`,
};

;// CONCATENATED MODULE: ./out/src/report/html/tiles.js


/** The section with the map of the image's contents. */
function tilesSection(contents) {
    const byDirectory = { title: "By directory", root: tilesByDirectory(contents) };
    const byPackage = { title: "By package", root: tilesByPackage(contents) };
    const views = contents.packages.length === 0 ? [byDirectory] : [byDirectory, byPackage];
    // `<` is the one character that could end the element.
    const data = { html: JSON.stringify({ views }).replaceAll("<", "\\u003c") };
    const rows = (byDirectory.root[2] ?? []).map(([name, bytes]) => html `<tr><th scope="row">${name}</th><td class="number">${(0,format/* formatBytes */.z3)(bytes)}</td></tr>`);
    return html `<section><h2>What fills the image</h2>
<div class="map"><table><tbody>${rows}</tbody></table></div>
<script type="application/json" id="tiles">${data}</script></section>`;
}
/** The most tiles of their own. Smaller parts of a directory share one tile. */
const maxTiles = 5000;
/** The contents by directory. */
const tilesByDirectory = ({ entries }) => prune("/", directoryOf(entries));
/** The contents by package. Files that belong to no package are arranged by directory. */
function tilesByPackage({ entries, packages }) {
    const bytes = packages.map(() => 0);
    for (const { kind, size, package: index } of entries) {
        if (kind === "file" && index !== null)
            bytes[index] = (bytes[index] ?? 0) + size;
    }
    const owned = packages.map(({ name }, index) => [shown(name), bytes[index] ?? 0]);
    const others = prune("in no package", directoryOf(entries.filter((entry) => entry.package === null)));
    const parts = [...owned, others].filter(([, size]) => size > 0).sort(bySize);
    return ["all packages", parts.reduce((sum, [, size]) => sum + size, 0), parts];
}
const bySize = ([, a], [, b]) => b - a;
function directoryOf(entries) {
    const root = { bytes: 0, parts: new Map() };
    for (const { path, size, kind } of entries) {
        if (kind !== "file")
            continue;
        let place = root;
        place.bytes += size;
        for (const name of path.slice(1).split("/")) {
            const part = place.parts.get(name) ?? { bytes: 0, parts: new Map() };
            place.parts.set(name, part);
            part.bytes += size;
            place = part;
        }
    }
    return root;
}
function prune(name, root) {
    const sizes = sizesIn(root).sort((a, b) => b - a);
    const least = sizes[maxTiles] ?? 0;
    return tileOf(name, root);
    function tileOf(called, { bytes, parts }) {
        if (parts.size === 0)
            return [shown(called), bytes];
        const large = [...parts].filter(([, part]) => part.bytes > least).map(([part, place]) => tileOf(part, place));
        const rest = bytes - large.reduce((sum, [, size]) => sum + size, 0);
        const small = rest > 0 ? [[(0,format/* formatCount */.B4)(parts.size - large.length, "smaller entry"), rest]] : [];
        return [shown(called), bytes, [...large, ...small].sort(bySize)];
    }
}
const sizesIn = ({ parts }) => [...parts.values()].flatMap((part) => [part.bytes, ...sizesIn(part)]);

;// CONCATENATED MODULE: ./out/src/report/html/timeline.js





/** The most bars that a timeline may have. If there are more steps, it shows those that took longest. */
const maxBars = 300;
/** The width of a bar's drawing. */
const timeline_width = 1000;
/** The section with the timeline of the steps that ran. */
function timelineSection(report) {
    const all = ran(report);
    if (all.length === 0)
        return null;
    const total = span(report);
    const longest = new Set(all.toSorted((a, b) => b.seconds - a.seconds).slice(0, maxBars));
    const bars = all.filter((step) => longest.has(step)).map((step) => timeline_bar(step, total));
    const left = all.length - bars.length;
    return html `<section><h2>Timeline</h2><ol class="timeline">${bars}<li class="axis" aria-hidden="true"><span></span>${timeline_axis(total)}<span></span></li></ol>
<p class="soft">Steps run one after another, so the whole time depends on every program, which is in full colour. Where a bar is pale, the engine prepares the step or finishes it.${left > 0 ? html ` … and ${left.toLocaleString("en")} that took less.` : null}</p></section>`;
}
function timeline_bar({ step, failed, start, seconds, end, next }, total) {
    const place = (time) => (timeline_width * time) / total;
    const rect = (from, to, name) => html `<rect${name === null ? null : html ` class="${name}"`} x="${Math.min(from, timeline_width - 3).toFixed(1)}" width="${Math.max(to - from, 3).toFixed(1)}" height="1"/>`;
    const program = Math.max(start, end - seconds);
    const drawn = [rect(place(start), place(next), "engine"), rect(place(program), place(program + seconds), null)];
    const parts = [
        html `<span>${(0,format/* shortName */.EU)(step.name)}</span> `,
        html `<svg viewBox="0 0 ${timeline_width} 1" preserveAspectRatio="none" aria-hidden="true">${drawn}</svg> `,
        html `<span>${(0,format/* formatSeconds */.Xo)(seconds)}</span>`,
    ];
    return html `<li${failed ? html ` class="failed"` : null}>${parts}</li>\n`;
}
/** The axis below the bars, with times that people count by. */
function timeline_axis(total) {
    const marks = ticks(total, 6).map(({ seconds, label }) => {
        const x = ((100 * seconds) / total).toFixed(2);
        // A label at the end would stick out.
        const anchor = seconds === 0 ? "start" : seconds > 0.95 * total ? "end" : "middle";
        return html `<line x1="${x}%" x2="${x}%" y1="0" y2="5"/><text x="${x}%" y="18" text-anchor="${anchor}">${label}</text>`;
    });
    return html `<svg>${marks}</svg>`;
}
/** The section that says where the time went. */
function timesSection(report) {
    const parts = spent(report);
    if (parts.length === 0)
        return null;
    const whole = wholeTime(report);
    const rows = parts.map(({ name, seconds }) => html `<tr><th scope="row">${name}</th><td class="share"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${((100 * seconds) / whole).toFixed(2)}" height="1"/></svg></td><td class="number">${(0,format/* formatSeconds */.Xo)(seconds)}</td><td class="number">${Math.round((100 * seconds) / whole)} %</td></tr>\n`);
    return html `<section><h2>Where the time went</h2><table><tbody>${rows}</tbody></table>
<p class="soft">Layers are packed and saved while later steps run. That counts only where the build waits for it.</p></section>`;
}

;// CONCATENATED MODULE: ./out/src/report/html.js













/** The report of one pipeline, as a single HTML file that loads nothing else. */
function htmlReport(report) {
    const { contents, previous, image } = report;
    const changes = previous === null || contents === null ? null : changesBetween(previous.contents, contents);
    const page = html `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${report.pipeline}: image report</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>${report.pipeline}</h1>
<p>${headline(report)}.</p>
</header>
${cards(report, changes)}
${previous === null || changes === null ? null : changesSection(report, previous, changes)}
${contents === null ? null : tilesSection(contents)}
${timelineSection(report)}
${timesSection(report)}
${stepsSection(report)}
${contents === null ? null : packagesSection(contents)}
${image === null ? null : imageSection(report, image)}
</main>
<script>${html_code}</script>
</body>
</html>
`;
    return page.html;
}
const html_code = { html: `(${script})({ squarify: ${squarify}, formatBytes: ${format/* formatBytes */.z3} });` };
const hashOf = ({ html: text }) => `'sha256-${(0,external_node_crypto_.createHash)("sha256").update(text).digest("base64")}'`;
/** Only our own script runs and nothing is fetched, even if the name of a file in the image contains markup. */
const policy = [
    "default-src 'none'",
    `script-src ${hashOf(html_code)}`,
    `style-src ${hashOf(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
].join("; ");

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./out/src/store/logs.js




/** The bytes that are kept from the start of a log. After them only the last lines are kept. */
const kept = (/* unused pure expression or super */ null && (4 * 1024 * 1024));
const logs_lastLines = 200;
/** Starts a log in the workspace. Without a place in the store it isn't kept. */
function openLog(workspace, place) {
    const path = `${workspace}/log`;
    const file = createWriteStream(path, { mode: 0o644 });
    // `close` reports a failure.
    const written = finished(file);
    written.catch(() => undefined);
    let length = 0;
    let left = 0;
    let tail = [];
    return {
        write(lines) {
            tail = tail.concat(lines.slice(-logs_lastLines)).slice(-logs_lastLines);
            if (length >= kept) {
                left += lines.length;
                return;
            }
            const text = `${lines.join("\n")}\n`;
            length += text.length;
            file.write(text);
        },
        tail: () => tail,
        async close() {
            const shown = tail.slice(-left);
            if (left > 0)
                file.write(`[… ${left - shown.length} lines omitted …]\n${shown.join("\n")}\n`);
            file.end();
            await written;
            if (place !== undefined)
                await rename(path, place);
        },
    };
}
/** The path of a log's copy, in a directory of a user who can't read the store. */
const handedLog = (directory, id) => `${directory}/logs/${id}`;
/** Reads the output of a step's last run. Undefined if there is no log. */
async function readLog(path) {
    return (0,promises_.readFile)(path, "utf8").catch(errors/* ignoreMissing */.bt);
}

// EXTERNAL MODULE: ./out/src/tree/contents-file.js
var contents_file = __webpack_require__(75772);
;// CONCATENATED MODULE: ./out/src/action/run-report.js









/** The report of a pipeline whose delivery has taken some seconds until now, boot test included. */
async function reportOf(run, { transfer, runner }, image, delivery) {
    const steps = await Promise.all(run.results.all().map(async (step) => {
        const log = await readLog(handedLog(transfer, step.step.id));
        return { ...step, log: log ?? null };
    }));
    const bootTest = image?.boot?.seconds ?? 0;
    const contents = await contentsOf(run);
    const previous = contents === null
        ? undefined
        : await attempt("the previous image could not be read", async () => run.earlier?.previous());
    return {
        pipeline: fromWorkspace(run.file, runner.workspace),
        treeId: run.loaded?.treeId ?? null,
        outputId: run.loaded?.outputId ?? null,
        steps,
        image,
        contents,
        previous: previous ?? null,
        problems: run.problems.map(({ at, ...problem }) => at === undefined ? problem : { ...problem, at: { ...at, file: fromWorkspace(at.file, runner.workspace) } }),
        times: { ...run.seconds, bootTest, upload: delivery - bootTest },
        links: { report: null, log: null, tree: null },
    };
}
/** The contents of the image that a run built; null if they aren't known. */
async function contentsOf({ built }) {
    const file = built?.contents ?? null;
    return file === null ? null : ((0,contents_file/* decodeContents */.Xt)(await (0,promises_.readFile)(file, "utf8")) ?? null);
}
/** The image that a run built; null if it built none. */
async function run_report_imageOf({ built, output }) {
    const file = built?.files[0];
    if (file === undefined)
        return null;
    const disk = (await attempt("the image could not be read", () => readDisk(`${output}/${file.path}`))) ?? null;
    return {
        path: file.path,
        bytes: file.size,
        sha256: file.sha256,
        disk,
        boot: null,
        artifactUrl: null,
        uploadedBefore: false,
        notUploaded: null,
        attestationUrl: null,
        pushed: [],
    };
}
/** The archive for the tree of a stage that fails, if it is wanted. */
const failedTreeOf = ({ name }, { inputs, transfer }) => inputs.uploadFailedTree ? `${transfer}/${name}-failed-tree.tar.gz` : null;
/**
 * Uploads a report, and the whole log of the step that failed, with its tree if that is wanted. If that isn't possible,
 * it warns.
 */
async function uploadReport(run, report, names, job) {
    const page = await attempt("the report could not be uploaded", async () => {
        const path = `${job.directory}/${names.report}`;
        await (0,promises_.writeFile)(path, htmlReport(report));
        return uploadFile(path, names.report, job, "Uploading the report");
    });
    const failed = report.steps.find(({ result }) => result.type === "failed");
    const path = failed === undefined ? undefined : handedLog(job.transfer, failed.step.id);
    const log = path === undefined || !(0,external_node_fs_.existsSync)(path)
        ? undefined
        : await attempt("the failed step's log could not be uploaded", () => uploadFile(path, names.log, job, "Uploading the failed step's log"));
    const archive = failedTreeOf(run, job);
    const tree = archive === null || !(0,external_node_fs_.existsSync)(archive)
        ? undefined
        : await attempt("the failed step's tree could not be uploaded", () => uploadFile(archive, names.tree, job, "Uploading the failed step's tree"));
    return { report: page?.url ?? null, log: log?.url ?? null, tree: tree?.url ?? null };
}
const uploadFile = (path, name, job, title) => grouped(title, () => uploadArtifact({ name, files: [path], root: job.directory, raw: true }, job));

;// CONCATENATED MODULE: ./out/src/action/attest.js







/**
 * Attests the image in a directory: where it comes from, and what it contains if there are SBOMs. A failure is a
 * problem of the pipeline. Nothing is attested if the pipeline has a problem already.
 */
async function attestImage(image, run, job, directory) {
    if (run.problems.length > 0) {
        lineWithName(`${image} isn't attested, because of the problems above`);
        return undefined;
    }
    const stored = [];
    try {
        await grouped(`Attesting ${image}`, async () => {
            for (const statement of await statementsAbout(run, job, directory))
                stored.push(await attest(statement, run, job));
        });
    }
    catch (error) {
        const message = `${image} could not be attested: ${error.message}`;
        const problem = { message, hint: "run the job again: what it has kept isn't built again" };
        run.problems = [...run.problems, problem];
        annotate(problem, run.name, job.runner.workspace);
    }
    return stored.length === 0 ? undefined : delivered(stored, `${directory}/${image}.attestations.jsonl`, job);
}
/** The provenance, and each SBOM. */
async function statementsAbout(run, job, directory) {
    const paths = run.built?.sboms ?? [];
    const sboms = job.inputs.sbom.map(async (format, index) => ({
        predicateType: sbomTypes[format],
        predicate: JSON.parse(await (0,promises_.readFile)(`${directory}/${paths[index]}`, "utf8")),
    }));
    return [await provenance(run, job), ...(await Promise.all(sboms))];
}
/** The types under which `gh attestation verify --predicate-type` finds SBOMs. */
const sbomTypes = {
    spdx: "https://spdx.dev/Document/v2.3",
    cyclonedx: "https://cyclonedx.org/bom",
};
async function provenance({ file, loaded, results, built }, { inputs, runner }) {
    const { materials = null } = loaded ?? {};
    if (loaded === undefined || materials === null)
        throw new Error("the builder didn't say what the image is made of");
    const { buildSLSAProvenancePredicate } = await Promise.all(/* import() */[__webpack_require__.e(84), __webpack_require__.e(912)]).then(__webpack_require__.bind(__webpack_require__, 67912));
    const { type, params } = await patiently(() => buildSLSAProvenancePredicate());
    const contents = (await contentsOf({ built })) ?? { database: "none", distribution: null };
    const steps = results.all().map(({ step }) => step);
    const facts = { file, workspace: runner.workspace, inputs, loaded: { ...loaded, materials }, steps, contents };
    return { predicateType: type, predicate: imageProvenance(params, facts) };
}
/**
 * Tries again, because the client doesn't if it can't get the keys of GitHub's tokens. It does with everything else.
 */
async function patiently(work) {
    for (const seconds of [1, 5, 15]) {
        try {
            return await work();
        }
        catch (error) {
            core/* info */.pq(`trying again in ${seconds} s: ${error.message}`);
            await (0,external_node_timers_promises_.setTimeout)(seconds * 1000);
        }
    }
    return work();
}
async function attest(statement, { built }, { inputs }) {
    const client = await Promise.all(/* import() */[__webpack_require__.e(84), __webpack_require__.e(912)]).then(__webpack_require__.bind(__webpack_require__, 67912));
    const subjects = (built?.files ?? []).map(({ path, sha256 }) => ({ name: path, digest: { sha256 } }));
    const { bundle, attestationID } = await client.attest({ ...statement, subjects, token: inputs.githubToken });
    if (attestationID === undefined)
        throw new Error("the service gave the attestation no id");
    core/* info */.pq(`attested as ${statement.predicateType}`);
    return { id: attestationID, bundle };
}
async function delivered(stored, file, { runner }) {
    await (0,promises_.writeFile)(file, stored.map(({ bundle }) => `${JSON.stringify(bundle)}\n`).join(""));
    const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = runner.env;
    const { id } = stored[0];
    return { id, url: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/attestations/${id}`, file };
}

;// CONCATENATED MODULE: ./out/src/action/keep.js


/**
 * Moves an output from RUNNER_TEMP, which the runner empties, to a directory beside the workspace, which neither the
 * runner nor a checkout cleans. Returns the new directory.
 */
async function keepOutput({ output, name }, { env, workspace }) {
    const place = `${env.RUNNER_WORKSPACE ?? workspace}/osbuild-kept`;
    await (0,promises_.mkdir)(place, { recursive: true });
    const kept = await (0,promises_.mkdtemp)(`${place}/${name}-${env.GITHUB_RUN_ID}-`);
    await (0,host_command/* run */.eF)(["mv", "--no-target-directory", "--", output, kept]);
    return kept;
}

;// CONCATENATED MODULE: ./out/src/action/previous.js








/** A digest of an image's files, in hex. An id leaves out files that stages read, so it doesn't identify an image. */
const previous_digestOf = (files) => (0,external_node_crypto_.createHash)("sha256")
    .update(JSON.stringify(files.map(({ path, sha256 }) => [path, sha256])))
    .digest("hex");
const keptShape = (0,json_shape/* shaped */.e9)({
    outputId: json_shape/* digest */.br,
    steps: (0,json_shape/* listOf */.c3)((0,json_shape/* shaped */.e9)({ kind: (0,json_shape/* oneOf */.yL)("stage", "assembler"), id: json_shape/* digest */.br, name: json_shape/* string */.Yj, depth: json_shape/* count */.U9, index: json_shape/* count */.U9 })),
    image: (0,json_shape/* shaped */.e9)({ path: json_shape/* string */.Yj, bytes: json_shape/* count */.U9, sha256: json_shape/* digest */.br }),
    uploaded: (0,json_shape/* either */.gP)(json_shape/* digest */.br, (0,json_shape/* oneOf */.yL)(null)),
    origin: (0,json_shape/* either */.gP)((0,json_shape/* shaped */.e9)({ id: json_shape/* digest */.br, fingerprint: json_shape/* digest */.br, entries: (0,json_shape/* listOf */.c3)(json_shape/* string */.Yj) }), (0,json_shape/* oneOf */.yL)(null)),
    label: (0,json_shape/* matching */.wC)(/^[0-9a-f]{0,7}$/, "the beginning of a commit's id"),
    contentsKey: json_shape/* string */.Yj,
});
/** The most bytes that an `image.json` may have. A pipeline has a few hundred steps at most. */
const previous_mostBytes = 1024 ** 2;
/** Opens the images of earlier runs in the Actions cache. */
function previousImages({ env }, { cacheKeyPrefix, variables }, cache, transfer) {
    // The key differs in every run and attempt, because an entry can't be overwritten.
    const run = `${env.GITHUB_RUN_ID}-${env.GITHUB_RUN_ATTEMPT}`;
    const label = (env.GITHUB_SHA ?? "").slice(0, 7);
    // The jobs of a matrix can build the same pipeline with different variables.
    const edition = variables.map(({ name, value }) => `\n${name}=${value}`).sort();
    const latest = `${cacheKeyPrefix}osbuild-v2-latest-`;
    const nameOf = (pipeline) => (0,external_node_crypto_.createHash)("sha256")
        .update([pipeline, ...edition].join(""))
        .digest("hex")
        .slice(0, 16);
    const beginning = (pipeline) => `${latest}${nameOf(pipeline)}-`;
    const contentsBeginning = `${latest}contents-`;
    return {
        async find(pipeline) {
            const kept = await readEntry(await cache.restoreNewest([beginning(pipeline)]), "image.json", previous_mostBytes, (text) => (0,json_shape/* fromJson */.Rf)(keptShape, text));
            if (kept === undefined)
                return undefined;
            const { label, ...found } = kept;
            const { contentsKey } = found;
            let previous;
            const read = async () => {
                if (!contentsKey.startsWith(contentsBeginning))
                    throw damaged();
                const entry = await cache.restore([contentsKey]);
                const contents = await readEntry(entry, "contents.json", contents_file/* mostContentsBytes */.j4, contents_file/* decodeContents */.Xt);
                return contents === undefined ? null : { image: found.image, label, contents };
            };
            return {
                ...found,
                previous: () => {
                    previous ??= read();
                    return previous;
                },
            };
        },
        async save(pipeline, { contents, ...image }) {
            const contentsKey = `${contentsBeginning}${nameOf(pipeline)}-${run}`;
            const kept = { ...image, label, contentsKey };
            const own = (key) => ({ beginning: key, except: [] });
            const [first, second] = [await (0,promises_.mkdtemp)(`${transfer}/contents-`), await (0,promises_.mkdtemp)(`${transfer}/latest-`)];
            await (0,promises_.copyFile)(contents, `${first}/contents.json`);
            await (0,promises_.writeFile)(`${second}/image.json`, JSON.stringify(kept));
            const key = `${beginning(pipeline)}${run}`;
            await Promise.all([cache.save(contentsKey, first, own(contentsKey)), cache.save(key, second, own(key))]);
        },
    };
}
/** Reads the file of an entry, and removes the entry. Undefined if there is none. */
async function readEntry(entry, name, most, parse) {
    if (entry === undefined)
        return undefined;
    try {
        const value = parse(await (0,plain_file/* readPlain */.rM)(`${entry.directory}/${name}`, most));
        if (value === undefined)
            throw damaged();
        return value;
    }
    finally {
        await (0,remove/* clearAway */.MB)(entry.directory, ({ message }) => core/* warning */.$e(message));
    }
}
const damaged = () => (0,errors/* failure */.V2)("STORE", "its entry in the cache is damaged");

;// CONCATENATED MODULE: ./out/src/registry/attach.js




const indexType = "application/vnd.oci.image.index.v1+json";
const indexShape = (0,json_shape/* shaped */.e9)({ manifests: (0,json_shape/* listOf */.c3)(json_shape/* object */.Ik) });
/**
 * Attaches a document to an image, as an artifact of which the image is the subject: see "Pushing Manifests with
 * Subject" in OCI's distribution specification 1.1.
 */
async function attach(client, subject, document) {
    const { title, mediaType, text } = document;
    const layer = { mediaType, digest: digestOf(text), size: Buffer.byteLength(text), title };
    await client.pushBlob(layer, new Blob([text]));
    await client.pushBlob(emptyConfig, new Blob(["{}"]));
    const manifest = artifactManifest({ artifactType: mediaType, files: [layer], subject });
    const { digest, isListed } = await client.putReferrer({ text: manifest, mediaType: manifestType });
    if (isListed)
        return;
    await list(client, subject, {
        mediaType: manifestType,
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
    const known = isNew ? { manifests: [] } : (0,json_shape/* fromJson */.Rf)(indexShape, found.text);
    if (known === undefined)
        throw new RegistryError(`the tag ${tag}, for what is attached to the image, isn't an index`, { isPassing: false });
    if (known.manifests.some((other) => "digest" in other && other.digest === artifact.digest))
        return;
    const index = { schemaVersion: 2, mediaType: indexType, manifests: [...known.manifests, artifact] };
    await client.putManifest(tag, { text: JSON.stringify(index), mediaType: indexType });
}

;// CONCATENATED MODULE: ./out/src/registry/oci-archive.js
var oci_archive_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
var oci_archive_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
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





const oci_archive_indexShape = (0,json_shape/* shaped */.e9)({ manifests: (0,json_shape/* listOf */.c3)(descriptorShape) });
/** Reads what an archive holds. Undefined if the file isn't such an archive. */
async function readOciArchive(path) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = oci_archive_addDisposableResource(env_1, await (0,promises_.open)(path), true);
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
        const index = (0,json_shape/* fromJson */.Rf)(oci_archive_indexShape, (await read(file, place("index.json"))).toString());
        const [image, ...others] = index?.manifests ?? [];
        if (image === undefined)
            throw damaged("its index names no image");
        if (others.length > 0)
            throw (0,errors/* failure */.V2)("INVALID", `${path} has ${others.length + 1} images`, "push an archive with one image");
        const text = (await read(file, placeOf(image))).toString();
        const parts = (0,json_shape/* fromJson */.Rf)(imageManifestShape, text);
        if (parts === undefined || digestOf(text) !== image.digest)
            throw damaged("its manifest isn't what the index names");
        const { digest, mediaType } = image;
        return { manifest: { text, mediaType, digest }, blobs: [parts.config, ...parts.layers], placeOf };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = oci_archive_disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
const oci_archive_block = 512;
/** The longest JSON document or header that is read. */
const oci_archive_longest = 4 * 1024 ** 2;
/**
 * The places of the files in a tar archive that isn't compressed, by name (POSIX, "pax Interchange Format"). No files
 * if it isn't one. Blobs are uploaded from their places, because unpacking the archive would take as much room again.
 */
async function membersOf(file) {
    const members = new Map();
    const header = Buffer.alloc(oci_archive_block);
    let longSize;
    for (let at = 0;;) {
        const { bytesRead } = await file.read(header, 0, oci_archive_block, at);
        if (bytesRead < oci_archive_block || header.toString("latin1", 257, 262) !== "ustar")
            return members;
        const size = longSize ?? (Number.parseInt(header.toString("latin1", 124, 136), 8) || 0);
        const start = at + oci_archive_block;
        const type = header.toString("latin1", 156, 157);
        longSize = type === "x" ? sizeIn(await read(file, { start, size })) : undefined;
        if (type === "0")
            members.set(nameIn(header), { start, size });
        at = start + Math.ceil(size / oci_archive_block) * oci_archive_block;
    }
}
const nameIn = (header) => header.toString("latin1", 0, 100).replace(/\0.*$/s, "").replace(/^\.\//, "");
/** The size in an extended header, which has one if the header that follows can't express it. */
function sizeIn(records) {
    const [, size] = /(?:^|\n)\d+ size=(\d+)\n/.exec(records.toString("latin1")) ?? [];
    return size === undefined ? undefined : Number(size);
}
async function read(file, { start, size }) {
    const bytes = Buffer.alloc(Math.min(size, oci_archive_longest));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
}

;// CONCATENATED MODULE: ./out/src/registry/push-image.js







/** The type of artifacts that are images of machines. */
const push_image_artifactType = "application/vnd.osbuild.image.v1";
/**
 * Puts an image into a registry: a container archive as the container image that it holds, anything else as an
 * artifact. The tag is moved last, so it never names an image that isn't whole.
 */
async function pushImage({ files, documents }, target, { env, signal }) {
    const { registry, repository, tag } = target;
    const { manifest, blobs } = await prepare(files);
    const client = registryClient({ reference: target, credential: () => credentialOf(registry, env), signal });
    let [sent, kept] = [0, 0];
    for (const blob of blobs) {
        if (await client.pushBlob(blob, await blob.open()))
            sent += blob.size;
        else
            kept += blob.size;
    }
    const digest = await client.putManifest(digestOf(manifest.text), manifest);
    const subject = { mediaType: manifest.mediaType, digest, size: Buffer.byteLength(manifest.text) };
    for (const document of documents)
        await attach(client, subject, document);
    await client.putManifest(tag, manifest);
    return { reference: (0,registry_reference/* pinnedName */.W2)({ registry, repository, digest }), sent, kept };
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
    const text = artifactManifest({ artifactType: push_image_artifactType, files: described.map(({ path: _, ...file }) => file) });
    const config = { ...emptyConfig, open: async () => new Blob(["{}"]) };
    const layers = described.map(({ path, ...file }) => ({ ...file, open: () => (0,external_node_fs_.openAsBlob)(path) }));
    return { manifest: { text, mediaType: manifestType }, blobs: [config, ...layers] };
}

;// CONCATENATED MODULE: ./out/src/report/pushed.js

/** Says what was pushed, and how much of it was new to the registry. */
const pushedText = ({ reference, sent, kept }) => `pushed ${reference}: ${(0,format/* formatBytes */.z3)(sent)} sent, ${(0,format/* formatBytes */.z3)(kept)} were there`;

;// CONCATENATED MODULE: ./out/src/action/push.js







/**
 * Pushes a pipeline's image, which is in a directory with its SBOMs, and returns the references that always mean this
 * image. A failure is a problem of the pipeline.
 */
async function push(run, job, directory) {
    const pushed = new Set();
    for (const target of job.inputs.push) {
        try {
            pushed.add(await pushTo(target, run, { job, directory }));
        }
        catch (error) {
            for (const problem of problemsOf(error, target, job))
                tell(run, problem, job.runner);
        }
    }
    return [...pushed];
}
/** Makes it a problem that there is no image, if one was to be pushed. */
function refuseNothing(run, { inputs, runner }) {
    if (run.built === undefined || inputs.push.length === 0)
        return;
    tell(run, { message: "there is nothing to push: the pipeline makes no image", hint: "add an assembler" }, runner);
}
function tell(run, problem, { workspace }) {
    run.problems = [...run.problems, problem];
    annotate(problem, run.name, workspace);
}
async function pushTo(target, { built }, { job: { runner, signal }, directory }) {
    const files = (built?.files ?? []).map(({ path, sha256, size }) => ({
        path: `${directory}/${path}`,
        title: path,
        content: async () => ({ sha256, size }),
    }));
    const documents = await Promise.all((built?.sboms ?? []).map(async (path) => ({
        title: path,
        mediaType: (0,formats/* sbomMediaType */.S0)(path),
        text: await (0,promises_.readFile)(`${directory}/${path}`, "utf8"),
    })));
    const image = await pushImage({ files, documents }, target, { env: runner.env, signal });
    core/* info */.pq(pushedText(image));
    return image.reference;
}
function problemsOf(error, target, { signal }) {
    const { registry, repository, tag } = target;
    const failed = `the image could not be pushed to ${registry}/${repository}:${tag}`;
    if (error instanceof errors/* BuildError */.zS)
        return error.problems.map((problem) => ({ ...problem, message: `${failed}: ${problem.message}` }));
    if (signal.aborted)
        return [{ message: `${failed}: the job ran out of time` }];
    throw error;
}

;// CONCATENATED MODULE: ./out/src/action/unchanged.js
/**
 * The origin of the branch's last upload, if the image is needed for nothing but another upload. Then looking for its
 * entries in the cache is enough, if it would be the same once more.
 */
function lastUpload({ earlier }, { inputs }) {
    if (!earlier?.origin || inputs.upload !== "if-changed" || isNeeded(inputs))
        return null;
    const { origin, contentsKey } = earlier;
    // The next image that differs is compared with its contents.
    return { ...origin, entries: [...origin.entries, contentsKey] };
}
/** Whether something besides an upload needs the image, or its steps have to be looked at one by one. */
function isNeeded(inputs) {
    const { bootTest, verify, attest, sbom, push, refresh, noCache } = inputs;
    const { output, store, compareWith, maxSize, maxGrowth, maxAge } = inputs;
    return ([output, store, compareWith, maxSize, maxGrowth, maxAge].some((value) => value !== undefined) ||
        [bootTest, verify, attest, noCache].includes(true) ||
        [sbom, push, refresh].some(({ length }) => length > 0));
}
/** The branch's last upload, as reports show it. */
function uploadedImage({ image }) {
    const nothing = { disk: null, boot: null, artifactUrl: null, notUploaded: null, attestationUrl: null, pushed: [] };
    return { ...image, ...nothing, uploadedBefore: true };
}

;// CONCATENATED MODULE: ./out/src/action/deliver.js













/**
 * Uploads a pipeline's image with its report, pushes it to registries, and records the image's contents for the
 * branch's next run. A failed upload of the image is a problem of the pipeline, but doesn't stop the rest. Any other
 * failure is a warning.
 */
async function deliver(run, job, names, images) {
    const started = performance.now();
    if (run.unchanged !== undefined)
        return deliverNothing(run, run.unchanged, job);
    const made = await run_report_imageOf(run);
    if (made === null)
        refuseNothing(run, job);
    const nothing = { image: null, artifact: undefined, attestation: undefined, directory: run.output };
    const { image, ...delivered } = made === null ? nothing : await deliverImage(made, run, job, names);
    const { artifact } = delivered;
    const seconds = () => (performance.now() - started) / 1000;
    const report = await reportOf(run, job, image, seconds());
    // Without an image its upload can't fail, and the report says why there is none.
    const isReported = made === null ? job.inputs.upload !== "false" && report.steps.length > 0 : artifact !== undefined;
    const links = isReported ? await uploadReport(run, report, names, job) : report.links;
    const final = { ...report, links, times: { ...report.times, upload: seconds() - report.times.bootTest } };
    if (images !== undefined && job.inputs.cache === "true")
        await attempt("could not record what the image contains", () => noteImage(run, final, artifact, images));
    const changes = await attempt("what changed could not be written", () => writeChanges(final, job.compareWith, `${job.directory}/${run.name}`));
    return { run, report: final, ...delivered, changes };
}
/** The delivery of a pipeline whose image is the branch's last upload. */
async function deliverNothing(run, unchanged, job) {
    const image = uploadedImage(unchanged);
    lineWithName(`${image.path} is the branch's last upload, so it is neither made nor fetched`);
    const report = await reportOf(run, job, image, 0);
    return { run, report, artifact: undefined, attestation: undefined, directory: undefined, changes: undefined };
}
async function deliverImage(image, run, job, names) {
    const boot = job.inputs.bootTest ? await bootTest(image, run, names, job) : null;
    const own = boot?.passed === false ? { ...names, ...names.failed } : names;
    const uploaded = isWanted(run, job) ? await uploadImage(run, image, own, job) : null;
    const artifact = uploaded?.type === "uploaded" ? uploaded.artifact : undefined;
    const failed = uploaded?.type === "failed" ? uploaded : undefined;
    if (artifact !== undefined)
        await uploadSboms(run, own, job);
    const directory = failed?.directory ?? run.output;
    const attestation = job.inputs.attest ? await attestImage(image.path, run, job, directory) : undefined;
    // An image that failed a test is uploaded for someone to examine, but it isn't put where machines fetch it.
    const pushed = run.problems.length === 0 ? await push(run, job, directory) : [];
    const places = { artifactUrl: artifact?.url ?? null, attestationUrl: attestation?.url ?? null, pushed };
    const told = { ...image, boot, ...places, notUploaded: failed?.why ?? null };
    return { image: told, artifact, attestation, directory };
}
function isWanted({ earlier, built }, { inputs }) {
    switch (inputs.upload) {
        case "true":
        case "if-possible":
            return true;
        case "if-changed":
            return earlier?.uploaded !== previous_digestOf(built?.files ?? []);
        case "false":
            return false;
    }
}
async function uploadImage(run, image, names, job) {
    try {
        return { type: "uploaded", artifact: await upload(run, names, job) };
    }
    catch (error) {
        const { inputs, runner } = job;
        const hint = error instanceof errors/* BuildError */.zS ? error.problems[0]?.hint : undefined;
        // The post step removes a temporary output, and the only copy with it.
        const kept = inputs.output === undefined
            ? await attempt("the image could not be kept", () => keepOutput(run, runner))
            : run.output;
        const directory = kept ?? run.output;
        const why = `${error.message}${kept === undefined ? "" : `; the image was kept as ${kept}/${image.path}`}`;
        notUploaded(run, { message: `${image.path} could not be uploaded: ${why}`, hint }, job);
        return { type: "failed", why, directory };
    }
}
/** Uploads each SBOM as an artifact of its own, because an image that is compressed has no zip around it. */
async function uploadSboms(run, { sboms }, job) {
    for (const [index, path] of (run.built?.sboms ?? []).entries()) {
        const name = sboms[index];
        const upload = { name, files: [`${run.output}/${path}`], root: run.output, raw: true };
        try {
            await grouped(`Uploading ${name}`, () => uploadArtifact(upload, job));
        }
        catch (error) {
            const hint = error instanceof errors/* BuildError */.zS ? error.problems[0]?.hint : undefined;
            notUploaded(run, { message: `${path} could not be uploaded: ${error.message}`, hint }, job);
        }
    }
}
/** Reports that something could not be uploaded. It is a problem of the pipeline unless the user said otherwise. */
function notUploaded(run, problem, { inputs, runner }) {
    if (inputs.upload === "if-possible")
        return core/* warning */.$e(withHint(problem));
    run.problems = [...run.problems, problem];
    annotate(problem, run.name, runner.workspace);
}
/** Records the image's contents and which image was last uploaded: one that wasn't uploaded now still will be. */
async function noteImage({ built, earlier, origin: known }, { pipeline, outputId, image, steps, previous }, artifact, images) {
    const contents = built?.contents ?? null;
    if (image === null || outputId === null || contents === null)
        return;
    // After a failed boot test the image isn't under its own name. If it passes the next one, it has to be uploaded.
    const isUploaded = artifact !== undefined && image.boot?.passed !== false;
    const own = previous_digestOf(built?.files ?? []);
    const uploaded = isUploaded ? own : (earlier?.uploaded ?? null);
    const origin = uploaded === own ? (known ?? null) : null;
    const isSame = earlier?.outputId === outputId && earlier.image.sha256 === image.sha256;
    const isNoted = earlier?.uploaded === uploaded && JSON.stringify(earlier.origin) === JSON.stringify(origin);
    // Its contents may have been evicted.
    if (isSame && isNoted && previous !== null)
        return;
    await images.save(pipeline, { outputId, steps: steps.map(({ step }) => step), image, uploaded, origin, contents });
}
async function upload({ built, output }, { image: name, raw }, job) {
    const files = (built?.files ?? []).map(({ path }) => `${output}/${path}`);
    const artifact = await grouped(`Uploading ${name}`, () => uploadArtifact({ name, files, root: output, raw }, job));
    await attempt("the image could not be recorded for attestation", () => recordSubjects(files, job.runner.env.GITHUB_ARTIFACTS));
    return artifact;
}

;// CONCATENATED MODULE: ./out/src/action/outputs.js
/**
 * The Action's outputs, by name. Those about a single image are about the first pipeline's; `manifest` has all of them.
 */
function outputsOf(delivered) {
    const pipelines = delivered.map(manifestOf);
    const [first] = pipelines;
    const results = pipelines.flatMap(({ stages }) => stages.map(({ result }) => result));
    const built = results.filter((result) => result === "built").length;
    const cached = results.filter((result) => result === "cached").length;
    return {
        "tree-id": first?.["tree-id"] ?? "",
        "output-id": first?.["output-id"] ?? "",
        image: first?.image ?? "",
        "image-sha256": first?.["image-sha256"] ?? "",
        sbom: first?.sbom.join("\n") ?? "",
        pushed: first?.pushed.join("\n") ?? "",
        changes: first?.changes ?? "",
        "changes-json": first?.["changes-json"] ?? "",
        "artifact-id": String(first?.["artifact-id"] ?? ""),
        "artifact-url": first?.["artifact-url"] ?? "",
        attestation: first?.attestation ?? "",
        "attestation-id": first?.["attestation-id"] ?? "",
        "attestation-url": first?.["attestation-url"] ?? "",
        "cache-hit": cached === 0 ? "none" : cached === results.length ? "full" : "partial",
        "stages-built": String(built),
        "stages-cached": String(cached),
        manifest: JSON.stringify({ pipelines }),
    };
}
const manifestOf = ({ run, report, artifact, attestation, directory, changes }) => ({
    pipeline: report.pipeline,
    "tree-id": report.treeId,
    "output-id": report.outputId,
    image: report.image === null || directory === undefined ? null : `${directory}/${report.image.path}`,
    "image-sha256": report.image?.sha256 ?? null,
    "image-size": report.image?.bytes ?? null,
    sbom: (run.built?.sboms ?? []).map((path) => `${directory}/${path}`),
    pushed: report.image?.pushed ?? [],
    changes: changes?.markdown ?? null,
    "changes-json": changes?.json ?? null,
    "artifact-id": artifact?.id ?? null,
    "artifact-url": artifact?.url ?? null,
    attestation: attestation?.file ?? null,
    "attestation-id": attestation?.id ?? null,
    "attestation-url": attestation?.url ?? null,
    stages: report.steps.map(({ step, result }) => ({
        name: step.name,
        id: step.id,
        kind: step.kind,
        result: result.type === "running" ? "interrupted" : result.type,
    })),
    problems: run.problems.map(({ message, hint }) => ({ message, hint })),
});

// EXTERNAL MODULE: ./out/src/action/preconditions.js
var preconditions = __webpack_require__(72770);
;// CONCATENATED MODULE: ./out/src/action/reasons.js
/**
 * The reason why a step that isn't in the store runs, as far as the steps of the branch's last build show. An id
 * depends on a step's name and options and on what it is built on. So if the rest is the same, the options changed.
 */
function reasonSince(previous, now, step) {
    if (previous.some(({ id }) => id === step.id))
        return "not in the cache";
    const before = previous.filter(({ depth }) => depth === step.depth);
    const steps = now.filter(({ depth }) => depth === step.depth);
    const place = steps.findIndex(({ id }) => id === step.id);
    const root = (all) => all.findLast(({ depth }) => depth === step.depth + 1)?.id;
    if (before.length === 0)
        return "new";
    if (root(previous) !== root(now))
        return "build root changed";
    if (steps[place - 1]?.id !== before[place - 1]?.id)
        return "base changed";
    return before[place]?.name === step.name ? "options changed" : "new";
}

;// CONCATENATED MODULE: ./out/src/action/run.js


/** The state of a build that hasn't started. */
function newRun(known) {
    const run = {
        ...known,
        results: stepResults(() => elapsed(run)),
        loaded: undefined,
        built: undefined,
        unchanged: undefined,
        origin: undefined,
        problems: [],
        lastLines: [],
        started: undefined,
        seconds: { build: 0, verification: 0 },
    };
    return run;
}
/** The seconds since the start of the build; 0 if it hasn't started. */
const elapsed = ({ started }) => started === undefined ? 0 : (performance.now() - started) / 1000;
/** The path of the image's file below the output directory. Before the build it comes from the assembler's options. */
function imageFile({ built, loaded }) {
    if (built === undefined)
        return loaded?.filename ?? undefined;
    return built.files.length === 1 ? built.files[0]?.path : undefined;
}
/** Updates the state with an event from the builder. */
function note(run, event) {
    run.results.add(event);
    if (event.type === "step-failed")
        run.lastLines = event.lines.slice(-20).map(problems/* printable */.g$);
}

;// CONCATENATED MODULE: ./out/src/secrets/secret.js
/** The fewest characters of a secret. A shorter one can't be told from ordinary text in a log or a file. */
const shortest = 8;
/** The most bytes of a secret. GitHub's own limit is 48 KB. */
const secret_mostBytes = 64 * 1024;
/** Makes a secret of its value. */
const secretOf = (value) => ({ reveal: () => value });
/** Whether a text can be a secret's name, which is also the name of its file. */
const isSecretName = (text) => /^\w[\w.-]{0,99}$/.test(text);
/** Why a text can't be a secret's value; undefined if it can. */
function unfitness(value) {
    const { length } = value.trim();
    if (length === 0)
        return "is empty";
    if (length < shortest)
        return `has ${length} characters, and a secret has at least ${shortest}`;
    if (Buffer.byteLength(value) > secret_mostBytes)
        return `has more than ${secret_mostBytes / 1024} KiB`;
    return /[\0\ufffd]/.test(value) ? "isn't text" : undefined;
}
/** The texts that are searched for in files: the value, and its forms in URLs and in base64. */
const formsOf = ({ reveal }) => encodings(reveal().trim());
/**
 * The texts that are hidden in logs: the same, and those of each line. A short line, such as a brace, is ordinary text.
 */
function maskedForms({ reveal }) {
    const value = reveal().trim();
    const lines = value.split("\n").map((line) => line.trim());
    return [...new Set([value, ...lines].filter((text) => text.length >= shortest).flatMap(encodings))];
}
const encodings = (text) => [
    ...new Set([text, encodeURIComponent(text), Buffer.from(text).toString("base64").replace(/=+$/, "")]),
];

;// CONCATENATED MODULE: ./out/src/action/secrets.js


/**
 * Reads the secrets for steps from the inputs `secrets`, with a value on each line, and `secret-envs`, with the name of
 * a variable of the environment. `hide` gets each text that the runner shall hide in the log. A secret without a value
 * counts as not given, because that is what a workflow gets for a pull request from a fork.
 */
function readSecrets(get, environment, hide) {
    const values = (0,action_inputs/* linesOf */.Dx)(get("secrets")).map((line) => pairOf("secrets", line, "value"));
    const variables = (0,action_inputs/* linesOf */.Dx)(get("secret-envs")).map((line) => pairOf("secret-envs", line, "VARIABLE"));
    const found = new Map();
    for (const [name, value] of [...values, ...variables.map(([name, key]) => [name, environment[key] ?? ""])]) {
        if (value.trim() === "")
            continue;
        const secret = secretOf(value);
        for (const form of maskedForms(secret))
            hide(form);
        const why = unfitness(value);
        if (why !== undefined)
            throw (0,action_inputs/* wrong */.Qm)("secrets", `has a secret ${name} that ${why}`);
        if (found.has(name))
            throw (0,action_inputs/* wrong */.Qm)("secrets", `sets ${name} twice`);
        found.set(name, secret);
    }
    return found;
}
/** Reads a line. An error doesn't repeat it, because it may have a secret. */
function pairOf(input, line, what) {
    const [, name = "", value = ""] = /^([^=]*?)\s*=\s*(.*)$/.exec(line) ?? [];
    if (isSecretName(name))
        return [name, value];
    throw (0,action_inputs/* wrong */.Qm)(input, `has a line without a name for the secret`, `write NAME=${what}, one per line`);
}

;// CONCATENATED MODULE: ./out/src/action/since.js




/** Hands the branch's last image to the builder, if growth since then is limited. */
async function sinceOf({ name, earlier }, index, { inputs, transfer }) {
    if (inputs.maxGrowth === undefined)
        return null;
    const previous = await attempt("the previous image could not be read", async () => earlier?.previous());
    if (!previous) {
        core/* info */.pq(`${name} has no earlier image in the cache, so max-growth has nothing to compare with`);
        return null;
    }
    const { label, contents } = previous;
    const path = `${transfer}/since-${index}.json`;
    await (0,promises_.writeFile)(path, (0,contents_file/* encodeContents */.dC)(contents));
    return { label, contents: path };
}

;// CONCATENATED MODULE: ./out/src/action/turns.js
/** Gives one build after another the log. Without a part of its own, anything is printed at once. */
function takeTurns() {
    /** The parts in order, each with what waits to be printed. The first one is being printed. */
    const parts = new Map();
    const over = new Set();
    function pass() {
        for (const [build, waiting] of parts) {
            for (const print of waiting.splice(0))
                print();
            if (!over.has(build))
                return;
            parts.delete(build);
        }
    }
    return {
        start: (build) => void parts.set(build, []),
        say(build, print) {
            const [turn] = parts.keys();
            const waiting = parts.get(build);
            if (waiting === undefined || build === turn)
                print();
            else
                waiting.push(print);
        },
        end(build) {
            over.add(build);
            pass();
        },
        close() {
            for (const build of parts.keys())
                over.add(build);
            pass();
        },
    };
}

;// CONCATENATED MODULE: ./out/src/action/main.js






























/** The Action's main step: inputs → build → outputs, artifact, summary. Each problem is reported immediately, once. */
async function main(runner, interrupt) {
    if (core/* isDebug */._o())
        (0,trace/* traceCommands */.KK)(core/* debug */.Yz);
    // The secrets are masked first, because all that follows may print them.
    const secrets = readSecrets(core/* getInput */.V4, runner.env, core/* setSecret */.Pq);
    const inputs = await (0,action_inputs/* readInputs */.Ko)(core/* getInput */.V4);
    (0,preconditions/* requireStoreOutside */.sx)(inputs, runner);
    (0,preconditions/* requireRetention */._L)(inputs, runner);
    await (0,preconditions/* requireBootInputs */.t4)(inputs);
    await (0,preconditions/* requireAttestations */.Jr)(inputs, runner);
    const compareWith = await namedImage(inputs, runner);
    const directory = await (0,preconditions/* ownDirectory */.cy)(runner);
    const outputs = outputDirectories(inputs, runner, directory);
    core/* saveState */.LZ("leavings", { directory, outputs });
    const transfer = `${directory}/transfer`;
    for (const path of [transfer, ...outputs])
        await (0,promises_.mkdir)(path, { recursive: true });
    const limit = inputs.timeoutMinutes === undefined ? [] : [AbortSignal.timeout(inputs.timeoutMinutes * 60_000)];
    const signal = AbortSignal.any([interrupt, ...limit]);
    const remote = await openRemote(inputs, runner, transfer, signal);
    const cache = openCache(inputs, runner, directory, signal);
    if (cache !== undefined)
        await provideCachePrograms(inputs.installDependencies);
    const job = {
        inputs,
        secrets,
        compareWith,
        runner,
        store: inputs.store ?? `${directory}/store`,
        directory,
        transfer,
        cache,
        remote,
        signal,
    };
    const images = cache === undefined ? undefined : previousImages(runner, inputs, cache, transfer);
    const names = (0,action_inputs/* namesOf */.eZ)(inputs.pipelines, runner.workspace);
    const runs = await Promise.all(inputs.pipelines.map(async (file, index) => {
        const [name, output] = [names[index], outputs[index]];
        const earlier = await attempt("the previous image could not be read", () => images?.find((0,external_node_path_.relative)(runner.workspace, file)));
        return newRun({ file, name, output, earlier });
    }));
    const failed = await buildAll(runs, job, interrupt);
    for (const run of runs)
        if (run.built === undefined && run.unchanged === undefined && run.problems.length === 0)
            run.problems = failed;
    if (interrupt.aborted)
        return;
    const delivered = [];
    const named = runs.map((run) => ({ name: run.name, file: imageFile(run) }));
    const artifacts = (0,artifact_names/* nameArtifacts */.H1)(named, inputs.artifactName, inputs.sbom);
    for (const [index, run] of runs.entries())
        delivered.push(await deliver(run, job, artifacts[index], images));
    for (const [name, value] of Object.entries(outputsOf(delivered)))
        core/* setOutput */.uH(name, value);
    if (cache !== undefined)
        core/* info */.pq(`cache: ${trafficText(cache.traffic())}`);
    if (remote !== undefined)
        core/* info */.pq(`remote: ${trafficText(remote.traffic())}`);
    for (const { report, directory } of delivered)
        for (const line of lastLines(report, directory))
            lineWithName(line);
    if (inputs.summary)
        await writeSummary(summaryMarkdown(delivered.map(({ report }) => report), cache?.traffic()));
}
/** The output directory of each pipeline. Several pipelines get a subdirectory each. */
function outputDirectories({ output, pipelines }, { workspace }, directory) {
    const whole = output ?? `${directory}/output`;
    return pipelines.length === 1 ? [whole] : (0,action_inputs/* namesOf */.eZ)(pipelines, workspace).map((name) => `${whole}/${name}`);
}
/** Runs the builder, and returns the problems that don't belong to a pipeline. */
async function buildAll(runs, job, interrupt) {
    const { inputs, secrets, runner, store, transfer, cache, remote, signal } = job;
    const guard = foreignOutput();
    const reports = runs.map(() => actionsReport(runner.workspace, guard));
    const turns = takeTurns();
    const request = {
        pipelines: await Promise.all(runs.map(async (run, index) => ({
            file: run.file,
            output: run.output,
            failedTree: failedTreeOf(run, job),
            since: await sinceOf(run, index, job),
            uploaded: lastUpload(run, job),
        }))),
        store,
        libdirs: inputs.libdirs,
        buildEnv: inputs.buildEnv,
        mirrors: inputs.mirrors,
        variables: inputs.variables,
        secrets: [...secrets].map(([name, { reveal }]) => ({ name, value: reveal() })),
        installDependencies: inputs.installDependencies,
        freshness: { refresh: inputs.refresh, maxAge: inputs.maxAge, noCache: inputs.noCache },
        budget: { maxSize: inputs.maxSize ?? null, maxGrowth: inputs.maxGrowth ?? null },
        bootTest: inputs.bootTest ? bootExtras(inputs) : null,
        verify: inputs.verify,
        debug: core/* isDebug */._o(),
        sbom: inputs.sbom,
        attest: inputs.attest,
        upload: inputs.upload === "true" || inputs.upload === "if-changed",
        jobs: inputs.jobs ?? null,
        ...cacheRequests(inputs, remote),
        transfer,
    };
    const tell = tellOnce(runner.workspace);
    const hear = (message) => {
        const [run, report] = [runs[message.pipeline], reports[message.pipeline]];
        if (message.type === "started") {
            turns.start(message.pipeline);
            const file = (0,external_node_path_.relative)(runner.workspace, run.file);
            if (runs.length > 1)
                turns.say(message.pipeline, () => lineWithName(`building ${file}`));
        }
        hearOne(message, run, report, tell, (print) => turns.say(message.pipeline, print));
        if (message.type === "ended")
            turns.end(message.pipeline);
    };
    try {
        const path = runner.env.PATH ?? "";
        const hears = { onMessage: hear, onDebug: core/* debug */.Yz, onError: foreignLine };
        await runBuilder(request, {
            directory: job.directory,
            program: runner.builder,
            path,
            caches: { cache, remote },
            pull: openPuller({ env: runner.env, transfer, signal, isGuarded: true }),
            signal,
            ...hears,
        }).finally(() => {
            turns.close();
            for (const { close } of reports)
                close();
        });
        if (interrupt.aborted)
            throw (0,errors/* failure */.V2)("INTERRUPTED", "interrupted");
        if (signal.aborted)
            throw (0,errors/* failure */.V2)("INTERRUPTED", `not finished within timeout-minutes: ${inputs.timeoutMinutes}`);
        return [];
    }
    catch (error) {
        if (!(error instanceof errors/* BuildError */.zS))
            throw error;
        for (const problem of error.problems)
            tell(problem, "osbuild");
        return error.problems;
    }
}
/** Annotates each problem once: all pipelines may have the same one, such as a problem with an input. */
function tellOnce(workspace) {
    const told = new Set();
    return (problem, title) => {
        const text = JSON.stringify(problem);
        if (told.has(text))
            return;
        told.add(text);
        annotate(problem, title, workspace);
    };
}
function hearOne(message, run, { report, close }, tell, say) {
    switch (message.type) {
        case "loaded":
            run.loaded = message.loaded;
            return;
        case "started":
            run.started = performance.now();
            return;
        case "event": {
            const event = explained(message.event, run);
            note(run, event);
            const at = performance.now();
            return say(() => report(event, at));
        }
        case "unchanged":
            run.unchanged = run.earlier;
            run.seconds.build = elapsed(run);
            return say(close);
        case "origin":
            run.origin = message.origin;
            return;
        case "built":
            run.built = message.built;
            // The report compares with it, and the builder may still be saving. Who needs it reports the failure.
            if (message.built.contents !== null)
                run.earlier?.previous().catch(() => undefined);
            run.seconds.build = elapsed(run);
            return say(close);
        case "verified": {
            run.seconds.verification = elapsed(run) - run.seconds.build;
            const compared = (0,format/* formatCount */.B4)(message.steps, "step");
            return say(() => core/* info */.pq(`a second build, from nothing and as on another machine, gave the same bits: ${compared} compared`));
        }
        case "failed": {
            // A pipeline that was built can still fail to be verified.
            if (run.built === undefined) {
                run.seconds.build = elapsed(run);
                say(close);
            }
            // A cancellation or a time limit isn't a problem of one pipeline. It is reported once for all of them.
            if (message.code === "INTERRUPTED")
                return;
            run.problems = message.problems.map(forWorkflow);
            const told = run.problems.map((problem) => withLines(problem, message.code, run));
            return say(() => {
                for (const problem of told)
                    tell(problem, run.name);
            });
        }
        case "ended":
            return;
        default:
            message;
    }
}
/** Replaces the hint with the stage's last lines, which say more than advice for a terminal. */
function withLines(problem, code, { lastLines }) {
    if (code !== "STAGE_FAILED")
        return problem;
    return { message: [problem.message, ...lastLines].join("\n").slice(0, 4000), at: problem.at };
}
/** Improves the reason with the last run's steps. The builder only knows that the step isn't in the store. */
function explained(event, { earlier, results }) {
    if (event.type !== "step-started" || event.reason !== "not in the store" || earlier === undefined)
        return event;
    const now = results.all().map(({ step }) => step);
    return { ...event, reason: reasonSince(earlier.steps, now, event.step) };
}
async function writeSummary(text) {
    try {
        await core/* summary */.z.addRaw(text).write();
    }
    catch (error) {
        core/* warning */.$e(`the summary could not be written: ${error.message}`);
    }
}


/***/ })

};
