import { randomUUID } from "node:crypto";
import { copyFile, mkdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { arch } from "node:process";
import { failure, ignoreMissing } from "../errors.ts";
import { run } from "../host/command.ts";
import { count, digest, listOf, oneOf, optional, shaped, string } from "../json/shape.ts";
import { copyFiles } from "../store/exports.ts";
import { requireSound } from "../store/integrity.ts";
import type { Layout } from "../store/layout.ts";
import { type Extra, listExtras } from "../store/output.ts";
import { recordShape, type StoredResult } from "../store/refs.ts";
import { writeLogs } from "./entry-logs.ts";

/** The version of an entry's layout. It changes with the layout. */
const formatVersion = 2;

/** The content of `entry.json`. The objects are beside it, each under its digest. */
export interface CacheEntry {
  readonly version: typeof formatVersion;
  readonly record: StoredResult;
  /** The objects in this entry. */
  readonly objects: readonly EntryObject[];
  /** The keys of the entries that have the other layers of the tree. */
  readonly needs: readonly string[];
  /** The keys of the entries that an image's next build stands on. Whoever uses the image keeps them from expiring. */
  readonly below?: readonly string[] | undefined;
}

/** An object in a cache entry. */
export interface EntryObject {
  readonly digest: string;
  /** The size of its file in bytes; 0 for an output that is a directory of plain files. */
  readonly size: number;
}

/** The JSON of `entry.json`. */
export const entryShape = shaped<CacheEntry>({
  version: oneOf(formatVersion),
  record: recordShape,
  objects: listOf(shaped<EntryObject>({ digest, size: count })),
  needs: listOf(string),
  below: optional(listOf(string)),
});

/** An entry before its files are written. */
export interface Draft {
  readonly record: StoredResult;
  readonly objects: readonly string[];
  readonly needs: readonly string[];
  readonly below?: readonly string[];
  /** The ids of the steps whose logs go along. */
  readonly logs?: readonly string[];
}

/** A step whose result is looked for. */
export interface Wanted {
  readonly id: string;
  readonly fingerprint: string;
}

/**
 * The beginning of the keys of a step's entries. A key can't be written twice, so each entry has one of its own, and
 * the newest entry counts. The beginning ends with the whole id and a dash: no other step's keys begin like this. What
 * follows starts with oldestDownload().
 */
export const keyBeginning = (prefix: string, { id, fingerprint }: Wanted) =>
  `${prefix}osbuild-v${formatVersion}-${arch}-${fingerprint.slice(0, 16)}-${id}-`;

/**
 * The beginning of the keys of the entries by which steps on trees that hold the same find a result. Their keys have
 * the time of the program's run.
 */
export const contentKeyBeginning = (prefix: string, contentKey: string) =>
  `${prefix}osbuild-v${formatVersion}-${arch}-by-content-${contentKey}-`;

/** A new key for an entry: its beginning, the time by which its age is known, and what no other key has. */
export const newKey = (beginning: string, time: number) => `${beginning}${time}-${randomUUID().slice(0, 8)}`;

/** The time in a key, in milliseconds since 1970. */
export const timeOf = (key: string): number => Number(/-(\d+)-[0-9a-f]{8}$/.exec(key)?.[1] ?? 0);

/** The earliest time in these keys; null if none of them has one. */
export function oldestIn(keys: readonly string[]): number | null {
  const times = keys.map(timeOf).filter((time) => time > 0);
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * The time of the oldest unpinned download that a result follows from, in milliseconds since 1970. 0 if nothing
 * was, or if that isn't known.
 */
export function oldestDownload({ runs = [] }: StoredResult): number {
  const times = runs.filter(({ unpinned }) => unpinned).map(({ ran }) => ran);
  return times.length === 0 ? 0 : Math.min(...times);
}

/** Writes an entry's files to an existing, empty directory. Throws if an object is damaged. */
export async function writeEntry(layout: Layout, directory: string, draft: Draft): Promise<void> {
  const { record, objects, needs, below, logs = [] } = draft;
  await requireSound(layout, objects);
  const laidOut: EntryObject[] = [];
  for (const digest of objects)
    laidOut.push({ digest, size: await layOut(layout.object(digest), `${directory}/${digest}`, record) });
  // Few ids have a list of contents.
  await copyFile(layout.contents(record.id), `${directory}/contents.json`).catch(ignoreMissing);
  await writeLogs(layout, directory, logs);
  const entry: CacheEntry = { version: formatVersion, record, objects: laidOut, needs, below };
  await writeFile(`${directory}/entry.json`, JSON.stringify(entry));
}

/**
 * Copies an object into an entry, and returns the size of its file, if it is one. It is never a hard link, through
 * which the entry's owner could change the store's own file.
 */
async function layOut(object: string, target: string, { files, kind }: StoredResult): Promise<number> {
  const extras = kind === "stage" ? [] : await listExtras(object);
  if (kind === "stage") await copyFiles(object, target);
  else if (extras.length > 0) await archiveOutput(object, target, extras);
  else {
    for (const { path } of files) {
      await mkdir(dirname(`${target}/${path}`), { recursive: true });
      await copyFiles(`${object}/${path}`, `${target}/${path}`);
    }
    return 0;
  }
  return (await stat(target)).size;
}

/** The options that make tar preserve more than names and contents. */
export const attributes = ["--numeric-owner", "--acls", "--xattrs", "--xattrs-include=*"];

/** Packs an output that has more than plain files into one archive, which preserves everything. */
async function archiveOutput(object: string, target: string, extras: readonly Extra[]): Promise<void> {
  if (extras.some(([, kind]) => kind === "socket")) throw failure("STORE", "a cache entry can't hold its sockets");
  const argv = ["tar", "--create", `--file=${target}`, `--directory=${object}`, "--format=pax", "--sparse"];
  await run([...argv, ...attributes, "."]);
}
