import { constants } from "node:fs";
import { access, statfs } from "node:fs/promises";
import { hasCode } from "../errors.ts";

/** The state of the cgroup hierarchy that containers need. */
export type Cgroups = "writable" | "read-only" | "missing";

/** The statfs(2) types of the unified hierarchy and of cgroup version 1. */
const [unified, version1] = [0x63677270, 0x27e0eb];

/**
 * Finds out whether systemd-nspawn can create a container's cgroups: in the unified hierarchy, which hybrid systems
 * mount elsewhere, or in systemd's own hierarchy of version 1. Unprivileged containers have it read-only. mountinfo is
 * no help, because it also lists mounts that others hide.
 */
export async function findCgroups(): Promise<Cgroups> {
  const places = [
    { path: "/sys/fs/cgroup", type: unified },
    { path: "/sys/fs/cgroup/unified", type: unified },
    { path: "/sys/fs/cgroup/systemd", type: version1 },
  ];
  for (const { path, type } of places) if ((await typeOf(path)) === type) return writability(path);
  return "missing";
}

async function typeOf(path: string): Promise<number | undefined> {
  try {
    return (await statfs(path)).type;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

async function writability(path: string): Promise<Cgroups> {
  try {
    await access(path, constants.W_OK);
    return "writable";
  } catch (error) {
    if (hasCode(error, "EROFS") || hasCode(error, "EACCES")) return "read-only";
    throw error;
  }
}

/**
 * The command that gives a mount namespace a writable hierarchy of its own. A hierarchy can't be mounted on itself, so
 * a tmpfs is mounted between the two.
 */
export const mountCgroups = [
  "sh",
  "-c",
  "mount -t tmpfs tmpfs /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup",
] as const;
