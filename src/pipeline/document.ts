import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Node } from "jsonc-parser";
import { BuildError, failure, hasCode, type Location, type Problem } from "../errors.ts";
import { locate, type Source } from "./location.ts";
import { parse } from "./syntax.ts";

/** A JSON text with its place: every value can be shown where it stands. */
export interface Document extends Source {
  readonly root: Node;
  readonly warnings: readonly Problem[];
}

/** The largest manifests of osbuild's have a tenth of it. */
const mostBytes = 8 * 1024 ** 2;

/** Reads a JSON file, or standard input for `-`. */
export async function readDocument(file: string): Promise<Document> {
  if (file === "-") return decode(standardInput, await buffer(process.stdin));
  const bytes = await readFile(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  return decode(file, bytes);
}

/** What a document is called that has no file. */
export const standardInput = "<stdin>";

function unreadable(file: string, cause: unknown): unknown {
  const because = (reason: string) => failure("INVALID", `${file}: ${reason}`, undefined, { cause });
  if (hasCode(cause, "ENOENT") || hasCode(cause, "ENOTDIR")) return because("there is no such file");
  if (hasCode(cause, "EISDIR")) return because("this is a directory, not a JSON file");
  if (hasCode(cause, "EACCES")) return because("you may not read this file");
  return cause;
}

function decode(file: string, bytes: Buffer): Document {
  if (bytes.length > mostBytes) {
    const size = `${Math.ceil(bytes.length / 1024 ** 2)} MiB`;
    throw failure("INVALID", `${file}: this file has ${size}, and a pipeline at most ${mostBytes / 1024 ** 2} MiB`);
  }
  if (!isUtf8(bytes)) throw notUtf8(file, bytes);
  // Some editors put a byte order mark before the text; TextDecoder takes it off.
  return parseDocument(file, new TextDecoder().decode(bytes));
}

function notUtf8(file: string, bytes: Buffer): BuildError {
  const text = bytes.toString();
  let good = Buffer.from(text).findIndex((byte, index) => byte !== bytes[index]);
  while (!isUtf8(bytes.subarray(0, good))) good--;
  const at = locate({ file, text }, bytes.toString("utf8", 0, good).length, 1);
  return new BuildError("INVALID", [{ message: "this is not UTF-8 text", at, hint: "save the file as UTF-8" }]);
}

/** Parses a JSON text; whatever is broken in it is thrown at once, each with its place. */
export function parseDocument(file: string, text: string): Document {
  const { root, problems, warnings } = parse({ file, text });
  if (root === undefined || problems.length > 0) throw new BuildError("INVALID", problems);
  return { file, text, root, warnings };
}

export const locationOf = (document: Document, node: Node): Location => locate(document, node.offset, node.length);
