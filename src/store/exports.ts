import { createHash, hash, randomUUID } from "node:crypto";
import { lstatSync } from "node:fs";
import { chown, readdir, rename, rmdir, stat, utimes, writeFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { failure, hasCode } from "../errors.ts";
import { run } from "../host/command.ts";
import { lockFile } from "../host/lock.ts";
import { isUnreadable, readPlain, writePlain } from "../host/plain-file.ts";
import { removeTree } from "../host/remove.ts";
import { digest, fromJson, listOf, optional, shaped, string } from "../json/shape.ts";
import { type Found, walk } from "../tree/walk.ts";
import { requireSound } from "./integrity.ts";
import { type Layout, unlessReadOnly } from "./layout.ts";
import { unmark } from "./marks.ts";
import { sha256 } from "./objects.ts";
import { listFiles } from "./output.ts";
import { giveTo, makeDirectoryFor, ownerOf } from "./owners.ts";
import type { StoredResult } from "./refs.ts";

/** A document about an output, which is put beside the output's files. */
export interface Document {
  /** The path below the output directory. */
  readonly path: string;
  readonly text: string;
  /** The time of the file, in seconds since 1970. */
  readonly epoch: number;
}

/** The output that was copied into a user's directory, and the state of each file right afterwards. */
interface Export {
  readonly object: string;
  /** A digest of the documents beside the output's files; undefined if there are none. */
  readonly documents?: string | undefined;
  readonly files: readonly FileState[];
}

/** The facts of a file of which at least one changes whenever the file does. */
interface FileState {
  readonly path: string;
  readonly inode: string;
  readonly size: string;
  readonly changed: string;
}

const exportShape = shaped<Export>({
  object: digest,
  documents: optional(digest),
  files: listOf(shaped<FileState>({ path: string, inode: string, size: string, changed: string })),
});

/** Whether a directory holds exactly this output with these documents, untouched since it was copied there. */
export async function isExported(
  layout: Layout,
  record: StoredResult,
  directory: string,
  documents: readonly Document[] = [],
): Promise<boolean> {
  const earlier = await readExport(layout, directory);
  if (earlier === undefined || earlier === "damaged") return false;
  const isSame = earlier.object === record.object && earlier.documents === digestOf(documents);
  return isSame && (await isUntouched(directory, earlier));
}

const digestOf = (documents: readonly Document[]) =>
  documents.length === 0 ? undefined : hash("sha256", JSON.stringify(documents));

/** Throws unless a directory is missing, empty, or holds only the untouched output of an earlier build. */
export async function requireEmpty(layout: Layout, directory: string): Promise<void> {
  const present = await list(directory);
  if (present.length === 0) return;
  const earlier = await readExport(layout, directory);
  const message = `the output directory ${directory} isn't empty`;
  if (earlier === "damaged") {
    const hint = `empty it: ${recordPath(layout, directory)} is damaged, so nothing tells whether an earlier build filled it`;
    throw failure("INVALID", message, hint);
  }
  if (earlier !== undefined && (await isUntouched(directory, earlier))) return;
  throw failure("INVALID", message, "name an empty directory, or one that doesn't exist");
}

/**
 * Copies an output's files into a directory, unless it holds them already; they replace those of an earlier build. The
 * documents are put beside them. The copy is read and compared with the digest. Throws a DamagedError if the output is
 * damaged.
 */
export async function exportOutput(
  layout: Layout,
  record: StoredResult,
  directory: string,
  documents: readonly Document[] = [],
): Promise<void> {
  await requireEmpty(layout, directory);
  const owner = await ownerOf(directory);
  await makeDirectoryFor(layout.object(record.object), directory, owner);
  // Another build, with this store or another, may be copying its output there: the later one finds the earlier output.
  await using _alone = await lockFile(directory, []);
  if (await isExported(layout, record, directory, documents)) return;
  await requireEmpty(layout, directory);
  await requireSound(layout, [record.object]);
  const partial = `${directory}/${partialName}`;
  await removeTree(partial);
  // The digest isn't compared, because the file system there may not keep modes and owners.
  const isRight = async () => JSON.stringify(await listFiles(partial)) === JSON.stringify(record.files);
  await copyChecked(layout, record, { from: layout.object(record.object), to: partial, isRight });
  for (const document of documents) await writeDocument(document, `${partial}/${document.path}`);
  if (owner.uid !== 0) giveTo(owner, partial);
  // Everything there is the untouched output of an earlier build. Node's own rm misses names that aren't UTF-8.
  const others = ["-mindepth", "1", "-maxdepth", "1", "!", "-name", partialName];
  await run(["find", directory, ...others, "-exec", "rm", "-rf", "{}", "+"]);
  const at = (parent: string, name: Buffer) => Buffer.concat([Buffer.from(`${parent}/`), name]);
  for (const name of await readdir(partial, { encoding: "buffer" }))
    await rename(at(partial, name), at(directory, name));
  await rmdir(partial);
  const state: Export = {
    object: record.object,
    documents: digestOf(documents),
    files: await statesOf(directory),
  };
  await unlessReadOnly(writePlain(recordPath(layout, directory), JSON.stringify(state)));
}

/** Writes a document to a path at which there is nothing yet. */
async function writeDocument({ text, epoch }: Document, path: string): Promise<void> {
  await writeFile(path, text, { flag: "wx", mode: 0o644 }).catch((error) => {
    if (!hasCode(error, "EEXIST")) throw error;
    throw failure(
      "INVALID",
      `the output has a file of its own named ${basename(path)}`,
      "rename it, or ask for no SBOM",
    );
  });
  await utimes(path, epoch, epoch);
}

/** Copies the first file of an output to a path, and compares the copy with the digest. */
export async function exportFile(layout: Layout, record: StoredResult, path: string): Promise<void> {
  const [file] = record.files;
  if (file === undefined) throw failure("STORE", `${record.name} wrote no file`);
  const [from, partial] = [`${layout.object(record.object)}/${file.path}`, `${path}.${randomUUID().slice(0, 8)}.part`];
  await copyChecked(layout, record, {
    from,
    to: partial,
    isRight: async () => (await stat(partial)).size === file.size && (await sha256(partial)) === file.sha256,
  });
  const { uid, gid } = await ownerOf(dirname(path));
  if (uid !== 0) await chown(partial, uid, gid);
  await rename(partial, path);
}

/** Copies a tree with its owners and modes into an empty directory, which belongs to the owner of the one around it. */
export async function exportTree(tree: string, directory: string): Promise<void> {
  await makeDirectoryFor(tree, directory, await ownerOf(directory));
  const copy = ["cp", "--archive", "--reflink=auto", "--sparse=auto", `--target-directory=${directory}`, "--"];
  await run(["find", tree, "-mindepth", "1", "-maxdepth", "1", "-exec", ...copy, "{}", "+"]);
}

interface Copy {
  readonly from: string;
  readonly to: string;
  /** Whether the copy has the expected bytes. */
  readonly isRight: () => Promise<boolean>;
}

async function copyChecked(layout: Layout, { object }: StoredResult, { from, to, isRight }: Copy): Promise<void> {
  const failed = await copyFiles(from, to).then(
    () => undefined,
    (error: Error) => error,
  );
  if (failed === undefined && (await isRight())) return;
  await removeTree(to);
  // A mark can't show that the disk itself lost data, so the object is read again.
  await unmark(layout, object);
  await requireSound(layout, [object]);
  throw (
    failed ?? failure("HOST", `${to} differs from the file that was copied`, "the disk or the memory may be faulty")
  );
}

/** Copies files with their attributes and holes, and by sharing blocks if the file system can (reflinks). */
export const copyFiles = (from: string, to: string) =>
  run(["cp", "--archive", "--reflink=auto", "--sparse=auto", from, to]);

/** The directory of a copy that isn't finished. The next build ignores one that a killed build left behind. */
export const partialName = ".osbuild-partial";

const recordPath = (layout: Layout, directory: string) =>
  layout.exported(createHash("sha256").update(resolve(directory)).digest("hex"));

/** The most bytes that an export's file may have. It lists every file of an output. */
const mostBytes = 256 * 1024 ** 2;

async function readExport(layout: Layout, directory: string): Promise<Export | "damaged" | undefined> {
  try {
    return fromJson(exportShape, await readPlain(recordPath(layout, directory), mostBytes)) ?? "damaged";
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    if (isUnreadable(error)) return "damaged";
    throw error;
  }
}

async function isUntouched(directory: string, { files }: Export): Promise<boolean> {
  return JSON.stringify(await statesOf(directory)) === JSON.stringify(files);
}

async function statesOf(directory: string): Promise<readonly FileState[]> {
  const states = (await list(directory)).map(({ path, place }): FileState => {
    const { ino, size, ctimeNs } = lstatSync(place, { bigint: true });
    return { path: path.slice(1), inode: String(ino), size: String(size), changed: String(ctimeNs) };
  });
  return states.sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
}

/** Everything below a directory except an unfinished copy. Empty if the directory doesn't exist. */
async function list(directory: string): Promise<readonly Found[]> {
  try {
    return [...walk(directory)].filter(({ path }) => path.split("/")[1] !== partialName);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    if (hasCode(error, "ENOTDIR"))
      throw failure("INVALID", `${directory} is not a directory`, "name a directory for the output");
    throw error;
  }
}
