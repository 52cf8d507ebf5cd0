import { createHash, hash } from "node:crypto";
import { closeSync, constants, lstatSync, openSync, readdirSync, readSync, type Stats } from "node:fs";
import { scheduler } from "node:timers/promises";

/** The type of a file. */
export type FileKind =
  | "file"
  /** Another name of a file that was listed before. */
  | "hard link"
  | "directory"
  | "symbolic link"
  | "character device"
  | "block device"
  | "fifo"
  | "socket";

/** A file of a tree. */
export interface Found {
  /** The path from the tree's root, with a leading slash. Bytes that aren't UTF-8 are escaped. */
  readonly path: string;
  /** The path on this machine, as bytes, because a name needn't be valid text. */
  readonly place: Buffer;
  readonly stats: Stats;
  readonly kind: FileKind;
  /** For a hard link, the path under which the file was first listed. */
  readonly first?: string;
}

/**
 * Yields everything below a directory. A directory comes before its contents; names are in byte order. Symbolic links
 * aren't followed, because they could lead out of the tree.
 */
export function* walk(directory: string): Generator<Found> {
  yield* below(Buffer.from(directory), "", new Map());
}

function* below(directory: Buffer, shown: string, links: Map<string, string>): Generator<Found> {
  for (const name of readdirSync(directory, { encoding: "buffer" }).sort(Buffer.compare)) {
    const place = Buffer.concat([directory, slash, name]);
    const path = `${shown}/${nameOf(name)}`;
    const stats = lstatSync(place);
    const kind = kindOf(stats);
    const inode = `${stats.dev}:${stats.ino}`;
    const first = kind === "file" ? links.get(inode) : undefined;
    if (first !== undefined) {
      yield { path, place, stats, kind: "hard link", first };
      continue;
    }
    if (kind === "file" && stats.nlink > 1) links.set(inode, path);
    yield { path, place, stats, kind };
    if (kind === "directory") yield* below(place, path, links);
  }
}

const slash = Buffer.from("/");

/** A name as text. Bytes that aren't UTF-8 are escaped. */
export function nameOf(name: Buffer): string {
  const text = name.toString();
  if (!text.includes("\ufffd") || Buffer.from(text).equals(name)) return text;
  return name.toString("latin1").replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** The type of a file, from its status. */
export function kindOf(stats: Stats): Exclude<FileKind, "hard link"> {
  if (stats.isDirectory()) return "directory";
  if (stats.isSymbolicLink()) return "symbolic link";
  if (stats.isCharacterDevice()) return "character device";
  if (stats.isBlockDevice()) return "block device";
  if (stats.isFIFO()) return "fifo";
  if (stats.isSocket()) return "socket";
  return "file";
}

/** The SHA-256 of a file. Most files are small, and reading those synchronously is several times as fast. */
export async function sha256Of(place: Buffer, buffer: Buffer, encoding: "hex" | "base64url"): Promise<string> {
  const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    let length = readSync(file, buffer);
    if (length < buffer.length) return hash("sha256", buffer.subarray(0, length), encoding);
    const sum = createHash("sha256");
    for (; length > 0; length = readSync(file, buffer)) {
      sum.update(buffer.subarray(0, length));
      await scheduler.yield();
    }
    return sum.digest(encoding);
  } finally {
    closeSync(file);
  }
}
