import { createHash, randomUUID } from "node:crypto";
import { chmod, lstat, open, rename, stat } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import type { Layout } from "./layout.ts";
import { mark, unlessUnreadable } from "./marks.ts";
import { type Extra, listExtras, listFiles } from "./output.ts";
import type { OutputFile } from "./refs.ts";
import { settle } from "./settle.ts";

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
  await rename(path, layout.object(digest)).catch(async (error) => {
    // Only damage puts a directory there.
    if (!hasCode(error, "EISDIR")) throw error;
    await replace(layout, digest, path);
  });
  await mark(layout, digest);
  return { digest, size };
}

/** Moves a directory of finished files into the store, under a digest of all that is in it. */
export async function addDirectory(layout: Layout, path: string, epoch: number) {
  await chmod(path, 0o755);
  settle(path, epoch);
  const files = await listFiles(path);
  const digest = digestOf(files, await listExtras(path));
  const object = layout.object(digest);
  try {
    await rename(path, object);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "ENOTDIR"].some((code) => hasCode(error, code))) throw error;
    // The same files are there, unless something has damaged them since.
    if ((await unlessUnreadable(digestOfObject(object))) !== digest) await replace(layout, digest, path);
  }
  await mark(layout, digest);
  return { digest, files, size: files.reduce((sum, { size }) => sum + size, 0) };
}

/** Puts what is at a path into the place of a damaged object. */
async function replace(layout: Layout, digest: string, path: string): Promise<void> {
  await rename(layout.object(digest), `${layout.temporary}/damaged-${randomUUID()}`);
  await rename(path, layout.object(digest));
}

/** The digest of an object as it is now; undefined if it is neither a layer's file nor an output's directory. */
export async function digestOfObject(path: string): Promise<string | undefined> {
  const stats = await lstat(path);
  if (stats.isDirectory()) return directoryDigest(path);
  return stats.isFile() ? sha256(path) : undefined;
}

/** The digest of all that an output has. */
export const directoryDigest = async (path: string): Promise<string> =>
  digestOf(await listFiles(path), await listExtras(path));

/** Most outputs have nothing but files. */
const digestOf = (files: readonly OutputFile[], extras: readonly Extra[]) =>
  createHash("sha256")
    .update(JSON.stringify(extras.length === 0 ? files : [files, extras]))
    .digest("hex");
