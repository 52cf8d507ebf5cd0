import { randomUUID } from "node:crypto";
import { type FileHandle, lstat, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { pid } from "node:process";
import { failure, hasCode, ignoreMissing } from "../errors.ts";
import { run } from "../host/command.ts";
import { openBelow, openPlain, readPlain } from "../host/plain-file.ts";
import { removeTree } from "../host/remove.ts";
import { fromJson } from "../json/shape.ts";
import type { Layout } from "../store/layout.ts";
import { addDirectory, addFile } from "../store/objects.ts";
import { putFile } from "../store/put.ts";
import { type OutputFile, objectsOf, type StoredResult } from "../store/refs.ts";
import { decodeContents, isDamagedContents, mostContentsBytes } from "../tree/contents-file.ts";
import { walk } from "../tree/walk.ts";
import { attributes, type CacheEntry, type EntryObject, entryShape, type Wanted } from "./entries.ts";

/**
 * Imports an entry's objects into the store. Throws unless the entry is the wanted step's and every object matches its
 * digest. The store's own copies are checked, which nobody can replace afterwards. The record counts only when it is
 * written as a ref, after everything that it needs has been imported. A record is believed for what its entry's key
 * says and for nothing else, so one that was fetched by its id doesn't keep its content key.
 */
export async function importEntry(
  layout: Layout,
  directory: string,
  wanted?: Wanted | { readonly contentKey: string },
): Promise<CacheEntry> {
  const entry = await readEntry(directory);
  const { record } = entry;
  if (wanted !== undefined && !isWanted(record, wanted)) throw failure("STORE", "the entry belongs to another step");
  for (const object of entry.objects) await importObject(layout, directory, object, record);
  if (wanted !== undefined) await importContents(layout, directory, record).catch(ignoreMissing);
  if (wanted !== undefined && "contentKey" in wanted) return entry;
  const { contentKey: _, ...believed } = record;
  return { ...entry, record: believed };
}

const isWanted = (record: StoredResult, wanted: Wanted | { readonly contentKey: string }) =>
  "contentKey" in wanted
    ? record.contentKey === wanted.contentKey
    : record.id === wanted.id && record.fingerprint === wanted.fingerprint;

/** The most bytes that an `entry.json` may have. An output may have a hundred thousand files. */
const mostBytes = 64 * 1024 ** 2;

async function readEntry(directory: string): Promise<CacheEntry> {
  const entry = fromJson(entryShape, await readPlain(`${directory}/entry.json`, mostBytes));
  if (entry === undefined || entry.needs.length > objectsOf(entry.record).length)
    throw failure("STORE", "the entry's description is damaged");
  return entry;
}

async function importContents(layout: Layout, directory: string, { id }: StoredResult): Promise<void> {
  const text = await readPlain(`${directory}/contents.json`, mostContentsBytes);
  if (isDamagedContents(text)) throw failure("STORE", "the entry's list of contents is damaged");
  // A list of an earlier version is of no use.
  if (decodeContents(text) !== undefined) await putFile(layout, text, layout.contents(id));
}

async function importObject(
  layout: Layout,
  directory: string,
  object: EntryObject,
  record: StoredResult,
): Promise<void> {
  const copy = `${layout.temporary}/import-${randomUUID()}`;
  const source = `${directory}/${object.digest}`;
  try {
    if (record.kind === "stage") {
      await copyPlain(await openPlain(source), object, copy);
      requireSame((await addFile(layout, copy)).digest, object.digest);
      return;
    }
    await mkdir(copy);
    if (await isDirectory(source)) {
      for (const file of record.files) {
        await mkdir(dirname(`${copy}/${file.path}`), { recursive: true });
        await copyPlain(await openBelow(source, file.path), file, `${copy}/${file.path}`);
      }
    } else await extractOutput(await openPlain(source), object, copy, record.files);
    const { sourceEpoch } = record.parts as { readonly sourceEpoch?: unknown };
    const added = await addDirectory(layout, copy, Number(sourceEpoch));
    requireSame(added.digest, object.digest);
    if (JSON.stringify(added.files) !== JSON.stringify(record.files)) throw damaged(object.digest);
  } finally {
    await removeTree(copy);
  }
}

const damaged = (digest: string) => failure("STORE", `object ${digest} of the entry is damaged`);

function requireSame(digest: string, expected: string): void {
  if (digest !== expected) throw damaged(expected);
}

/** Whether an output is stored as a directory. An output without files isn't in its entry at all. */
async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if (hasCode(error, "ENOENT")) return true;
    throw error;
  }
}

/** Unpacks an output that has more than plain files. */
async function extractOutput(
  opened: FileHandle,
  object: EntryObject,
  directory: string,
  files: readonly OutputFile[],
): Promise<void> {
  await using archive = opened;
  await requireSize(archive, object.size);
  const argv = ["tar", "--extract", `--file=${pathOf(archive)}`, `--directory=${directory}`, "--preserve-permissions"];
  await run([...argv, ...attributes]);
  // Adding the output reads every byte, and an archive can describe huge holes in little space.
  const bytes = [...walk(directory)].reduce((sum, { kind, stats }) => sum + (kind === "file" ? stats.size : 0), 0);
  if (bytes > files.reduce((sum, { size }) => sum + size, 0)) throw damaged(object.digest);
}

/** Copies an opened file, with holes in place of zeros, because archives don't preserve holes. */
export async function copyPlain(opened: FileHandle, { size }: { readonly size: number }, to: string): Promise<void> {
  await using file = opened;
  await requireSize(file, size);
  await run(["cp", "--dereference", "--sparse=always", "--reflink=auto", "--", pathOf(file), to]);
}

async function requireSize(file: FileHandle, stated: number): Promise<void> {
  const { size } = await file.stat();
  if (size !== stated) throw failure("STORE", `the entry holds a file of ${size} bytes that should have ${stated}`);
}

/** The path by which a command can open the same file, even if it has been renamed. */
const pathOf = ({ fd }: FileHandle) => `/proc/${pid}/fd/${fd}`;
