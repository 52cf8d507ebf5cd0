import { readlinkSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { scheduler } from "node:timers/promises";
import { type Attributes, readAttributes } from "./attributes.ts";
import { type Found, type Kind, nameOf, sha256Of, walk } from "./walk.ts";

/** The exact difference of two trees, but for times. Paths are from the tree's root, which is `/` itself. */
export interface Difference {
  readonly added: { readonly [path: string]: File };
  readonly deleted: readonly string[];
  readonly changed: { readonly [path: string]: Change };
}

/** What a file is. */
export interface File {
  readonly kind: Kind;
  /** In octal. */
  readonly mode: string;
  /** User and group, as numbers: `0:0`. */
  readonly owner: string;
  /** A file's: `sha256:…`. */
  readonly content?: string;
  /** A symbolic link's, as it stands there; a hard link's: the path of the file that it is another name of. */
  readonly target?: string;
  /** A device's numbers: `8:1`. */
  readonly device?: string;
  readonly xattrs?: Attributes;
}

type Pair<T> = readonly [before: T | null, after: T | null];

/** Of what differs, how it was and how it is. */
type Change = { readonly [Fact in Exclude<keyof File, "xattrs">]?: Pair<string> } & {
  readonly xattrs?: { readonly [name: string]: Pair<string> };
};

export async function diffTrees(before: string, after: string): Promise<Difference> {
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

const facts = ["kind", "mode", "owner", "content", "target", "device"] as const satisfies readonly (keyof File)[];

function changeOf(before: File, after: File): Change {
  const { xattrs: attributesBefore = {}, ...plainBefore } = before;
  const { xattrs: attributesAfter = {}, ...plainAfter } = after;
  const names = [...new Set([...Object.keys(attributesBefore), ...Object.keys(attributesAfter)])].sort();
  const xattrs = pairs(names, attributesBefore, attributesAfter);
  return { ...pairs(facts, plainBefore, plainAfter), ...(Object.keys(xattrs).length === 0 ? {} : { xattrs }) };
}

/** Before and after, of those names whose values differ. */
function pairs(names: readonly string[], before: Attributes, after: Attributes): { [name: string]: Pair<string> } {
  const differing = names.filter((name) => before[name] !== after[name]);
  return Object.fromEntries(differing.map((name) => [name, [before[name] ?? null, after[name] ?? null]]));
}

/** Everything that a tree holds, by path. */
async function readTree(directory: string): Promise<ReadonlyMap<string, File>> {
  const attributes = await readAttributes(directory);
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  const files = new Map<string, File>();
  const root = { path: "/", place: Buffer.from(directory), stats: await lstat(directory), kind: "directory" } as const;
  files.set("/", await describe(root, "."));
  for (const found of walk(directory)) {
    // An interruption gets its turn.
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

/** A device's major and minor number, as Linux packs them. */
function deviceOf(rdev: number): string {
  const number = BigInt(rdev);
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xfffff000n);
  const minor = (number & 0xffn) | ((number >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}
