import type { Change, TreeDifference } from "../tree/difference.ts";
import { printable } from "./problems.ts";

/** The most paths that are listed. */
const maxPaths = 20;

/** The difference between the results of two builds as text, with a line for each path. */
export function differenceText({ added, deleted, changed }: TreeDifference): string {
  const lines = [
    ...Object.keys(added).map((path) => `${path}: only in the second build`),
    ...deleted.map((path) => `${path}: only in the first build`),
    ...Object.entries(changed).map(([path, change]) => `${path}: ${factsOf(change).join("; ")}`),
  ].sort();
  const more = lines.length - maxPaths;
  const shown = [...lines.slice(0, maxPaths), ...(more > 0 ? [`and ${more.toLocaleString("en")} more`] : [])];
  return shown.map((line) => `  ${printable(line)}`).join("\n");
}

/** An aspect in which a file differs, in the words of `osbuild diff`, with its value in each build. */
function factsOf({ xattrs = {}, ...facts }: Change): readonly string[] {
  const pairs = [...Object.entries(facts), ...Object.entries(xattrs)];
  return pairs.map(([name, [before, after]]) => `${name} ${short(before)}, then ${short(after)}`);
}

/** A value, with the beginning of a digest only. */
const short = (value: string | null) => (value ?? "none").replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1…");
