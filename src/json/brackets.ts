import { createScanner } from "jsonc-parser";
import type { Problem } from "../errors.ts";
import { locate, type Source } from "./location.ts";

/** No real pipeline is nested deeper. Much deeper nesting would overflow the stack of the code that walks it. */
export const deepest = 500;

/** The problem of a value that is nested deeper. */
export const tooDeep = (source: Source, offset: number): Problem => ({
  message: `nested more than ${deepest} levels deep`,
  at: locate(source, offset, 1),
});

/** A bracket that makes the rest of the text unreadable. */
export interface BadBracket {
  readonly problem: Problem;
  /** The offset at which the readable part of the text ends. */
  readonly until: number;
}

/** The first bracket that is nested too deeply or has no partner, if there is one. */
export function badBracket(source: Source): BadBracket | undefined {
  const { text } = source;
  const opened: number[] = [];
  const scanner = createScanner(text, true);
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const until = scanner.getTokenOffset();
    const at = () => locate(source, until, 1);
    const bracket = text[until] as string;
    if ("{[".includes(bracket)) {
      opened.push(until);
      if (opened.length > deepest) return { until, problem: tooDeep(source, until) };
    } else if ("}]".includes(bracket)) {
      const opening = opened.pop();
      if (opening === undefined) return { until, problem: { message: `unmatched ${bracket}`, at: at() } };
      const wanted = closing(text[opening]);
      if (bracket === wanted) continue;
      const { line, column } = locate(source, opening, 1);
      const hint = `the unclosed ${text[opening]} is at line ${line}, column ${column}`;
      return { until, problem: { message: `missing ${wanted} before this`, at: at(), hint } };
    }
  }
  const last = opened.at(-1);
  if (last === undefined) return undefined;
  const message = `this ${text[last]} is never closed`;
  return { until: text.length, problem: { message, at: locate(source, last, 1) } };
}

/** The bracket that closes another. */
export const closing = (opening: string | undefined) => (opening === "{" ? "}" : "]");
