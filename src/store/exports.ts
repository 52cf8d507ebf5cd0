import { createHash } from "node:crypto";
import { lstatSync, type Stats } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { failure, hasCode } from "../errors.ts";
import { run } from "../host/command.ts";
import { requireSound } from "./integrity.ts";
import type { Layout } from "./layout.ts";
import { unmark } from "./marks.ts";
import { sha256 } from "./objects.ts";
import { listFiles } from "./output.ts";
import type { Record } from "./refs.ts";
import { type Found, walk } from "./walk.ts";

/** What was put into a directory of the user's, and how each file looked right after. */
interface Export {
  readonly object: string;
  readonly files: readonly FileState[];
}

/** A file can't change without one of these changing. */
interface FileState {
  readonly path: string;
  readonly inode: string;
  readonly size: string;
  readonly changed: string;
}

/** Whether a directory holds exactly this output, untouched since it was put there. */
export async function isExported(layout: Layout, record: Record, directory: string): Promise<boolean> {
  const earlier = await readExport(layout, directory);
  return earlier?.object === record.object && (await isUntouched(directory, earlier));
}

/** Throws unless a directory is missing, empty, or holds nothing but what an earlier build put there. */
export async function requireEmpty(layout: Layout, directory: string): Promise<void> {
  const present = await list(directory);
  if (present.length === 0) return;
  const earlier = await readExport(layout, directory);
  if (earlier !== undefined && (await isUntouched(directory, earlier))) return;
  throw failure(
    "INVALID",
    `the output directory ${directory} isn't empty`,
    "name an empty one, or one that doesn't exist",
  );
}

/**
 * Copies an output's files into a directory, in place of those of an earlier build. The copy is read and compared with
 * the digest; throws a DamagedError if the output is damaged.
 */
export async function exportOutput(layout: Layout, record: Record, directory: string): Promise<void> {
  await requireEmpty(layout, directory);
  const { uid, gid } = await ownerOf(directory);
  await mkdir(directory, { recursive: true });
  const partial = `${directory}/${partialName}`;
  await rm(partial, { recursive: true, force: true });
  // Modes and owners may be such as the file system there can't keep.
  const isRight = async () => JSON.stringify(await listFiles(partial)) === JSON.stringify(record.files);
  await copyChecked(layout, record, { from: layout.object(record.object), to: partial, isRight });
  if (uid !== 0) await run(["chown", "--recursive", `${uid}:${gid}`, directory]);
  // Node's own rm finds no name that isn't UTF-8.
  const others = ["-mindepth", "1", "-maxdepth", "1", "!", "-name", partialName];
  await run(["find", directory, ...others, "-exec", "rm", "-rf", "{}", "+"]);
  const at = (parent: string, name: Buffer) => Buffer.concat([Buffer.from(`${parent}/`), name]);
  for (const name of await readdir(partial, { encoding: "buffer" }))
    await rename(at(partial, name), at(directory, name));
  await rmdir(partial);
  const state: Export = { object: record.object, files: await statesOf(directory) };
  await writeFile(recordPath(layout, directory), JSON.stringify(state));
}

/** The same for the first file of an output, which gets another name. */
export async function exportFile(layout: Layout, record: Record, path: string): Promise<void> {
  const [file] = record.files;
  if (file === undefined) throw failure("STORE", `${record.name} has written no file`);
  const [from, partial] = [`${layout.object(record.object)}/${file.path}`, `${path}.part`];
  await copyChecked(layout, record, {
    from,
    to: partial,
    isRight: async () => (await sha256(partial)) === file.sha256,
  });
  await rename(partial, path);
}

interface Copy {
  readonly from: string;
  readonly to: string;
  /** Whether what was copied has the bytes that it should have. */
  readonly isRight: () => Promise<boolean>;
}

async function copyChecked(layout: Layout, { object }: Record, { from, to, isRight }: Copy): Promise<void> {
  const failed = await copyFiles(from, to).then(
    () => undefined,
    (error: Error) => error,
  );
  if (failed === undefined && (await isRight())) return;
  await rm(to, { recursive: true, force: true });
  // No mark tells of what a disk forgets by itself.
  await unmark(layout, object);
  await requireSound(layout, [object]);
  throw failed ?? failure("HOST", `${to} isn't what was copied there`, "the disk or the memory may be faulty");
}

/** Whose the output is: the directory's owner, or that of the directory it will lie in. */
async function ownerOf(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    return ownerOf(dirname(path));
  }
}

/** Copies files as they are, holes and all, and at once where the file system shares blocks. */
export const copyFiles = (from: string, to: string) =>
  run(["cp", "--archive", "--reflink=auto", "--sparse=auto", from, to]);

/** An output on its way into a directory: a build that is killed leaves nothing that the next one minds. */
export const partialName = ".osbuild-partial";

const recordPath = (layout: Layout, directory: string) =>
  layout.exported(createHash("sha256").update(resolve(directory)).digest("hex"));

async function readExport(layout: Layout, directory: string): Promise<Export | undefined> {
  try {
    return JSON.parse(await readFile(recordPath(layout, directory), "utf8")) as Export;
  } catch (error) {
    if (hasCode(error, "ENOENT") || error instanceof SyntaxError) return undefined;
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

/** Everything below a directory but what a build left unfinished there; nothing where there is none. */
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
