import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { hasCode } from "../errors.ts";

/** The longest name in a file system, and the longest path in a system call (PATH_MAX without its NUL), in bytes. */
const [longestName, longestPath] = [255, 4095];

/** Says why no machine can have such a path, in words that follow its name. Undefined if one can. */
export function impossiblePath(path: string): string | undefined {
  if (path === "") return "is empty";
  if (path.includes("\0")) return "has a NUL character";
  if (path.split("/").some((name) => Buffer.byteLength(name) > longestName))
    return `contains a name longer than ${longestName} bytes`;
  return Buffer.byteLength(path) > longestPath ? `is longer than ${longestPath} bytes` : undefined;
}

/** Stats a path, following links. Undefined if nothing is there. */
export async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "ELOOP"].some((code) => hasCode(error, code))) return undefined;
    throw error;
  }
}
