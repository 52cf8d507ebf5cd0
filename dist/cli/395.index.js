export const id = 395;
export const ids = [395];
export const modules = {

/***/ 2699:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ isFull)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);

/** Less free space than this counts as none, because a program that ran out of space may have left some blocks. */
const almostNothing = 1024 * 1024;
/** Whether a file system has no free blocks or inodes left. Some, such as btrfs, don't count inodes. */
async function isFull(path) {
    const { bfree, bsize, files, ffree } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.statfs)(path);
    return bfree * bsize < almostNothing || (files > 0 && ffree === 0);
}


/***/ }),

/***/ 8263:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ makeMountPoints),
/* harmony export */   v: () => (/* binding */ hostBuildRoot)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _stages_lib_mount_points_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8984);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1795);
/* harmony import */ var _container_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2189);




/**
 * The few files of the host's /etc that tools need. None of them is secret or configures a mirror, a proxy or a
 * repository.
 */
const hostEtc = [
    "alternatives",
    "ca-certificates",
    "ca-certificates.conf",
    "crypto-policies",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "login.defs",
    "mke2fs.conf",
    "perl",
    "pki/ca-trust",
    "pki/tls/cert.pem",
    "pki/tls/certs",
    "pki/tls/openssl.cnf",
    "protocols",
    "python3",
    "services",
    "ssl/certs",
    "xattr.conf",
];
const accounts = {
    passwd: "root:x:0:0:root:/root:/bin/sh\n_apt:x:42:65534::/nonexistent:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
    group: "root:x:0:\ntty:x:5:\ndisk:x:6:\nnogroup:x:65534:\n",
};
/**
 * Makes a build root from the host's /usr in `directory`, which is empty, and returns the mounts that it needs. It does
 * so at once: with a thread's turn for each of sixty small files it would take as long as starting a container.
 */
function hostBuildRoot(directory) {
    makeMountPoints(directory);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(`${directory}/usr`);
    for (const link of ["bin", "sbin", "lib", "lib32", "lib64", "libx32"]) {
        const target = readLink(`/${link}`);
        if (target !== undefined)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.symlinkSync)(target, `${directory}/${link}`);
    }
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.symlinkSync)("../usr/lib/os-release", `${directory}/etc/os-release`);
    // apt warns if the directory is missing.
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(`${directory}/etc/apt/apt.conf.d`, { recursive: true });
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(`${directory}/etc/passwd`, accounts.passwd);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(`${directory}/etc/group`, accounts.group);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(`${directory}/etc/nsswitch.conf`, "passwd: files\ngroup: files\nhosts: files dns\n");
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(`${directory}/etc/hosts`, "127.0.0.1 localhost osbuild\n::1 localhost\n");
    const mounts = [bind("/usr", `${directory}/usr`)];
    for (const name of hostEtc) {
        const source = `/etc/${name}`;
        if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(source))
            continue;
        const target = `${directory}/etc/${name}`;
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(source).isDirectory()) {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(target, { recursive: true });
            mounts.push(bind(source, target));
        }
        else {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.copyFileSync)(source, target);
        }
    }
    return mounts;
}
/**
 * Makes a container's mount points in `directory`, which is empty. Laid over a build tree, it makes the tree a build
 * root: a read-only root can't get mount points later.
 */
function makeMountPoints(directory) {
    const points = ["etc", "root", "var", ..._stages_lib_mount_points_js__WEBPACK_IMPORTED_MODULE_3__/* .kernelPoints */ .DK, _stages_lib_mount_points_js__WEBPACK_IMPORTED_MODULE_3__/* .runPoint */ .qE, ..._stages_lib_mount_points_js__WEBPACK_IMPORTED_MODULE_3__/* .temporaryPoints */ .NR];
    for (const point of points)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(`${directory}/${point}`);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(`${directory}/etc/machine-id`, `${_container_js__WEBPACK_IMPORTED_MODULE_2__/* .machineId */ .x}\n`);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(`${directory}/etc/resolv.conf`, "");
}
const bind = (source, target) => ({ type: "none", source, target, options: ["rbind", "ro"] });
function readLink(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)(path);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "ENOENT") || (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .hasCode */ .up)(error, "EINVAL"))
            return undefined;
        throw error;
    }
}


/***/ }),

/***/ 2189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ nspawnArgv),
/* harmony export */   x: () => (/* binding */ machineId)
/* harmony export */ });
/** The capabilities that installing packages needs. A program's meta.json may ask for more. */
const defaultCapabilities = [
    "CAP_AUDIT_WRITE",
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_IPC_OWNER",
    "CAP_KILL",
    "CAP_LEASE",
    "CAP_MKNOD",
    "CAP_NET_BIND_SERVICE",
    "CAP_SETFCAP",
    "CAP_SETGID",
    "CAP_SETPCAP",
    "CAP_SETUID",
    "CAP_SYS_CHROOT",
];
/** systemd-nspawn's own default, from systemd.nspawn(5). The capabilities in it that aren't wanted are dropped. */
const nspawnCapabilities = [
    ...defaultCapabilities,
    "CAP_AUDIT_CONTROL",
    "CAP_LINUX_IMMUTABLE",
    "CAP_NET_ADMIN",
    "CAP_NET_BROADCAST",
    "CAP_NET_RAW",
    "CAP_SYS_ADMIN",
    "CAP_SYS_BOOT",
    "CAP_SYS_NICE",
    "CAP_SYS_PTRACE",
    "CAP_SYS_RESOURCE",
    "CAP_SYS_TTY_CONFIG",
];
/** A constant, like the host name, because nothing that identifies the machine may reach an image. */
const machineId = "6f7362756964000000000000616374ff";
/** The command line of a container. Its console is a pipe for a program, or the terminal for a person. */
function nspawnArgv(container, console = "pipe") {
    const kept = [...defaultCapabilities, ...container.capabilities];
    const dropped = nspawnCapabilities.filter((capability) => !kept.includes(capability));
    return [
        "systemd-nspawn",
        "--quiet",
        // The container needs neither machined nor a scope of its own, so systemd needn't be running.
        "--register=no",
        "--keep-unit",
        "--as-pid2",
        "--link-journal=no",
        "--resolv-conf=off",
        "--timezone=off",
        // Without a terminal nspawn's default is read-only.
        `--console=${console}`,
        "--read-only",
        // Nothing in a tree needs to reach the disk before it is packed.
        "--suppress-sync=yes",
        "--machine=osbuild",
        "--hostname=osbuild",
        `--uuid=${machineId}`,
        `--directory=${container.root}`,
        container.network === undefined ? "--private-network" : `--network-namespace-path=${container.network}`,
        ...(container.capabilities.length > 0 ? [`--capability=${container.capabilities.join(",")}`] : []),
        `--drop-capability=${dropped.join(",")}`,
        ...(container.mounts ? [] : ["--system-call-filter=~@mount"]),
        ...(container.empty ?? []).map((path) => `--tmpfs=${path}:mode=755`),
        ...container.binds.map(({ from, to, writable }) => `--bind${writable ? "" : "-ro"}=${escapeColon(from)}:${escapeColon(to)}`),
        "--",
        ...container.program,
    ];
}
/** Escapes colons, at which nspawn splits a bind. */
const escapeColon = (path) => path.replace(/[\\:]/g, "\\$&");


