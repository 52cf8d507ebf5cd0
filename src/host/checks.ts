import { mkdtemp, readFile, readlink, rm, stat, statfs } from "node:fs/promises";
import { release } from "node:os";
import { BuildError, hasCode, type Problem } from "../errors.ts";
import { type Cgroups, findCgroups, mountCgroups } from "./cgroups.ts";
import { run } from "./command.ts";
import { enginePrograms, missingPrograms, networkPrograms } from "./packages.ts";

/** A requirement on the machine. A problem makes every build fail; a warning makes builds slower or riskier. */
export interface Check {
  readonly name: string;
  readonly verdict: "ok" | "warning" | "problem";
  /** The result in words. */
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Throws all problems of the machine that would make a build fail. `directory` is in the store. */
export async function requireHost(directory: string): Promise<void> {
  const found = (await checkHost(directory)).filter(({ verdict }) => verdict === "problem");
  if (found.length === 0) return;
  const problems = found.map(({ message, hint }): Problem => ({ message, hint }));
  throw new BuildError("HOST", problems);
}

/** Identifies the boot, the mount namespace and the privileges. While they are the same, the checks aren't repeated. */
export async function machineState(): Promise<string> {
  const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
  const [effective] = /^CapEff:.*$/m.exec(await readFile("/proc/self/status", "utf8")) ?? [];
  return `${boot} ${await readlink("/proc/self/ns/mnt")} ${effective}\n`;
}

/** Checks everything that a build needs of the machine, requirements of other checks first. */
export async function checkHost(directory: string): Promise<readonly Check[]> {
  const programs = await missingPrograms(enginePrograms.map((program) => ({ program, of: "every build" })));
  const capabilities = checkCapabilities(await readFile("/proc/self/status", "utf8"));
  const first = [checkKernel(release()), ...programChecks(programs), capabilities];
  // Without these, the other checks can't run.
  if (first.some(({ verdict }) => verdict === "problem")) return first;
  const trial = await tryOut(directory);
  return [
    ...first,
    checkNspawn(await run(["systemd-nspawn", "--version"])),
    checkMounts(trial, (await readOptional("/proc/self/attr/current")).trim()),
    checkProcesses(trial),
    checkCgroups(await findCgroups(), trial),
    checkRun(trial),
    checkOverlay(trial, directory),
    checkAttributes(trial, directory),
    checkNetwork(
      trial,
      await missingPrograms(networkPrograms.map((program) => ({ program, of: "a step that downloads" }))),
    ),
    checkLoop(await isLoopControl("/dev/loop-control"), await missingPrograms([unsquashfs])),
    checkRoom(await statfs(directory), directory),
  ];
}

const ok = (name: string, message: string): Check => ({ name, verdict: "ok", message });
const warning = (name: string, message: string, hint: string): Check => ({ name, verdict: "warning", message, hint });
const problem = (name: string, message: string, hint: string): Check => ({ name, verdict: "problem", message, hint });

/** Checks the kernel. The oldest that is still in use, that of RHEL 8, has everything that is needed. */
export function checkKernel(version: string): Check {
  const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
  if (major > 4 || (major === 4 && minor >= 18)) return ok("kernel", `Linux ${version}`);
  return problem("kernel", `Linux ${version} is too old`, "use Linux 4.18 or later");
}

function programChecks(missing: readonly Problem[]): readonly Check[] {
  if (missing.length === 0) return [ok("programs", "all programs that the engine needs are installed")];
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
} as const;

/** Checks root's capabilities in the text of /proc/self/status. */
export function checkCapabilities(status: string): Check {
  const [, hex = "0"] = /^CapEff:\s*([0-9a-f]+)$/m.exec(status) ?? [];
  const effective = BigInt(`0x${hex}`);
  const missing = Object.entries(neededCapabilities).filter(([, bit]) => ((effective >> BigInt(bit)) & 1n) === 0n);
  if (missing.length === 0) return ok("capabilities", "root has all capabilities that containers and mounts need");
  const names = missing.map(([name]) => name).join(", ");
  const hint = "in a container, start it with --privileged: one without privileges can't build images";
  return problem("capabilities", `root lacks ${names} here, so it can't start containers or mount anything`, hint);
}

/** Checks the version of systemd-nspawn. The option `--suppress-sync` came with systemd 250. */
export function checkNspawn(version: string): Check {
  const [, number = "0"] = /^systemd (\d+)/.exec(version) ?? [];
  if (Number(number) >= 250) return ok("systemd-nspawn", `systemd-nspawn ${number}`);
  const hint = "use a distribution with systemd 250 or later, such as Debian 12 or Ubuntu 24.04";
  return problem("systemd-nspawn", `systemd-nspawn ${number} is too old`, hint);
}

/** The output of each attempt in the trial. An empty text means success. */
type Trial = ReadonlyMap<string, string>;

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

async function tryOut(directory: string): Promise<Trial> {
  const cwd = await mkdtemp(`${directory}/trial-`);
  try {
    const argv = ["unshare", "--mount", "--propagation=private", "sh", "-c", script, "sh", ...mountCgroups];
    const entries = (await run(argv, { cwd })).split("\0").slice(0, -1);
    return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf("\t")), entry.slice(entry.indexOf("\t") + 1)]));
  } catch (error) {
    // Not even the namespace could be created.
    if (error instanceof BuildError) return new Map([["mounts", error.message]]);
    throw error;
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

const failureOf = (trial: Trial, name: string) => (trial.has("processes") ? trial.get(name) : "") || undefined;

/** Checks that file systems can be mounted. `profile` is the process's AppArmor profile, or empty. */
export function checkMounts(trial: Trial, profile: string): Check {
  const said = trial.get("mounts");
  if (said === "") return ok("mounts", "file systems can be mounted");
  const confined = profile === "" || profile.startsWith("unconfined") ? "" : ` (the AppArmor profile is ${profile})`;
  const hint =
    "in a container, start it with --privileged, or with --security-opt for both seccomp=unconfined and apparmor=unconfined";
  return problem("mounts", `nothing can be mounted${confined}: ${said}`, hint);
}

/** Checks that a process namespace with its own /proc can be created. */
export function checkProcesses(trial: Trial): Check {
  const said = failureOf(trial, "processes");
  if (said === undefined) return ok("processes", "process namespaces can be created");
  const hint =
    "in a container, start it with --privileged: a new /proc can't be mounted while the present one is masked";
  return problem("processes", `process namespaces can't be created: ${said}`, hint);
}

/** Checks that cgroups can be created, here or in a hierarchy that a build mounts itself. */
export function checkCgroups(state: Cgroups, trial: Trial): Check {
  if (state === "writable") return ok("cgroups", "cgroups can be created");
  const said = failureOf(trial, "cgroups");
  if (said === undefined) return ok("cgroups", `/sys/fs/cgroup is ${state}: each build mounts its own`);
  const hint = "in a container, start it with --privileged; on a machine, mount cgroup2 at /sys/fs/cgroup";
  return problem("cgroups", `/sys/fs/cgroup is ${state}, and another one can't be mounted: ${said}`, hint);
}

/** Checks whether /run is writable. It needn't be. */
export function checkRun(trial: Trial): Check {
  if (failureOf(trial, "run") === undefined) return ok("run", "/run is writable");
  return ok("run", "/run is read-only: each build mounts its own");
}

/** Checks that the store's file system can hold an overlay. */
export function checkOverlay(trial: Trial, directory: string): Check {
  const said = failureOf(trial, "overlay");
  if (said === undefined) return ok("overlayfs", "overlays can be mounted");
  const hint = "load the kernel module overlay, and put the store on ext4, xfs, btrfs or tmpfs with --store";
  return problem("overlayfs", `overlays can't be mounted in ${directory}: ${said}`, hint);
}

/** Checks that the store's file system supports extended attributes. */
export function checkAttributes(trial: Trial, directory: string): Check {
  const hint = "put the store on ext4, xfs or btrfs with --store";
  const trusted = failureOf(trial, "trusted");
  if (trusted !== undefined)
    return problem("attributes", `${directory} supports no trusted extended attributes: ${trusted}`, hint);
  const user = failureOf(trial, "user");
  if (user === undefined) return ok("attributes", "the store's file system supports extended attributes");
  return warning(
    "attributes",
    `${directory} supports no user extended attributes, so a stage that sets one fails`,
    hint,
  );
}

/** Checks that steps can have a network of their own. Only steps that download need one. */
export function checkNetwork(trial: Trial, missing: readonly Problem[]): Check {
  const hint = "load the kernel module tun; in a container, start it with --privileged, or with --device=/dev/net/tun";
  if (failureOf(trial, "tun") !== undefined)
    return warning("network", "without /dev/net/tun a step that downloads fails", hint);
  const [first] = missing;
  if (first === undefined) return ok("network", "steps that download get a network of their own");
  return warning("network", first.message, first.hint ?? "install it");
}

const unsquashfs = { program: "unsquashfs", of: "a host without loop devices" };

/** Checks that stored layers can be mounted, or else unpacked: `missing` is the problem with unsquashfs. */
export function checkLoop(isThere: boolean, missing: readonly Problem[]): Check {
  if (isThere) return ok("loop devices", "stored layers can be mounted");
  const message = "there are no loop devices";
  const hint = "in a container, start it with --privileged, or give it /dev/loop-control and /dev/loop*";
  if (missing.length === 0)
    return warning("loop devices", `${message}: stored layers are unpacked, which takes time and space`, hint);
  return problem(
    "loop devices",
    `${message}, and unsquashfs, which could unpack stored layers instead, is missing`,
    hint,
  );
}

/** Whether the path is the loop control device: containers mask devices with /dev/null. */
async function isLoopControl(path: string): Promise<boolean> {
  const numbers = 10 * 256 + 237;
  try {
    return (await stat(path)).rdev === numbers;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}

const enoughRoom = 2 * 1024 ** 3;

/** Checks the free space on the store's file system. */
export function checkRoom({ bavail, bsize }: { bavail: number; bsize: number }, directory: string): Check {
  const free = bavail * bsize;
  const message = `${Math.floor(free / 1024 ** 2)} MiB are free in ${directory}`;
  if (free >= enoughRoom) return ok("room", message);
  return warning(
    "room",
    `only ${message}`,
    "a system with packages takes several GiB: free some space, or name another --store",
  );
}

async function readOptional(path: string): Promise<string> {
  // Without AppArmor the file doesn't exist or can't be read.
  return readFile(path, "utf8").catch((error) => {
    if (["ENOENT", "EINVAL", "EACCES"].some((code) => hasCode(error, code))) return "";
    throw error;
  });
}
