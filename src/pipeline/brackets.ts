import { createScanner } from "jsonc-parser";
import type { Problem } from "../errors.ts";
import { locate, type Source } from "./location.ts";

/** No pipeline is nested deeper; what is would exhaust the stack of whatever walks it. */
const deepest = 500;

/** A bracket after which nothing can be understood any more. */
export interface BadBracket {
  readonly problem: Problem;
  /** Where the part ends that it leaves in order. */
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
      if (opened.length > deepest)
        return { until, problem: { message: `this is nested more than ${deepest} levels deep`, at: at() } };
    } else if ("}]".includes(bracket)) {
      const opening = opened.pop();
      if (opening === undefined)
        return { until, problem: { message: `nothing is open that this ${bracket} closes`, at: at() } };
      const wanted = closing(text[opening]);
      if (bracket === wanted) continue;
      const { line, column } = locate(source, opening, 1);
      const hint = `the ${text[opening]} is in line ${line}, column ${column}`;
      return { until, problem: { message: `a ${wanted} is missing before this`, at: at(), hint } };
    }
  }
  const last = opened.at(-1);
  if (last === undefined) return undefined;
  const message = `this ${text[last]} is never closed`;
  return { until: text.length, problem: { message, at: locate(source, last, 1) } };
}

const closing = (opening: string | undefined) => (opening === "{" ? "}" : "]");
