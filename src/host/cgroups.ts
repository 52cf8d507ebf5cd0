/** One mount, as far as it matters here; see proc_pid_mountinfo(5). */
interface Mounted {
  readonly target: string;
  readonly type: string;
  readonly isWritable: boolean;
}

/**
 * Whether systemd-nspawn can make the groups of a container: below /sys/fs/cgroup there must be the unified hierarchy,
 * or systemd's own of version 1, and it must be writable. Containers without privileges have it read-only.
 */
export function cgroupsOf(mountinfo: string): "writable" | "read-only" | "missing" {
  const all = mountinfo.split("\n").flatMap(readMount);
  // Whatever was mounted below it before is hidden.
  const mounts = all.slice(
    Math.max(
      0,
      all.findLastIndex(({ target }) => target === "/sys/fs/cgroup"),
    ),
  );
  const places = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd"];
  // Of several at one place the last is seen.
  const found = places.flatMap((place) => mounts.findLast(({ target }) => target === place) ?? []);
  const used = found.find(({ type }) => type === "cgroup2") ?? found.find(({ type }) => type === "cgroup");
  if (used === undefined) return "missing";
  return used.isWritable ? "writable" : "read-only";
}

function readMount(line: string): readonly Mounted[] {
  const [mount = "", fileSystem = ""] = line.split(" - ");
  const [, , , , target = "", options = ""] = mount.split(" ");
  const [type = "", , superOptions = ""] = fileSystem.split(" ");
  const isWritable = [options, superOptions].every((list) => !list.split(",").includes("ro"));
  return target === "" ? [] : [{ target, type, isWritable }];
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
