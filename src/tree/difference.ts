import { lstatSync, readlinkSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { scheduler } from "node:timers/promises";
import { type Attributes, readAttributes } from "./attributes.ts";
import { type FileKind, type Found, nameOf, sha256Of, walk } from "./walk.ts";

/** The exact difference between two trees, except for times. Paths start at the tree's root, `/`. */
export interface TreeDifference {
  readonly added: { readonly [path: string]: File };
  readonly deleted: readonly string[];
  readonly changed: { readonly [path: string]: Change };
}

/** Everything about a file except its times. */
export interface File {
  readonly kind: FileKind;
  /** The permission bits, in octal. */
  readonly mode: string;
  /** The numeric user and group: `0:0`. */
  readonly owner: string;
  /** A file's digest: `sha256:…`. */
  readonly content?: string;
  /** A symbolic link's target as written, or the first path of the file that a hard link is another name of. */
  readonly target?: string;
  /** A device's numbers: `8:1`. */
  readonly device?: string;
  readonly xattrs?: Attributes;
}

type Pair<T> = readonly [before: T | null, after: T | null];

/** The facts that differ, before and after. */
export type Change = { readonly [Fact in Exclude<keyof File, "xattrs"> | "time"]?: Pair<string> } & {
  readonly xattrs?: { readonly [name: string]: Pair<string> };
};

/** Compares two trees, file by file. */
export async function diffTrees(before: string, after: string): Promise<TreeDifference> {
  const [old, now] = [await readTree(before), await readTree(after)];
  const added = [...now].filter(([path]) => !old.has(path));
  const deleted = [...old.keys()].filter((path) => !now.has(path));
  const changed = [...now].flatMap(([path, file]) => {
    const earlier = old.get(path);
    const change = earlier === undefined ? {} : changeOf(earlier, file);
    return Object.keys(change).length === 0 ? [] : [[path, change] as const];
  });
  return { added: Object.fromEntries(added), deleted, changed: Object.fromEntries(changed) };
}

/** The times that differ between two trees which are otherwise the same, in the form of a tree's changes. */
export function diffTimes(before: string, after: string): TreeDifference["changed"] {
  const old = timesOf(before);
  const differing = [...timesOf(after)].filter(([path, time]) => old.get(path) !== time);
  return Object.fromEntries(differing.map(([path, time]) => [path, { time: [old.get(path) ?? null, time] }]));
}

function timesOf(directory: string): ReadonlyMap<string, string> {
  const all = [{ path: "/", stats: lstatSync(directory) }, ...walk(directory)];
  return new Map(all.map(({ path, stats }) => [path, stats.mtime.toISOString()]));
}

const facts = ["kind", "mode", "owner", "content", "target", "device"] as const satisfies readonly (keyof File)[];

function changeOf(before: File, after: File): Change {
  const { xattrs: attributesBefore = {}, ...plainBefore } = before;
  const { xattrs: attributesAfter = {}, ...plainAfter } = after;
  const names = [...new Set([...Object.keys(attributesBefore), ...Object.keys(attributesAfter)])].sort();
  const xattrs = pairs(names, attributesBefore, attributesAfter);
  return { ...pairs(facts, plainBefore, plainAfter), ...(Object.keys(xattrs).length === 0 ? {} : { xattrs }) };
}

/** The names whose values differ, each with its value before and after. */
function pairs(names: readonly string[], before: Attributes, after: Attributes): { [name: string]: Pair<string> } {
  const differing = names.filter((name) => before[name] !== after[name]);
  return Object.fromEntries(differing.map((name) => [name, [before[name] ?? null, after[name] ?? null]]));
}

/** Reads all files of a tree, by path. */
async function readTree(directory: string): Promise<ReadonlyMap<string, File>> {
  const attributes = await readAttributes(directory);
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  const files = new Map<string, File>();
  const root = { path: "/", place: Buffer.from(directory), stats: await lstat(directory), kind: "directory" } as const;
  files.set("/", await describe(root, "."));
  for (const found of walk(directory)) {
    // Let an interruption be handled.
    if (found.kind === "directory") await scheduler.yield();
    files.set(found.path, await describe(found, found.place.subarray(root.place.length + 1).toString("latin1")));
  }
  return files;

  async function describe({ place, stats, kind, first }: Found, key: string): Promise<File> {
    const xattrs = attributes.get(key);
    return {
      kind,
      mode: (stats.mode & 0o7777).toString(8).padStart(4, "0"),
      owner: `${stats.uid}:${stats.gid}`,
      ...(kind === "file" ? { content: `sha256:${await sha256Of(place, buffer, "hex")}` } : {}),
      ...(kind === "symbolic link" ? { target: nameOf(readlinkSync(place, { encoding: "buffer" })) } : {}),
      ...(first === undefined ? {} : { target: first }),
      ...(kind.endsWith("device") ? { device: deviceOf(stats.rdev) } : {}),
      ...(xattrs === undefined ? {} : { xattrs }),
    };
  }
}

/** Unpacks a device's major and minor number from Linux's encoding. */
function deviceOf(rdev: number): string {
  const number = BigInt(rdev);
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xfffff000n);
  const minor = (number & 0xffn) | ((number >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}
