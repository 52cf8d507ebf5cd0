import { constants } from "node:fs";
import { access, statfs } from "node:fs/promises";
import { hasCode } from "../errors.ts";

export type Cgroups = "writable" | "read-only" | "missing";

/** statfs(2)'s types of the unified hierarchy, and of version 1. */
const [unified, version1] = [0x63677270, 0x27e0eb];

/**
 * Whether systemd-nspawn can make the groups of a container: in the unified hierarchy, which in hybrid systems has a
 * place of its own, or in systemd's own of version 1. Containers without privileges have it read-only. mountinfo
 * doesn't tell: it lists what other mounts hide, too.
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
 * Gives a mount namespace a hierarchy of its own to write to. The same hierarchy can't be mounted on itself, so
 * something else lies between the two.
 */
export const mountCgroups = [
  "sh",
  "-c",
  "mount -t tmpfs tmpfs /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup",
] as const;