/***/ }),

/***/ 5176:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ watchLimits),
/* harmony export */   r: () => (/* binding */ withDefaults)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8500);
/* harmony import */ var _host_space_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2699);



/** No package's script starts so many processes; a tenth of the memory is kept for the machine itself. */
const withDefaults = ({ processes = 4096, memory = Math.floor((0,node_os__WEBPACK_IMPORTED_MODULE_0__.totalmem)() * 0.9) }) => ({
    processes,
    memory,
});
/** Ends the programs of a group when it reaches a limit. `written` are the directories that count as its disk. */
function watchLimits(namespace, group, { disk }, written) {
    const ended = new AbortController();
    const watching = watch();
    // Whoever waits for its end hears of a failure.
    watching.catch(() => undefined);
    return {
        async end(exitCode) {
            ended.abort();
            const found = await watching;
            return exitCode === 0 ? undefined : (found ?? look());
        },
    };
    async function watch() {
        for (let found;;) {
            found ??= await look();
            // The next round ends a process that begins at this moment.
            if (found !== undefined)
                await group.kill();
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(250, undefined, { signal: ended.signal }).catch(() => undefined);
            if (ended.signal.aborted)
                return found;
        }
    }
    async function look() {
        const held = await group.reached();
        if (held !== undefined)
            return held;
        if (disk !== undefined && (await used()) > disk)
            return "disk";
        for (const directory of written)
            if (await (0,_host_space_js__WEBPACK_IMPORTED_MODULE_2__/* .isFull */ .u)(namespace.path(directory)))
                return "room";
        return undefined;
    }
    async function used() {
        const argv = ["du", "--summarize", "--one-file-system", "--block-size=1", "--", ...written];
        // Files come and go while it looks.
        const listing = await namespace.run(argv, { harmless: /No such file or directory$/ });
        return listing.split("\n").reduce((sum, line) => sum + (Number.parseInt(line, 10) || 0), 0);
    }
}


/***/ }),

/***/ 4493:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fS: () => (/* binding */ openRuntime),
  mB: () => (/* binding */ runProgram),
  E5: () => (/* binding */ runShell)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./out/src/host/command.js
var host_command = __webpack_require__(2144);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./out/src/errors.js
var errors = __webpack_require__(1795);
;// CONCATENATED MODULE: ./out/src/host/groups.js





const pids = { limit: "pids.max", events: "pids.events", hit: /^max [1-9]/m };
const memory = { limit: "memory.max", events: "memory.events", hit: /^oom_kill [1-9]/m };
const memoryOfVersion1 = {
    limit: "memory.limit_in_bytes",
    events: "memory.oom_control",
    hit: /^oom_kill [1-9]/m,
};
/** Creates a cgroup with those of these limits that are possible, and removes those that killed builds left behind. */
async function openGroup(namespace, limits) {
    const outside = (path) => namespace.path(`/sys/fs/cgroup${path}`);
    const name = `osbuild-${process.pid}-${await processIds()}-${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`;
    const groups = [];
    const holds = [];
    const places = placesOf.get(namespace) ?? findCleanPlaces(outside);
    placesOf.set(namespace, places);
    for (const place of await places) {
        const path = `${place.path}/${name}`;
        if (!(await isDone((0,promises_.mkdir)(outside(path)))))
            continue;
        groups.push({ ...place, path });
        for (const [held, files] of entriesOf(place))
            if (await isDone((0,promises_.writeFile)(`${outside(path)}/${files.limit}`, String(limits[held]))))
                holds.push(held);
        // Out of memory, the whole program has to die, because half of it is useless. Only cgroup version 2 supports this.
        await isDone((0,promises_.writeFile)(`${outside(path)}/memory.oom.group`, "1"));
    }
    const paths = groups.map(({ path }) => outside(path));
    return {
        enter: ["sh", "-c", join, "sh", ...groups.map(({ path }) => `/sys/fs/cgroup${path}`), "--"],
        holds,
        async reached() {
            // Up to Linux 6.10 a refused fork is counted where it happened, which may be in a cgroup of systemd-nspawn below.
            for (const group of groups)
                for (const path of await below(outside(group.path)))
                    for (const [held, { events, hit }] of entriesOf(group))
                        if (hit.test(await (0,promises_.readFile)(`${path}/${events}`, "utf8").catch(() => "")))
                            return held;
            return undefined;
        },
        kill: () => killAll(paths),
        async [Symbol.asyncDispose]() {
            for (const path of paths)
                await remove(path);
        },
    };
}
const entriesOf = ({ files }) => Object.entries(files);
const join = 'while [ "$1" != -- ]; do echo $$ > "$1/cgroup.procs" || exit; shift; done; shift; exec "$@"';
/** The places of a build's cgroups, which stay the same. */
const placesOf = new WeakMap();
async function findCleanPlaces(outside) {
    const places = await findPlaces(outside);
    for (const { path } of places)
        await sweep(outside(path));
    return places;
}
/** Finds the hierarchies that have limits, and those in which systemd-nspawn itself creates cgroups. */
async function findPlaces(outside) {
    const lines = (await (0,promises_.readFile)("/proc/self/cgroup", "utf8")).trim().split("\n");
    const places = lines.map(async (line) => {
        const [, controllers = "", own = "/"] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
        if (controllers === "")
            return unified(outside, own);
        const mounted = { pids: "/pids", memory: "/memory", "name=systemd": "/systemd" }[controllers];
        if (mounted === undefined)
            return undefined;
        const files = { pids: { processes: pids }, memory: { memory: memoryOfVersion1 } }[controllers] ?? {};
        // In a container that sees only its own part of the hierarchy, the path doesn't exist.
        for (const path of [mounted + (own === "/" ? "" : own), mounted])
            if (await isDone((0,promises_.access)(outside(path))))
                return { path, files };
        return undefined;
    });
    return (await Promise.all(places)).filter((place) => place !== undefined);
}
/**
 * Finds the place in the unified hierarchy. A cgroup with processes can't pass limits on to those below it. So a new
 * one is created below the nearest ancestor of this process's cgroup that can, such as a systemd slice.
 */
