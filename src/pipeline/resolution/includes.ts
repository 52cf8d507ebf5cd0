import { realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Node } from "jsonc-parser";
import { BuildError, type Problem } from "../../errors.ts";
import { type Document, locationOf, readDocument, standardInput } from "../../json/document.ts";
import { member, objectMember } from "../../json/nodes.ts";
import { shown } from "../../json/wording.ts";
import { directoryOf, resolveInput } from "../inputs.ts";

/** A file and all files that it includes, directly or through others. */
export interface Files {
  /** The file itself, then those that it includes, then those that they include. */
  readonly all: readonly Document[];
  /** The documents of the files that are named in `include`, by the nodes that name them. */
  readonly included: ReadonlyMap<Node, Document>;
}

/** More files than any pipeline is made of. */
const mostFiles = 200;

/** Reads all files that a file includes. Each is read once. */
export async function readIncludes(main: Document, problems: Problem[]): Promise<Files> {
  const all = [main];
  const included = new Map<Node, Document>();
  const read = new Map<string, Document | undefined>();
  if (main.file !== standardInput) read.set(await realpath(main.file), main);
  for (const document of all) {
    for (const item of pipelinesIn(document.root).flatMap((pipeline) => includesOf(document, pipeline, problems))) {
      const path = await resolveInput(await directoryOf(document), item.value, locationOf(document, item));
      if (typeof path !== "string") {
        problems.push(path);
        continue;
      }
      if (!read.has(path)) read.set(path, await readIncluded(document, item, problems));
      const found = read.get(path);
      if (found === undefined) continue;
      included.set(item, found);
      if (!all.includes(found)) all.push(found);
      if (all.length > mostFiles) throw tooMany(document, item);
    }
  }
  return { all, included };
}

const tooMany = (document: Document, item: Node) =>
  new BuildError("INVALID", [{ message: `more than ${mostFiles} files are included`, at: locationOf(document, item) }]);

/** Everything in a file that can be a pipeline: the file itself, a wrapped pipeline and build pipelines. */
export function pipelinesIn(node: Node): readonly Node[] {
  const within = ["pipeline", "build"].map((key) => objectMember(node, key));
  return [node, ...within.flatMap((inner) => (inner === undefined ? [] : pipelinesIn(inner)))];
}

/** The names of the files that a pipeline includes. */
function includesOf(document: Document, pipeline: Node, problems: Problem[]): readonly Node[] {
  const include = pipeline.type === "object" ? member(pipeline, "include") : undefined;
  if (include === undefined) return [];
  const hint = "name files, relative to this one";
  if (include.type !== "array") {
    const message = `"include" must be a list, not ${shown(include)}`;
    problems.push({ message, at: locationOf(document, include), hint });
    return [];
  }
  const items = include.children ?? [];
  for (const item of items.filter(({ type }) => type !== "string"))
    problems.push({
      message: `an item of "include" must be a string, not ${shown(item)}`,
      at: locationOf(document, item),
      hint,
    });
  return items.filter(({ type }) => type === "string");
}

/** Reads a file that another one includes. It is named as the user would name it. */
async function readIncluded(document: Document, item: Node, problems: Problem[]): Promise<Document | undefined> {
  const name = document.file === standardInput ? item.value : join(dirname(document.file), item.value);
  try {
    return await readDocument(name);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    problems.push(...error.problems.map((problem) => ({ at: locationOf(document, item), ...problem })));
    return undefined;
  }
}
