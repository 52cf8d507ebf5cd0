/** Something that keeps entries beyond the machine. It may lose any of them, and whatever it gives back is untrusted. */
export interface Cache {
  /**
   * Fetches the first of these keys that there is an entry for, in the order of preference. Undefined where there is
   * none, or where the cache can't be used.
   */
  readonly restore: (keys: readonly string[]) => Promise<Restored | undefined>;
  /** Fetches the newest entry whose key begins like this. */
  readonly restoreNewest: (beginning: string) => Promise<Restored | undefined>;
  /**
   * Keeps what is in an outbox under a key, unless there is such an entry already; says whether it did. Never throws: a
   * build goes on without.
   */
  readonly save: (key: string, directory: string) => Promise<boolean>;
  /** A directory to put an entry's files into, on the way to `save`. */
  readonly outbox: () => Promise<string>;
  /** False where nothing can be saved, so that nothing need be prepared. */
  readonly writable: boolean;
}

/** An entry whose files are in `directory` until it is disposed of. */
export interface Restored extends AsyncDisposable {
  readonly key: string;
  readonly directory: string;
}

/** At most this many keys fit one look-up of the Actions cache. */
export const keysPerLookup = 10;
