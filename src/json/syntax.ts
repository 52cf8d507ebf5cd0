import { type Node, type ParseError, parseTree, printParseErrorCode, stripComments } from "jsonc-parser";
import type { Problem } from "../errors.ts";
import { type BadBracket, badBracket } from "./brackets.ts";
import { byPlace, locate, type Source } from "./location.ts";
import { valueProblems } from "./values.ts";

/** A text with more errors than this isn't JSON at all. */
const mostErrors = 10;

/** The content of a text, as far as it could be read, and everything that is wrong with it. */
export interface Parsed {
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * Parses as much of a JSON text as possible and reports everything that is wrong with it. Comments and trailing commas
 * are allowed.
 */
export function parse(source: Source): Parsed {
  const bracket = badBracket(source);
  // The text after a bad bracket can't be parsed.
  const part = parsePart(source.text.slice(0, bracket?.until));
  const { root } = part;
  const problems = syntaxProblems(source, part, bracket);
  const warnings: Problem[] = [];
  const all = root === undefined ? problems : problems.concat(valueProblems(source, root, warnings));
  return { root, problems: all.toSorted(byPlace), warnings: warnings.toSorted(byPlace) };
}

/** The part of a text before a bad bracket. */
interface Part {
  readonly root: Node | undefined;
  readonly errors: readonly ParseError[];
  /** Things that other languages allow. They cause no other errors. */
  readonly foreign: readonly ParseError[];
}

/**
 * Parses a text, reading what other languages allow as it is meant. Otherwise each such thing would cause more errors.
 */
function parsePart(text: string): Part {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, leniently);
  const foreign: ParseError[] = [];
  for (const error of errors.filter((each) => nameOf(each) === "InvalidSymbol")) {
    if (error.offset < endOf(foreign.at(-1))) continue;
    const length = foreignLength(text, error.offset);
    if (length > 0) foreign.push({ ...error, length });
  }
  if (foreign.length === 0) return { root, errors, foreign };
  const characters = text.split("");
  for (const { offset, length } of foreign) {
    if (characters[offset] === "#") characters.fill(" ", offset, offset + length);
    else characters[offset] = characters[offset + length - 1] = '"';
  }
  const others: ParseError[] = [];
  return { root: parseTree(characters.join(""), others, leniently), errors: others, foreign };
}

const leniently = { disallowComments: false, allowTrailingComma: true };

const endOf = (error: ParseError | undefined) => (error === undefined ? 0 : error.offset + error.length);

/** The length of a string in single quotes or of a comment after #, if one begins here; else 0. */
function foreignLength(text: string, offset: number): number {
  if (text[offset] === "#") {
    const end = text.indexOf("\n", offset);
    return (end === -1 ? text.length : end) - offset;
  }
  return /^'[^'"\\\n]*'/.exec(text.slice(offset, offset + longestQuoted))?.[0].length ?? 0;
}

/** The longest string in single quotes that is recognised. */
const longestQuoted = 1000;

function syntaxProblems(source: Source, { errors, foreign }: Part, bracket: BadBracket | undefined): Problem[] {
  const endless = errors.find((error) => nameOf(error) === "UnexpectedEndOfString");
  const until = Math.min(endless === undefined ? Infinity : endless.offset + 1, bracket?.until ?? Infinity);
  const mistakes = errors.filter((error, index) => error.offset < until && !follows(source, error, errors[index - 1]));
  const all = [...foreign, ...mistakes].toSorted((a, b) => a.offset - b.offset);
  const problems = all.slice(0, mostErrors).map((error) => ({
    ...describe(source.text, error),
    at: locate(source, error.offset, error.length),
  }));
  return bracket === undefined || until < bracket.until ? problems : [...problems, bracket.problem];
}

/** Whether an error only follows from the one before: no new value has begun between the two. */
function follows({ text }: Source, error: ParseError, before: ParseError | undefined): boolean {
  if (before === undefined || withinToken.has(nameOf(error))) return false;
  return !/[,{[]/.test(text.slice(before.offset + before.length, error.offset));
}

const withinToken = new Set(["InvalidCharacter", "InvalidEscapeCharacter", "InvalidUnicode", "UnexpectedEndOfNumber"]);

const nameOf = ({ error }: ParseError) => printParseErrorCode(error);

function describe(text: string, error: ParseError): Pick<Problem, "message" | "hint"> {
  const { offset, length } = error;
  const found = text.slice(offset, offset + length);
  const isFirst = stripComments(text.slice(0, offset)).trim() === "";
  if (isFirst && offset === text.length) return { message: "the file is empty" };
  switch (nameOf(error)) {
    case "InvalidSymbol":
      if (isFirst && text[offset + length] === ":")
        return { message: `not valid JSON: ${nameable(found)}`, hint: "the name of a file in YAML ends in .yaml" };
      return { message: `not valid JSON: ${nameable(found)}`, hint: symbolHint(found) };
    case "PropertyNameExpected":
    case "ValueExpected":
      return { message: `expected a ${nameOf(error) === "ValueExpected" ? "value" : "key in double quotes"}` };
    case "ColonExpected":
      return { message: "missing colon before this" };
    case "CommaExpected":
      if (/\d/.test(text[offset - 1] ?? "")) return { message: "numbers can't have leading zeros" };
      return { message: "missing comma before this" };
    case "EndOfFileExpected":
      return { message: "unexpected text after the end of the JSON document" };
    case "UnexpectedEndOfComment":
      return { message: "this comment is never closed", hint: "end it with */" };
    case "UnexpectedEndOfString":
      return { message: "unterminated string", hint: 'end it with " on the same line; write a line break as \\n' };
    case "InvalidUnicode":
      return { message: "\\u must be followed by four hex digits" };
    case "InvalidEscapeCharacter":
      return { message: "invalid escape sequence", hint: "write a backslash as \\\\" };
    case "InvalidCharacter":
      return { message: "control characters must be escaped", hint: "write a tab as \\t" };
    default:
      return { message: "invalid number", hint: numberHint };
  }
}

const numberHint = "numbers look like 5, -0.5 or 1e3";

/** Word processors insert non-ASCII spaces. Nobody could see one in a message, so it is shown by its number. */
function nameable(symbol: string): string {
  if (/^[\s\p{Cc}\p{Cf}]/u.test(symbol)) return `U+${symbol.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  return symbol.length > 40 ? `${symbol.slice(0, 40)}…` : symbol;
}

function symbolHint(symbol: string): string | undefined {
  const word = symbol.toLowerCase();
  if (["true", "false", "null"].includes(word)) return `did you mean ${word}?`;
  if (["none", "nil", "undefined"].includes(word)) return "did you mean null?";
  if (symbol.startsWith("#")) return "begin a comment with //";
  if (symbol.startsWith("/")) return "begin a comment with // or /*";
  if (/^([-+.\d]|nan$|infinity$)/.test(word)) return numberHint;
  return /^[\p{L}\p{Pi}\p{Pf}_$'`]/u.test(symbol) ? "put keys and strings in double quotes" : undefined;
}
