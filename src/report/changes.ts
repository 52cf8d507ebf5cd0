import type { Changes } from "../tree/changes.ts";
import { formatBytes, formatCount } from "./format.ts";

/** Summarises changes, such as `2 packages upgraded, 1 removed; 3 other files changed`. */
export function changeCounts(changes: Changes): string {
  const parts = [tally("package", changes.packages), tally(fileNoun(changes), changes.files)];
  const text = parts.filter((part) => part !== "").join("; ");
  return text === "" ? "no files changed" : text;
}

/** The noun for the files that are listed on their own. */
export const fileNoun = ({ packages }: Changes) => (packages.length > 0 ? "other file" : "file");

function tally(noun: string, changes: readonly { readonly change: string }[]): string {
  const groups = [...Map.groupBy(changes, ({ change }) => change)];
  return groups
    .map(([change, { length }], index) =>
      index === 0 ? `${formatCount(length, noun)} ${change}` : `${length.toLocaleString("en")} ${change}`,
    )
    .join(", ");
}

/** A number of bytes with its sign. */
export const formatChange = (bytes: number) =>
  bytes === 0 ? "±0" : `${bytes < 0 ? "−" : "+"}${formatBytes(Math.abs(bytes))}`;
