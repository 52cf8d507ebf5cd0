import { randomUUID } from "node:crypto";
import {
  chmod,
  type FileHandle,
  lstat,
  lutimes,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  unlink,
} from "node:fs/promises";
import { failure, hasCode } from "../errors.ts";
import { copyOpened, openBelow, openFolder, readPlain, within } from "../host/plain-file.ts";
import type { BlobDescriptor, Manifest } from "../registry/client.ts";
import type { EntryStorage } from "./storage.ts";

/** The folders of such a directory. */
export const folders = { blobs: "blobs", tags: "tags", temporary: "tmp" } as const;

/** The most bytes of a manifest, as in a registry. */
const mostManifestBytes = 4 * 1024 ** 2;
/** The milliseconds after which an unfinished file belongs to a machine that has stopped. */
const abandoned = 24 * 60 * 60 * 1000;

/**
 * Keeps entries in a directory that several machines may share. Each file is written beside the others and renamed, so
 * it is whole or not there. Whoever else may write to the directory can't make links that are followed out of it.
 */
export function directoryStorage(directory: string): EntryStorage {
  let swept: Promise<void> | undefined;

  async function write(folder: string, name: string, parts: AsyncIterable<Uint8Array>): Promise<void> {
    swept ??= sweep(directory);
    await swept;
    await using temporary = await ownFolder(directory, folders.temporary);
    await using target = await ownFolder(directory, folder);
    const unfinished = within(temporary, randomUUID());
    try {
      await using file = await open(unfinished, "wx", 0o644);
      for await (const bytes of parts) await file.writeFile(bytes);
      await rename(unfinished, within(target, name));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  return {
    async pushBlob(descriptor, blob) {
      if (!(await hasBlob(directory, descriptor))) await write(folders.blobs, hexOf(descriptor), blob.stream());
    },
    pullBlob: (descriptor, file) => pullBlob(directory, descriptor, file),
    manifest: (tag) => readTag(directory, tag),
    putManifest: (tag, { text }) => write(folders.tags, tag, new Blob([text]).stream()),
  };
}

const hexOf = ({ digest }: BlobDescriptor) => digest.replace("sha256:", "");

/** Opens a folder, and makes it if need be. Whoever may write to the directory may write to the folder. */
async function ownFolder(directory: string, name: string): Promise<FileHandle> {
  const path = `${directory}/${name}`;
  try {
    await mkdir(path);
    await chmod(path, (await stat(directory)).mode & 0o7777);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
  return openFolder(path);
}

/**
 * Whether there is a blob of this size. Reading all of it here would take as long as writing it. It counts as new, so
 * that who deletes what is old keeps the blobs of new entries.
 */
async function hasBlob(directory: string, descriptor: BlobDescriptor): Promise<boolean> {
  await using folder = await ownFolder(directory, folders.blobs);
  try {
    const path = within(folder, hexOf(descriptor));
    const stats = await lstat(path);
    if (!stats.isFile() || stats.size !== descriptor.size) return false;
    const now = new Date();
    await lutimes(path, now, now).catch(() => undefined);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}

async function pullBlob(directory: string, descriptor: BlobDescriptor, file: string): Promise<void> {
  const name = hexOf(descriptor);
  await using blob = await openBelow(directory, `${folders.blobs}/${name}`).catch((error) => {
    throw hasCode(error, "ENOENT") ? failure("STORE", `blob ${name} isn't there`) : error;
  });
  const isWhole = (await blob.stat()).size === descriptor.size && (await copyOpened(blob, file)) === name;
  if (isWhole) return;
  await rm(file, { force: true });
  await removeDamaged(directory, name);
  throw failure("STORE", `blob ${name} is damaged`);
}

/** Removes a damaged blob, because one of its size would count as stored. A reader may not be allowed to. */
async function removeDamaged(directory: string, name: string): Promise<void> {
  await using folder = await openFolder(`${directory}/${folders.blobs}`);
  await unlink(within(folder, name)).catch(() => undefined);
}

async function readTag(directory: string, tag: string): Promise<Pick<Manifest, "text"> | undefined> {
  try {
    await using folder = await openFolder(`${directory}/${folders.tags}`);
    return { text: await readPlain(within(folder, tag), mostManifestBytes) };
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Removes what machines that have stopped left unfinished. */
async function sweep(directory: string): Promise<void> {
  await using folder = await ownFolder(directory, folders.temporary);
  for (const name of await readdir(within(folder, "."))) {
    const { mtimeMs } = await lstat(within(folder, name)).catch(() => ({ mtimeMs: Date.now() }));
    if (mtimeMs < Date.now() - abandoned) await unlink(within(folder, name)).catch(() => undefined);
  }
}
