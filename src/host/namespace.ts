import { readFile } from "node:fs/promises";
import { findCgroups, mountCgroups } from "./cgroups.ts";
import { type CommandOptions, hold, run } from "./command.ts";

/**
 * A mount and process namespace of our own. Every mount is made and every container started in it, so nothing of
 * them is seen on the host; and its first process ends when our end of a pipe closes, whatever closed it: the kernel
 * then ends all its processes and takes down all its mounts and loop devices. Even SIGKILL leaves nothing behind.
 */
export interface Namespace extends AsyncDisposable {
  /** The argv that runs `argv` inside, in a directory of the namespace. */
  readonly enter: (argv: readonly string[], directory?: string) => readonly string[];
  readonly run: (argv: readonly string[], options?: CommandOptions) => Promise<string>;
  /** How a path inside is reached from outside. */
  readonly path: (inside: string) => string;
  /** Ends everything inside, at once. */
  readonly kill: () => void;
}

/** nspawn keeps its own mounts there: two builds would meet, and off a tmpfs it complains at every end. */
const nspawnState = "/run/systemd/nspawn";

/** Where /run is read-only, as in some containers, a build has its own. */
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
