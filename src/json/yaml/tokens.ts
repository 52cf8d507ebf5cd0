import { CST, Lexer, Parser } from "yaml";
import type { Problem } from "../../errors.ts";
import { closing, deepest, tooDeep } from "../brackets.ts";
import { locate, type Source } from "../location.ts";

/** A problem that makes a part of the text unreadable. The library's own errors about that part aren't told. */
export interface Unreadable {
  readonly problem: Problem;
  readonly from: number;
  readonly to: number;
}

interface Tokens {
  /** Undefined if the text is nested too deeply to be read. */
  readonly tokens: readonly CST.Token[] | undefined;
  /** Things that YAML allows and a pipeline can't have. */
  readonly problems: readonly Problem[];
  readonly unreadable: readonly Unreadable[];
}

/**
 * Reads a text's tokens. Finds quotes and brackets that stay open at their beginnings; the library finds their ends.
 */
export function tokenise(source: Source): Tokens {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const problems: Problem[] = [];
  const unreadable: Unreadable[] = [];
  const brackets: number[] = [];
  const never = (from: number, to: number, message: string, hint: string) =>
    unreadable.push({ from, to, problem: { message, at: locate(source, from, 1), hint } });
  const close = (to: number) => {
    const innermost = brackets.splice(0).at(-1) ?? to;
    never(innermost, to, `this ${source.text[innermost]} is never closed`, bracketHint);
  };
  let isText = false;
  for (const word of new Lexer().lex(source.text)) {
    const { offset } = parser;
    tokens.push(...parser.next(word));
    // Every open list and object is on the stack. The library's own recursion would overflow.
    if (parser.stack.length > deepest + 2)
      return { tokens: undefined, problems: [tooDeep(source, offset)], unreadable };
    const kind = isText ? "scalar" : CST.tokenType(word);
    isText = !isText && word === CST.SCALAR;
    problems.push(...refused(source, kind, word, offset));
    if (kind === "flow-map-start" || kind === "flow-seq-start") brackets.push(offset);
    else if (kind === "flow-map-end" || kind === "flow-seq-end") {
      const opened = brackets.pop();
      const wanted = opened === undefined ? word : closing(source.text[opened]);
      if (word === wanted) continue;
      unreadable.push(mismatch(source, opened ?? offset, offset, wanted));
      if (word === closing(source.text[brackets.at(-1) ?? offset])) brackets.pop();
    } else if (kind === "flow-error-end" && brackets.length > 0) close(offset);
    else if (isOpen(kind, word)) never(offset, source.text.length, "unterminated string", `end it with ${word[0]}`);
  }
  if (brackets.length > 0) close(source.text.length);
  tokens.push(...parser.end());
  problems.push(...secondDocument(source, tokens));
  return { tokens, problems, unreadable };
}

const bracketHint = "the lines within brackets are indented more than the key before them";

function mismatch(source: Source, from: number, to: number, wanted: string): Unreadable {
  const { line, column } = locate(source, from, 1);
  const hint = `the unclosed ${source.text[from]} is at line ${line}, column ${column}`;
  const problem = { message: `missing ${wanted} before this`, at: locate(source, to, 1), hint };
  return { from, to: source.text.length, problem };
}

/** Whether a string has no second quote and so reaches to the end of the text. */
function isOpen(kind: string | null, word: string): boolean {
  if (kind === "single-quoted-scalar") return word.split("'").length % 2 === 0;
  return kind === "double-quoted-scalar" && (word.length === 1 || /(?<!\\)(\\\\)*\\"$|[^"]$/.test(word));
}

/** The problem of a token that this program gives no meaning to. */
function refused(source: Source, kind: string | null, word: string, offset: number): readonly Problem[] {
  const problem = (message: string, hint: string) => [{ message, at: locate(source, offset, word.length), hint }];
  if (kind === "tag")
    return problem("tags aren't supported", 'remove it; write text that looks like a number in quotes: "1.10"');
  if (kind === "directive-line" && !/^%YAML[ \t]+1\.2[ \t]*$/.test(word))
    return problem("directives aren't supported", "remove it: the file is read as YAML 1.2");
  return [];
}

function secondDocument(source: Source, tokens: readonly CST.Token[]): readonly Problem[] {
  const [, second] = tokens.filter((token) => token.type === "document");
  if (second === undefined) return [];
  const { offset } = second.start.find(({ type }) => type === "doc-start") ?? second;
  const hint = "write each pipeline in a file of its own";
  return [{ message: "a second YAML document begins here", at: locate(source, offset, 3), hint }];
}
