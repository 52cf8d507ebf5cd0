import { existsSync } from "node:fs";
import type { WantedByContent, WantedResult } from "../build/context.ts";
import type { Report } from "../events.ts";
import { isSound } from "../store/integrity.ts";
import type { Layout } from "../store/layout.ts";
import { objectsOf, readRef, type StoredResult, writeRef } from "../store/refs.ts";
import type { Background } from "./background.ts";
import { type Cache, keysPerLookup, type Restored } from "./cache.ts";
import type { Saver } from "./checkpoints.ts";
import { type CacheEntry, contentKeyBeginning, keyBeginning, timeOf, type Wanted } from "./entries.ts";
import { importLogs } from "./entry-logs.ts";
import { importEntry } from "./import-entry.ts";
import { fetchTimed } from "./transfers.ts";

/** The fetcher's cache and store, and the saver that it tells about entries. */
export interface FetcherOptions {
  readonly cache: Cache;
  readonly layout: Layout;
  readonly prefix: string;
  readonly saver: Pick<Saver, "fetched" | "useless">;
  readonly background: Pick<Background, "add">;
}

/** The result of a fetch: the record, if there was a result to fetch, and the ids of the results that are too old. */
export interface FetchResult {
  readonly record: StoredResult | undefined;
  readonly tooOld: readonly string[];
}

/** Fetches results from the cache into the store. */
export interface Fetcher {
  /**
   * Fetches the first of these results that is in the cache, and isn't too old, with every layer that its tree needs
   * and nothing else but logs of these steps of its pipeline.
   */
  readonly first: (wanted: readonly WantedResult[], report: Report, steps: readonly string[]) => Promise<FetchResult>;
  /** Fetches the object of the result with this content key, unless its program ran before a time. */
  readonly same: (wanted: WantedByContent, report: Report) => Promise<StoredResult | undefined>;
  /** Looks for entries without fetching them. Returns whether the cache has each of these. */
  readonly has: (keys: readonly string[]) => Promise<boolean>;
}

/** Entries that are looked for: how their keys begin, and the time before which they are too old. */
interface Candidate {
  readonly beginning: string;
  /** The step's name. */
  readonly name: string;
  readonly since?: number | undefined;
}

/** The newest entry of the first candidate that has one. */
interface Newest<Found extends Candidate> extends AsyncDisposable {
  readonly key: string;
  readonly candidate: Found;
  /** Its files. Undefined if it is too old, or was evicted just now. */
  readonly restored: Restored | undefined;
}

