import { stripVTControlCharacters } from "node:util";
import type { Location, Problem } from "../errors.ts";

/** A problem as a person reads it: what, the marked line, and what to do. */
export const formatProblem = (problem: Problem): string => format("error", problem);
export const formatWarning = (problem: Problem): string => format("warning", problem);

function format(kind: "error" | "warning", { message, at, hint }: Problem): string {
  const lines = at === undefined ? [`${kind}: ${message}`] : [`${placeOf(at)}: ${kind}: ${message}`, ...markedLine(at)];
  return [...lines, ...(hint === undefined ? [] : [`  hint: ${hint}`])].join("\n");
}

/** An error that nobody expected: what it was, where in the program, and that it should be reported. */
export function formatBug(error: unknown): string {
  const { stack, message } = error instanceof Error ? error : new Error(String(error));
  const frames = (stack ?? "").split("\n").filter((line) => /^ +at /.test(line));
  const hint = "this is a bug: please report these lines to the maintainers of osbuild-action, with the pipeline";
  return [`error: ${printable(message)}`, ...frames.slice(0, 5).map(printable), `  hint: ${hint}`].join("\n");
}

const placeOf = ({ file, line, column }: Location) => `${file}:${line}:${column}`;

/** A pipeline on one line is longer than any terminal: so much is shown before the mark, and with it. */
const shownBefore = 60;
const shownInAll = 120;

function markedLine({ line, column, length, text }: Location): readonly string[] {
  const start = Math.max(0, column - 1 - shownBefore);
  const end = Math.min(text.length, start + shownInAll);
  const before = (start > 0 ? "…" : "") + visible(text.slice(start, column - 1));
  const marked = visible(text.slice(column - 1, Math.min(end, column - 1 + length)));
  const after = visible(text.slice(column - 1 + length, end)) + (end < text.length ? "…" : "");
  const number = String(line);
  return [
    `  ${number} | ${before}${marked}${after}`,
    `  ${" ".repeat(number.length)} | ${" ".repeat(widthOf(before))}${"^".repeat(Math.max(1, widthOf(marked)))}`,
  ];
}

/** Text of a program that can't steer a terminal: what it had for one is left out. */
export const printable = (text: string) => visible(stripVTControlCharacters(text));

/** Tabs as blanks, so that a mark stands below what it marks, and characters that can't be seen as ones that can. */
const visible = (text: string) =>
  text
    .replaceAll("\t", " ")
    .replace(/\p{Cc}/gu, controlPicture)
    .replace(/[\p{Bidi_Control}\p{Cs}\u2028\u2029]/gu, "\ufffd");

/** Unicode has a picture for each of C0; the others share one. */
const controlPicture = (character: string) => {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2421";
};

/** How many columns of a terminal a text takes. */
const widthOf = (text: string) =>
  Array.from(text).reduce(
    (width, character) => width + (zeroWidth.test(character) ? 0 : wide.test(character) ? 2 : 1),
    0,
  );

const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const wide =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]$/u;
