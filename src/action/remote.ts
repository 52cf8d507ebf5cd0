import { chown, mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import type { Cache, Restored } from "../cache/cache.ts";
import { openSaver } from "../cache/checkpoints.ts";
import { openFetcher } from "../cache/fetch.ts";
import { openStateKeeper } from "../cache/state.ts";
import type { Report } from "../events.ts";
import type { Remote } from "../session.ts";
import type { Layout } from "../store/layout.ts";
import type { CacheCall, CacheRequest, RestoreReply } from "./protocol.ts";

/** A call to the main process. */
export type Ask = (call: CacheCall) => Promise<unknown>;

/** The Actions cache as the builder sees it: through the main process, which has the tokens. */
export interface OpenRemote {
  /** For one pipeline, whose warnings go to `report`. */
  readonly reporting: (report: Report) => Remote;
  /** Waits until what was built, and what was downloaded for it, is saved. */
  readonly done: () => Promise<void>;
}

export function openRemote(layout: Layout, request: CacheRequest, ask: Ask): OpenRemote {
  const cache = cacheOf(request, ask);
  let current: Report = () => undefined;
  const { prefix, checkpoints } = request;
  const report: Report = (event) => current(event);
  const saver = openSaver({ cache, layout, prefix, checkpoints, report });
  const fetch = openFetcher({ cache, layout, prefix, report, saver });
  const state = openStateKeeper({ cache, layout, prefix, report });
  return {
    reporting(next) {
      current = next;
      return {
        fetch: async (wanted) => (await fetch(wanted))?.id,
        bringState: state.bring,
        known: saver.known,
        built: saver.built,
      };
    },
    async done() {
      await saver.done();
      await state.keep();
    },
  };
}

function cacheOf({ writable, transfer }: CacheRequest, ask: Ask): Cache {
  async function restore(call: CacheCall): Promise<Restored | undefined> {
    const found = (await ask(call)) as RestoreReply | null;
    if (found === null) return undefined;
    const { key, directory } = found;
    const dispose = () => rm(directory, { recursive: true, force: true });
    return { key, directory: `${directory}/entry`, [Symbol.asyncDispose]: dispose };
  }

  return {
    writable,
    restore: (keys) => restore({ method: "restore", keys }),
    restoreNewest: (beginning) => restore({ method: "restore newest", beginning }),
    async outbox() {
      const directory = await mkdtemp(`${transfer}/out-`);
      await mkdir(`${directory}/entry`);
      const { uid, gid } = await stat(transfer);
      // The packer's files go beside it.
      await chown(directory, uid, gid);
      return `${directory}/entry`;
    },
    async save(key, entry) {
      const directory = entry.slice(0, -"/entry".length);
      const saved = await ask({ method: "save", key, directory });
      await rm(directory, { recursive: true, force: true });
      return saved === true;
    },
  };
}
