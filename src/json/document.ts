import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Node } from "jsonc-parser";
import { BuildError, failure, hasCode, type Location, type Problem } from "../errors.ts";
import { type Language, languageOf } from "./language.ts";
import { locate, type Source } from "./location.ts";
import { type Parsed, parse } from "./syntax.ts";

/** A parsed text. It keeps its source, so that a problem can be shown at its place in the file. */
export interface Document extends Source {
  readonly language: Language;
  readonly root: Node;
  readonly warnings: readonly Problem[];
  /** The documents that nodes come from, if not all come from this one. */
  readonly origins?: ReadonlyMap<Node, Document>;
  /** The numbers that aren't written at their place, because a variable is. */
  readonly numbers?: ReadonlyMap<Node, string>;
}

/** osbuild's largest manifests are a tenth of this size. */
const mostBytes = 8 * 1024 ** 2;

/** Reads a file in JSON or YAML, or standard input for `-`. */
export async function readDocument(file: string): Promise<Document> {
  if (file === "-") return decode(standardInput, await buffer(process.stdin));
  const bytes = await readFile(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  return decode(file, bytes);
}

/** The name that a document from standard input has. */
export const standardInput = "<stdin>";

function unreadable(file: string, cause: unknown): unknown {
  const because = (reason: string) => failure("INVALID", `${file}: ${reason}`, undefined, { cause });
  if (hasCode(cause, "ENOENT") || hasCode(cause, "ENOTDIR")) return because("no such file");
  if (hasCode(cause, "EISDIR")) return because("is a directory, not a file");
  if (hasCode(cause, "EACCES")) return because("permission denied");
  return cause;
}

async function decode(file: string, bytes: Buffer): Promise<Document> {
  if (bytes.length > mostBytes) {
    const size = `${Math.ceil(bytes.length / 1024 ** 2)} MiB`;
    throw failure("INVALID", `${file}: the file is ${size}; the limit is ${mostBytes / 1024 ** 2} MiB`);
  }
  if (!isUtf8(bytes)) throw notUtf8(file, bytes);
  // Some editors write a byte order mark before the text. TextDecoder removes it.
  return parseText(file, new TextDecoder().decode(bytes));
}

function notUtf8(file: string, bytes: Buffer): BuildError {
  const text = bytes.toString();
  let good = Buffer.from(text).findIndex((byte, index) => byte !== bytes[index]);
  while (!isUtf8(bytes.subarray(0, good))) good--;
  const at = locate({ file, text }, bytes.toString("utf8", 0, good).length, 1);
  return new BuildError("INVALID", [{ message: "invalid UTF-8", at, hint: "save the file as UTF-8" }]);
}

/** Parses a text in the language that its file's name says. Throws all of its problems at once, each with its place. */
export async function parseText(file: string, text: string): Promise<Document> {
  if (languageOf(file, text) === "JSON") return parseDocument(file, text);
  // Loaded only when it is needed, because it takes as long as everything else in an unchanged build.
  const yaml = await import("./yaml/parse.ts");
  return documentOf({ file, text }, "YAML", yaml.parse({ file, text }));
}

/** Parses a JSON text. Throws all of its problems at once, each with its place. */
export const parseDocument = (file: string, text: string): Document =>
  documentOf({ file, text }, "JSON", parse({ file, text }));

function documentOf(source: Source, language: Language, { root, problems, warnings }: Parsed): Document {
  if (root === undefined || problems.length > 0) throw new BuildError("INVALID", problems);
  return { ...source, language, root, warnings };
}

/** The document that a value was written in. */
export const originOf = (document: Document, node: Node): Document => document.origins?.get(node) ?? document;

/** The place of a value in the text that it was written in. */
export const locationOf = (document: Document, node: Node): Location =>
  locate(originOf(document, node), node.offset, node.length);

/** A number as it is written. */
export const literalOf = (document: Document, node: Node): string =>
  document.numbers?.get(node) ?? originOf(document, node).text.slice(node.offset, node.offset + node.length);
