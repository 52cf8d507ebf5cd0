import type { BuildEvent, CacheName } from "../events.ts";
import { formatBytes, formatCount, formatSeconds } from "./format.ts";

/** The entries and bytes that a job exchanged with the cache. */
export interface Traffic {
  readonly fetched: Amount;
  readonly saved: Amount;
}

/** A number of entries, and the bytes of their files. */
export interface Amount {
  readonly entries: number;
  readonly bytes: number;
}

/** Says how much was fetched and saved. */
export const trafficText = ({ fetched, saved }: Traffic) =>
  `${amountText(fetched)} fetched, ${amountText(saved)} saved`;

const amountText = ({ entries, bytes }: Amount) =>
  entries === 0 ? "nothing" : `${formatBytes(bytes)} in ${formatCount(entries, "entry")}`;

type EventOf<Type extends BuildEvent["type"]> = Extract<BuildEvent, { readonly type: Type }>;

/** Says what was fetched or saved, and how fast. */
export function transferText({ direction, cache, what, bytes, seconds }: EventOf<"transferred">): string {
  const place = direction === "fetched" ? "from" : "to";
  const rate = formatBytes(Math.round(bytes / Math.max(seconds, 0.001)));
  return `${direction} ${what} ${place} ${cacheText[cache]}: ${formatBytes(bytes)} in ${formatSeconds(seconds)}, ${rate}/s`;
}

/** Says what isn't saved, and why. */
export const notSavedText = ({ cache, what, why }: EventOf<"not-saved">) =>
  `${what} isn't saved to ${cacheText[cache]}: ${why}`;

const cacheText: Readonly<Record<CacheName | "registry", string>> = {
  cache: "the Actions cache",
  remote: "the remote",
  registry: "the registry",
};
