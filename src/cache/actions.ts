import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { isFeatureAvailable, restoreCache, saveCache } from "@actions/cache";

/** The one path of every entry: a cache's version is made of it as it is written, so it never changes. */
export const entryDirectory = "entry";

/** One request to the Actions cache; the entry's directory is `entry` in the working directory. */
export type CacheCall =
  | { readonly type: "restore"; readonly keys: readonly string[] }
  | { readonly type: "save"; readonly key: string };

/** `key`: what was restored; `saved`: whether there is such an entry now. */
export interface CacheAnswer {
  readonly available: boolean;
  readonly key?: string | undefined;
  readonly saved?: boolean;
}

/**
 * Answers one call in a process of its own, with GITHUB_WORKSPACE as its working directory: the toolkit takes that
 * from the environment, so two calls in one process would unpack into each other's; what it prints can be told from
 * what we print; and one that hangs can be ended.
 */
export async function answerCacheCall(): Promise<void> {
  const call = JSON.parse(await text(process.stdin)) as CacheCall;
  const answer = isFeatureAvailable()
    ? await (call.type === "restore" ? restore(call.keys) : save(call.key))
    : { available: false };
  writeFileSync(3, JSON.stringify(answer satisfies CacheAnswer));
}

async function restore([first = "", ...others]: readonly string[]): Promise<CacheAnswer> {
  return { available: true, key: await restoreCache([entryDirectory], first, others) };
}

async function save(key: string): Promise<CacheAnswer> {
  // saveCache packs everything before it asks whether the key is taken.
  const exists = async () => (await restoreCache([entryDirectory], key, [], { lookupOnly: true })) === key;
  if (await exists()) return { available: true, saved: true };
  // -1 stands for nearly every failure, and for a rival that was faster.
  return { available: true, saved: (await saveCache([entryDirectory], key)) !== -1 || (await exists()) };
}
