import type { Location, Problem } from "../errors.ts";

/** A text and the name that problems show for it. */
export interface Source {
  readonly file: string;
  readonly text: string;
}

/** Where a stretch of a text stands; one of several lines is shown by its first. */
export function locate({ file, text }: Source, offset: number, length: number): Location {
  const start = text.slice(0, offset).lastIndexOf("\n") + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(start, end === -1 ? undefined : end).replace(/\r$/, "");
  const column = offset - start + 1;
  return {
    file,
    line: text.slice(0, start).split("\n").length,
    column,
    length: Math.max(1, Math.min(length, line.length - column + 1)),
    text: line,
  };
}

/** Sorts problems of one file from its top to its end. */
export const byPlace = (a: Problem, b: Problem) =>
  (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0);
