import type { CacheName, Report } from "../events.ts";
import type { Rivals } from "../remote/calls.ts";

/** A cache that outlives the machine. It may lose any entry, and what it returns is untrusted. */
export interface Cache {
  readonly name: CacheName;
  /** Fetches the entry with this key. Undefined if there is none, or if the cache can't be used. */
  readonly restore: (key: string, report: Report) => Promise<Restored | undefined>;
  /**
   * Fetches the newest entry whose key has the first of these beginnings that any entry's has; they are in order of
   * preference. Problems go to `report`.
   */
  readonly restoreNewest: (beginnings: readonly string[], report: Report) => Promise<Restored | undefined>;
  /** Finds the key of that entry. */
  readonly findNewest: (beginnings: readonly string[]) => Promise<string | undefined>;
  /**
   * Saves the contents of an outbox under a key, unless there is a rival, and returns whether it did. Never throws,
   * because a build goes on without the cache.
   */
  readonly save: (key: string, directory: string, unless: Rivals | null) => Promise<boolean>;
  /** Makes a directory for an entry's files, to be passed to `save`. */
  readonly outbox: () => Promise<string>;
  /** Whether anything can be saved. If not, nothing need be prepared. */
  readonly writable: boolean;
}

/** A fetched entry, whose files are in `directory` until it is disposed of. */
export interface Restored extends AsyncDisposable {
  readonly key: string;
  readonly directory: string;
}

/** The most keys in one look-up of the Actions cache. */
export const keysPerLookup = 10;
