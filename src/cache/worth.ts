import type { CacheName } from "../events.ts";
import type { StoredResult } from "../store/refs.ts";
import type { CacheImages, Checkpoints } from "./request.ts";

/** The costs of an entry: its size, and the seconds that making its results again takes. */
export interface Cost {
  readonly bytes: number;
  readonly seconds: number;
}

/** Whether a result is saved. One that can wait is saved together with those that follow, or if none does. */
export type Worth =
  | { readonly type: "save" }
  | { readonly type: "wait" }
  | { readonly type: "leave"; readonly why: string };

/** The bytes per second that a runner near its cache can fetch. */
const fetchRate = 40 * 1024 * 1024;
/** Fetching this many bytes takes negligible time. Smaller layers are saved again together with those above them. */
export const small = 4 * 1024 * 1024;
/** An image of so many bytes is always worth its room. */
const smallImage = 1024 * 1024;
/** An image is saved if it takes longer to make than to fetch so many times. */
const fetches: Readonly<Record<CacheName, number>> = { cache: 10, remote: 1 };
/** The seconds of building beyond which small layers get an entry: one costs several calls to the service. */
const longWait = 10;
/** The seconds below which running a step takes no longer than looking for its result and saving what leads to it. */
const lookUp = 2;

const save: Worth = { type: "save" };

/** Decides about a stage. The cost is that of all layers below it, too, that no other entry has. */
export function worthOfStage({ name }: StoredResult, { bytes, seconds }: Cost, checkpoints: Checkpoints): Worth {
  if (checkpoints === "all") return save;
  if (checkpoints !== "auto")
    return checkpoints.includes(name) ? save : { type: "leave", why: "the input checkpoints doesn't name it" };
  if (bytes <= small) return seconds > longWait ? save : { type: "wait" };
  return seconds > bytes / fetchRate ? save : { type: "leave", why: "it takes less time to build than to fetch" };
}

/**
 * Decides about an image. Every commit has another one, and the Actions cache has little room, so it must be worth
 * that: fetching it ten times takes less than making it once from its tree.
 */
export function worthOfImage({ size, seconds }: StoredResult, images: CacheImages, cache: CacheName): Worth {
  const isQuick = seconds <= (fetches[cache] * size) / fetchRate;
  if (images === "true" || (images === "auto" && (size <= smallImage || !isQuick))) return save;
  const why = images === "false" ? "the input cache-images is false" : "it is made quickly for its size";
  return { type: "leave", why };
}

/** Whether a result is also found by its content key. */
export const isWorthLookUp = ({ seconds }: StoredResult, checkpoints: Checkpoints) =>
  checkpoints === "all" || seconds >= lookUp;
