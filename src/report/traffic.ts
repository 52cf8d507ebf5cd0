import { formatBytes, formatCount } from "./format.ts";

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
