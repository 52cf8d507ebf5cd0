import { hash } from "node:crypto";
import { closeSync, constants, openSync, readlinkSync, readSync, type Stats } from "node:fs";
import { scheduler } from "node:timers/promises";
import { isCopyright, isCopyrightLink } from "./copyright.ts";
import { originsOf } from "./origins.ts";
import { type Distribution, osReleasePaths, readOsRelease } from "./os-release.ts";
import {
  type Database,
  dpkgInfo,
  type Installed,
  type InstalledPackage,
  isDpkgFile,
  readDpkg,
  readRpm,
  rpmDatabases,
} from "./packages.ts";
import { type FileKind, type Found, sha256Of, walk } from "./walk.ts";

/** The contents of a tree, as far as people care: nothing that depends on the machine, and no times. */
export interface Contents {
  readonly database: Database;
  /** Null if the tree doesn't name it. */
  readonly distribution: Distribution | null;
  readonly packages: readonly ContentsPackage[];
  /** The steps that brought the packages. */
  readonly steps: readonly PackageStep[];
  /** Everything below the root. A directory comes before its contents; names are in byte order. */
  readonly entries: readonly ContentsEntry[];
}

/** A package that is installed in a tree, and where it came from. */
export interface ContentsPackage extends InstalledPackage {
  /** The step that brought it, as an index into `steps`; null if that isn't known. */
  readonly step: number | null;
}

/** A step that brought packages. */
export interface PackageStep {
  readonly name: string;
  readonly id: string;
}

/** A layer of a tree by itself, and the step that made it; null if that isn't known. */
export interface TreeLayer {
  readonly directory: string;
  readonly step: PackageStep | null;
  /** The digests of its files. */
  readonly files: FileDigests;
}

/** The digests of the regular files of a layer, as in ContentsEntry, by path. */
export type FileDigests = ReadonlyMap<string, string>;

/** A file, a directory or anything else that has a path in a tree. */
export interface ContentsEntry {
  /** The path from the tree's root, with a leading slash. */
  readonly path: string;
  readonly kind: FileKind;
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** The numeric user and group: `0:0`. */
  readonly owner: string;
  /** Identifies the content: a file's bytes, a link's target, a device's numbers. */
  readonly digest: string;
  /** The package that owns it, as an index into `packages`. */
  readonly package: number | null;
}

export type { FileKind };

/**
 * Reads a finished tree. Symbolic links aren't followed, because they could lead out of the tree. The layers, the
 * lowest first, tell which step brought each package.
 */
export async function readContents(tree: string, layers: readonly TreeLayer[] = []): Promise<Contents> {
  const { found, kept, links, copyrightLinks } = await look(tree, merged(layers));
  const rpm = rpmDatabases.find((path) => found.some((entry) => entry.path === path && entry.kind === "file"));
  const { database, packages } =
    rpm === undefined ? readDpkg(kept, { texts: kept, links: copyrightLinks }) : await readRpm(tree, rpm);
  const owners = ownersOf(packages, links);
  const ownerOf = (path: string) => owners.get(path) ?? owners.get(madeFrom(path)) ?? null;
  const osRelease = osReleasePaths.map((path) => kept.get(path)).find((text) => text !== undefined);
  return {
    database,
    distribution: osRelease === undefined ? null : readOsRelease(osRelease),
    ...(await withSteps(
      packages.map(({ files: _files, ...each }) => each),
      layers,
    )),
    entries: found.map((entry) => ({
      ...entry,
      package: entry.kind === "directory" ? null : ownerOf(entry.path),
    })),
  };
}

/** Adds to each package the step that brought it. */
async function withSteps(
  packages: readonly InstalledPackage[],
  layers: readonly TreeLayer[],
): Promise<Pick<Contents, "packages" | "steps">> {
  const origins = await originsOf(
    packages,
    layers.map(({ directory }) => directory),
  );
  const stepOf = (index: number) => {
    const origin = origins[index];
    return origin === undefined ? null : (layers[origin]?.step ?? null);
  };
  const brought = new Set(packages.map((_, index) => stepOf(index)));
  const steps = [...new Set(layers.flatMap(({ step }) => (step !== null && brought.has(step) ? [step] : [])))];
  return {
    packages: packages.map((each, index) => {
      const step = stepOf(index);
      return { ...each, step: step === null ? null : steps.indexOf(step) };
    }),
    steps,
  };
}

