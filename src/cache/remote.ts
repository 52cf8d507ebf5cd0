import { mkdtemp } from "node:fs/promises";
import type { Remote } from "../build/context.ts";
import type { CacheName, Report } from "../events.ts";
import { handOver } from "../host/hand-over.ts";
import { clearAway } from "../host/remove.ts";
import type { CacheCall, Found } from "../remote/calls.ts";
import type { Layout } from "../store/layout.ts";
import { openBackground } from "./background.ts";
import type { Cache, Restored } from "./cache.ts";
import { openSaver } from "./checkpoints.ts";
import type { Wanted } from "./entries.ts";
import { openFetcher } from "./fetch.ts";
import type { CacheRequest } from "./request.ts";
import { openSourceCache } from "./source-cache.ts";

/** Calls the process that may reach a cache. It may have tokens, and a process that builds has none. */
export type Ask = (call: CacheCall) => Promise<unknown>;

/** A job's access to what keeps results beyond this machine. */
export interface OpenRemote {
  /** Opens the access of one pipeline, whose warnings go to `report`. `steps` are the ids in their order. */
  readonly reporting: (report: Report, steps: readonly string[]) => PipelineRemote;
  /** The keys of the entries with these results, and with what these need. */
  readonly entriesOf: (results: readonly Wanted[]) => readonly string[];
  /** Whether it has the entries with these keys. They are kept from expiring, and not fetched. */
  readonly has: (keys: readonly string[]) => Promise<boolean>;
  /** Waits until everything that was built has been saved. */
  readonly done: () => Promise<void>;
}

/** One pipeline's access. */
export interface PipelineRemote extends Remote {
  /** Saves what has waited for more results of the pipeline. */
  readonly ended: () => void;
}

/** A cache to be called. */
export interface CalledCache {
  readonly name: CacheName;
  readonly request: CacheRequest;
  /** The directory for entries in transit. It belongs to the user whose process is called. */
  readonly transfer: string;
  readonly ask: Ask;
}

/** Opens a cache for a job. */
export const openRemote = (layout: Layout, called: CalledCache): OpenRemote =>
  openRemoteOn(cacheOf(called), layout, called.request);

/** Gives builds access to a cache, however it is reached. */
export function openRemoteOn(
  cache: Cache,
  layout: Layout,
  { prefix, checkpoints, images }: Pick<CacheRequest, "prefix" | "checkpoints" | "images">,
): OpenRemote {
  const background = openBackground(layout);
  const saver = openSaver({ cache, layout, prefix, checkpoints, images, background });
  const sources = openSourceCache({ cache, layout, prefix, background });
  const fetcher = openFetcher({ cache, layout, prefix, saver, background });
  return {
    reporting: (report, steps) => ({
      fetch: async (wanted) => {
        const { record, tooOld } = await fetcher.first(wanted, report, steps);
        return { found: record === undefined ? undefined : { id: record.id, cache: cache.name }, tooOld };
      },
      fetchSame: (wanted) => fetcher.same(wanted, report),
      fetchSources: (locked, missing) => sources.fetch(locked, missing, report),
      keepSources: (locked) => sources.save(locked, report),
      known: saver.known,
      ...saver.ofPipeline(report, steps),
    }),
    entriesOf: saver.entriesOf,
    has: fetcher.has,
    done: background.done,
  };
}

function cacheOf({ name, request: { writable }, transfer, ask }: CalledCache): Cache {
  const clear = (directory: string, report: Report) =>
    clearAway(directory, (problem) => report({ type: "warning", problem }));

  async function restore(call: CacheCall, report: Report): Promise<Restored | undefined> {
    const found = (await ask(call)) as Found | null | undefined;
    if (!found) return undefined;
    const { key, directory } = found;
    return { key, directory, [Symbol.asyncDispose]: () => clear(directory, report) };
  }

  return {
    name,
    writable,
    restore: (key, report) => restore({ type: "restore", keys: [key] }, report),
    restoreNewest: (beginnings, report) => restore({ type: "restore newest", beginnings }, report),
    findNewest: async (beginnings) => ((await ask({ type: "find newest", beginnings })) as string | null) ?? undefined,
    outbox: () => mkdtemp(`${transfer}/out-`),
    async save(key, directory, unless) {
      await handOver(directory, transfer);
      return (await ask({ type: "save", key, unless, directory })) === true;
    },
  };
}