async function unified(outside, own) {
    const mounted = (await isDone((0,promises_.access)(outside("/cgroup.procs")))) ? "" : "/unified";
    if (!(await isDone((0,promises_.access)(outside(`${mounted}/cgroup.procs`)))))
        return undefined;
    const control = (path) => outside(`${mounted}${path}/cgroup.subtree_control`);
    // The root cgroup may have processes, too, and pass limits on.
    if (own === "/")
        await isDone((0,promises_.writeFile)(control(""), "+pids +memory"));
    for (let path = own;; path = (0,external_node_path_.dirname)(path)) {
        const at = path === "/" ? "" : path;
        const given = await (0,promises_.readFile)(control(at), "utf8").catch(() => "");
        if (/\bpids\b/.test(given) && /\bmemory\b/.test(given))
            return { path: mounted + at, files: { processes: pids, memory } };
        if (path === "/")
            break;
    }
    return { path: mounted + ((await isDone((0,promises_.access)(control(own)))) && own !== "/" ? own : ""), files: {} };
}
/** The number of this process's PID namespace: a process id means nothing in another one. */
const processIds = async () => /\d+/.exec(await (0,promises_.readlink)("/proc/self/ns/pid"))?.[0] ?? "0";
/** Milliseconds after which an empty cgroup of a builder that can't be seen from here counts as left behind. */
const forgotten = 60 * 60 * 1000;
/** Removes the cgroups of builds that no longer run. */
async function sweep(place) {
    const here = await processIds();
    for (const name of await (0,promises_.readdir)(place)) {
        const [, pid, namespace] = /^osbuild-(\d+)-(\d+)-[0-9a-f]+$/.exec(name) ?? [];
        if (pid === undefined)
            continue;
        const path = `${place}/${name}`;
        const isOver = namespace === here ? !(await isDone((0,promises_.access)(`/proc/${pid}`))) : await isForgotten(path);
        if (isOver)
            await remove(path);
    }
}
async function isForgotten(group) {
    const { mtimeMs } = await (0,promises_.stat)(group).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (Date.now() - mtimeMs < forgotten)
        return false;
    const listed = (await below(group)).map((path) => (0,promises_.readFile)(`${path}/cgroup.procs`, "utf8").catch(() => ""));
    return (await Promise.all(listed)).every((text) => text.trim() === "");
}
/** Removes a cgroup. A process that has just ended may hold it for a moment. A failure is ignored. */
async function remove(group) {
    for (let attempt = 0; attempt < 20; attempt++) {
        await killAll([group]);
        for (const path of (await below(group)).toReversed())
            await isDone((0,promises_.rmdir)(path));
        if (!(await isDone((0,promises_.access)(group))))
            return;
        await (0,external_node_timers_promises_.setTimeout)(10 * attempt);
    }
}
async function killAll(groups) {
    for (const path of (await Promise.all(groups.map(below))).flat()) {
        const listed = await (0,promises_.readFile)(`${path}/cgroup.procs`, "utf8").catch(() => "");
        for (const pid of listed.split("\n").map(Number)) {
            try {
                // Processes of another PID namespace are listed as 0.
                if (pid > 0)
                    process.kill(pid, "SIGKILL");
            }
            catch (error) {
                if (!(0,errors/* hasCode */.up)(error, "ESRCH"))
                    throw error;
            }
        }
    }
}
/** A cgroup and all those below it, from the top down. */
async function below(group) {
    const entries = await (0,promises_.readdir)(group, { withFileTypes: true }).catch(() => []);
    const inner = entries.filter((entry) => entry.isDirectory()).map(({ name }) => below(`${group}/${name}`));
    return [group, ...(await Promise.all(inner)).flat()];
}
/** Whether something succeeded. Cgroups differ from machine to machine, and what one doesn't allow isn't required. */
async function isDone(work) {
    return work.then(() => true, () => false);
}

// EXTERNAL MODULE: ./out/src/host/mounts.js
var host_mounts = __webpack_require__(9791);
// EXTERNAL MODULE: ./out/src/sandbox/container.js
var sandbox_container = __webpack_require__(2189);
;// CONCATENATED MODULE: ./out/src/sandbox/devices.js

