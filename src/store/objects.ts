import { createHash, randomUUID } from "node:crypto";
import { chmod, lutimes, open, readdir, rename, stat } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import type { Layout } from "./layout.ts";
import type { OutputFile } from "./refs.ts";

/** The sha256 of a file, in hex. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  // One buffer, again and again: a stream's pile up faster than they are collected.
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  await using file = await open(path);
  for (;;) {
    const { bytesRead } = await file.read(buffer);
    if (bytesRead === 0) return hash.digest("hex");
    hash.update(buffer.subarray(0, bytesRead));
  }
}

/** Moves a finished file into the store under its digest. */
export async function addFile(layout: Layout, path: string): Promise<{ digest: string; size: number }> {
  await chmod(path, 0o644);
  const digest = await sha256(path);
  const { size } = await stat(path);
  await rename(path, layout.object(digest));
  return { digest, size };
}

/** Moves a directory of finished files into the store, under a digest of all of them. */
export async function addDirectory(layout: Layout, path: string, epoch: number) {
  const files = await listFiles(path);
  await chmod(path, 0o755);
  for (const file of files) await lutimes(`${path}/${file.path}`, epoch, epoch);
  const digest = digestOf(files);
  const object = layout.object(digest);
  try {
    await rename(path, object);
  } catch (error) {
    if (!hasCode(error, "ENOTEMPTY") && !hasCode(error, "EEXIST")) throw error;
    // The same files are there, unless something has damaged them since.
    if ((await directoryDigest(object)) !== digest) {
      await rename(object, `${layout.temporary}/damaged-${randomUUID()}`);
      await rename(path, object);
    }
  }
  return { digest, files, size: files.reduce((sum, { size }) => sum + size, 0) };
}

/** The digest of an output's files together. */
export const directoryDigest = async (path: string) => digestOf(await listFiles(path));

const digestOf = (files: readonly OutputFile[]) => createHash("sha256").update(JSON.stringify(files)).digest("hex");

/** All files below a directory, by path, with their sums. */
export async function listFiles(directory: string): Promise<readonly OutputFile[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(directory.length + 1))
    .sort();
  const files: OutputFile[] = [];
  for (const path of paths) {
    const { size } = await stat(`${directory}/${path}`);
    files.push({ path, size, sha256: await sha256(`${directory}/${path}`) });
  }
  return files;
}
