import type { Node } from "jsonc-parser";
import { BuildError, type Problem } from "../../errors.ts";
import { type Document, locationOf } from "../../json/document.ts";
import { byPlace, distinct } from "../../json/location.ts";
import { arrayMember, member, members, objectMember, withChildren } from "../../json/nodes.ts";
import { didYouMean } from "../../json/suggest.ts";
import { quote, shown } from "../../json/wording.ts";
import { changeStages } from "./changes.ts";
import { pipelinesIn, readIncludes } from "./includes.ts";
import type { Setting } from "./setting.ts";
import { copy, type Resolution } from "./substitute.ts";
import { readVariables } from "./variables.ts";

/** The files of a command line that are resolved. Each has its own variables. */
interface Documents {
  readonly document: Document;
  readonly buildPipeline: Document | undefined;
  readonly buildEnv: Document | undefined;
}

/**
 * Replaces everything that files include, and variables, in several documents. Afterwards each is one plain pipeline,
 * whose values know which text they come from. Throws all problems at once.
 */
export async function resolveAll(documents: Documents, settings: readonly Setting[]): Promise<Documents> {
  const problems: Problem[] = [];
  const known = new Set<string>();
  const plain = (document: Document) => resolve(document, settings, { known, problems });
  const resolved = {
    document: await plain(documents.document),
    buildPipeline: documents.buildPipeline && (await plain(documents.buildPipeline)),
    buildEnv: documents.buildEnv && (await plain(documents.buildEnv)),
  };
  // A file that can't be read may have any variables.
  const unknown = problems.length > 0 ? [] : settings.filter(({ name }) => !known.has(name));
  for (const { name } of unknown)
    problems.push({ message: `there is no variable ${quote(name)} to set`, hint: didYouMean(name, [...known]) });
  if (problems.length > 0) throw new BuildError("INVALID", inOrder(distinct(problems)));
  return resolved;
}

/** Sorts the problems of each file by their place. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ at }) => at?.file))];
  return problems.toSorted((a, b) => files.indexOf(a.at?.file) - files.indexOf(b.at?.file) || byPlace(a, b));
}

interface Findings {
  /** The names of all variables. */
  readonly known: Set<string>;
  readonly problems: Problem[];
}

async function resolve(main: Document, settings: readonly Setting[], { known, problems }: Findings): Promise<Document> {
  const isPlain = pipelinesIn(main.root).every((pipeline) => members(pipeline).every(([{ value }]) => !own.has(value)));
  if (isPlain) return main;
  const before = problems.length;
  const files = await readIncludes(main, problems);
  const variables = readVariables(files.all, settings, problems);
  for (const name of variables.declared.keys()) known.add(name);
  for (const problem of files.all.flatMap(misplacedVariables)) problems.push(problem);
  // A file that can't be read may use a variable or have a stage.
  if (problems.length > before) return main;
  const places = { origins: new Map<Node, Document>(), numbers: new Map<Node, string>() };
  const state = { used: new Set<string>(), added: 0, pipelines: 0 };
  const resolution: Context = { included: files.included, variables, problems, ...places, ...state };
  const root = pipelineOf(resolution, main, main.root, [main]);
  for (const [name, { document, key }] of variables.declared) {
    if (resolution.used.has(name)) continue;
    const hint = `use it as $\{${name}}, or remove it`;
    problems.push({ message: `nothing uses the variable ${quote(name)}`, at: locationOf(document, key), hint });
  }
  return { ...main, root, warnings: files.all.flatMap(({ warnings }) => warnings), ...places };
}

/** The keys that only this program knows, and that no pipeline has afterwards. */
const own = new Set(["include", "changes", "variables"]);

function misplacedVariables(document: Document): readonly Problem[] {
  return pipelinesIn(document.root)
    .slice(1)
    .flatMap((pipeline) => {
      const variables = member(pipeline, "variables");
      const at = variables?.parent?.children?.[0];
      if (at === undefined) return [];
      const hint = "move them to the top of the file";
      return [{ message: "a pipeline within another can't have variables", at: locationOf(document, at), hint }];
    });
}

interface Context extends Resolution {
  /** The documents of the files that are named in `include`, by the nodes that name them. */
  readonly included: ReadonlyMap<Node, Document>;
  /** The number of pipelines that have been put together. */
  pipelines: number;
}

/** More pipelines than any is put together from. Those that include each other's build pipelines multiply. */
const mostPipelines = 1000;

