import { lstat, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { BuildError, failure, hasCode } from "../errors.ts";
import { removeTree } from "../host/remove.ts";
import type { Layout } from "./layout.ts";
import { unmark } from "./marks.ts";
import { digestOfObject } from "./objects.ts";
import { listRefs, type Record, readRef, removeRef } from "./refs.ts";
import { lockAlone, lockShared } from "./workspace.ts";

/** A ref as it is listed. */
export interface Listed {
  readonly record: Record;
  /** When it was last used, in milliseconds since 1970. */
  readonly used: number;
}

/** All whole refs, the most recently used first. */
export async function listStore(layout: Layout): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  for (const id of await listRefs(layout)) {
    const record = await readRef(layout, id);
    if (record !== undefined) listed.push({ record, used: (await stat(layout.record(id))).mtimeMs });
  }
  return listed.sort((a, b) => b.used - a.used);
}

/** Reads every object and compares it with its digest; returns the digests of those that are damaged. */
export async function verifyStore(layout: Layout, onObject: (digest: string) => void): Promise<readonly string[]> {
  await using _kept = await lockShared(layout);
  const damaged: string[] = [];
  for (const digest of await list(layout.objects)) {
    onObject(digest);
    if ((await digestOfObject(layout.object(digest))) === digest) continue;
    await unmark(layout, digest);
    damaged.push(digest);
  }
  return damaged;
}

export interface PruneLimits {
  /** Objects to take out whatever needs them. */
  readonly damaged?: readonly string[];
  /** Bytes that the objects may have together: the least recently used refs go until they do. */
  readonly maxBytes?: number | undefined;
  /** Refs that were last used before this, in milliseconds since 1970, go. */
  readonly before?: number | undefined;
}

export interface Pruned {
  readonly refs: number;
  readonly objects: number;
  readonly bytes: number;
}

/** Deletes refs beyond the limits, then whatever no ref needs. Fails where a build is at work. */
export async function pruneStore(layout: Layout, limits: PruneLimits): Promise<Pruned> {
  await using _alone = await lockAlone(layout).catch((error) => {
    if (!(error instanceof BuildError)) throw error;
    throw failure("STORE", "the store is in use by a build", "prune it when the build has ended", { cause: error });
  });
  for (const name of await list(layout.temporary)) {
    await removeTree(`${layout.temporary}/${name}`);
  }
  for (const digest of limits.damaged ?? []) await rm(layout.object(digest), { recursive: true, force: true });
  const refs = await pruneRefs(layout, limits);
  return { refs, ...(await pruneObjects(layout)) };
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
  // What lies below a tree that is kept costs nothing to keep, and a build that changes the tree starts there.
  const kept = new Set(
    listed
      .filter(({ record }) => objectsOf(record).every((digest) => needed.has(digest)))
      .map(({ record }) => record.id),
  );
  const gone = (await listRefs(layout)).filter((id) => !kept.has(id));
  for (const id of gone) await removeRef(layout, id);
  // A stage that failed has a log and no ref.
  for (const id of await list(layout.logs)) if (!kept.has(id)) await removeRef(layout, id);
  return gone.length;
}

const objectsOf = ({ object, layers }: Record) => [...new Set([object, ...layers])];

async function pruneObjects(layout: Layout): Promise<{ objects: number; bytes: number }> {
  const needed = new Set((await listStore(layout)).flatMap(({ record }) => objectsOf(record)));
  const gone = (await list(layout.objects)).filter((digest) => !needed.has(digest));
  let bytes = 0;
  for (const digest of gone) {
    bytes += await sizeOf(layout.object(digest));
    await rm(layout.object(digest), { recursive: true });
    await unmark(layout, digest);
  }
  return { objects: gone.length, bytes };
}

/** Bytes that an object takes on disk: an image may have holes. */
async function sizeOf(path: string): Promise<number> {
  const names = (await lstat(path)).isDirectory() ? await readdir(path, { recursive: true }) : [];
  const stats = await Promise.all(["", ...names].map((name) => lstat(join(path, name))));
  return stats.reduce((sum, { blocks }) => sum + blocks * 512, 0);
}

async function list(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch((error) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
}
