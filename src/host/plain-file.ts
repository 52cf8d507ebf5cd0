import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { BuildError, hasCode } from "../errors.ts";
import { removeTree } from "./remove.ts";

const { O_CREAT, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;

/** The error for something that isn't the regular file it should be, or has the wrong size. */
export class NotPlainError extends BuildError {
  constructor(path: string, what: string) {
    super("STORE", [{ message: `${path} ${what}` }]);
  }
}

/** Whether an error means that a file can't be read: it isn't a regular file, or the disk or file system is damaged. */
export const isUnreadable = (error: unknown) =>
  error instanceof NotPlainError || ["EIO", "EBADMSG", "EUCLEAN"].some((code) => hasCode(error, code));

/** Opens a regular file. Symbolic links aren't followed, and a FIFO doesn't block. */
export async function openPlain(path: string): Promise<FileHandle> {
  return openPlainAs(path, path);
}

async function openPlainAs(path: string, name: string): Promise<FileHandle> {
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error) => {
    throw isLinkOrSocket(error) ? notRegular(name) : error;
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw notRegular(name);
}

const isLinkOrSocket = (error: unknown) => hasCode(error, "ELOOP") || hasCode(error, "ENXIO");

const notRegular = (name: string) => new NotPlainError(name, "is not a regular file");

/** Opens a regular file by its path below a directory. None of the directories in the path may be a link. */
export async function openBelow(directory: string, path: string): Promise<FileHandle> {
  const parts = path.split("/");
  const name = parts.pop() as string;
  let last = await openFolder(directory);
  try {
    for (const part of parts) {
      const next = await openFolder(within(last, part));
      await last.close();
      last = next;
    }
    return await openPlainAs(within(last, name), `${directory}/${path}`);
  } finally {
    await last.close();
  }
}

/** Opens a directory that isn't a link. */
export const openFolder = (path: string) => open(path, O_RDONLY | O_NOFOLLOW | O_DIRECTORY);

/** The path of something in an open directory, even if the directory has been renamed. */
export const within = ({ fd }: FileHandle, name: string) => `/proc/self/fd/${fd}/${name}`;

/** Copies an open file to one that doesn't exist yet, and returns the SHA-256 of what it has written, in hex. */
export async function copyOpened(from: FileHandle, to: string): Promise<string> {
  const sum = createHash("sha256");
  await using target = await open(to, "wx");
  for await (const bytes of from.createReadStream({ autoClose: false })) {
    sum.update(bytes);
    await target.writeFile(bytes);
  }
  return sum.digest("hex");
}

/** Reads a regular file of at most `most` bytes. */
export async function readPlain(path: string, most: number): Promise<string> {
  return readPlainSync(path, most);
}

/**
 * The same at once: a build reads a small file for each of its steps, and each wait for a thread takes longer than
 * that.
 */
export function readPlainSync(path: string, most: number): string {
  return withPlainSync(path, (file, size) => {
    if (size > most) throw new NotPlainError(path, `has ${size} bytes; at most ${most} are allowed`);
    return readFileSync(file, "utf8");
  });
}

/** Reads the first bytes of a regular file as text, which may end with half a character. */
export function readBeginningSync(path: string, most: number): string {
  return withPlainSync(path, (file) => {
    const bytes = Buffer.allocUnsafe(most);
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, most, 0));
  });
}

function withPlainSync(path: string, read: (file: number, size: number) => string): string {
  const file = openPlainSync(path);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw notRegular(path);
    return read(file, stats.size);
  } finally {
    closeSync(file);
  }
}

function openPlainSync(path: string): number {
  try {
    return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    throw isLinkOrSocket(error) ? notRegular(path) : error;
  }
}

/** Writes a file, and replaces anything there that isn't a file. */
export async function writePlain(path: string, text: string): Promise<void> {
  await overwrite(path, text).catch(async (error) => {
    const isMisfit =
      error instanceof NotPlainError || ["ELOOP", "ENXIO", "EISDIR"].some((code) => hasCode(error, code));
    if (!isMisfit) throw error;
    await removeTree(path);
    await overwrite(path, text);
  });
}

async function overwrite(path: string, text: string): Promise<void> {
  await using file = await open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o644);
  if ((await file.stat()).nlink > 1) throw new NotPlainError(path, "has another name, and may be somebody else's");
  await file.truncate();
  await file.writeFile(text);
}
