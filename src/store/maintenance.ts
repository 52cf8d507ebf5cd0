import { lstat, readdir, stat } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import { removeTree } from "../host/remove.ts";
import { walk } from "../tree/walk.ts";
import type { Layout } from "./layout.ts";
import { unmark } from "./marks.ts";
import { listContentKeys, listRefs, objectsOf, openObjects, readRef, removeRef, type StoredResult } from "./refs.ts";
import type { Finding } from "./verify.ts";
import { lockAlone } from "./workspace.ts";

/** A stored result in a listing. */
export interface Listed {
  readonly record: StoredResult;
  /** The time of its last use, in milliseconds since 1970. */
  readonly used: number;
}

/** Lists all whole refs, the most recently used first. */
export async function listStore(layout: Layout): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  const requireObject = openObjects(layout);
  for (const id of await listRefs(layout)) {
    const record = await readRef(layout, id, requireObject);
    const used = await lastUse(layout, id);
    if (record !== undefined && used !== undefined) listed.push({ record, used });
  }
  return listed.sort((a, b) => b.used - a.used);
}

/** Undefined if the record was deleted just now. */
async function lastUse(layout: Layout, id: string): Promise<number | undefined> {
  try {
    return (await stat(layout.record(id))).mtimeMs;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** The limits of what may stay in the store. */
export interface PruneLimits {
  /** The findings to remove, even if something needs them. */
  readonly damaged?: readonly Finding[];
  /**
   * The bytes that all objects and downloaded files may take together. The least recently used files and then refs are
   * deleted until they fit.
   */
  readonly maxBytes?: number | undefined;
  /** The time, in milliseconds since 1970, before which whatever was last used is deleted. */
  readonly before?: number | undefined;
}

/** The numbers of refs, objects and downloaded files that were deleted, and the bytes that this freed. */
export interface Pruned {
  readonly refs: number;
  readonly objects: number;
  readonly sources: number;
  readonly bytes: number;
}

/**
 * Deletes refs and downloaded files beyond the limits, then everything that no ref needs. Fails while a build is
 * running.
 */
export async function pruneStore(layout: Layout, limits: PruneLimits): Promise<Pruned> {
  await using _alone = await lockAlone(layout);
  for (const name of await list(layout.temporary)) await removeTree(`${layout.temporary}/${name}`);
  for (const { drop } of limits.damaged ?? []) await drop?.();
  // The next build that needs them makes them again, in a tenth of a second or a few seconds.
  for (const folder of ["javascript", "squashed"] as const)
    for (const name of await list(layout.folder(folder))) await removeTree(`${layout.folder(folder)}/${name}`);
  const refs = await pruneRefs(layout, limits);
  const { objects, bytes } = await pruneObjects(layout);
  const sources = await pruneSources(layout, limits);
  return { refs, objects, sources: sources.files, bytes: bytes + sources.bytes };
}

/** Milliseconds for which a downloaded file is kept that no build uses: as long as programs keep theirs. */
const thirtyDays = 30 * 24 * 3600 * 1000;

/** No ref needs the downloaded files, but the next build that changes a step's packages needs most of them. */
async function pruneSources(layout: Layout, { maxBytes = Infinity, before = Date.now() - thirtyDays }: PruneLimits) {
  const found = (await list(layout.folder("sources"))).map(async (digest) => {
    const { mtimeMs: used, blocks } = await lstat(layout.source(digest));
    return { path: layout.source(digest), used, bytes: blocks * 512 };
  });
  const objects = (await list(layout.objects)).map((digest) => sizeOf(layout.object(digest)));
  let room = maxBytes - (await Promise.all(objects)).reduce((sum, size) => sum + size, 0);
  const gone = (await Promise.all(found))
    .sort((a, b) => b.used - a.used)
    .filter(({ used, bytes }) => {
      room -= bytes;
      return used < before || room < 0;
    });
  for (const { path } of gone) await removeTree(path);
  return { files: gone.length, bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function pruneRefs(layout: Layout, { maxBytes = Infinity, before = -Infinity }: PruneLimits): Promise<number> {
  const listed = await listStore(layout);
  const needed = new Set<string>();
  let bytes = 0;
  for (const { record, used } of listed) {
    const more = objectsOf(record).filter((digest) => !needed.has(digest));
    const sizes = await Promise.all(more.map((digest) => sizeOf(layout.object(digest))));
    const sum = sizes.reduce((total, size) => total + size, 0);
    if (used < before || bytes + sum > maxBytes) continue;
    for (const digest of more) needed.add(digest);
    bytes += sum;
  }
  // Keeping the earlier stages of a kept tree costs nothing, and a build that changes the tree starts from them.
  const kept = new Set(
    listed
      .filter(({ record }) => objectsOf(record).every((digest) => needed.has(digest)))
      .map(({ record }) => record.id),
  );
  const gone = (await listRefs(layout)).filter((id) => !kept.has(id));
  for (const id of gone) await removeRef(layout, id);
  // A failed stage has a log but no ref.
  for (const id of await list(layout.logs)) if (!kept.has(id)) await removeRef(layout, id);
  const keys = new Set(listed.filter(({ record }) => kept.has(record.id)).map(({ record }) => record.contentKey));
  for (const key of await listContentKeys(layout)) if (!keys.has(key)) await removeTree(layout.contentKey(key));
  return gone.length;
}

async function pruneObjects(layout: Layout): Promise<{ objects: number; bytes: number }> {
  const needed = new Set((await listStore(layout)).flatMap(({ record }) => objectsOf(record)));
  const gone = (await list(layout.objects)).filter((digest) => !needed.has(digest));
  let bytes = 0;
  for (const digest of gone) {
    bytes += await sizeOf(layout.object(digest));
    await removeTree(layout.object(digest));
    await unmark(layout, digest);
    await removeTree(layout.fileDigests(digest));
  }
  return { objects: gone.length, bytes };
}

/** The bytes that an object takes on disk, without the holes of an image. */
async function sizeOf(path: string): Promise<number> {
  const stats = await lstat(path);
  const below = stats.isDirectory() ? [...walk(path)].filter(({ kind }) => kind !== "hard link") : [];
  return [{ stats }, ...below].reduce((sum, found) => sum + found.stats.blocks * 512, 0);
}

async function list(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch((error) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
}
