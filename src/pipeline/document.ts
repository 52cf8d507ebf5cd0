import { readFile } from "node:fs/promises";
import { text as readStream } from "node:stream/consumers";
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { BuildError, failure, hasCode, type Location, type Problem } from "../errors.ts";

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A JSON text with its place: every value can be shown where it stands. */
export interface Document {
  readonly file: string;
  readonly text: string;
  readonly root: Node;
}

/** Reads a JSON file, or standard input for `-`. */
export async function readDocument(file: string): Promise<Document> {
  if (file === "-") return parseDocument("<stdin>", await readStream(process.stdin));
  try {
    return parseDocument(file, new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file)));
  } catch (error) {
    throw unreadable(file, error) ?? error;
  }
}

function unreadable(file: string, cause: unknown): BuildError | undefined {
  const invalid = (message: string, hint?: string) => failure("INVALID", `${file}: ${message}`, hint, { cause });
  if (hasCode(cause, "ENOENT")) return invalid("no such file");
  if (hasCode(cause, "EISDIR")) return invalid("is a directory", "name the pipeline's JSON file");
  if (hasCode(cause, "EACCES")) return invalid("permission denied");
  if (hasCode(cause, "ERR_ENCODING_INVALID_ENCODED_DATA")) return invalid("is not UTF-8", "save it as UTF-8");
  return undefined;
}

/** Parses a JSON text; whatever is broken in it is thrown at once, each with its place. */
export function parseDocument(file: string, text: string): Document {
  try {
    return parse(file, text);
  } catch (error) {
    if (error instanceof RangeError)
      throw failure("INVALID", `${file}: nested too deeply`, undefined, { cause: error });
    throw error;
  }
}

function parse(file: string, text: string): Document {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const problems = errors.map((error) => ({
    message: parseMessages[printParseErrorCode(error.error)] ?? "this isn't JSON",
    at: locate(file, text, error.offset, error.length),
  }));
  if (root !== undefined) problems.push(...duplicateKeys(file, text, root));
  if (root === undefined && problems.length === 0)
    problems.push({ message: "the file is empty", at: locate(file, text, 0, 0) });
  if (root === undefined || problems.length > 0) throw new BuildError("INVALID", problems);
  return { file, text, root };
}

const parseMessages: Readonly<Record<string, string>> = {
  InvalidSymbol: "this is no JSON value",
  InvalidNumberFormat: "this is no JSON number",
  PropertyNameExpected: "a key in double quotes is missing here",
  ValueExpected: "a value is missing here",
  ColonExpected: "a colon is missing here",
  CommaExpected: "a comma is missing here",
  CloseBraceExpected: "a closing } is missing here",
  CloseBracketExpected: "a closing ] is missing here",
  EndOfFileExpected: "the document has ended before this",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "this string has no end",
  UnexpectedEndOfNumber: "this is no JSON number",
  InvalidUnicode: "this escape is not \\u and four hex digits",
  InvalidEscapeCharacter: "JSON has no such escape",
  InvalidCharacter: "this character must be escaped",
};

function duplicateKeys(file: string, text: string, node: Node): readonly (Problem & { at: Location })[] {
  const children = node.children ?? [];
  const below = children.flatMap((child) => duplicateKeys(file, text, child));
  if (node.type !== "object") return below;
  const first = new Map<string, Node>();
  for (const { children: [key] = [] } of children) {
    if (key === undefined) continue;
    const earlier = first.get(key.value);
    if (earlier === undefined) {
      first.set(key.value, key);
      continue;
    }
    const { line } = locate(file, text, earlier.offset, earlier.length);
    below.push({
      message: `duplicate key ${JSON.stringify(key.value)}, first given in line ${line}`,
      at: locate(file, text, key.offset, key.length),
      hint: "keep one of the two",
    });
  }
  return below;
}

export const locationOf = (document: Document, node: Node): Location =>
  locate(document.file, document.text, node.offset, node.length);

function locate(file: string, text: string, offset: number, length: number): Location {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(start, end === -1 ? undefined : end).replace(/\r$/, "");
  const column = offset - start + 1;
  return {
    file,
    line: before.split("\n").length,
    column,
    length: Math.max(1, Math.min(length, line.length - column + 1)),
    text: line,
  };
}

/** The value of a key of an object; undefined too where it is null: the dialects mean the same by both. */
export function member(node: Node, key: string): Node | undefined {
  const value = findNodeAtLocation(node, [key]);
  return value?.type === "null" ? undefined : value;
}

/** The node of a key itself, to point at it. */
export const keyNode = (node: Node, key: string): Node | undefined =>
  node.children?.find(({ children: [name] = [] }) => name?.value === key)?.children?.[0];

/** The node that an RFC 6901 pointer means. */
export function nodeAt(node: Node, pointer: string): Node {
  const segments = pointer.split("/").slice(1);
  const path = segments.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
  return path.reduce<Node>((at, segment) => {
    const found = findNodeAtLocation(at, [at.type === "array" ? Number(segment) : segment]);
    if (found === undefined) throw new Error(`no ${pointer} in the document`);
    return found;
  }, node);
}

/** The value as JavaScript has it; what must keep its spelling is taken from the node itself. */
export function toValue(node: Node): JsonValue {
  const children = node.children ?? [];
  switch (node.type) {
    case "object":
      // fromEntries defines its keys: "__proto__" is one like any other.
      return Object.fromEntries(
        children.flatMap(({ children: [key, value] = [] }) => (key && value ? [[key.value, toValue(value)]] : [])),
      );
    case "array":
      return children.map(toValue);
    default:
      return node.value;
  }
}
