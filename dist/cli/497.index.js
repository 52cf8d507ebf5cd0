export const id = 497;
export const ids = [497];
export const modules = {

/***/ 6497:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   checkMachine: () => (/* binding */ checkMachine),
/* harmony export */   needsOf: () => (/* binding */ needsOf)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1795);
/* harmony import */ var _host_checks_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2104);
/* harmony import */ var _host_packages_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4817);
/* harmony import */ var _host_plain_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3740);
/* harmony import */ var _store_workspace_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2660);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7086);
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
 * Throws if this machine can't build. It checks once, and again when the machine changes: a check takes a tenth of a
 * small build.
 */
async function checkMachine(layout) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const now = await (0,_host_checks_js__WEBPACK_IMPORTED_MODULE_1__/* .machineState */ .xZ)();
        if ((await (0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_3__/* .readPlain */ .rM)(layout.machine, now.length).catch(ignoreUnreadable)) === now)
            return;
        // A starting build would sweep away the files of this trial.
        const _kept = __addDisposableResource(env_1, await (0,_store_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .lockShared */ .h1)(layout), true);
        await (0,_host_checks_js__WEBPACK_IMPORTED_MODULE_1__/* .requireHost */ .sq)(layout.temporary);
        await (0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_3__/* .writePlain */ .yi)(layout.machine, now);
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
function ignoreUnreadable(error) {
    if (!(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .hasCode */ .up)(error, "ENOENT") && !(0,_host_plain_file_js__WEBPACK_IMPORTED_MODULE_3__/* .isUnreadable */ .GZ)(error))
        throw error;
}
/** The programs that the host must have: those of steps that run on it, and those for a network. */
function needsOf(plan) {
    const parts = (0,_plan_js__WEBPACK_IMPORTED_MODULE_5__/* .inOrder */ .al)(plan);
    const downloading = parts
        .flatMap((part) => part.steps)
        .find(({ type, step: { program } }) => type === "run" && program.meta.network);
    const network = downloading === undefined ? [] : _host_packages_js__WEBPACK_IMPORTED_MODULE_2__/* .networkPrograms */ .UN.map((program) => ({ program, of: downloading.step.name }));
    const onHost = parts.filter(({ pipeline }) => (pipeline.build?.pipeline ?? null) === null);
    const running = onHost.flatMap((part) => part.steps).filter(({ type }) => type === "run");
    const needs = running.flatMap(({ step }) => step.requires.map((program) => ({ program, of: step.name })));
    return [...network, ...needs];
}


/***/ }),

/***/ 2104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RC: () => (/* binding */ checkHost),
/* harmony export */   sq: () => (/* binding */ requireHost),
/* harmony export */   xZ: () => (/* binding */ machineState)
/* harmony export */ });
/* unused harmony exports checkKernel, checkCapabilities, checkNspawn, checkMounts, checkProcesses, checkCgroups, checkRun, checkOverlay, checkAttributes, checkNetwork, checkLoop, checkRoom */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1795);
/* harmony import */ var _cgroups_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(520);
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2144);
/* harmony import */ var _packages_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4817);






