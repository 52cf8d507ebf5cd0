import { type BigIntStats, lstatSync } from "node:fs";
import { hasCode } from "../../errors.ts";

// Paths here start with a slash, the tree's root is "", and each character is a byte (latin1).

/** A file in one of the layers below a stage. */
export interface LowerFile {
  /** The layer's directory. */
  readonly layer: string;
  readonly path: string;
  readonly stats: BigIntStats;
}

/** The host's path of a file in a tree. */
export const placeOf = (directory: string, path: string): Buffer =>
  Buffer.concat([Buffer.from(directory), Buffer.from(path, "latin1")]);

/** Stats a file of a tree. Undefined if there is none. */
export function statOf(directory: string, path: string): BigIntStats | undefined {
  try {
    return lstatSync(placeOf(directory, path), { bigint: true });
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return undefined;
    throw error;
  }
}

/** Whether a file is a whiteout, overlayfs's mark for a deleted file. */
export const isWhiteout = (stats: BigIntStats) => stats.isCharacterDevice() && stats.rdev === 0n;

/** The file at this path in the first of the layers that has one, from the top down. Undefined if it was deleted. */
export function topmost(layers: readonly string[], path: string): LowerFile | undefined {
  for (const layer of layers) {
    const stats = statOf(layer, path);
    if (stats !== undefined) return isWhiteout(stats) ? undefined : { layer, path, stats };
  }
  return undefined;
}

/** The layers whose directories at this path are merged into one. Opaque directories aren't recognised. */
export function merged(layers: readonly string[], path: string): readonly string[] {
  const found: string[] = [];
  for (const layer of layers) {
    const stats = statOf(layer, path);
    if (stats?.isDirectory()) found.push(layer);
    else if (stats !== undefined) break;
  }
  return found;
}

/** The path of a file's directory. */
export const parentOf = (path: string) => path.slice(0, path.lastIndexOf("/"));
