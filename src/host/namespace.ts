import { readFile } from "node:fs/promises";
import { findCgroups, mountCgroups } from "./cgroups.ts";
import { type CommandOptions, hold, run } from "./command.ts";

/**
 * A mount and process namespace for a build. Every mount is made and every container is started in it, so the host sees
 * none of them. Its first process ends when this process's end of a pipe closes, for whatever reason. Then the kernel
 * kills all its processes and releases all its mounts and loop devices, so even SIGKILL leaves nothing behind.
 */
export interface Namespace extends AsyncDisposable {
  /** The command line that runs `argv` inside, in a directory of the namespace. */
  readonly enter: (argv: readonly string[], directory?: string) => readonly string[];
  readonly run: (argv: readonly string[], options?: CommandOptions) => Promise<string>;
  /** The path outside for a path inside. */
  readonly path: (inside: string) => string;
  /** Kills everything inside at once. */
  readonly kill: () => void;
}

/** nspawn's own mounts are here: two builds would collide, and off a tmpfs nspawn complains whenever it ends. */
const nspawnState = "/run/systemd/nspawn";

/** If /run is read-only, as in some containers, a build mounts its own. */
const script = `
state=$1; shift
mkdir -p "$state" 2>/dev/null || { mount -t tmpfs tmpfs /run && mkdir -p "$state"; } || exit
mount -t tmpfs tmpfs "$state" && "$@" && exec cat
`;

/** Opens a namespace that holds a shared lock on `lockFile` for as long as anything in it lives. */
export async function openNamespace(lockFile: string): Promise<Namespace> {
  const cgroups = await findCgroups();
  const holder = await hold([
    ...["flock", "--shared", "--no-fork", lockFile],
    ...["unshare", "--mount", "--propagation=private", "--pid", "--fork", "--kill-child", "--mount-proc"],
    ...["sh", "-c", script, "sh", nspawnState, ...(cgroups === "writable" ? ["true"] : mountCgroups)],
  ]);
  const children = await readFile(`/proc/${holder.pid}/task/${holder.pid}/children`, "utf8");
  const pid = children.trim();
  const enter = (argv: readonly string[], directory = "/") => [
    ...["nsenter", `--target=${pid}`, "--mount", "--pid", `--wdns=${directory}`, "--"],
    ...argv,
  ];
  return {
    enter,
    run: (argv, { cwd, ...options } = {}) => run(enter(argv, cwd), options),
    path: (inside) => `/proc/${pid}/root${inside}`,
    kill: holder.kill,
    [Symbol.asyncDispose]: holder.close,
  };
}
