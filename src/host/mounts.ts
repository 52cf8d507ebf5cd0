import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import type { Namespace } from "./namespace.ts";

export interface Mount {
  readonly type: "overlay" | "squashfs" | "tmpfs" | "none";
  readonly source: string;
  readonly target: string;
  readonly options: readonly string[];
}

/** Mounts in order, in one process. Relative paths in options are relative to `directory`. */
export async function mountAll(namespace: Namespace, directory: string, mounts: readonly Mount[]): Promise<void> {
  if (mounts.length === 0) return;
  const table = `${directory}/fstab-${randomUUID()}`;
  await writeFile(table, mounts.map(fstabLine).join(""));
  await namespace.run(["mount", "--all", "--fstab", table], { cwd: directory });
  await rm(table);
}

export const unmount = (namespace: Namespace, target: string) => namespace.run(["umount", target]);

export const fstabLine = ({ source, target, type, options }: Mount) =>
  `${[source, target, type, options.join(",")].map(escapeField).join(" ")} 0 0\n`;

/** fstab(5): white space, `#` and backslash as octal escapes. */
const escapeField = (text: string) =>
  text.replace(/[\s\\#]/g, (c) => `\\${(c.codePointAt(0) ?? 0).toString(8).padStart(3, "0")}`);
