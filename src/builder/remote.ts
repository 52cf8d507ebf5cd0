import { mkdtemp } from "node:fs/promises";
import type { Remote } from "../build/context.ts";
import type { Report } from "../events.ts";
import { clearAway } from "../host/remove.ts";
import type { Layout } from "../store/layout.ts";
import { openBackground } from "./background.ts";
import type { Cache, Restored } from "./cache.ts";
import { openSaver } from "./checkpoints.ts";
import { openFetcher } from "./fetch.ts";
import { handOver } from "./hand-over.ts";
import type { CacheCall, CacheRequest, RestoreReply } from "./protocol.ts";
import { openSourceCache } from "./source-cache.ts";

/** Makes a call to the main process. */
export type Ask = (call: CacheCall) => Promise<unknown>;

/** The builder's access to the Actions cache, through the main process, which has the tokens. */
export interface OpenRemote {
  /** The cache for one pipeline, whose warnings go to `report`. */
  readonly reporting: (report: Report) => Remote;
  /** Saves what has waited for more results of a pipeline. */
  readonly ended: () => void;
  /** Waits until everything that was built has been saved. */
  readonly done: () => Promise<void>;
}

/** Opens the Actions cache for a job. */
export const openRemote = (layout: Layout, request: CacheRequest, transfer: string, ask: Ask): OpenRemote =>
  openRemoteOn(cacheOf(request, transfer, ask), layout, request);

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
    reporting: (report) => ({
      fetch: async (wanted) => {
        const { record, tooOld } = await fetcher.first(wanted, report);
        return { id: record?.id, tooOld };
      },
      fetchSame: (wanted) => fetcher.same(wanted, report),
      fetchSources: (locked, missing) => sources.fetch(locked, missing, report),
      keepSources: (locked) => sources.save(locked, report),
      known: saver.known,
      built: (record, { replaces }) => saver.built(record, replaces, report),
    }),
    ended: saver.ended,
    done: background.done,
  };
}

function cacheOf({ writable }: CacheRequest, transfer: string, ask: Ask): Cache {
  const clear = (directory: string, report: Report) =>
    clearAway(directory, (problem) => report({ type: "warning", problem }));

  async function restore(call: CacheCall, report: Report): Promise<Restored | undefined> {
    const found = (await ask(call)) as RestoreReply | null;
    if (found === null) return undefined;
    const { key, directory } = found;
    return { key, directory, [Symbol.asyncDispose]: () => clear(directory, report) };
  }

  return {
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
