import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { failure, hasCode } from "../errors.ts";
import { run } from "../host/command.ts";
import type { Layout } from "./layout.ts";
import type { Record } from "./refs.ts";

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

/** Copies an output's files into a directory. */
export async function exportOutput(layout: Layout, record: Record, directory: string): Promise<void> {
  await requireEmpty(layout, directory);
  await mkdir(directory, { recursive: true });
  for (const name of await list(directory)) await rm(`${directory}/${name}`, { recursive: true });
  await copyFiles(`${layout.object(record.object)}/.`, directory);
  const owner = await stat(directory);
  if (owner.uid !== 0) await run(["chown", "--recursive", `${owner.uid}:${owner.gid}`, directory]);
  const state: Export = { object: record.object, files: await statesOf(directory) };
  await writeFile(recordPath(layout, directory), JSON.stringify(state));
}

/** Copies files as they are, holes and all, and at once where the file system shares blocks. */
export const copyFiles = (from: string, to: string) =>
  run(["cp", "--archive", "--reflink=auto", "--sparse=auto", from, to]);

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
  const states: FileState[] = [];
  for (const path of await list(directory)) {
    const { ino, size, ctimeNs } = await stat(`${directory}/${path}`, { bigint: true });
    states.push({ path, inode: String(ino), size: String(size), changed: String(ctimeNs) });
  }
  return states;
}

/** Everything below a directory; nothing where there is none. */
async function list(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory, { recursive: true })).sort();
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    if (hasCode(error, "ENOTDIR"))
      throw failure("INVALID", `${directory} is not a directory`, "name a directory for the output");
    throw error;
  }
}
