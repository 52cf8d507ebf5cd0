import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import type { Namespace } from "./namespace.ts";
import { traced } from "./trace.ts";

/** A line of a mount table. */
export interface Mount {
  readonly type: "devpts" | "none" | "overlay" | "ramfs" | "squashfs" | "tmpfs";
  readonly source: string;
  readonly target: string;
  readonly options: readonly string[];
}

/** Mounts everything in order, in one process. Relative paths in options are relative to `directory`. */
export async function mountAll(namespace: Namespace, directory: string, mounts: readonly Mount[]): Promise<void> {
  if (mounts.length === 0) return;
  const table = `${directory}/fstab-${randomUUID()}`;
  await writeFile(table, mounts.map(fstabLine).join(""));
  const tell = mounts.map((mount) => traced(namespace.enter(mountArgv(mount), directory)));
  await namespace.run(["mount", "--all", "--fstab", table], { cwd: directory, env: oldInterface });
  for (const end of tell) end("by mount --all");
  await rm(table);
}

/** Through the kernel's new interface an option is at most 255 bytes long, which some dozens of layers exceed. */
const oldInterface = { LIBMOUNT_FORCE_MOUNT2: "always" };

/** The command line that would make one of the mounts. */
const mountArgv = ({ type, source, target, options }: Mount) => [
  ...["env", ...Object.entries(oldInterface).map(([name, value]) => `${name}=${value}`), "mount"],
  ...["--types", type, "--options", options.join(","), "--source", source, "--target", target],
];

/** Unmounts one mount. */
export const unmount = (namespace: Namespace, target: string) => namespace.run(["umount", target]);

/** A mount in the format of fstab(5). */
export const fstabLine = ({ source, target, type, options }: Mount) =>
  `${[source, target, type, options.join(",")].map(escapeField).join(" ")} 0 0\n`;

/** Writes white space, `#` and backslashes as octal escapes; see fstab(5). */
const escapeField = (text: string) =>
  text.replace(/[\s\\#]/g, (c) => `\\${(c.codePointAt(0) ?? 0).toString(8).padStart(3, "0")}`);