/** The devices that every program may use. None of them gives access to the machine. */
const nodes = ["full", "null", "random", "tty", "urandom", "zero"];
const links = {
    fd: "/proc/self/fd",
    ptmx: "pts/ptmx",
    stderr: "/proc/self/fd/2",
    stdin: "/proc/self/fd/0",
    stdout: "/proc/self/fd/1",
};
/** Makes `directory`, with the files of a container's /dev on which devices are mounted later. */
function makeDevices(directory) {
    (0,external_node_fs_.mkdirSync)(directory);
    for (const name of nodes)
        (0,external_node_fs_.writeFileSync)(`${directory}/${name}`, "");
    for (const name of ["pts", "shm"])
        (0,external_node_fs_.mkdirSync)(`${directory}/${name}`);
    for (const [name, target] of Object.entries(links))
        (0,external_node_fs_.symlinkSync)(target, `${directory}/${name}`);
}
/**
 * The mounts in that directory, which itself is mounted with nodev. Each device is a mount of its own, so these devices
 * work, but no others that a program creates there.
 */
const deviceMounts = (directory) => [
    ...nodes.map((name) => bind(`/dev/${name}`, `${directory}/${name}`)),
    mount("devpts", `${directory}/pts`, ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=620", "gid=5"]),
    mount("tmpfs", `${directory}/shm`, ["nosuid", "nodev", "mode=1777"]),
];
/** A bind mount of a directory through which devices in it can't be opened. */
const withoutDevices = (directory, target) => bind(directory, target, "nodev");
const bind = (source, target, ...options) => mount("none", target, ["bind", ...options], source);
const mount = (type, target, options, source = type) => ({
    type,
    source,
    target,
    options,
});

// EXTERNAL MODULE: ./out/src/sandbox/limits.js
var sandbox_limits = __webpack_require__(5176);
;// CONCATENATED MODULE: ./out/src/sandbox/lines.js
/** The most characters of a line. Longer lines are cut, so that a program without line breaks can't fill the memory. */
const longest = 16 * 1024;
/**
 * Splits a stream of bytes into lines of text. Bytes that aren't UTF-8 become U+FFFD. A line that is overwritten, such
 * as a progress bar, counts in its last state.
 */
function lineReader(onLines) {
    const decoder = new TextDecoder();
    let rest = "";
    return {
        write(bytes) {
            const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
            rest = cut(lines.pop());
            if (lines.length > 0)
                onLines(lines.map(lastState));
        },
        end() {
            const last = rest + decoder.decode();
            if (last !== "")
                onLines([lastState(last)]);
            rest = "";
        },
    };
}
const lastState = (line) => cut(line).replace(/\r+$/, "");
/** The last state of a line, up to the longest that is kept. */
function cut(line) {
    let end = line.length;
    while (line[end - 1] === "\r")
        end--;
    const start = line.lastIndexOf("\r", end - 1) + 1;
    return line.slice(start, start + longest);
}

;// CONCATENATED MODULE: ./out/src/sandbox/modules-hook.js
/** The container's file with the JavaScript of the program's modules, by path below the libdir. */
const javaScriptPath = "/run/osbuild/node/javascript.json";
/** The container's module that makes Node.js use them. */
const modulesPath = "/run/osbuild/node/modules.mjs";
/**
 * The text of that module. A module of the libdir that isn't in the file, such as one whose name a program makes up
 * while it runs, is loaded as usual.
 */
const modulesHook = `import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

const libdir = "file:///run/osbuild/lib/";
const { modules } = JSON.parse(readFileSync("${javaScriptPath}", "utf8"));

registerHooks({
  load(url, context, next) {
    const isTypeScript = context.format === "module-typescript" && url.startsWith(libdir);
    const source = isTypeScript ? modules[decodeURIComponent(url.slice(libdir.length))] : undefined;
    return source === undefined ? next(url, context) : { format: "module", source, shortCircuit: true };
  },
});
`;

// EXTERNAL MODULE: ./out/stages/lib/mount-points.js
var mount_points = __webpack_require__(8984);
;// CONCATENATED MODULE: ./out/src/sandbox/node-runtime.js



const inside = "/run/osbuild/node";
/**
 * Finds this Node.js and `env`, with their libraries. They are started through their own loader, so a build root needs
 * neither.
 */
async function nodeRuntime() {
    const libraries = await librariesOf([process.execPath]);
    const loader = libraries.find(isLoader);
    if (loader === undefined)
        throw (0,errors/* failure */.V2)("HOST", `${process.execPath} isn't dynamically linked: a static Node.js can't be used`);
    const start = [`${inside}/lib/${(0,external_node_path_.basename)(loader)}`, "--library-path", `${inside}/lib`];
    return {
        binds: [
            { from: process.execPath, to: `${inside}/node` },
            { from: "/usr/bin/env", to: `${inside}/env` },
            ...libraries.map((path) => ({ from: path, to: `${inside}/lib/${(0,external_node_path_.basename)(path)}` })),
        ],
        clean: (environment) => [
            ...[...start, `${inside}/env`, "--ignore-environment"],
            ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
        ],
        argv: (program, options = []) => [
            ...[...start, `${inside}/node`, "--disable-warning=ExperimentalWarning"],
            ...options,
            program,
        ],
    };
}
/** Lists the libraries that programs are linked to, and the loader that starts them. */
async function librariesOf(programs) {
    const listing = await (0,host_command/* run */.eF)(["ldd", ...programs]);
    // A line is `libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x…)`; the loader is a bare path.
    return [...new Set([...listing.matchAll(/(?:=> |^\s+)(\/\S+) \(/gm)].map(([, path]) => path))];
}
/** Whether a library is the dynamic loader. */
const isLoader = (library) => (0,external_node_path_.basename)(library).startsWith("ld-");

;// CONCATENATED MODULE: ./out/src/sandbox/mounts.js



/** The container's directory of the two named pipes through which a program asks for mounts. */
const mountsDirectory = "/run/osbuild/mounts";
/**
 * Serves a program's requests for mounts, and runs the program without CAP_SYS_ADMIN. Each request is a line in `ask`;
 * each answer, in `reply`, is empty or says what went wrong. docs/writing-stages.md describes the requests.
 *
 * A mount can, whatever a program does to the tree meanwhile, only be in its tree or in its own /tmp and /var/tmp, and
 * only mounts in the tree are lifted: both the checks and the mount use the directory that the request has entered. A
 * mount shows only what the container shows already, with everything mounted below it.
 */
const script = `
tree=$1 pipes=$2 tools=$3 loader=$4
shift 4

tool() { name=$1; shift; "$loader" --library-path "$tools/lib" "$tools/$name" "$@"; }

enter() {
  cd -P "$1" && { [ "$PWD" = "$1" ] || { echo "$1 is not where the request says"; return 1; }; }
}

is_mounted() {
  while read -r _ _ _ _ place _; do [ "$place" = "$1" ] && return; done < /proc/self/mountinfo
  return 1
}

over() {
  for name; do
    enter "$tree/$name" || return
    case $name in
      ${mount_points/* kernelPoints */.DK.join(" | ")}) tool mount -c --rbind "/$name" . || return ;;
      ${mount_points/* runPoint */.qE}) tool mount -c -t tmpfs -o nodev,mode=755 tmpfs . || return ;;
      ${mount_points/* temporaryPoints */.NR.join(" | ")}) tool mount -c -t tmpfs -o nodev,mode=1777 tmpfs . || return ;;
      *) echo "nothing goes over $name"; return 1 ;;
    esac
  done
}

# Mounts a part of the program's state over a directory of the tree.
keep() { enter "$tree/$2" && tool mount -c --rbind "/run/osbuild/state/$1" .; }

lift() {
  for name; do
    is_mounted "$tree/$name" || continue
    # This is lazy, because a program may have left a process behind, which ends with the container.
    enter "$tree/$name" && tool umount -c --lazy . || return
  done
}

# Mounts an overlay of the tree without the contents of some directories. It lists files in the same order as the tree.
uncover() {
  upper=$1/overlay/upper
  mkdir "$1/overlay" && tool mount -c -t tmpfs -o nodev,mode=755 tmpfs "$1/overlay" && mkdir "$upper" "$1/tree" || return
  # First copy the directories themselves and their parents, with all attributes.
  tool tar --create --file="$1/overlay/tar" --directory="$2" --acls --xattrs "--xattrs-include=*" \\
    --no-recursion --format=pax --null --verbatim-files-from --files-from="$1/directories" &&
  tool tar --extract --file="$1/overlay/tar" --directory="$upper" --acls --xattrs "--xattrs-include=*" \\
    --same-owner --preserve-permissions &&
  while IFS= read -r covered; do
    tool setfattr --name=trusted.overlay.opaque --value=y "$upper$covered" || return
  done < "$1/covered" &&
  tool mount -c -t overlay -o "lowerdir=$upper:$2,redirect_dir=nofollow,metacopy=off,xino=on,uuid=off" overlay "$1/tree"
}

serve() {
  while read -r request arguments < "$pipes/ask"; do
    case $request in
      over | keep | lift | uncover) said=$("$request" $arguments 2>&1) && said= || said=\${said:-$request failed} ;;
      *) said="no such request: $request" ;;
    esac
    printf '%s\\n' "$said" > "$pipes/reply"
  done
}

tool mount --make-rprivate /
serve < /dev/null > /dev/null 2>&1 &
exec "$loader" --library-path "$tools/lib" "$tools/setpriv" --bounding-set=-sys_admin --inh-caps=-sys_admin -- "$@"
`;
const names = ["mount", "setfattr", "setpriv", "sh", "tar", "umount"];
const directory = "/run/osbuild/tools";
/** Finds the programs that make mounts, with their libraries. */
async function mountTools() {
    const programs = names.map((name) => `/usr/bin/${name}`);
    const libraries = await librariesOf(programs);
    const loader = `${directory}/lib/${(0,external_node_path_.basename)(libraries.find(isLoader))}`;
    const binds = [
        ...programs.map((from) => ({ from, to: `${directory}/${(0,external_node_path_.basename)(from)}` })),
        ...libraries.map((from) => ({ from, to: `${directory}/lib/${(0,external_node_path_.basename)(from)}` })),
    ];
    const shell = [loader, "--library-path", `${directory}/lib`, `${directory}/sh`];
    return {
        binds,
        serve: (tree, argv) => [...shell, "-c", script, "sh", tree, mountsDirectory, directory, loader, ...argv],
    };
}

;// CONCATENATED MODULE: ./out/src/sandbox/osbuild-api.js
/**
 * A replacement for the `osbuild.api` of releases 21 to 29 in the container. The original asks the engine for the
 * arguments over a socket that passes file descriptors, which Node.js doesn't support. This one reads them from a file,
 * as releases from 30 on do. Metadata from a stage is dropped, because the engine keeps none; an exception is logged.
 */
const osbuildApi = `import contextlib
import json
import sys
import traceback


class BaseAPI:
    pass


class API(BaseAPI):
    pass


def arguments(*_args, **_kwargs):
    with open("/run/osbuild/api/arguments", encoding="utf-8") as file:
        return json.load(file)


def metadata(*_args, **_kwargs):
    pass


def exception(error, *_args, **_kwargs):
    traceback.print_exception(type(error), error, error.__traceback__, file=sys.stderr)
    sys.exit(2)


@contextlib.contextmanager
def exception_handler(*_args, **_kwargs):
    try:
        yield
    except Exception as error:
        exception(error)
`;

;// CONCATENATED MODULE: ./out/src/sandbox/run.js
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












/** Finds the host's programs for containers. */
async function openRuntime() {
    let tools;
    return {
        node: await nodeRuntime(),
        mounts: () => {
            tools ??= mountTools();
            return tools;
        },
    };
}
const run_inside = "/run/osbuild";
/** The directory of a lock's files. */
const lockedFiles = `${run_inside}/state/files`;
/** The directory of the secrets' files. */
const secretFiles = `${run_inside}/secrets`;
/** The directory of programs that replace those that the build root lacks. */
const standIns = `${run_inside}/bin`;
/** Runs a program in its container, with JSON as its input and lines as its output. */
async function runProgram(namespace, runtime, job, onLines) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const table = prepareScratch(job);
        const program = [...runtime.node.clean(environmentOf(job)), ...start(runtime.node, job)];
        const container = await containerOf(runtime, job, program);
        const { limits = {}, scratch, changes, outputDir } = job;
        const group = __addDisposableResource(env_1, await openGroup(namespace, (0,sandbox_limits/* withDefaults */.r)(limits)), true);
        const command = [...group.enter, ...withMounts(table, job), ...(0,sandbox_container/* nspawnArgv */.s)(container)];
        const argv = [...lock(job.state), ...timeLimit(job.timeout), ...command];
        const lines = lineReader(onLines);
        const started = performance.now();
        const watch = (0,sandbox_limits/* watchLimits */.U)(namespace, group, limits, [scratch, ...[changes ?? [], outputDir ?? []].flat()]);
        const exitCode = await (0,host_command/* stream */.Td)(namespace.enter(argv), {
            input: hasArgumentsFile(job) ? "" : jobInput(job),
            onData: lines.write,
        });
        lines.end();
        const reached = await watch.end(exitCode);
        const seconds = (performance.now() - started) / 1000;
        return {
            exitCode,
            timedOut: exitCode !== 0 && job.timeout !== undefined && seconds >= job.timeout,
            reached,
            unheld: ["processes", "memory"].filter((name) => limits[name] && !group.holds.includes(name)),
        };
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
/** Opens a shell at the terminal, in the container of a job, with the tree as the job left it. */
async function runShell(namespace, runtime, job) {
    const env_2 = { stack: [], error: void 0, hasError: false };
    try {
        (0,external_node_fs_.mkdirSync)(job.scratch);
        const table = prepareScratch(job);
        const program = [...runtime.node.clean({ ...environmentOf(job), TERM: "linux" }), "/bin/sh", "-i"];
        const container = await containerOf(runtime, job, program);
        const group = __addDisposableResource(env_2, await openGroup(namespace, (0,sandbox_limits/* withDefaults */.r)(job.limits ?? {})), true);
        const command = [...group.enter, ...withMounts(table, job), ...(0,sandbox_container/* nspawnArgv */.s)(container, "interactive")];
        await (0,host_command/* interact */.xX)(namespace.enter(command));
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
/** Fills the scratch directory. Returns the fstab file with the mounts to make before the container's own. */
function prepareScratch(job) {
    const { scratch } = job;
    for (const name of ["tmp", "var-tmp"]) {
        (0,external_node_fs_.mkdirSync)(`${scratch}/${name}`);
        (0,external_node_fs_.chmodSync)(`${scratch}/${name}`, 0o1777);
    }
    // Without this file Node.js parses every TypeScript file twice to find out that it is a module.
    (0,external_node_fs_.writeFileSync)(`${scratch}/package.json`, '{"type": "module"}\n');
    if (job.javaScript !== undefined)
        (0,external_node_fs_.writeFileSync)(`${scratch}/modules.mjs`, modulesHook);
    (0,external_node_fs_.writeFileSync)(`${scratch}/cmdline`, "root=/dev/osbuild\n");
    if (job.network !== undefined)
        (0,external_node_fs_.writeFileSync)(`${scratch}/resolv.conf`, job.network.resolver);
    if (job.contract === "osbuild-run")
        (0,external_node_fs_.writeFileSync)(`${scratch}/update-ca-trust`, "#!/bin/sh\n", { mode: 0o755 });
    if (hasArgumentsFile(job))
        (0,external_node_fs_.writeFileSync)(`${scratch}/arguments`, foreignArguments(job));
    if (job.contract === "arguments socket")
        (0,external_node_fs_.writeFileSync)(`${scratch}/api.py`, osbuildApi);
    if (job.mounts === "on request")
        (0,external_node_fs_.mkdirSync)(`${scratch}/mounts`);
    if (job.locked !== undefined && job.state !== undefined)
        (0,external_node_fs_.mkdirSync)(`${job.state}/files`, { recursive: true });
    const places = run_placesOf(job);
    makeDevices(`${scratch}/dev`);
    (0,external_node_fs_.mkdirSync)(`${scratch}/nodev`);
    for (const { at } of places)
        (0,external_node_fs_.mkdirSync)(at);
    const table = `${scratch}/fstab`;
    const mounts = places.flatMap(({ from, at, to }) => [
        withoutDevices(from, at),
        ...(to === "/dev" ? deviceMounts(at) : []),
    ]);
    (0,external_node_fs_.writeFileSync)(table, mounts.map(host_mounts/* fstabLine */.r6).join(""));
    return table;
}
/**
 * The directories that programs can write to, and those with parts of a tree. The container gets a second mount of
 * each, made with nodev: a tree may contain devices, but no program can open them.
 */
function run_placesOf({ scratch, tree, outputDir, resolveDir, layers = [], state, kind }) {
    const places = [
        { from: `${scratch}/dev`, to: "/dev", writable: true },
        { from: `${scratch}/tmp`, to: "/tmp", writable: true },
        { from: `${scratch}/var-tmp`, to: "/var/tmp", writable: true },
        { from: tree, to: `${run_inside}/tree`, writable: kind === "stage" },
        ...(outputDir === undefined ? [] : [{ from: outputDir, to: `${run_inside}/output`, writable: true }]),
        ...(resolveDir === undefined ? [] : [{ from: resolveDir, to: `${run_inside}/resolved`, writable: true }]),
        ...(state === undefined ? [] : [{ from: state, to: `${run_inside}/state`, writable: true }]),
        ...layers.map(({ directory }, index) => ({ from: directory, to: layerPath(index), writable: false })),
    ];
    return places.map((place, index) => ({ ...place, at: `${scratch}/nodev/${index}` }));
}
const layerPath = (index) => `${run_inside}/layers/${index}`;
/** Begins a command line with these mounts, in a mount namespace of its own, so that nothing need be unmounted. */
const withMounts = (table, { mounts, scratch }) => [
    ...["unshare", "--mount", "--propagation=private", "sh", "-c"],
    `mount --all --fstab "$1" ${mounts === "on request" ? '&& mkfifo "$2/ask" "$2/reply" ' : ""}&& shift 2 && exec "$@"`,
    ...["sh", table, `${scratch}/mounts`],
];
const hasArgumentsFile = ({ contract }) => contract === "arguments file" || contract === "arguments socket";
async function containerOf({ node, mounts }, job, program) {
    const folder = job.kind === "stage" ? "stages" : "assemblers";
    const binds = [
        ...node.binds,
        // nspawn would show the host's file.
        { from: "/dev/null", to: "/run/host/os-release" },
        // nspawn binds over /proc last, when the host's paths are already gone.
        { from: `${job.scratch}/cmdline`, to: `${run_inside}/cmdline` },
        { from: `${run_inside}/cmdline`, to: "/proc/cmdline" },
        ...libraryBinds(job, folder),
        ...run_placesOf(job).map(({ at, to, writable }) => ({ from: at, to, writable })),
        // They are part of the state, so that a program can have them mounted in its tree like the rest of it.
        ...(job.locked === undefined ? [] : [{ from: job.locked.directory, to: lockedFiles }]),
        ...(job.secrets === undefined ? [] : [{ from: job.secrets.directory, to: secretFiles }]),
        ...[...job.inputs.values()].map((from, index) => ({ from, to: `${run_inside}/inputs/${index}` })),
    ];
    if (job.program.endsWith(".ts")) {
        binds.push({ from: `${job.scratch}/package.json`, to: `${run_inside}/lib/package.json` });
        if (job.javaScript !== undefined)
            binds.push({ from: `${job.scratch}/modules.mjs`, to: modulesPath }, { from: job.javaScript, to: javaScriptPath });
        // Assemblers use the stages' helpers, too.
        if (job.kind === "assembler")
            binds.push({ from: `${job.libdir}/stages`, to: `${run_inside}/lib/stages` });
    }
    if (job.network !== undefined)
        binds.push({ from: `${job.scratch}/resolv.conf`, to: "/etc/resolv.conf" });
    const container = { root: job.root, binds, empty: emptyFor(job), network: job.network?.path };
    if (job.mounts !== "on request")
        return { ...container, capabilities: job.capabilities, mounts: job.mounts !== "none", program };
    const tools = await mounts();
    binds.push(...tools.binds, { from: `${job.scratch}/mounts`, to: mountsDirectory, writable: true });
    return {
        ...container,
        capabilities: [...job.capabilities, "CAP_SYS_ADMIN"],
        mounts: true,
        program: tools.serve(`${run_inside}/tree`, program),
    };
}
/** The part of its libdir that a program sees: its own folder. osbuild's programs see everything. */
function libraryBinds({ contract = "own", libdir, scratch }, folder) {
    switch (contract) {
        case "own":
            return [{ from: `${libdir}/${folder}`, to: `${run_inside}/lib/${folder}` }];
        case "osbuild-run":
            return [
                { from: libdir, to: `${run_inside}/lib` },
                { from: `${scratch}/update-ca-trust`, to: `${standIns}/update-ca-trust` },
            ];
        case "standard input":
            return [{ from: libdir, to: `${run_inside}/lib` }];
        case "arguments socket":
        case "arguments file":
            return [
                { from: libdir, to: `${run_inside}/lib` },
                { from: `${scratch}/arguments`, to: `${run_inside}/api/arguments` },
                ...(contract === "arguments file" ? [] : [{ from: `${scratch}/api.py`, to: `${run_inside}/lib/osbuild/api.py` }]),
            ];
    }
}
/** The directories besides the tree that osbuild's programs may write to. */
function emptyFor({ contract = "own" }) {
    switch (contract) {
        case "own":
            return [];
        case "osbuild-run":
            // osbuild-run fills these directories first.
            return ["/etc", "/root", "/var"];
        case "standard input":
        case "arguments socket":
        case "arguments file":
            return ["/root", "/var"];
    }
}
/** The command line of the program itself. */
function start(runtime, { contract = "own", program, libdir, javaScript }) {
    const path = `${run_inside}/lib${program.slice(libdir.length)}`;
    switch (contract) {
        case "own":
            if (!program.endsWith(".ts"))
                return [path];
            return runtime.argv(path, javaScript === undefined ? [] : [`--import=${modulesPath}`]);
        case "osbuild-run":
            return [`${run_inside}/lib/osbuild-run`, path];
        case "standard input":
            return [path];
        case "arguments socket":
        case "arguments file":
            // osbuild's own containers don't have these links, and some of its stages create them.
            return ["/bin/sh", "-c", 'rm -f /dev/fd /dev/std* && exec "$@"', "sh", path];
    }
}
const environmentOf = (job) => ({
    // The osbuild-run of release 1 always calls update-ca-trust, which Debian doesn't have.
    PATH: job.contract === "osbuild-run" ? `${host_command/* searchPath */.oe}:${standIns}` : host_command/* searchPath */.oe,
    HOME: "/root",
    LC_ALL: "C.UTF-8",
    TZ: "UTC",
    SOURCE_DATE_EPOCH: String(job.sourceEpoch),
    DEBIAN_FRONTEND: "noninteractive",
    ...(modulesOf(job) ? { PYTHONPATH: `${run_inside}/lib`, PYTHONUNBUFFERED: "1" } : {}),
});
/** Whether Python needs the path of osbuild's modules: up to release 9 a link beside the stages leads to them. */
const modulesOf = (job) => job.contract === "standard input" || hasArgumentsFile(job);
/** The document on the program's standard input. The options' text isn't changed: 1.0 stays 1.0. */
function jobInput(job) {
    const rest = {
        ...(job.outputDir === undefined ? {} : { output_dir: `${run_inside}/output` }),
        ...(job.state === undefined ? {} : { state: `${run_inside}/state` }),
        ...(job.resolveDir === undefined ? {} : { resolve: `${run_inside}/resolved` }),
        ...(job.locked === undefined ? {} : { locked: lockedInput(job.locked) }),
        ...(job.layers === undefined ? {} : { layers: job.layers.map(layerInput) }),
        inputs: Object.fromEntries([...job.inputs.keys()].map((name, index) => [name, `${run_inside}/inputs/${index}`])),
        ...(job.secrets === undefined ? {} : { secrets: secretsInput(job.secrets) }),
        ...(job.network === undefined ? {} : job.downloads),
        source_epoch: job.sourceEpoch,
        ...(job.id === undefined ? {} : { id: job.id }),
    };
    return `{"tree": "${run_inside}/tree", "options": ${job.options}, ${JSON.stringify(rest).slice(1)}\n`;
}
const layerInput = (layer, index) => ({ ...layer, directory: layerPath(index) });
const lockedInput = ({ packages, notes }) => ({
    packages,
    ...(notes === undefined ? {} : { notes }),
    files: lockedFiles,
});
const secretsInput = ({ names }) => Object.fromEntries(names.map((name) => [name, `${secretFiles}/${name}`]));
/** The document in osbuild's arguments file. */
function foreignArguments({ id, options, sourceEpoch }) {
    const paths = { devices: "/dev", inputs: `${run_inside}/inputs`, mounts: `${run_inside}/mounts` };
    const rest = { paths, devices: {}, inputs: {}, mounts: {}, meta: { id, "source-epoch": sourceEpoch } };
    return `{"tree": "${run_inside}/tree", "options": ${options}, ${JSON.stringify(rest).slice(1)}\n`;
}
/** Locks the program's state, because another build may use it, too: then one of them waits. */
const lock = (state) => (state === undefined ? [] : ["flock", `${state}.lock`]);
const timeLimit = (seconds) => seconds === undefined ? [] : ["timeout", "--kill-after=5", String(seconds)];


/***/ }),

/***/ 2717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ extract),
/* harmony export */   r: () => (/* binding */ archive)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1795);
/* harmony import */ var _host_command_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2144);