/** Throws all problems of the machine that would make a build fail. `directory` is in the store. */
async function requireHost(directory) {
    const found = (await checkHost(directory)).filter(({ verdict }) => verdict === "problem");
    if (found.length === 0)
        return;
    const problems = found.map(({ message, hint }) => ({ message, hint }));
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS("HOST", problems);
}
/** Identifies the boot, the mount namespace and the privileges. While they are the same, the checks aren't repeated. */
async function machineState() {
    const boot = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    const [effective] = /^CapEff:.*$/m.exec(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)("/proc/self/status", "utf8")) ?? [];
    return `${boot} ${await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readlink)("/proc/self/ns/mnt")} ${effective}\n`;
}
/** Checks everything that a build needs of the machine, requirements of other checks first. */
async function checkHost(directory) {
    const programs = await (0,_packages_js__WEBPACK_IMPORTED_MODULE_5__/* .missingPrograms */ .iB)(_packages_js__WEBPACK_IMPORTED_MODULE_5__/* .enginePrograms */ .w0.map((program) => ({ program, of: "every build" })));
    const capabilities = checkCapabilities(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)("/proc/self/status", "utf8"));
    const first = [checkKernel((0,node_os__WEBPACK_IMPORTED_MODULE_1__.release)()), ...programChecks(programs), capabilities];
    // Without these, the other checks can't run.
    if (first.some(({ verdict }) => verdict === "problem"))
        return first;
    const trial = await tryOut(directory);
    return [
        ...first,
        checkNspawn(await (0,_command_js__WEBPACK_IMPORTED_MODULE_4__/* .run */ .eF)(["systemd-nspawn", "--version"])),
        checkMounts(trial, (await readOptional("/proc/self/attr/current")).trim()),
        checkProcesses(trial),
        checkCgroups(await (0,_cgroups_js__WEBPACK_IMPORTED_MODULE_3__/* .findCgroups */ .T)(), trial),
        checkRun(trial),
        checkOverlay(trial, directory),
        checkAttributes(trial, directory),
        checkNetwork(trial, await (0,_packages_js__WEBPACK_IMPORTED_MODULE_5__/* .missingPrograms */ .iB)(_packages_js__WEBPACK_IMPORTED_MODULE_5__/* .networkPrograms */ .UN.map((program) => ({ program, of: "a step that downloads" })))),
        checkLoop(await isLoopControl("/dev/loop-control"), await (0,_packages_js__WEBPACK_IMPORTED_MODULE_5__/* .missingPrograms */ .iB)([unsquashfs])),
        checkRoom(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.statfs)(directory), directory),
    ];
}
const ok = (name, message) => ({ name, verdict: "ok", message });
const warning = (name, message, hint) => ({ name, verdict: "warning", message, hint });
const problem = (name, message, hint) => ({ name, verdict: "problem", message, hint });
/** Checks the kernel. The oldest that is still in use, that of RHEL 8, has everything that is needed. */
function checkKernel(version) {
    const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
    if (major > 4 || (major === 4 && minor >= 18))
        return ok("kernel", `Linux ${version}`);
    return problem("kernel", `Linux ${version} is too old`, "use Linux 4.18 or later");
}
function programChecks(missing) {
    if (missing.length === 0)
        return [ok("programs", "all programs that the engine needs are installed")];
    return missing.map(({ message, hint = "install it" }) => problem("programs", message, hint));
}
/** The capabilities that the engine itself uses, by their bits; see capabilities(7). */
const neededCapabilities = {
    CAP_CHOWN: 0,
    CAP_DAC_OVERRIDE: 1,
    CAP_FOWNER: 3,
    CAP_SETGID: 6,
    CAP_SETUID: 7,
    CAP_SETPCAP: 8,
    CAP_SYS_CHROOT: 18,
    CAP_SYS_ADMIN: 21,
};
/** Checks root's capabilities in the text of /proc/self/status. */
function checkCapabilities(status) {
    const [, hex = "0"] = /^CapEff:\s*([0-9a-f]+)$/m.exec(status) ?? [];
    const effective = BigInt(`0x${hex}`);
    const missing = Object.entries(neededCapabilities).filter(([, bit]) => ((effective >> BigInt(bit)) & 1n) === 0n);
    if (missing.length === 0)
        return ok("capabilities", "root has all capabilities that containers and mounts need");
    const names = missing.map(([name]) => name).join(", ");
    const hint = "in a container, start it with --privileged: one without privileges can't build images";
    return problem("capabilities", `root lacks ${names} here, so it can't start containers or mount anything`, hint);
}
/** Checks the version of systemd-nspawn. The option `--suppress-sync` came with systemd 250. */
function checkNspawn(version) {
    const [, number = "0"] = /^systemd (\d+)/.exec(version) ?? [];
    if (Number(number) >= 250)
        return ok("systemd-nspawn", `systemd-nspawn ${number}`);
    const hint = "use a distribution with systemd 250 or later, such as Debian 12 or Ubuntu 24.04";
    return problem("systemd-nspawn", `systemd-nspawn ${number} is too old`, hint);
}
/**
 * Tries the operations of a build in a mount namespace of its own, which leaves nothing behind. Nothing else shows what
 * a seccomp filter, an AppArmor profile or a file system refuses.
 */
