import { createHash, hash } from "node:crypto";
import { lstatSync, readlinkSync, type Stats } from "node:fs";
import { scheduler } from "node:timers/promises";
import type { Attributed } from "../../assemblers/lib/getfattr.ts";
import { type FileDigests, shortDigest } from "../tree/contents.ts";
import { kindOf, sha256Of, walk } from "../tree/walk.ts";
import { isXfsAcl } from "./attribute-order.ts";

/** The digest of a tree without layers. */
export const emptyTree = hash("sha256", "");

/** The digest of what a tree holds, from that of the layers below and that of its uppermost layer. */
export const treeContent = (below: string, layer: string): string => hash("sha256", `${below} ${layer}`);

/** The content of a layer. */
export interface LayerContent {
  readonly digest: string;
  /** The digests of its regular files. */
  readonly files: FileDigests;
}

/**
 * Reads what a settled layer holds. Its digest is of names, kinds, modes, owners, times, extended attributes, ACLs, bytes, link
 * targets, device numbers, hard links and overlayfs's deletions. It is the same on every file system, whatever the
 * order of a directory, holes in a file, or the compression of the object that the layer is packed into.
 */
export async function contentOf(upper: string, attributes: readonly Attributed[]): Promise<LayerContent> {
  const known = new Map(attributes.map((file) => [file.path === "." ? "" : file.path, meaningful(file)]));
  const sum = createHash("sha256");
  const firstNames = new Map<string, string>();
  const files = new Map<string, string>();
  /** The same before they are given to hard links, by the paths' bytes. */
  const digests = new Map<string, string>();
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  await add("", Buffer.from(upper), lstatSync(upper));
  for (const { path, place, stats, first } of walk(upper)) {
    // Let the build go on meanwhile.
    if (stats.isDirectory()) await scheduler.yield();
    const name = place.subarray(Buffer.byteLength(upper) + 1).toString("latin1");
    await add(name, place, stats);
    const digest = first === undefined ? digests.get(name) : files.get(first);
    if (digest !== undefined) files.set(path, digest);
  }
  return { digest: sum.digest("hex"), files };

  async function add(path: string, place: Buffer, stats: Stats): Promise<void> {
    sum.update(`${JSON.stringify(await describe(path, place, stats))}\n`);
  }

  async function describe(path: string, place: Buffer, stats: Stats): Promise<readonly unknown[]> {
    const kind = kindOf(stats);
    // Kernels differ in the modes and link counts of whiteouts.
    if (kind === "character device" && stats.rdev === 0) return [path, "whiteout"];
    const inode = `${stats.dev}:${stats.ino}`;
    const first = kind === "directory" || stats.nlink === 1 ? undefined : firstNames.get(inode);
    if (first !== undefined) return [path, "hard link", first];
    if (kind !== "directory" && stats.nlink > 1) firstNames.set(inode, path);
    const bytes = await bytesOf(kind, place, stats);
    if (kind === "file") digests.set(path, shortDigest(Buffer.from(`${bytes}`, "hex").toString("base64url")));
    return [...factsOf(kind, stats), path, bytes, ...(known.get(path) ?? [])];
  }

  async function bytesOf(kind: ReturnType<typeof kindOf>, place: Buffer, { rdev }: Stats): Promise<string | number> {
    switch (kind) {
      case "file":
        return sha256Of(place, buffer, "hex");
      case "symbolic link":
        return readlinkSync(place, "latin1");
      case "character device":
      case "block device":
        return rdev;
      case "directory":
      case "fifo":
      case "socket":
        return "";
    }
  }
}

/** Everything about a layer's root except its names. It begins like the root of the layer below. */
export function rootFacts(upper: string, attributes: readonly Attributed[]): string {
  const root = attributes.filter(({ path }) => path === ".").flatMap(meaningful);
  return JSON.stringify([...factsOf("directory", lstatSync(upper)), ...root]);
}

/** The mode of a symbolic link means nothing, and file systems differ in it. */
const factsOf = (kind: ReturnType<typeof kindOf>, { mode, uid, gid, mtimeMs }: Stats) => [
  kind,
  kind === "symbolic link" ? 0 : mode & 0o7777,
  uid,
  gid,
  Math.floor(mtimeMs / 1000),
];

/**
 * A file's attributes, sorted by name. Of overlayfs's own, only that of an opaque directory says what the tree holds.
 */
const meaningful = ({ attributes }: Attributed): readonly (readonly [name: string, value: string])[] =>
  [...attributes]
    .filter(([name]) => !/^trusted\.overlay\.(?!opaque$)/.test(name) && !isXfsAcl(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