/** Maps each path to the package that claims it. */
function ownersOf(packages: readonly Installed[], links: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
  const owners = new Map<string, number>();
  for (const [index, { name, architecture, files }] of packages.entries()) {
    for (const named of [name, `${name}:${architecture}`]) owners.set(`${dpkgInfo}${named}`, index);
    for (const path of files) owners.set(throughLinks(path, links), index);
  }
  // Packages that list /bin mean the directory, so the link belongs to none of them.
  for (const path of links.keys()) owners.delete(path);
  return owners;
}

/** Resolves a link in the root directory: packages list /bin/ls even if /bin is a symbolic link to usr/bin. */
function throughLinks(path: string, links: ReadonlyMap<string, string>): string {
  const end = path.indexOf("/", 1);
  const target = end === -1 ? undefined : links.get(path.slice(0, end));
  return target === undefined ? path : `/${target.replace(/^\/+/, "")}${path.slice(end)}`;
}

/**
 * The listed path that a file was made from. Packages don't list the files that dpkg keeps about them, nor those that
 * Python compiles.
 */
const madeFrom = (path: string) =>
  path.startsWith(dpkgInfo)
    ? path.replace(/\.[a-z0-9]+$/, "")
    : path.replace(/__pycache__\/([^/]+)\.[a-z0-9]+-[0-9]+(\.opt-[12])?\.pyc$/, "$1.py");

interface Look {
  readonly found: readonly Omit<ContentsEntry, "package">[];
  /** The texts of the files that tell about packages and the distribution, by path. */
  readonly kept: ReadonlyMap<string, string>;
  /** Symbolic links in the root directory. */
  readonly links: ReadonlyMap<string, string>;
  /** Symbolic links in the place of copyright files. */
  readonly copyrightLinks: ReadonlyMap<string, string>;
}

/** The digests of a tree's files: a path is that of the uppermost layer that has a file there. */
const merged = (layers: readonly TreeLayer[]): FileDigests => new Map(layers.flatMap(({ files }) => [...files]));

async function look(tree: string, digests: FileDigests): Promise<Look> {
  const found: Omit<ContentsEntry, "package">[] = [];
  const kept = new Map<string, string>();
  const links = new Map<string, string>();
  const copyrightLinks = new Map<string, string>();
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  for (const file of walk(tree)) {
    const { path, kind, stats } = file;
    // Let concurrent work run.
    if (kind === "directory") await scheduler.yield();
    const mode = stats.mode & 0o7777;
    const owner = `${stats.uid}:${stats.gid}`;
    found.push({ path, kind, size: sizeOf(kind, stats), mode, owner, digest: await digestOf(file) });
  }
  return { found, kept, links, copyrightLinks };

  async function digestOf({ place, path, kind, stats: { rdev, size } }: Found): Promise<string> {
    switch (kind) {
      case "file":
      case "hard link":
        if (isTelling(path, size)) kept.set(path, readWhole(place, size).toString());
        return digests.get(path) ?? shortDigest(await sha256Of(place, buffer, "base64url"));
      case "symbolic link": {
        const target = readlinkSync(place, { encoding: "buffer" });
        if (path.lastIndexOf("/") === 0) links.set(path, target.toString());
        if (isCopyrightLink(path)) copyrightLinks.set(path, target.toString());
        return shortDigest(hash("sha256", target, "base64url"));
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

/** Whether a file's text tells about packages or the distribution. A copyright file of many megabytes isn't one. */
const isTelling = (path: string, size: number) =>
  isDpkgFile(path) || (size < 8 * 1024 ** 2 && (isCopyright(path) || osReleasePaths.includes(path)));

/** The size of a directory or a device depends on the file system, so it counts as 0. */
const sizeOf = (kind: FileKind, { size }: Stats) =>
  kind === "file" || kind === "hard link" || kind === "symbolic link" ? size : 0;

/** 64 bits of a digest in base64url: enough to tell two versions of one file apart. */
export const shortDigest = (digest: string) => digest.slice(0, 11);

function readWhole(place: Buffer, size: number): Buffer {
  const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const bytes = Buffer.alloc(size);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
