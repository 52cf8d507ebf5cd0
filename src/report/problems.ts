import { stripVTControlCharacters } from "node:util";
import type { Problem } from "../errors.ts";

/** A problem as a person reads it: what, the marked line, and what to do. */
export function formatProblem({ message, at, hint }: Problem): string {
  if (at === undefined) return [`error: ${message}`, ...hintLines(hint)].join("\n");
  const number = String(at.line);
  const gutter = " ".repeat(number.length);
  // A pipeline on one line is longer than any terminal.
  const start = Math.max(0, at.column - 1 - 60);
  const shown = printable(at.text.slice(start, start + 160));
  const mark =
    " ".repeat(at.column - 1 - start) + "^".repeat(Math.min(at.length, Math.max(1, 160 - (at.column - 1 - start))));
  return [
    `${at.file}:${at.line}:${at.column}: error: ${message}`,
    `  ${number} | ${shown}`,
    `  ${gutter} | ${mark}`,
    ...hintLines(hint),
  ].join("\n");
}

const hintLines = (hint: string | undefined) => (hint === undefined ? [] : [`  hint: ${hint}`]);

/** Text of a program or a file that can't steer a terminal: control characters are shown, not obeyed. */
export const printable = (text: string) =>
  stripVTControlCharacters(text)
    .replaceAll("\t", " ")
    .replace(/\p{Cc}/gu, controlPicture);

/** Unicode has a picture for each of C0; the others share one. */
const controlPicture = (character: string) => {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2421";
};
