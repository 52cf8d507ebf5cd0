import type { Report } from "../events.ts";
import type { Layout } from "../store/layout.ts";
import type { Record } from "../store/refs.ts";
import type { Cache } from "./cache.ts";
import { type Entry, entryKey, writeEntry } from "./entries.ts";

/** Which stages are saved: those that cost more to build again than to fetch, all, or those of these names. */
export type Checkpoints = "auto" | "all" | readonly string[];

/** Bytes that are fetched in a second, as a runner near its cache does. */
const fetchRate = 40 * 1024 * 1024;
/** What is fetched in no time worth counting; below it layers travel together with those above them. */
const small = 1024 * 1024;

/** Saves results in the background, while later steps run. */
export interface Saver {
  /** Notes a result that was in the store already, or has just come from the cache with its entry. */
  readonly known: (record: Record) => void;
  readonly fetched: (key: string, entry: Entry) => void;
  /** Saves a new result, if it is worth it. */
  readonly built: (record: Record) => void;
  /** Waits until everything is saved or given up. */
  readonly done: () => Promise<void>;
}

export interface SaverOptions {
  readonly cache: Cache;
  readonly layout: Layout;
  readonly prefix: string;
  readonly checkpoints: Checkpoints;
  readonly report: Report;
}

export function openSaver({ cache, layout, prefix, checkpoints, report }: SaverOptions): Saver {
  /** The entries that hold objects, by digest. */
  const entries = new Map<string, string>();
  /** What is known of layers: their bytes, and the seconds that it took to build them. */
  const costs = new Map<string, { bytes: number; seconds: number }>();
  let saving: Promise<void> = Promise.resolve();

  return {
    known: noteCost,
    fetched(key, { record, objects }) {
      noteCost(record);
      for (const digest of objects) entries.set(digest, key);
    },
    built(record) {
      noteCost(record);
      if (cache.writable) saving = saving.then(() => consider(record));
    },
    done: () => saving,
  };

  function noteCost(record: Record): void {
    costs.set(record.object, { bytes: record.size, seconds: record.seconds });
  }

  /** The layers of a tree that no entry holds yet. */
  function pendingOf(record: Record): readonly string[] {
    return [...new Set(record.layers)].filter((digest) => !entries.has(digest));
  }

  function isCheckpoint(record: Record, objects: readonly string[]): boolean {
    if (checkpoints === "all") return true;
    if (checkpoints !== "auto") return checkpoints.includes(record.name);
    const bytes = bytesOf(objects);
    const seconds = objects.reduce((sum, digest) => sum + (costs.get(digest)?.seconds ?? 0), 0);
    return bytes <= small || seconds > bytes / fetchRate;
  }

  function bytesOf(objects: readonly string[]): number {
    return objects.reduce((sum, digest) => sum + (costs.get(digest)?.bytes ?? 0), 0);
  }

  async function consider(record: Record): Promise<void> {
    const objects = record.kind === "assembler" ? [record.object] : pendingOf(record);
    if (record.kind === "stage" && !isCheckpoint(record, objects)) return;
    const key = entryKey(prefix, record);
    const needs = record.layers.flatMap((digest) => (objects.includes(digest) ? [] : (entries.get(digest) ?? [])));
    const saved = await save(key, { record, objects, needs: [...new Set(needs)] });
    // Of an entry that was there before it isn't known that it holds these very objects, and holds them unharmed.
    // And what is small travels once more with the next one: fewer entries to fetch for a tree.
    if (saved && (checkpoints === "all" || bytesOf(objects) > small))
      for (const digest of objects) entries.set(digest, key);
  }

  async function save(key: string, entry: Omit<Entry, "version">): Promise<boolean> {
    try {
      const directory = await cache.outbox();
      await writeEntry(layout, directory, entry);
      return await cache.save(key, directory);
    } catch (error) {
      // A cache may make a build slower, never red.
      const message = `${entry.record.name} isn't cached: ${(error as Error).message}`;
      report({ type: "warning", problem: { message } });
      return false;
    }
  }
}
