import { createHash, randomUUID } from "node:crypto";
import { chmod, lstat, open, rename, stat } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import { walk } from "../tree/walk.ts";
import type { Layout } from "./layout.ts";
import { mark, unlessUnreadable } from "./marks.ts";
import { type Extra, isFile, listExtras, listFiles } from "./output.ts";
import { clampTimes } from "./overlay/clamp-times.ts";
import type { OutputFile } from "./refs.ts";

/** The SHA-256 of a file, in hex. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  // One buffer is reused: those of a stream pile up faster than they are collected.
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
    // A directory there is damage.
    if (!hasCode(error, "EISDIR")) throw error;
    await replace(layout, digest, path);
  });
  await mark(layout, digest);
  return { digest, size };
}

/** Moves a directory of finished files into the store, under a digest of everything in it. */
export async function addDirectory(layout: Layout, path: string, epoch: number) {
  await chmod(path, 0o755);
  clampTimes(path, epoch);
  const files = await listFiles(path);
  const digest = digestOf(files, await listExtras(path));
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const object = layout.object(digest);
  try {
    await rename(path, object);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "ENOTDIR"].some((code) => hasCode(error, code))) throw error;
    // The same files are already there, unless they have been damaged since.
    if (!(await hasDigest(object, digest, (found) => found === size))) await replace(layout, digest, path);
  }
  await mark(layout, digest);
  return { digest, files, size };
}

/** Replaces a damaged object with the file or directory at a path. */
async function replace(layout: Layout, digest: string, path: string): Promise<void> {
  await rename(layout.object(digest), `${layout.temporary}/damaged-${randomUUID()}`);
  await rename(path, layout.object(digest));
}

/**
 * Whether a path is an object with this digest: a layer's file or an output's directory. It is read only if it can have
 * its size, in bytes, because damage can make it so large that reading it takes hours.
 */
export async function hasDigest(path: string, digest: string, canHave: CanHave): Promise<boolean> {
  return (await unlessUnreadable(digestOfObject(path, canHave))) === digest;
}

type CanHave = (size: number) => boolean | Promise<boolean>;

async function digestOfObject(path: string, canHave: CanHave): Promise<string | undefined> {
  const stats = await lstat(path);
  if (stats.isDirectory()) return (await canHave(sizeOfFiles(path))) ? directoryDigest(path) : undefined;
  return stats.isFile() && (await canHave(stats.size)) ? sha256(path) : undefined;
}

const sizeOfFiles = (directory: string) =>
  [...walk(directory)].filter(isFile).reduce((sum, { stats }) => sum + stats.size, 0);

/** The digest of everything in an output. */
export const directoryDigest = async (path: string): Promise<string> =>
  digestOf(await listFiles(path), await listExtras(path));

/** Extras count only if there are any: most outputs have none. */
const digestOf = (files: readonly OutputFile[], extras: readonly Extra[]) =>
  createHash("sha256")
    .update(JSON.stringify(extras.length === 0 ? files : [files, extras]))
    .digest("hex");
