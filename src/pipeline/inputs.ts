import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import type { Node } from "jsonc-parser";
import { hasCode, type Problem } from "../errors.ts";
import { type Document, locationOf } from "./document.ts";
import type { Program } from "./library.ts";

/**
 * Finds the files of the user's repository that a step's options name, as the program's meta.json says where. Names
 * are relative to the pipeline file and may not leave the repository, not by a symbolic link either.
 */
export async function inputsOf(document: Document, options: Node | undefined, { meta }: Program) {
  const inputs = new Map<string, string>();
  const problems: Problem[] = [];
  const nodes = options === undefined ? [] : (meta.inputs ?? []).flatMap((pointer) => select(options, pointer));
  for (const node of nodes) {
    const found = await resolveInput(document, node);
    if (typeof found === "string") inputs.set(node.value, found);
    else problems.push(found);
  }
  return { inputs, problems };
}

/** The string nodes that a JSON Pointer selects in which `*` stands for every item. */
function select(node: Node, pointer: string): readonly Node[] {
  const nodes = pointer
    .split("/")
    .slice(1)
    .reduce<readonly Node[]>((found, segment) => found.flatMap((at) => childrenOf(at, segment)), [node]);
  return nodes.filter(({ type }) => type === "string");
}

function childrenOf(node: Node, segment: string): readonly Node[] {
  const children = node.children ?? [];
  if (node.type === "array") return segment === "*" ? children : children.slice(Number(segment), Number(segment) + 1);
  const wanted = children.filter(({ children: [key] = [] }) => segment === "*" || key?.value === segment);
  return wanted.flatMap(({ children: [, value] = [] }) => value ?? []);
}

async function resolveInput(document: Document, node: Node): Promise<string | Problem> {
  const name: string = node.value;
  const at = locationOf(document, node);
  const directory = document.file === "<stdin>" ? process.cwd() : dirname(resolve(document.file));
  const base = await realpath(directory);
  const repository = repositoryOf(base);
  const outside = {
    message: `${name} leaves the repository`,
    at,
    hint: `name a file below ${repository}, relative to the pipeline file`,
  };
  if (isAbsolute(name) || !isBelow(resolve(base, name), repository)) return outside;
  try {
    const path = await realpath(resolve(base, name));
    return isBelow(path, repository) ? path : outside;
  } catch (error) {
    if (!hasCode(error, "ENOENT") && !hasCode(error, "ENOTDIR")) throw error;
    return { message: `${name} doesn't exist`, at, hint: `it is looked for in ${base}` };
  }
}

const isBelow = (path: string, directory: string) => path === directory || path.startsWith(`${directory}/`);

/** The nearest directory upwards that git knows as a checkout; the pipeline's own where there is none. */
function repositoryOf(directory: string): string {
  for (let at = directory; at !== "/"; at = dirname(at)) {
    if (existsSync(`${at}/.git`)) return at;
  }
  return directory;
}
