import type { Report } from "../events.ts";
import type { Layout } from "../store/layout.ts";
import { type Record, readRef, writeRef } from "../store/refs.ts";
import { type Cache, keysPerLookup, type Restored } from "./cache.ts";
import type { Saver } from "./checkpoints.ts";
import { entryKey, importEntry, type Wanted } from "./entries.ts";

export interface FetcherOptions {
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
export type Fetcher = (wanted: readonly Wanted[]) => Promise<Record | undefined>;

export function openFetcher({ cache, layout, prefix, report, saver }: FetcherOptions): Fetcher {
  /** The keys of entries that weren't right: nobody asks for them again. */
  const bad = new Set<string>();

  return async (wanted) => {
    let rest = wanted.map((step) => ({ step, key: entryKey(prefix, step) })).filter(({ key }) => !bad.has(key));
    while (rest.length > 0) {
      const batch = rest.slice(0, keysPerLookup);
      await using restored = await cache.restore(batch.map(({ key }) => key));
      const place = batch.findIndex(({ key }) => key === restored?.key);
      const found = batch[place];
      if (restored === undefined || found === undefined) {
        rest = rest.slice(batch.length);
        continue;
      }
      const record = await take(restored, found.step);
      if (record !== undefined) return record;
      bad.add(found.key);
      rest = rest.slice(place + 1);
    }
    return undefined;
  };

  async function take(restored: Restored, step: Wanted): Promise<Record | undefined> {
    try {
      const { record, needs } = await importNoted(restored, step);
      await Promise.all(needs.map(fetchNeeded));
      await writeRef(layout, record);
      // An entry that it needs may have been evicted: then the ref isn't whole, and this is no hit.
      return await readRef(layout, record.id);
    } catch (error) {
      const message = `what the cache has is not used: ${(error as Error).message}`;
      report({ type: "warning", problem: { message, hint: "what it stands for is built again" } });
      return undefined;
    }
  }

  async function fetchNeeded(key: string): Promise<void> {
    await using restored = await cache.restore([key]);
    if (restored !== undefined) await importNoted(restored);
  }

  async function importNoted(restored: Restored, step?: Wanted) {
    const entry = await importEntry(layout, restored.directory, step);
    saver.fetched(restored.key, entry);
    return entry;
  }
}
