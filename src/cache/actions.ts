import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { isFeatureAvailable, restoreCache, saveCache } from "@actions/cache";

/** The one path of every entry: a cache's version is made of it as it is written, so it never changes. */
export const entryDirectory = "entry";

/** One request to the Actions cache; the entry's directory is `entry` in the working directory. */
export type CacheCall =
  | { readonly type: "restore"; readonly keys: readonly string[] }
  | { readonly type: "save"; readonly key: string };

export type CacheAnswer =
  /** This runner has no cache. */
  | { readonly type: "unavailable" }
  /** Nothing, where there is no such entry; or where the toolkit has failed, which only what it printed tells. */
  | { readonly type: "restored"; readonly key: string | undefined }
  /** `exists`: somebody has saved an entry of this key before. */
  | { readonly type: "saved" | "exists" | "not saved" };

/** A segment is 128 MiB: what is slower than 1 MiB/s is built sooner than it is fetched. */
const download = { segmentTimeoutInMs: 128_000 };

/**
 * Answers one call in a process of its own, with GITHUB_WORKSPACE as its working directory: the toolkit takes that
 * from the environment, so two calls in one process would unpack into each other's; what it prints can be told from
 * what we print; and one that hangs can be ended. It ends with the process that asks, however that ends.
 */
export async function answerCacheCall(): Promise<void> {
  const input = createInterface({ input: process.stdin });
  const [line] = (await once(input, "line")) as [string];
  input.on("close", () => process.exit(1));
  const call = JSON.parse(line) as CacheCall;
  const answer = isFeatureAvailable()
    ? await (call.type === "restore" ? restore(call.keys) : save(call.key))
    : ({ type: "unavailable" } as const);
  writeFileSync(3, JSON.stringify(answer satisfies CacheAnswer));
}

async function restore([first = "", ...others]: readonly string[]): Promise<CacheAnswer> {
  return { type: "restored", key: await restoreCache([entryDirectory], first, others, download) };
}

async function save(key: string): Promise<CacheAnswer> {
  // saveCache packs everything before it asks whether the key is taken.
  if ((await restoreCache([entryDirectory], key, [], { lookupOnly: true })) === key) return { type: "exists" };
  return { type: (await saveCache([entryDirectory], key)) === -1 ? "not saved" : "saved" };
}
