import type { Layout } from "../store/layout.ts";
import { lockShared } from "../store/workspace.ts";

/** Saves to the cache that go on while later steps run, one after another. */
export interface Background {
  readonly add: (work: () => Promise<void>) => void;
  /** Waits until everything has been saved or given up. */
  readonly done: () => Promise<void>;
}

/** Opens the background of a job. While it has work, nothing is deleted from the store. */
export function openBackground(layout: Layout): Background {
  let last: Promise<void> = Promise.resolve();
  let kept: Promise<AsyncDisposable | undefined> | undefined;
  return {
    add(work) {
      // Without the lock, saving an object that was deleted fails with a warning.
      kept ??= lockShared(layout).catch(() => undefined);
      last = Promise.all([kept, last]).then(work);
    },
    async done() {
      await last;
      await (await kept)?.[Symbol.asyncDispose]();
      kept = undefined;
    },
  };
}