const script = `
attempt() { name=$1; shift; said=$("$@" 2>&1); [ $? -eq 0 ] && said= || said=\${said:-failed}; printf '%s\\t%s\\0' "$name" "$said"; }
mkdir lower upper work merged
attempt processes unshare --pid --fork --kill-child --mount-proc true
attempt cgroups "$@"
attempt overlay mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay merged
attempt trusted setfattr --name=trusted.osbuild --value=y upper
attempt user setfattr --name=user.osbuild --value=y upper
attempt tun sh -c "[ -c /dev/net/tun ] && : <> /dev/net/tun"
attempt run mkdir -p /run/systemd/nspawn
attempt mounts mount -t tmpfs tmpfs /run
`;
async function tryOut(directory) {
    const cwd = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(`${directory}/trial-`);
    try {
        const argv = ["unshare", "--mount", "--propagation=private", "sh", "-c", script, "sh", ..._cgroups_js__WEBPACK_IMPORTED_MODULE_3__/* .mountCgroups */ .V];
        const entries = (await (0,_command_js__WEBPACK_IMPORTED_MODULE_4__/* .run */ .eF)(argv, { cwd })).split("\0").slice(0, -1);
        return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf("\t")), entry.slice(entry.indexOf("\t") + 1)]));
    }
    catch (error) {
        // Not even the namespace could be created.
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildError */ .zS)
            return new Map([["mounts", error.message]]);
        throw error;
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(cwd, { recursive: true, force: true });
    }
}
const failureOf = (trial, name) => (trial.has("processes") ? trial.get(name) : "") || undefined;
/** Checks that file systems can be mounted. `profile` is the process's AppArmor profile, or empty. */
function checkMounts(trial, profile) {
    const said = trial.get("mounts");
    if (said === "")
        return ok("mounts", "file systems can be mounted");
    const confined = profile === "" || profile.startsWith("unconfined") ? "" : ` (the AppArmor profile is ${profile})`;
    const hint = "in a container, start it with --privileged, or with --security-opt for both seccomp=unconfined and apparmor=unconfined";
    return problem("mounts", `nothing can be mounted${confined}: ${said}`, hint);
}
/** Checks that a process namespace with its own /proc can be created. */
function checkProcesses(trial) {
    const said = failureOf(trial, "processes");
    if (said === undefined)
        return ok("processes", "process namespaces can be created");
    const hint = "in a container, start it with --privileged: a new /proc can't be mounted while the present one is masked";
    return problem("processes", `process namespaces can't be created: ${said}`, hint);
}
/** Checks that cgroups can be created, here or in a hierarchy that a build mounts itself. */
function checkCgroups(state, trial) {
    if (state === "writable")
        return ok("cgroups", "cgroups can be created");
    const said = failureOf(trial, "cgroups");
    if (said === undefined)
        return ok("cgroups", `/sys/fs/cgroup is ${state}: each build mounts its own`);
    const hint = "in a container, start it with --privileged; on a machine, mount cgroup2 at /sys/fs/cgroup";
    return problem("cgroups", `/sys/fs/cgroup is ${state}, and another one can't be mounted: ${said}`, hint);
}
/** Checks whether /run is writable. It needn't be. */
function checkRun(trial) {
    if (failureOf(trial, "run") === undefined)
        return ok("run", "/run is writable");
    return ok("run", "/run is read-only: each build mounts its own");
}
/** Checks that the store's file system can hold an overlay. */
function checkOverlay(trial, directory) {
    const said = failureOf(trial, "overlay");
    if (said === undefined)
        return ok("overlayfs", "overlays can be mounted");
    const hint = "load the kernel module overlay, and put the store on ext4, xfs, btrfs or tmpfs with --store";
    return problem("overlayfs", `overlays can't be mounted in ${directory}: ${said}`, hint);
}
/** Checks that the store's file system supports extended attributes. */
function checkAttributes(trial, directory) {
    const hint = "put the store on ext4, xfs or btrfs with --store";
    const trusted = failureOf(trial, "trusted");
    if (trusted !== undefined)
        return problem("attributes", `${directory} supports no trusted extended attributes: ${trusted}`, hint);
    const user = failureOf(trial, "user");
    if (user === undefined)
        return ok("attributes", "the store's file system supports extended attributes");
    return warning("attributes", `${directory} supports no user extended attributes, so a stage that sets one fails`, hint);
}
/** Checks that steps can have a network of their own. Only steps that download need one. */
function checkNetwork(trial, missing) {
    const hint = "load the kernel module tun; in a container, start it with --privileged, or with --device=/dev/net/tun";
    if (failureOf(trial, "tun") !== undefined)
        return warning("network", "without /dev/net/tun a step that downloads fails", hint);
    const [first] = missing;
    if (first === undefined)
        return ok("network", "steps that download get a network of their own");
    return warning("network", first.message, first.hint ?? "install it");
}
const unsquashfs = { program: "unsquashfs", of: "a host without loop devices" };
/** Checks that stored layers can be mounted, or else unpacked: `missing` is the problem with unsquashfs. */
function checkLoop(isThere, missing) {
    if (isThere)
        return ok("loop devices", "stored layers can be mounted");
    const message = "there are no loop devices";
    const hint = "in a container, start it with --privileged, or give it /dev/loop-control and /dev/loop*";
    if (missing.length === 0)
        return warning("loop devices", `${message}: stored layers are unpacked, which takes time and space`, hint);
    return problem("loop devices", `${message}, and unsquashfs, which could unpack stored layers instead, is missing`, hint);
}
/** Whether the path is the loop control device: containers mask devices with /dev/null. */
async function isLoopControl(path) {
    const numbers = 10 * 256 + 237;
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path)).rdev === numbers;
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, "ENOENT"))
            return false;
        throw error;
    }
}
const enoughRoom = 2 * 1024 ** 3;
/** Checks the free space on the store's file system. */
function checkRoom({ bavail, bsize }, directory) {
    const free = bavail * bsize;
    const message = `${Math.floor(free / 1024 ** 2)} MiB are free in ${directory}`;
    if (free >= enoughRoom)
        return ok("room", message);
    return warning("room", `only ${message}`, "a system with packages takes several GiB: free some space, or name another --store");
}
async function readOptional(path) {
    // Without AppArmor the file doesn't exist or can't be read.
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, "utf8").catch((error) => {
        if (["ENOENT", "EINVAL", "EACCES"].some((code) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .hasCode */ .up)(error, code)))
            return "";
        throw error;
    });
}


/***/ })

};
