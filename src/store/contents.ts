import { createHash, hash } from "node:crypto";
import { closeSync, constants, lstatSync, openSync, readdirSync, readlinkSync, readSync, type Stats } from "node:fs";
import { scheduler } from "node:timers/promises";
import {
  type Database,
  dpkgInfo,
  type Installed,
  isDpkgFile,
  type Package,
  readDpkg,
  readRpm,
  rpmDatabases,
} from "./packages.ts";

/** What a tree holds, as far as a person wants to know: nothing of the machine, and no times. */
export interface Contents {
  readonly database: Database;
  readonly packages: readonly Package[];
  /** Everything below the root; a directory before what it holds, and names in the order of their bytes. */
  readonly entries: readonly Entry[];
}

export interface Entry {
  /** From the tree's root, with a slash at its start. */
  readonly path: string;
  readonly kind: Kind;
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** User and group, as numbers: `0:0`. */
  readonly owner: string;
  /** Tells contents apart: of a file's bytes, a link's target, a device's numbers. */
  readonly digest: string;
  /** Whose it is, as an index of `packages`. */
  readonly package: number | null;
}

export type Kind =
  | "file"
  /** One more name of a file that was listed before. */
  | "hard link"
  | "directory"
  | "symbolic link"
  | "character device"
  | "block device"
  | "fifo"
  | "socket";

/** Reads a finished tree. No symbolic link is followed: it could lead out of the tree. */
export async function readContents(tree: string): Promise<Contents> {
  const { found, kept, links } = await walk(tree);
  const rpm = rpmDatabases.find((path) => found.some((entry) => entry.path === path && entry.kind === "file"));
  const { database, packages } = rpm === undefined ? readDpkg(kept) : await readRpm(`${tree}${rpm}`);
  const owners = ownersOf(packages, links);
  const ownerOf = (path: string) => owners.get(path) ?? owners.get(madeFrom(path)) ?? null;
  return {
    database,
    packages: packages.map(({ name, version, architecture, bytes }) => ({ name, version, architecture, bytes })),
    entries: found.map((entry) => ({
      ...entry,
      package: entry.kind === "directory" ? null : ownerOf(entry.path),
    })),
  };
}

/** Paths → the packages that say they are theirs. */
function ownersOf(packages: readonly Installed[], links: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  for (const [index, { name, architecture, files }] of packages.entries()) {
    for (const named of [name, `${name}:${architecture}`]) owners.set(`${dpkgInfo}${named}`, index);
    for (const path of files) owners.set(throughLinks(path, links), index);
  }
  // Where packages list the directory /bin, the link is none's.
  for (const path of links.keys()) owners.delete(path);
  return owners;
}

/** Packages say /bin/ls where /bin is a symbolic link to usr/bin. */
function throughLinks(path: string, links: ReadonlyMap<string, string>): string {
  const end = path.indexOf("/", 1);
  const target = end === -1 ? undefined : links.get(path.slice(0, end));
  return target === undefined ? path : `/${target.replace(/^\/+/, "")}${path.slice(end)}`;
}

/** What no package lists though it comes with one: dpkg's own notes on a package, and what Python compiles. */
const madeFrom = (path: string) =>
  path.startsWith(dpkgInfo)
    ? path.replace(/\.[a-z0-9]+$/, "")
    : path.replace(/__pycache__\/([^/]+)\.[a-z0-9]+-[0-9]+(\.opt-[12])?\.pyc$/, "$1.py");

interface Walk {
  readonly found: readonly Omit<Entry, "package">[];
  /** What is wanted later of what was read, by path. */
  readonly kept: ReadonlyMap<string, string>;
  /** Symbolic links in the root directory. */
  readonly links: ReadonlyMap<string, string>;
}

async function walk(tree: string): Promise<Walk> {
  const found: Omit<Entry, "package">[] = [];
  const kept = new Map<string, string>();
  const links = new Map<string, string>();
  const seen = new Set<string>();
  const buffer = Buffer.allocUnsafe(1024 * 1024);

  // Paths are bytes: a name need not be text.
  async function enter(directory: Buffer, shown: string): Promise<void> {
    // What goes on beside this gets its turn.
    await scheduler.yield();
    for (const name of readdirSync(directory, { encoding: "buffer" }).sort(Buffer.compare)) {
      const place = Buffer.concat([directory, slash, name]);
      const path = `${shown}/${nameOf(name)}`;
      const stats = lstatSync(place);
      const kind = kindOf(stats, seen);
      const mode = stats.mode & 0o7777;
      const owner = `${stats.uid}:${stats.gid}`;
      found.push({
        path,
        kind,
        size: sizeOf(kind, stats),
        mode,
        owner,
        digest: await digestOf(place, path, kind, stats),
      });
      if (kind === "directory") await enter(place, path);
    }
  }

  async function digestOf(place: Buffer, path: string, kind: Kind, { rdev, size }: Stats): Promise<string> {
    switch (kind) {
      case "file":
      case "hard link":
        if (isDpkgFile(path)) kept.set(path, readWhole(place, size).toString());
        return digestOfFile(place, buffer);
      case "symbolic link": {
        const target = readlinkSync(place, { encoding: "buffer" });
        if (path.lastIndexOf("/") === 0) links.set(path, target.toString());
        return short(hash("sha256", target, "base64url"));
      }
      case "character device":
      case "block device":
        return String(rdev);
      case "directory":
      case "fifo":
      case "socket":
        return "";
    }
  }

  await enter(Buffer.from(tree), "");
  return { found, kept, links };
}

const slash = Buffer.from("/");

/** A name as text; bytes that aren't UTF-8 as escapes. */
function nameOf(name: Buffer): string {
  const text = name.toString();
  if (!text.includes("\ufffd") || Buffer.from(text).equals(name)) return text;
  return name.toString("latin1").replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

function kindOf(stats: Stats, seen: Set<string>): Kind {
  if (stats.isDirectory()) return "directory";
  if (stats.isSymbolicLink()) return "symbolic link";
  if (stats.isCharacterDevice()) return "character device";
  if (stats.isBlockDevice()) return "block device";
  if (stats.isFIFO()) return "fifo";
  if (stats.isSocket()) return "socket";
  const inode = `${stats.dev}:${stats.ino}`;
  if (seen.has(inode)) return "hard link";
  if (stats.nlink > 1) seen.add(inode);
  return "file";
}

/** What the file system says of a directory or a device is its own affair. */
const sizeOf = (kind: Kind, { size }: Stats) =>
  kind === "file" || kind === "hard link" || kind === "symbolic link" ? size : 0;

/** 64 bits: enough to tell two versions of one file apart. */
const short = (digest: string) => digest.slice(0, 11);

/** Synchronous, because most files are small: asynchronous reads cost several times as much. */
async function digestOfFile(place: Buffer, buffer: Buffer): Promise<string> {
  const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    let length = readSync(file, buffer);
    if (length < buffer.length) return short(hash("sha256", buffer.subarray(0, length), "base64url"));
    const sum = createHash("sha256");
    for (; length > 0; length = readSync(file, buffer)) {
      sum.update(buffer.subarray(0, length));
      await scheduler.yield();
    }
    return short(sum.digest("base64url"));
  } finally {
    closeSync(file);
  }
}

function readWhole(place: Buffer, size: number): Buffer {
  const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const bytes = Buffer.alloc(size);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