type Property = readonly [key: Node, value: Node];

/** The state of putting a pipeline together. */
interface Parts {
  readonly stages: Node[];
  /** The first list of stages, whose place the whole list gets. */
  readonly lists: Property[];
  /** The other keys. */
  readonly others: Map<string, Property>;
  /** The files that are in it already: one that others share is in it once. */
  readonly files: Set<Document>;
}

/** The plain pipeline that a pipeline of a file stands for. `within` are the files that it is included from. */
function pipelineOf(context: Context, document: Document, node: Node, within: readonly Document[]): Node {
  const parts: Parts = { stages: [], lists: [], others: new Map(), files: new Set() };
  gather(context, document, node, within, parts);
  const [list] = parts.lists;
  const stages = list === undefined ? [] : [[list[0], withChildren(list[1], parts.stages)] as const];
  const { type, offset, length } = node;
  const properties = [...parts.others.values(), ...stages].map(([key, value]) =>
    withChildren({ type: "property", offset: key.offset, length: key.length }, [key, value]),
  );
  const pipeline = withChildren({ type, offset, length }, properties);
  context.origins.set(pipeline, document);
  return pipeline;
}

/** Adds the stages and keys of a pipeline, and before them those of the files that it includes, with its changes. */
function gather(context: Context, document: Document, node: Node, within: readonly Document[], parts: Parts): void {
  if (++context.pipelines > mostPipelines) {
    const message = `more than ${mostPipelines} pipelines are included`;
    throw new BuildError("INVALID", [{ message, at: locationOf(document, node) }]);
  }
  gatherIncluded(context, document, node, within, parts);
  const report = (at: Node, message: string, hint?: string) =>
    context.problems.push({ message, at: locationOf(document, at), hint });
  changeStages(parts.stages, node, (stage) => copy(context, document, stage), report);
  const list = arrayMember(node, "stages") ?? arrayMember(node, "pipeline");
  for (const [key, value] of members(node).filter(([{ value: name }]) => !own.has(name))) {
    const copied = copy(context, document, key);
    if (value === list) {
      for (const step of value.children ?? []) parts.stages.push(copy(context, document, step));
      parts.lists.push([copied, copy(context, document, { ...value, children: [] })]);
    } else {
      const isPipeline = value.type === "object" && (key.value === "build" || key.value === "pipeline");
      const made = isPipeline ? pipelineOf(context, document, value, within) : copy(context, document, value);
      parts.others.set(key.value, [copied, made]);
    }
  }
}

function gatherIncluded(context: Context, document: Document, node: Node, within: readonly Document[], parts: Parts) {
  const keys = new Set<string>(members(node).map(([{ value }]) => value));
  for (const item of arrayMember(node, "include")?.children ?? []) {
    const file = context.included.get(item);
    if (file === undefined || parts.files.has(file)) continue;
    const wrong = unusable(file, within);
    if (wrong !== undefined) {
      context.problems.push({ ...wrong, at: locationOf(document, item) });
      continue;
    }
    parts.files.add(file);
    const others = new Map<string, Property>();
    gather(context, file, file.root, [...within, file], { ...parts, others });
    for (const [key, property] of others) {
      const earlier = parts.others.get(key);
      if (keys.has(key) || aboutFile.has(key)) continue;
      if (earlier === undefined) parts.others.set(key, property);
      else context.problems.push(conflict(context, document, [earlier[0], property[0]]));
    }
  }
}

/** The keys that say something about a file and nothing about the pipeline. */
const aboutFile = new Set(["$schema", "name"]);

/** The reason that a file can't be included, if there is one. */
function unusable(file: Document, within: readonly Document[]): Pick<Problem, "message" | "hint"> | undefined {
  if (within.includes(file)) return { message: `${file.file} includes itself` };
  const { root } = file;
  if (root.type !== "object") return { message: `${file.file} must be an object, not ${shown(root)}` };
  if (objectMember(root, "pipeline") === undefined) return undefined;
  return { message: `${file.file} is a wrapped pipeline`, hint: 'an included file has its "stages" at its top' };
}

/** The problem of a key that two included files have. */
function conflict({ origins }: Context, document: Document, [earlier, later]: readonly [Node, Node]): Problem {
  const other = origins.get(earlier)?.file;
  const message = `${quote(later.value)} is in ${other} too, and only one of them can be used`;
  const at = locationOf({ ...document, origins }, later);
  return { message, at, hint: `write it in ${document.file}, which wins over both` };
}
