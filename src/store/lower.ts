import { type BigIntStats, lstatSync } from "node:fs";
import { hasCode } from "../errors.ts";

// Paths here start with a slash at the tree's root, which is "", and have a character for each byte (latin1).

/** A file as one of the layers beneath a stage has it. */
export interface LowerFile {
  /** The layer's directory. */
  readonly layer: string;
  readonly path: string;
  readonly stats: BigIntStats;
}

/** The place of a tree's path below a directory of the host. */
export const placeOf = (directory: string, path: string): Buffer =>
  Buffer.concat([Buffer.from(directory), Buffer.from(path, "latin1")]);

export function statOf(directory: string, path: string): BigIntStats | undefined {
  try {
    return lstatSync(placeOf(directory, path), { bigint: true });
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return undefined;
    throw error;
  }
}

/** Overlayfs's mark for a file that was deleted. */
export const isWhiteout = (stats: BigIntStats) => stats.isCharacterDevice() && stats.rdev === 0n;

/** The uppermost file of this path in these layers, the uppermost first; none where it was deleted. */
export function topmost(layers: readonly string[], path: string): LowerFile | undefined {
  for (const layer of layers) {
    const stats = statOf(layer, path);
    if (stats !== undefined) return isWhiteout(stats) ? undefined : { layer, path, stats };
  }
  return undefined;
}

/** Those of the layers whose directories of this path are merged into one, but for opaque ones. */
export function merged(layers: readonly string[], path: string): readonly string[] {
  const found: string[] = [];
  for (const layer of layers) {
    const stats = statOf(layer, path);
    if (stats?.isDirectory()) found.push(layer);
    else if (stats !== undefined) break;
  }
  return found;
}

export const parentOf = (path: string) => path.slice(0, path.lastIndexOf("/"));
