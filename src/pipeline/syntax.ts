import { getNodePath, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Problem } from "../errors.ts";
import { type BadBracket, badBracket } from "./brackets.ts";
import { byPlace, locate, type Source } from "./location.ts";
import { members } from "./nodes.ts";
import { quote } from "./words.ts";

/** Broken in so many places, a text isn't JSON at all. */
const mostErrors = 10;

interface Parsed {
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Parses a JSON text as far as it can be, and says all that is wrong with it. */
export function parse(source: Source): Parsed {
  const bracket = badBracket(source);
  const errors: ParseError[] = [];
  // What follows a wrong bracket can't be understood any more.
  const root = parseTree(source.text.slice(0, bracket?.until), errors, { disallowComments: true });
  const problems = syntaxProblems(source, errors, bracket);
  const warnings: Problem[] = [];
  const all = root === undefined ? problems : problems.concat(valueProblems(source, root, warnings));
  return { root, problems: all.toSorted(byPlace), warnings: warnings.toSorted(byPlace) };
}

function syntaxProblems(source: Source, errors: readonly ParseError[], bracket: BadBracket | undefined): Problem[] {
  const endless = errors.find((error) => nameOf(error) === "UnexpectedEndOfString");
  const until = Math.min(endless === undefined ? Infinity : endless.offset + 1, bracket?.until ?? Infinity);
  const mistakes = errors.filter((error, index) => error.offset < until && !follows(source, error, errors[index - 1]));
  const problems = mistakes.slice(0, mostErrors).map((error) => ({
    ...describe(source.text, error),
    at: locate(source, error.offset, error.length),
  }));
  return bracket === undefined || until < bracket.until ? problems : [...problems, bracket.problem];
}

/** Whether an error is but the parser's confusion about the one before: nothing new has begun since. */
function follows({ text }: Source, error: ParseError, before: ParseError | undefined): boolean {
  if (before === undefined || withinToken.has(nameOf(error))) return false;
  return !/[,{[]/.test(text.slice(before.offset + before.length, error.offset));
}

const withinToken = new Set([
  "InvalidCharacter",
  "InvalidCommentToken",
  "InvalidEscapeCharacter",
  "InvalidUnicode",
  "UnexpectedEndOfNumber",
]);

const nameOf = ({ error }: ParseError) => printParseErrorCode(error);

function describe(text: string, error: ParseError): Pick<Problem, "message" | "hint"> {
  const { offset, length } = error;
  const found = text.slice(offset, offset + length);
  const before = text.slice(0, offset).trimEnd();
  if (before === "" && offset === text.length) return { message: "there is nothing in this file" };
  switch (nameOf(error)) {
    case "InvalidSymbol":
      return { message: `this is not JSON: ${nameable(found)}`, hint: symbolHint(found) };
    case "PropertyNameExpected":
    case "ValueExpected":
      if (before.endsWith(",")) return { message: "there is a comma too many before this" };
      return {
        message: `a ${nameOf(error) === "ValueExpected" ? "value" : "key in double quotes"} is missing before this`,
      };
    case "ColonExpected":
      return { message: "a colon is missing before this" };
    case "CommaExpected":
      if (/\d/.test(text[offset - 1] ?? "")) return { message: "a number can't begin with 0" };
      return { message: "a comma is missing before this" };
    case "EndOfFileExpected":
      return { message: "this stands after the end of the JSON document" };
    case "InvalidCommentToken":
    case "UnexpectedEndOfComment":
      return { message: "JSON has no comments" };
    case "UnexpectedEndOfString":
      return { message: "this string has no end", hint: 'it must end with " in the same line; a line break is \\n' };
    case "InvalidUnicode":
      return { message: "\\u must be followed by four hex digits" };
    case "InvalidEscapeCharacter":
      return { message: "JSON has no such escape", hint: "a backslash itself is \\\\" };
    case "InvalidCharacter":
      return { message: "control characters must be escaped", hint: "a tab is \\t" };
    default:
      return { message: "this is not a JSON number", hint: numberHint };
  }
}

const numberHint = "numbers look like 5, -0.5 or 1e3";

/** A blank that isn't ASCII's, such as word processors make, can be seen by its number only. */
function nameable(symbol: string): string {
  if (/^[\s\p{Cc}\p{Cf}]/u.test(symbol)) return `U+${symbol.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  return symbol.length > 40 ? `${symbol.slice(0, 40)}…` : symbol;
}

function symbolHint(symbol: string): string | undefined {
  const word = symbol.toLowerCase();
  if (["true", "false", "null"].includes(word)) return `did you mean ${word}?`;
  if (["none", "nil", "undefined"].includes(word)) return "did you mean null?";
  if (symbol.startsWith("#")) return "JSON has no comments";
  if (/^([-+.\d]|nan$|infinity$)/.test(word)) return numberHint;
  return /^[\p{L}\p{Pi}\p{Pf}_$'`]/u.test(symbol) ? "keys and strings are in double quotes" : undefined;
}

/** What a grammar doesn't forbid, but no two programs read alike. */
function valueProblems(source: Source, node: Node, warnings: Problem[]): readonly Problem[] {
  const within = (node.children ?? []).flatMap((child) => valueProblems(source, child, warnings));
  if (node.type === "object") {
    // Tools that list downloads twice name the same address under the same checksum; no id knows of it.
    if (getNodePath(node)[0] !== "sources") return within.concat(duplicateKeys(source, node, "keep one of the two"));
    for (const twice of duplicateKeys(source, node, "the last one counts")) warnings.push(twice);
  }
  if (node.type !== "number" || Number.isFinite(node.value)) return within;
  return [{ message: "this number is too large", at: locate(source, node.offset, node.length) }];
}

function duplicateKeys(source: Source, node: Node, hint: string): readonly Problem[] {
  const first = new Map<string, number>();
  return members(node).flatMap(([{ value, offset, length }]) => {
    const earlier = first.get(value);
    if (earlier === undefined) {
      first.set(value, offset);
      return [];
    }
    const message = `${quote(value)} is given twice, first in line ${locate(source, earlier, 1).line}`;
    return [{ message, at: locate(source, offset, length), hint }];
  });
}
