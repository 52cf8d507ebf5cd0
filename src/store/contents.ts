import { hash } from "node:crypto";
import { closeSync, constants, openSync, readlinkSync, readSync, type Stats } from "node:fs";
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
import { type Found, type Kind, sha256Of, walk } from "./walk.ts";

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

export type { Kind };

/** Reads a finished tree. No symbolic link is followed: it could lead out of the tree. */
export async function readContents(tree: string): Promise<Contents> {
  const { found, kept, links } = await look(tree);
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

interface Look {
  readonly found: readonly Omit<Entry, "package">[];
  /** What is wanted later of what was read, by path. */
  readonly kept: ReadonlyMap<string, string>;
  /** Symbolic links in the root directory. */
  readonly links: ReadonlyMap<string, string>;
}

async function look(tree: string): Promise<Look> {
  const found: Omit<Entry, "package">[] = [];
  const kept = new Map<string, string>();
  const links = new Map<string, string>();
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  for (const file of walk(tree)) {
    const { path, kind, stats } = file;
    // What goes on beside this gets its turn.
    if (kind === "directory") await scheduler.yield();
    const mode = stats.mode & 0o7777;
    const owner = `${stats.uid}:${stats.gid}`;
    found.push({ path, kind, size: sizeOf(kind, stats), mode, owner, digest: await digestOf(file) });
  }
  return { found, kept, links };

  async function digestOf({ place, path, kind, stats: { rdev, size } }: Found): Promise<string> {
    switch (kind) {
      case "file":
      case "hard link":
        if (isDpkgFile(path)) kept.set(path, readWhole(place, size).toString());
        return short(await sha256Of(place, buffer, "base64url"));
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
}

/** What the file system says of a directory or a device is its own affair. */
const sizeOf = (kind: Kind, { size }: Stats) =>
  kind === "file" || kind === "hard link" || kind === "symbolic link" ? size : 0;

/** 64 bits: enough to tell two versions of one file apart. */
const short = (digest: string) => digest.slice(0, 11);

function readWhole(place: Buffer, size: number): Buffer {
  const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const bytes = Buffer.alloc(size);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
