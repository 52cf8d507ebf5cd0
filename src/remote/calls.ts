/** A call to a cache, from the process that builds to the one that may reach the cache. */
export type CacheCall =
  /** Fetches the entry of the first of these keys that has one. */
  | { readonly type: "restore"; readonly keys: readonly string[] }
  /** Fetches the newest entry whose key has the first of these beginnings that any entry's has. */
  | { readonly type: "restore newest"; readonly beginnings: readonly string[] }
  /** Finds the key of that entry. */
  | { readonly type: "find newest"; readonly beginnings: readonly string[] }
  /** Saves an entry. `directory` holds its files; it is gone when the reply comes. */
  | { readonly type: "save"; readonly key: string; readonly unless: Rivals | null; readonly directory: string };

/** The entries beside which another isn't saved: those whose key has this beginning, except for some. */
export interface Rivals {
  readonly beginning: string;
  readonly except: readonly string[];
}

/** A fetched entry: its key, and the directory with its files. */
export interface Found {
  readonly key: string;
  readonly directory: string;
}

/** A client of a cache. It never throws, because a build goes on without the cache. */
export interface CacheClient {
  /** Fetches the entry of the first of these keys that has one. */
  readonly restore: (keys: readonly string[]) => Promise<Found | undefined>;
  /** Fetches the newest entry whose key has the first of these beginnings that any entry's has. */
  readonly restoreNewest: (beginnings: readonly string[]) => Promise<Found | undefined>;
  /** Finds the key of that entry. */
  readonly findNewest: (beginnings: readonly string[]) => Promise<string | undefined>;
  /** Saves a directory, unless there is a rival, and returns whether it did. The directory is gone afterwards. */
  readonly save: (key: string, directory: string, unless: Rivals | null) => Promise<boolean>;
}

/**
 * Passes a call on to a client. The reply to `save` is a boolean; the others have nothing if there is no such entry.
 */
export async function answerCall(client: CacheClient, call: CacheCall): Promise<unknown> {
  switch (call.type) {
    case "restore":
      return client.restore(call.keys);
    case "restore newest":
      return client.restoreNewest(call.beginnings);
    case "find newest":
      return client.findNewest(call.beginnings);
    case "save":
      return client.save(call.key, call.directory, call.unless);
    default:
      return call satisfies never;
  }
}
