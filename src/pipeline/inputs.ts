import { existsSync, globSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, matchesGlob, relative, resolve } from "node:path";
import type { Node } from "jsonc-parser";
import { exclusionOf, isPattern } from "../../stages/lib/patterns.ts";
import { hasCode, type Location, type Problem } from "../errors.ts";
import { type Document, locationOf, originOf, standardInput } from "../json/document.ts";
import { members } from "../json/nodes.ts";
import { quote } from "../json/wording.ts";
import type { InputSelection, Program } from "../programs/program.ts";

/**
 * Finds the files of the user's repository that a step's options name. The program's meta.json says which options name
 * files. Names are relative to the file that they are written in and must not lead out of the repository, not even
 * through a symbolic link.
 */
export async function inputsOf(document: Document, options: Node, { meta }: Program) {
  const inputs = new Map<string, string>();
  const problems: Problem[] = [];
  const selections = (meta.inputs ?? []).map((input) => (typeof input === "string" ? { at: input } : input));
  const excluded = selections.flatMap(({ exclude }) => (exclude === undefined ? [] : textsAt(options, exclude)));
  for (const selection of selections) {
    for (const node of selectInputs(options, selection)) {
      const at = locationOf(document, node);
      const directory = await directoryOf(originOf(document, node));
      const names = selection.globs ? expand(directory, node.value, excluded, at) : [node.value as string];
      for (const name of names) {
        const found = typeof name === "string" ? await resolveInput(directory, name, at) : name;
        if (typeof found === "string") inputs.set(name as string, found);
        else problems.push(found);
      }
    }
  }
  return { inputs, excluded, problems };
}

const textsAt = (options: Node, pointer: string): readonly string[] =>
  select(options, pointer).flatMap(({ type, value }) => (type === "string" ? [value as string] : []));

/** Each file is bound into the container by itself. */
const mostMatches = 500;

/** The names of the files that a pattern matches, or the problem with it. A file that is named like a pattern wins. */
function expand(
  directory: string,
  name: string,
  excluded: readonly string[],
  at: Location,
): readonly (string | Problem)[] {
  if (!isPattern(name) || existsSync(resolve(directory, name))) return [name];
  const isExcluded = exclusionOf(excluded, matchesGlob);
  const names = globSync(name, { cwd: directory }).filter((found) => !isExcluded(found));
  if (names.length === 0) return [{ message: `${quote(name)} matches no file`, at, hint: `looked in ${directory}` }];
  if (names.length <= mostMatches) return names.sort();
  const message = `${quote(name)} matches ${names.length} files, and may match ${mostMatches}`;
  return [{ message, at, hint: "name the directory, and exclude files from it" }];
}

/** The string nodes that name files. If the `unless` option is set, the names mean something else. */
function selectInputs(options: Node, { at, unless, matching }: InputSelection): readonly Node[] {
  if (unless !== undefined && select(options, unless).length > 0) return [];
  const pattern = new RegExp(matching ?? "");
  return select(options, at).filter(({ type, value }) => type === "string" && pattern.test(value));
}

/** The nodes that a JSON Pointer selects; `*` in it stands for every item. */
export function select(node: Node, pointer: string): readonly Node[] {
  const segments = pointer.split("/").slice(1);
  return segments.reduce<readonly Node[]>((found, segment) => found.flatMap((at) => children(at, segment)), [node]);
}

function children(node: Node, segment: string): readonly Node[] {
  if (node.type === "array")
    return (node.children ?? []).filter((_, index) => "*" === segment || String(index) === segment);
  return members(node).flatMap(([key, value]) => ("*" === segment || key.value === segment ? [value] : []));
}

/** The directory that names in a document are relative to. */
export const directoryOf = ({ file }: Document) => realpath(file === standardInput ? "." : dirname(resolve(file)));

/** The path of the named file, or the problem if the name is wrong. */
export async function resolveInput(directory: string, name: string, at: Location): Promise<string | Problem> {
  const repository = repositoryOf(directory);
  const outside = {
    message: `${quote(name)} is outside the repository`,
    at,
    hint: `a pipeline can only use files below ${repository}`,
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
    return { message: `${quote(name)} doesn't exist`, at, hint: `looked in ${directory}` };
  }
}

/** Error codes for a file that isn't there. The last one is Node's own, for a name that contains a NUL. */
const noSuchFile = ["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"];

const isBelow = (path: string, directory: string) => relative(directory, path).split("/")[0] !== "..";

/** The git checkout that a directory is in, or the directory itself if it isn't in one. */
function repositoryOf(directory: string): string {
  for (let at = directory; at !== "/"; at = dirname(at)) {
    if (existsSync(`${at}/.git`)) return at;
  }
  return directory;
}
