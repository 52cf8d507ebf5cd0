import type { ErrorCode, YAMLParseError } from "yaml";
import type { Problem } from "../../errors.ts";
import { byPlace, locate, type Source } from "../location.ts";
import { quote } from "../wording.ts";
import type { Unreadable } from "./tokens.ts";

/** A text with more errors than this isn't YAML at all. */
const mostErrors = 10;

/** Words the library's errors. Only the first one of each line is told, because the others follow from it. */
export function syntaxProblems(
  source: Source,
  errors: readonly YAMLParseError[],
  unreadable: readonly Unreadable[],
): readonly Problem[] {
  const problems = unreadable.slice(0, mostErrors).map(({ problem }) => problem);
  const lines = new Set(
    unreadable.slice(0, mostErrors).flatMap(({ from, to }) => [lineOf(source, from), lineOf(source, to)]),
  );
  for (const { code, pos } of errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    if (problems.length >= mostErrors) break;
    const offset = placeOf(source.text, code, pos[0]);
    if (toldElsewhere.has(code) || unreadable.some(({ from, to }) => offset >= from && offset <= to)) continue;
    const line = lineOf(source, offset);
    // A bracket may close what an error above has ended too early.
    const follows = lines.has(line) || (problems.length > 0 && isCloser(source.text[offset]));
    lines.add(line);
    if (!follows)
      problems.push({ ...describe(source.text, code, offset), at: locate(source, offset, pos[1] - offset) });
  }
  return problems.toSorted(byPlace);
}

const lineOf = (source: Source, offset: number) => locate(source, offset, 1).line;

/** Tags and directives, which are refused anyway. */
const toldElsewhere = new Set<ErrorCode>(["BAD_DIRECTIVE", "MULTIPLE_TAGS", "TAG_RESOLVE_FAILED"]);

/** Errors of indentation are at the white space; a mark under that says nothing. */
function placeOf(text: string, code: ErrorCode, offset: number): number {
  if (code === "TAB_AS_INDENT") return offset;
  const word = /\S/g;
  word.lastIndex = offset;
  return word.exec(text)?.index ?? offset;
}

const isCloser = (character: string | undefined) => character === "]" || character === "}";

type Words = Pick<Problem, "message" | "hint">;

function describe(text: string, code: ErrorCode, offset: number): Words {
  const [rest = ""] = text.slice(offset, offset + longest).split("\n", 1);
  const first = rest[0] ?? "";
  switch (code) {
    case "TAB_AS_INDENT":
      return { message: "a tab can't indent a line", hint: "use spaces" };
    case "BAD_INDENT":
      return wrongIndent;
    case "BLOCK_AS_IMPLICIT_KEY":
      if (first === "-") return wrongIndent;
      return /:(\s|$)/.test(rest)
        ? { message: 'a second ": " on one line', hint: "put the text in quotes, or begin an object on the next line" }
        : { message: "the line below this is indented too far" };
    case "MULTILINE_IMPLICIT_KEY":
      return first === "-" ? wrongIndent : noColon(rest);
    case "MISSING_CHAR":
      return missing(first, rest);
    case "UNEXPECTED_TOKEN":
      return unexpected(first, rest);
    case "BAD_SCALAR_START":
      return { message: `text can't begin with ${first}`, hint: "put it in quotes" };
    case "BAD_DQ_ESCAPE":
      return { message: "invalid escape sequence", hint: "write a backslash as \\\\, or the text in single quotes" };
    case "BLOCK_IN_FLOW":
      return { message: 'a second ": " within brackets', hint: "put the text in quotes, or an object in braces" };
    case "BAD_ALIAS":
      return { message: `a name is missing after this ${first}`, hint: "put the text in quotes if it isn't an alias" };
    case "ALIAS_PROPS":
      return { message: "an alias can't have an anchor" };
    case "MULTIPLE_ANCHORS":
      return { message: "a value can have only one anchor" };
    case "BAD_PROP_ORDER":
      return { message: "an anchor belongs directly before its value" };
    case "KEY_OVER_1024_CHARS":
      return { message: "this key is longer than 1024 characters" };
    default:
      return { message: `not valid YAML: ${rest.trim().slice(0, 40)}` };
  }
}

/** More of a line doesn't help. */
const longest = 1000;

const wrongIndent = {
  message: "wrong indentation",
  hint: "the keys of one object, and the items of one list, begin in the same column",
};

/** A line without a colon. */
const noColon = (rest: string): Words =>
  rest.startsWith("//")
    ? { message: "YAML has other comments", hint: "begin a comment with #" }
    : { message: "missing colon after this key", hint: "a colon and a space follow a key" };

function missing(first: string, rest: string): Words {
  switch (first) {
    case "#":
      return { message: "missing space before this comment" };
    case ":":
      return { message: "missing space after this colon" };
    case "{":
    case "[":
      return { message: "missing comma before this", hint: "put text with brackets in quotes" };
    case "-":
      return wrongIndent;
    default:
      return /^\S+:(\s|$)/.test(rest) ? wrongIndent : noColon(rest);
  }
}

function unexpected(first: string, rest: string): Words {
  switch (first) {
    case "]":
    case "}":
      return { message: `unmatched ${first}` };
    case ",":
      return { message: "expected a value before this comma" };
    case "-":
      return { message: "a list can't begin here", hint: "begin it on a line of its own" };
    default:
      return { message: `unexpected ${quote(rest.trim())} after the end of a value` };
  }
}
