import { stripVTControlCharacters } from "node:util";
import type { Location, Problem } from "../errors.ts";
import type { Paint } from "./format.ts";

/** An error as people read it: what is wrong, the marked line, and what to do. */
export const formatProblem = (problem: Problem, paint: Paint = plainly): string =>
  format(problem, paint("red", "error:"));
/** A warning in the same form. */
export const formatWarning = (problem: Problem, paint: Paint = plainly): string =>
  format(problem, paint("yellow", "warning:"));

const plainly: Paint = (_, text) => text;

function format(problem: Problem, kind: string): string {
  const { message, at, hint } = visibly(problem);
  const lines = at === undefined ? [`${kind} ${message}`] : [`${placeOf(at)}: ${kind} ${message}`, ...markedLine(at)];
  return [...lines, ...(hint === undefined ? [] : [`  hint: ${hint}`])].join("\n");
}

/** Makes control characters in a problem visible: it may contain the names of the user's files. Line breaks stay. */
export function visibly({ message, at, hint }: Problem): Problem {
  const lines = (text: string) => text.split("\n").map(visible).join("\n");
  return {
    message: lines(message),
    at: at === undefined ? undefined : { ...at, file: visible(at.file) },
    hint: hint === undefined ? undefined : lines(hint),
  };
}

/** An unexpected error: what it is, where in the program it happened, and a request to report it. */
export function formatBug(error: unknown): string {
  const { stack, message } = error instanceof Error ? error : new Error(String(error));
  const frames = (stack ?? "").split("\n").filter((line) => /^ +at /.test(line));
  const hint = "this is a bug: please report these lines to the maintainers of osbuild-action, with the pipeline";
  return [`error: ${printable(message)}`, ...frames.slice(0, 5).map(printable), `  hint: ${hint}`].join("\n");
}

const placeOf = ({ file, line, column }: Location) => `${file}:${line}:${column}`;

/** A pipeline on one line is wider than any terminal, so this is the most that is shown before the mark, and in all. */
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

/** A program's output without escape sequences, so that it can't control the terminal. */
export const printable = (text: string) => visible(stripVTControlCharacters(text));

/**
 * Replaces tabs by single spaces, so that the mark is below the text that it marks, and invisible characters by visible
 * ones.
 */
const visible = (text: string) =>
  text
    .replaceAll("\t", " ")
    .replace(/\p{Cc}/gu, controlPicture)
    .replace(/[\p{Bidi_Control}\p{Cs}\u2028\u2029]/gu, "\ufffd");

/** Unicode has a picture for each control character of C0. The others share the one for DEL. */
const controlPicture = (character: string) => {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2421";
};

/** The width of a text on a terminal, in columns. */
const widthOf = (text: string) =>
  Array.from(text).reduce(
    (width, character) => width + (zeroWidth.test(character) ? 0 : wide.test(character) ? 2 : 1),
    0,
  );

const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const wide =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]$/u;