/** Opens the fetcher of a job. */
export function openFetcher({ cache, layout, prefix, saver, background }: FetcherOptions): Fetcher {
  /** The beginnings of the keys whose newest entry can't be used. They aren't looked for again. */
  const useless = new Set<string>();
  const notUsed = `an entry of the ${cache.name} is not used`;
  let isWarned = false;

  return { first, same, has };

  async function first(
    wanted: readonly WantedResult[],
    report: Report,
    steps: readonly string[],
  ): Promise<FetchResult> {
    const tooOld: string[] = [];
    let rest = wanted
      .map((step) => ({ step, beginning: keyBeginning(prefix, step), name: step.name, since: step.since }))
      .filter(({ beginning }) => !useless.has(beginning));
    while (rest.length > 0) {
      const batch = rest.slice(0, keysPerLookup);
      await using newest = await findNewest(batch, report);
      if (newest === undefined) {
        rest = rest.slice(batch.length);
        continue;
      }
      const { candidate, restored } = newest;
      const record = restored === undefined ? undefined : await take(restored, candidate.step, report, steps);
      if (record !== undefined) return { record, tooOld };
      if (isTooOld(newest)) tooOld.push(candidate.step.id);
      noteUseless(newest);
      rest = rest.slice(rest.indexOf(candidate) + 1);
    }
    return { record: undefined, tooOld };
  }

  async function same(wanted: WantedByContent, report: Report): Promise<StoredResult | undefined> {
    const { contentKey, name, since } = wanted;
    const beginning = contentKeyBeginning(prefix, contentKey);
    if (useless.has(beginning)) return undefined;
    await using newest = await findNewest([{ beginning, name, since }], report);
    const restored = newest?.restored;
    const record = restored === undefined ? undefined : await takeSame(restored, wanted, report);
    if (newest !== undefined && record === undefined) noteUseless(newest);
    return record;
  }

  async function findNewest<Found extends Candidate>(
    batch: readonly Found[],
    report: Report,
  ): Promise<Newest<Found> | undefined> {
    const beginnings = batch.map(({ beginning }) => beginning);
    const candidateOf = (key: string | undefined) => batch.find(({ beginning }) => key?.startsWith(beginning));
    if (batch.every(({ since }) => since === undefined)) {
      const restore = () => cache.restoreNewest(beginnings, report);
      const restored = await fetchTimed(cache.name, restore, ({ key }) => candidateOf(key)?.name ?? "an entry", report);
      const candidate = candidateOf(restored?.key);
      return restored === undefined || candidate === undefined
        ? undefined
        : newestOf(restored.key, candidate, restored);
    }
    // The key tells an entry's age. The files of one that is too old aren't fetched.
    const key = await cache.findNewest(beginnings);
    const candidate = candidateOf(key);
    if (key === undefined || candidate === undefined) return undefined;
    const restore = () => cache.restore(key, report);
    const restored = isTooOld({ key, candidate })
      ? undefined
      : await fetchTimed(cache.name, restore, () => candidate.name, report);
    return newestOf(key, candidate, restored);
  }

  function noteUseless({ key, candidate }: Newest<Candidate>): void {
    useless.add(candidate.beginning);
    saver.useless(key);
  }

  function take(
    restored: Restored,
    step: WantedResult,
    report: Report,
    steps: readonly string[],
  ): Promise<StoredResult | undefined> {
    return unlessBad(report, async () => {
      const { record, needs, below = [] } = await importNoted(restored, step);
      touch(below);
      await Promise.all(needs.map((key) => fetchNeeded(key, layersBelow(step), report)));
      if (!objectsOf(record).every((digest) => existsSync(layout.object(digest)))) return warnOfMissing(report);
      await importLogs(layout, restored.directory, steps);
      await writeRef(layout, record);
      return readRef(layout, record.id);
    });
  }

  /** Looks for entries without fetching them, because the service deletes what no job has used for a week. */
  function touch(keys: readonly string[]): void {
    const own = keys.filter(isKey);
    for (const key of own.slice(0, mostTouched)) background.add(async () => void (await cache.findNewest([key])));
  }

  async function has(keys: readonly string[]): Promise<boolean> {
    if (keys.length > mostTouched || !keys.every(isKey)) return false;
    const found = await Promise.all(keys.map(async (key) => (await cache.findNewest([key])) === key));
    return found.every(Boolean);
  }

  /** Whether a key, which an entry named, can be one of ours. */
  function isKey(key: string): boolean {
    return key.startsWith(`${prefix}osbuild-`) && key.length <= longestKey && !key.includes(",");
  }

  function takeSame(
    restored: Restored,
    { contentKey, name }: WantedByContent,
    report: Report,
  ): Promise<StoredResult | undefined> {
    return unlessBad(report, async () => {
      const { record, needs } = await importNoted(restored, { contentKey });
      if (!existsSync(layout.object(record.object)))
        await Promise.all(needs.map((needed) => fetchNeeded(needed, name, report)));
      return (await isSound(layout, record.object)) ? record : warnOfMissing(report);
    });
  }

  async function unlessBad<Value>(report: Report, work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      report({ type: "warning", problem: { message: `${notUsed}: ${(error as Error).message}`, hint: remedy() } });
      return undefined;
    }
  }

  /** Warns once: as a rule, all entries on an evicted one lack the same layers. */
  function warnOfMissing(report: Report): undefined {
    const message = `${notUsed}: it lacks results of earlier steps, which are no longer in the ${cache.name}`;
    if (!isWarned) report({ type: "warning", problem: { message, hint: remedy() } });
    isWarned = true;
  }

  function remedy(): string {
    return cache.writable ? "the step is built again, and its new entry replaces this one" : "the step is built again";
  }

  async function fetchNeeded(key: string, what: string, report: Report): Promise<void> {
    await using restored = await fetchTimed(
      cache.name,
      () => cache.restore(key, report),
      () => what,
      report,
    );
    if (restored !== undefined) await importNoted(restored);
  }

  async function importNoted(
    restored: Restored,
    wanted?: Wanted | { readonly contentKey: string },
  ): Promise<CacheEntry> {
    const entry = await importEntry(layout, restored.directory, wanted);
    saver.fetched(restored.key, entry);
    return entry;
  }
}

/** The most characters of a key. */
const longestKey = 512;
/** The most entries to look for at once. Small layers travel together, so a tree needs few. */
const mostTouched = 20;

const layersBelow = ({ name }: WantedResult) => `layers below ${name}`;

const newestOf = <Found extends Candidate>(
  key: string,
  candidate: Found,
  restored: Restored | undefined,
): Newest<Found> => ({
  ...{ key, candidate, restored },
  [Symbol.asyncDispose]: async () => restored?.[Symbol.asyncDispose](),
});

const isTooOld = ({ key, candidate: { since } }: Pick<Newest<Candidate>, "key" | "candidate">) =>
  since !== undefined && timeOf(key) < since;
