import { randomUUID } from "node:crypto";
import { appendFile, open, rm, stat } from "node:fs/promises";
import { type Attributed, formatDump, getfattr, parseDump } from "../../assemblers/lib/getfattr.ts";
import type { Namespace } from "../host/namespace.ts";
import { forEach, isNote, isXfsAcl, removeAttributes } from "./attribute-order.ts";
import { sortTable } from "./attribute-table.ts";
import type { Layout } from "./layout.ts";
import { addFile } from "./objects.ts";
import { statOf } from "./overlay/lower.ts";

/** A squashfs image is padded to this size. The layer's POSIX ACLs follow it, because the format can't hold them. */
const block = 4096;
/** The names of attributes that are ACLs begin like this. */
const acl = "system.posix_acl_";

/** Lists the attributes of all files of a layer, overlayfs's own and ACLs included. */
export async function listAttributes(namespace: Namespace, upper: string): Promise<readonly Attributed[]> {
  return parseDump(await namespace.run([...getfattr(), "--recursive", "."], { cwd: upper, encoding: "latin1" }));
}

/** A layer that stands alone, with its files' attributes. */
export interface Standalone {
  readonly upper: string;
  readonly attributes: readonly Attributed[];
}

/** A stage's layer. */
export interface Finished extends Standalone {
  /** Whether the tree is as it was before. Then it needs no layer, unless there is none below. */
  readonly unchanged: boolean;
}

/** Packs a finished layer into the store as one file, whose bytes depend on nothing but the layer's content. */
export async function pack(
  namespace: Namespace,
  layout: Layout,
  { upper, attributes }: Standalone,
  workspace: string,
  epoch: number,
) {
  await removeAttributes(namespace, upper, attributes, isNote);
  const source = await withoutAcls(namespace, { upper, attributes }, `${workspace}/${randomUUID()}`);
  const image = `${workspace}/${randomUUID()}.squashfs`;
  const argv = ["sh", "-c", packScript, "sh", source, image, "-noappend", "-no-progress", "-quiet", "-comp", "zstd"];
  await namespace.run([...argv, "-Xcompression-level", "3"], { env: { SOURCE_DATE_EPOCH: String(epoch) } });
  if (source !== upper) await rm(source, { recursive: true });
  await sortTable(image);
  const acls = aclText(attributes);
  if (acls !== "") await appendFile(image, acls, "latin1");
  return addFile(layout, image);
}

/**
 * Packs a directory. squashfs writes no xattr table for an image without xattrs, and then getxattr and setxattr fail on
 * every file. So set a dummy one, which overlayfs hides.
 */
const packScript = 'setfattr --name=trusted.overlay.packed --value=y "$1" && exec mksquashfs "$@"';

/** Makes a copy of a layer that is on XFS, without ACLs. Returns the layer itself if none show as attributes. */
async function withoutAcls(namespace: Namespace, { upper, attributes }: Standalone, copy: string): Promise<string> {
  const found = attributes.filter((file) => [...file.attributes.keys()].some(isXfsAcl));
  if (found.length === 0) return upper;
  await namespace.run(["cp", "--archive", "--link", upper, copy]);
  // Directories have no links and are copies already. The others are shared with the layer, which must stay as it is.
  const shared = found
    .map(({ path }) => path)
    .filter((path) => statOf(namespace.path(upper), `/${path}`)?.isDirectory() === false);
  const replace = ["cp", "--archive", "--parents", "--remove-destination", `--target-directory=${copy}`];
  await forEach(namespace, upper, replace, shared);
  await removeAttributes(namespace, copy, found, (name) => name.startsWith(acl));
  return copy;
}

/** The ACLs in the format that setfattr reads. */
function aclText(found: readonly Attributed[]): string {
  const entries = found.flatMap(({ path, attributes }) => {
    const acls = [...attributes].filter(([name]) => name.startsWith(acl)).sort();
    return acls.length === 0 ? [] : [formatDump({ path, attributes: new Map(acls) })];
  });
  // getfattr lists files in directory order, which differs from disk to disk.
  return entries.sort().join("");
}

/** Reads the ACLs of an object, which a mount of it doesn't show. Empty if there are none. */
export async function aclsOf(object: string): Promise<string> {
  const start = await imageSize(object);
  const length = (await stat(object)).size - start;
  if (length <= 0) return "";
  await using file = await open(object);
  return (await file.read(Buffer.alloc(length), 0, length, start)).buffer.toString("latin1");
}

/** Restores the ACLs of the files below a directory. */
export async function restoreAcls(namespace: Namespace, acls: string, directory: string): Promise<void> {
  // This changes nothing, but makes overlayfs copy the files up: it supports no ACLs if the lower file system has none.
  await forEach(
    namespace,
    directory,
    ["chmod", "u+"],
    parseDump(acls).map(({ path }) => path),
  );
  await namespace.run(["setfattr", "--restore=-"], { cwd: directory, input: Buffer.from(acls, "latin1") });
}

/** The length of the squashfs image in an object: `bytes_used` of its superblock, padded. */
async function imageSize(object: string): Promise<number> {
  return Math.ceil(Number(await readSuperblock(object, 40)) / block) * block;
}

async function readSuperblock(object: string, offset: number): Promise<bigint> {
  await using file = await open(object);
  return (await file.read(Buffer.alloc(8), 0, 8, offset)).buffer.readBigUInt64LE();
}

/** Unpacks an object into a directory that doesn't exist yet, on hosts that can't mount it. */
export async function unpack(namespace: Namespace, object: string, directory: string): Promise<void> {
  await namespace.run(["unsquashfs", "-no-progress", "-quiet", "-dest", directory, object]);
  const acls = await aclsOf(object);
  if (acls !== "") await restoreAcls(namespace, acls, directory);
}
