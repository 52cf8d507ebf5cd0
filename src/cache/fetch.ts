import type { Report } from "../events.ts";
import type { Layout } from "../store/layout.ts";
import { type Record, readRef, writeRef } from "../store/refs.ts";
import { type Cache, keysPerLookup } from "./cache.ts";
import type { Saver } from "./checkpoints.ts";
import { type Entry, entryKey, importEntry, type Wanted } from "./entries.ts";

export interface FetchOptions {
  readonly cache: Cache;
  readonly layout: Layout;
  readonly prefix: string;
  readonly report: Report;
  readonly saver: Saver;
}

/**
 * Brings the most wanted of these results that the cache has into the store, with every layer that its tree needs and
 * nothing else. Returns its record, or undefined where there is none.
 */
export async function fetchFirst(wanted: readonly Wanted[], options: FetchOptions): Promise<Record | undefined> {
  for (let start = 0; start < wanted.length; start += keysPerLookup) {
    const batch = wanted.slice(start, start + keysPerLookup);
    const record = await fetchOne(batch, options);
    if (record !== undefined) return record;
  }
  return undefined;
}

async function fetchOne(wanted: readonly Wanted[], options: FetchOptions): Promise<Record | undefined> {
  const { layout, prefix, report } = options;
  const keys = wanted.map((step) => entryKey(prefix, step));
  try {
    const found = await fetchEntry(keys, wanted, options);
    if (found === undefined) return undefined;
    await Promise.all(found.needs.map((key) => fetchEntry([key], undefined, options)));
    await writeRef(layout, found.record);
    if ((await readRef(layout, found.record.id)) !== undefined) return found.record;
    throw new Error("the cache lacks layers of its tree");
  } catch (error) {
    const message = `what the cache has is not used: ${(error as Error).message}`;
    report({ type: "warning", problem: { message, hint: "the steps are built again" } });
    return undefined;
  }
}

async function fetchEntry(
  keys: readonly string[],
  wanted: readonly Wanted[] | undefined,
  { cache, layout, saver }: FetchOptions,
): Promise<Entry | undefined> {
  await using restored = await cache.restore(keys);
  if (restored === undefined) return undefined;
  const entry = await importEntry(layout, restored.directory, wanted?.[keys.indexOf(restored.key)]);
  saver.fetched(restored.key, entry);
  return entry;
}
