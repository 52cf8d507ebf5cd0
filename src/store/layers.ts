import { randomUUID } from "node:crypto";
import { appendFile, open, stat } from "node:fs/promises";
import type { Namespace } from "../host/namespace.ts";
import { type Attributed, parseAttributes } from "./attributes.ts";
import type { Layout } from "./layout.ts";
import { statOf } from "./lower.ts";
import { addFile } from "./objects.ts";

/** A squashfs image is padded to this, and what follows it is the layer's POSIX ACLs: the format has no place for them. */
const block = 4096;

async function listAttributes(namespace: Namespace, directory: string, pattern: string, ...more: readonly string[]) {
  const argv = ["getfattr", "--recursive", "--physical", "--no-dereference", `--match=${pattern}`, ...more, "."];
  return parseAttributes(await namespace.run(argv, { cwd: directory, encoding: "latin1" }));
}

/** Runs a command with these files of a directory as its last arguments, however many they are. */
const forEach = (namespace: Namespace, directory: string, argv: readonly string[], paths: readonly string[]) =>
  namespace.run(["xargs", "--null", ...argv, "--"], {
    cwd: directory,
    input: Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1"),
  });

/** What overlayfs notes for itself in an upper directory. It differs from run to run, and in a layer means nothing. */
const notes = /^trusted\.overlay\.(origin|impure|uuid|nlink|protattr)$/;

/** Those of a layer's attributes that aren't for mksquashfs alone: overlayfs's own, and ACLs. */
export const listMarks = (namespace: Namespace, upper: string) =>
  listAttributes(
    namespace,
    upper,
    "^(trusted\\.overlay\\..*|system\\.posix_acl_(access|default))$",
    "--dump",
    "--encoding=hex",
  );

/** A layer that is settled; `marks` are those listed in it, where they are known. */
export interface Finished {
  readonly upper: string;
  readonly marks?: readonly Attributed[] | undefined;
}

/** Packs a settled layer into the store: one file, its bytes a function of the layer's content alone. */
export async function pack(
  namespace: Namespace,
  layout: Layout,
  { upper, marks }: Finished,
  workspace: string,
  epoch: number,
) {
  const found = marks ?? (await listMarks(namespace, upper));
  await strip(namespace, upper, found);
  // An image without any attribute has no place for them: on its files none could be set, nor even asked for. Overlayfs
  // hides this one.
  await namespace.run(["setfattr", "--name=trusted.overlay.packed", "--value=y", upper]);
  const image = `${workspace}/${randomUUID()}.squashfs`;
  const argv = ["mksquashfs", upper, image, "-noappend", "-no-progress", "-quiet", "-comp", "zstd"];
  await namespace.run([...argv, "-Xcompression-level", "3"], { env: { SOURCE_DATE_EPOCH: String(epoch) } });
  const acls = aclText(found);
  if (acls !== "") await appendFile(image, acls, "latin1");
  return addFile(layout, image);
}

async function strip(namespace: Namespace, upper: string, found: readonly Attributed[]): Promise<void> {
  const names = found.flatMap(({ attributes }) => attributes.map(nameOf)).filter((name) => notes.test(name));
  for (const name of new Set(names)) {
    const marked = found.filter(({ attributes }) => attributes.some((attribute) => nameOf(attribute) === name));
    const argv = ["setfattr", "--no-dereference", `--remove=${name}`];
    await forEach(namespace, upper, argv, oneNameEach(upper, marked));
  }
}

/** Keeps one name of each file that has several, because they share their attributes. */
function oneNameEach(upper: string, files: readonly Attributed[]): readonly string[] {
  const names = files.map(({ path }) => [statOf(upper, `/${path}`)?.ino, path] as const);
  return [...new Map(names).values()];
}

const nameOf = (attribute: string) => attribute.slice(0, attribute.indexOf("="));

/** ACLs as setfattr takes them. */
function aclText(found: readonly Attributed[]): string {
  const entries = found.flatMap(({ path, attributes }) => {
    const acls = attributes.filter((attribute) => attribute.startsWith("system."));
    return acls.length === 0 ? [] : [[`# file: ${quote(path)}`, ...acls.sort(), "\n"].join("\n")];
  });
  // getfattr goes in the directory's order, which differs from disk to disk.
  return entries.sort().join("");
}

const quote = (path: string) =>
  path.replace(/[\\\n\r]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);

/** The ACLs of an object, which a mount of it doesn't show; none: an empty text. */
export async function aclsOf(object: string): Promise<string> {
  const start = await imageSize(object);
  const length = (await stat(object)).size - start;
  if (length <= 0) return "";
  await using file = await open(object);
  return (await file.read(Buffer.alloc(length), 0, length, start)).buffer.toString("latin1");
}

/** Gives the files below a directory their ACLs back. */
export async function restoreAcls(namespace: Namespace, acls: string, directory: string): Promise<void> {
  // Changes nothing, but makes overlayfs copy the files up: it has no ACLs where the file system below has none.
  await forEach(
    namespace,
    directory,
    ["chmod", "u+"],
    parseAttributes(acls).map(({ path }) => path),
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

/** Unpacks an object into a directory that doesn't exist, where it can't be mounted. */
export async function unpack(namespace: Namespace, object: string, directory: string): Promise<void> {
  await namespace.run(["unsquashfs", "-no-progress", "-quiet", "-dest", directory, object]);
  const acls = await aclsOf(object);
  if (acls !== "") await restoreAcls(namespace, acls, directory);
}