// Commands in a namespace run in its root directory, so relative paths that users gave are resolved first.
/** Extracts a tar archive, compressed or not, into a directory. tar refuses members that lead out of it. */
async function extract(namespace, archive, directory) {
    const argv = [
        ...["tar", "--extract", `--file=${(0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(archive)}`, `--directory=${directory}`],
        ...["--numeric-owner", "--same-permissions", "--acls", "--xattrs", "--xattrs-include=*"],
    ];
    await namespace.run(argv).catch((error) => {
        if (!(error instanceof _host_command_js__WEBPACK_IMPORTED_MODULE_4__/* .CommandError */ .Qd))
            throw error;
        const hint = "name a tar archive whose members are all below its root";
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .failure */ .V2)("INVALID", `${archive} can't be unpacked: ${reasonOf(error)}`, hint, { cause: error });
    });
}
/** The first complaint of tar: the lines after it only say that it failed. */
const reasonOf = ({ said }) => {
    const complaints = said.split("\n").filter((line) => !line.includes(": Removing leading "));
    return (complaints[0] ?? "").replace(/^tar: /, "");
};
/** Archives a tree as tar.gz, or in the format of the name's extension. The same tree gives the same bytes. */
async function archive(namespace, tree, path, epoch) {
    // Two builds may save to one path: the later one wins.
    const unfinished = `${(0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(path)}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)().slice(0, 8)}.part${ending(path)}`;
    const argv = [
        ...["tar", "--create", "--auto-compress", `--file=${unfinished}`, `--directory=${tree}`],
        ...["--numeric-owner", "--acls", "--xattrs", "--xattrs-include=*", "--xattrs-exclude=trusted.overlay.*"],
        ...["--sort=name", `--mtime=@${epoch}`, "--clamp-mtime", "--format=pax"],
        ...["--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime", "."],
    ];
    try {
        await namespace.run(argv);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(unfinished, path);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(unfinished, { force: true });
        throw error;
    }
}
const ending = (path) => /(\.tar)?\.\w+$/.exec(path)?.[0] ?? ".tar.gz";


/***/ }),

/***/ 8984:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DK: () => (/* binding */ kernelPoints),
/* harmony export */   NR: () => (/* binding */ temporaryPoints),
/* harmony export */   qE: () => (/* binding */ runPoint)
/* harmony export */ });
/** The directories of a tree over which the engine mounts the container's own, on request. */
const kernelPoints = ["dev", "proc", "sys"];
/** The directory of a tree over which it mounts an empty /run. */
const runPoint = "run";
/** The directories of a tree over which it mounts an empty directory that everyone may write to. */
const temporaryPoints = ["tmp", "var/tmp"];


/***/ })

};
