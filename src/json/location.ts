import type { Location, Problem } from "../errors.ts";

/** A text and the name that problems show for it. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** Locates a range of a text. A range of several lines is cut off at the end of its first line. */
export function locate(source: Source, offset: number, length: number): Location {
  const starts = lineStarts(source);
  const line = lineAt(starts, offset);
  const start = starts[line - 1] as number;
  const text = withoutReturn(source.text.slice(start, (starts[line] ?? source.text.length + 1) - 1));
  const column = offset - start + 1;
  return { file: source.file, line, column, length: Math.max(1, Math.min(length, text.length - column + 1)), text };
}

const withoutReturn = (line: string) => (line.endsWith("\r") ? line.slice(0, -1) : line);

/** Computed once for each text, because a text may have as many problems as lines. */
const counted = new WeakMap<Source, readonly number[]>();

/** The offset at which each line starts. */
function lineStarts(source: Source): readonly number[] {
  const found = counted.get(source);
  if (found !== undefined) return found;
  const starts = [0];
  for (let at = source.text.indexOf("\n"); at !== -1; at = source.text.indexOf("\n", at + 1)) starts.push(at + 1);
  counted.set(source, starts);
  return starts;
}

/** The number of the last line that starts at or before an offset. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** Compares problems of one file by their place, top to bottom. */
export const byPlace = (a: Problem, b: Problem) =>
  (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0);

/** A YAML alias's nodes are read several times, always with the same problems at the same place. */
export function distinct(problems: readonly Problem[]): readonly Problem[] {
  const key = ({ message, at }: Problem) => `${at?.file}:${at?.line}:${at?.column} ${message}`;
  return [...new Map(problems.map((problem) => [key(problem), problem])).values()];
}
