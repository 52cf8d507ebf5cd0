import { randomUUID } from "node:crypto";
import { copyFile, link, lstat, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { arch } from "node:process";
import { failure, hasCode } from "../errors.ts";
import { run } from "../host/command.ts";
import { requireSound } from "../store/integrity.ts";
import type { Layout } from "../store/layout.ts";
import { addDirectory, addFile } from "../store/objects.ts";
import { type Extra, listExtras } from "../store/output.ts";
import type { Record } from "../store/refs.ts";

/** Changes when an entry's files are laid out in another way. */
const formatVersion = 1;

/** What an entry holds: `entry.json`, and beside it the objects, each under its digest. */
export interface Entry {
  readonly version: typeof formatVersion;
  readonly record: Record;
  /** The digests of the objects in this entry. */
  readonly objects: readonly string[];
  /** The keys of the entries that have the other layers of the tree. */
  readonly needs: readonly string[];
}

/** A step's result as it is looked for. */
export interface Wanted {
  readonly id: string;
  readonly fingerprint: string;
}

/** The key of a step's entry. The id comes last: the Actions cache takes a key for the beginning of one. */
export const entryKey = (prefix: string, { id, fingerprint }: Wanted) =>
  `${prefix}osbuild-v${formatVersion}-${arch}-${fingerprint.slice(0, 16)}-${id}`;

/** Lays an entry out in a directory, which exists and is empty; throws where an object is damaged. */
export async function writeEntry(layout: Layout, directory: string, entry: Omit<Entry, "version">): Promise<void> {
  await requireSound(layout, entry.objects);
  for (const digest of entry.objects) await layOut(layout.object(digest), `${directory}/${digest}`, entry.record);
  await linkOrCopy(layout.contents(entry.record.id), `${directory}/contents.json`).catch(ignoreMissing);
  await writeFile(`${directory}/entry.json`, JSON.stringify({ version: formatVersion, ...entry }));
}

async function layOut(object: string, target: string, { files, kind }: Record): Promise<void> {
  if (kind === "stage") return linkOrCopy(object, target);
  const extras = await listExtras(object);
  if (extras.length > 0) return archiveOutput(object, target, extras);
  for (const { path } of files) {
    await mkdir(dirname(`${target}/${path}`), { recursive: true });
    await linkOrCopy(`${object}/${path}`, `${target}/${path}`);
  }
}

const attributes = ["--numeric-owner", "--acls", "--xattrs", "--xattrs-include=*"];

/** An output with more than plain files, as the one file that can hold it. */
async function archiveOutput(object: string, target: string, extras: readonly Extra[]): Promise<void> {
  if (extras.some(([, kind]) => kind === "socket")) throw failure("STORE", "a cache entry can't hold its sockets");
  const argv = ["tar", "--create", `--file=${target}`, `--directory=${object}`, "--format=pax", "--sparse"];
  await run([...argv, ...attributes, "."]);
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(async (error) => {
    if (!hasCode(error, "EXDEV")) throw error;
    await copyFile(from, to);
  });
}

/** What an image holds is noted for few ids only. */
function ignoreMissing(error: unknown): void {
  if (!hasCode(error, "ENOENT")) throw error;
}

/**
 * Takes an entry's objects into the store, if it is the wanted step's and every object is what its digest says; throws
 * where something isn't right. What is checked is the store's own copy: nobody can exchange it afterwards. The record
 * counts only once it is written as a ref, when all that it needs is there.
 */
export async function importEntry(layout: Layout, directory: string, wanted?: Wanted): Promise<Entry> {
  const entry = await readEntry(directory);
  const { record } = entry;
  if (wanted !== undefined && (record.id !== wanted.id || record.fingerprint !== wanted.fingerprint))
    throw failure("STORE", "the entry is another step's");
  for (const digest of entry.objects) await importObject(layout, `${directory}/${digest}`, digest, record);
  if (wanted !== undefined)
    await copyPlain(`${directory}/contents.json`, layout.contents(record.id)).catch(ignoreMissing);
  return entry;
}

async function readEntry(directory: string): Promise<Entry> {
  const entry = JSON.parse(await readFile(`${directory}/entry.json`, "utf8")) as Entry;
  if (entry.version !== formatVersion) throw failure("STORE", `the entry is of format ${entry.version}`);
  const { objects, record } = entry;
  // All of these become paths.
  const names = [...objects, ...record.layers, record.object, record.id].every((name) => /^[0-9a-f]{64}$/.test(name));
  const paths = record.files.every(({ path }) => !path.split("/").some((part) => part === "" || part === ".."));
  if (!names || !paths) throw failure("STORE", "the entry names a path");
  return entry;
}

async function importObject(layout: Layout, source: string, digest: string, record: Record): Promise<void> {
  const copy = `${layout.temporary}/import-${randomUUID()}`;
  try {
    if (record.kind === "stage") await copyPlain(source, copy);
    else if (await isPlainFile(source)) {
      await mkdir(copy);
      await run([
        "tar",
        "--extract",
        `--file=${source}`,
        `--directory=${copy}`,
        "--preserve-permissions",
        ...attributes,
      ]);
    } else {
      // Of an output without files nothing is in the entry.
      await mkdir(copy);
      for (const { path } of record.files) {
        await mkdir(dirname(`${copy}/${path}`), { recursive: true });
        await copyPlain(`${source}/${path}`, `${copy}/${path}`);
      }
    }
    const epoch = (record.parts as { sourceEpoch: number }).sourceEpoch;
    const added = record.kind === "stage" ? await addFile(layout, copy) : await addDirectory(layout, copy, epoch);
    const sums = "files" in added ? added.files : [];
    if (added.digest !== digest || JSON.stringify(sums) !== JSON.stringify(record.files))
      throw failure("STORE", `object ${digest} of the entry is damaged`);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Nothing is in the entry of an output without files. */
async function isPlainFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}

/** Copies one regular file, with holes where it is zero: archives don't keep them. */
async function copyPlain(from: string, to: string): Promise<void> {
  if (!(await lstat(from)).isFile()) throw failure("STORE", "the entry holds something that is no file");
  await run(["cp", "--no-dereference", "--sparse=always", "--reflink=auto", "--", from, to]);
}
