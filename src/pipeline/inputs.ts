import { existsSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { Node } from "jsonc-parser";
import { hasCode, type Location, type Problem } from "../errors.ts";
import { type Document, locationOf, standardInput } from "./document.ts";
import { members } from "./nodes.ts";
import type { Meta, Program } from "./program.ts";
import { quote } from "./words.ts";

/**
 * Finds the files of the user's repository that a step's options name, as the program's meta.json says where. Names
 * are relative to the pipeline file and may not leave the repository, not by a symbolic link either.
 */
export async function inputsOf(document: Document, options: Node, { meta }: Program) {
  const inputs = new Map<string, string>();
  const problems: Problem[] = [];
  for (const node of (meta.inputs ?? []).flatMap((input) => selectInputs(options, input))) {
    const found = await resolveInput(await directoryOf(document), node.value, locationOf(document, node));
    if (typeof found === "string") inputs.set(node.value, found);
    else problems.push(found);
  }
  return { inputs, problems };
}

/** The string nodes that name files, unless another option says that the names are of something else. */
function selectInputs(options: Node, input: NonNullable<Meta["inputs"]>[number]): readonly Node[] {
  if (typeof input !== "string") return select(options, input.unless).length > 0 ? [] : selectInputs(options, input.at);
  return select(options, input).filter(({ type }) => type === "string");
}

/** The nodes that a JSON Pointer selects in which `*` stands for every item. */
function select(node: Node, pointer: string): readonly Node[] {
  const segments = pointer.split("/").slice(1);
  return segments.reduce<readonly Node[]>((found, segment) => found.flatMap((at) => children(at, segment)), [node]);
}

function children(node: Node, segment: string): readonly Node[] {
  if (node.type === "array")
    return (node.children ?? []).filter((_, index) => "*" === segment || String(index) === segment);
  return members(node).flatMap(([key, value]) => ("*" === segment || key.value === segment ? [value] : []));
}

const directoryOf = ({ file }: Document) => realpath(file === standardInput ? "." : dirname(resolve(file)));

/** The path that a name means, or why it means none. */
async function resolveInput(directory: string, name: string, at: Location): Promise<string | Problem> {
  const repository = repositoryOf(directory);
  const outside = {
    message: `${quote(name)} is outside of the repository`,
    at,
    hint: `only files below ${repository} can be used`,
  };
  if (isAbsolute(name)) return { ...outside, message: `${quote(name)} must be relative to the pipeline file` };
  if (!isBelow(resolve(directory, name), repository)) return outside;
  try {
    const path = await realpath(resolve(directory, name));
    if (!isBelow(path, repository)) return outside;
    const stats = await stat(path);
    if (stats.isFile() || stats.isDirectory()) return path;
    return { message: `${quote(name)} is neither a file nor a directory`, at };
  } catch (error) {
    if (!noSuchFile.some((code) => hasCode(error, code))) throw error;
    return { message: `${quote(name)} doesn't exist`, at, hint: `it is looked for in ${directory}` };
  }
}

/** The last is Node's own, for a name with a NUL in it. */
const noSuchFile = ["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"];

const isBelow = (path: string, directory: string) => relative(directory, path).split("/")[0] !== "..";

/** The nearest directory upwards that git knows as a checkout; the pipeline's own where there is none. */
function repositoryOf(directory: string): string {
  for (let at = directory; at !== "/"; at = dirname(at)) {
    if (existsSync(`${at}/.git`)) return at;
  }
  return directory;
}
