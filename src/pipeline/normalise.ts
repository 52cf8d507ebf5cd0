import { createHash } from "node:crypto";
import type { Node } from "jsonc-parser";
import { BuildError, type Location, type Problem } from "../errors.ts";
import { canonical, canonicalNumber, canonicalString } from "./canonical.ts";
import { type Document, locationOf, member, toValue } from "./document.ts";
import { inputsOf } from "./inputs.ts";
import type { Kind, Library } from "./library.ts";
import { type Base, type BuildEnvironment, defaultSourceEpoch, type Pipeline, type Step } from "./pipeline.ts";
import { didYouMean, validateOptions, validateShape } from "./validate.ts";

/** A pipeline's file, and the files that command lines of the era could add to it. */
export interface Sources {
  readonly document: Document;
  /** `--build-pipeline`: what builds the tree for the innermost pipeline to run in. */
  readonly buildPipeline?: Document | undefined;
  /** `--build-env`: the same, with a runner. */
  readonly buildEnv?: Document | undefined;
  /** `--base`: in place of the pipeline's own. */
  readonly base?: string | undefined;
}

/**
 * Normalises a pipeline of any dialect and gives every step its id. Throws all problems of all its files at once.
 *
 * An id is osbuild's, byte for byte: the sha256, in hex, of J(name) + J(build) + J(base) + J(options), where J is
 * canonical JSON, build the build pipeline's tree id or null, and base the id of the step before or null. With a
 * `source-epoch`, J of that follows, as in osbuild's later releases.
 */
export async function normalise(sources: Sources, library: Library): Promise<Pipeline> {
  const context: Context = { library, problems: [], names: new Map() };
  const shapes = [
    validateShape(sources.document, "pipeline"),
    sources.buildPipeline === undefined ? [] : validateShape(sources.buildPipeline, "pipeline"),
    sources.buildEnv === undefined ? [] : validateShape(sources.buildEnv, "build"),
  ].flat();
  context.problems.push(...shapes);
  const outer = await outerBuild(context, sources);
  const pipeline = await pipelineOf(context, sources.document, sources.document.root, { outer, base: sources.base });
  if (context.problems.length > 0) throw new BuildError("INVALID", context.problems.toSorted(byPlace));
  return pipeline;
}

interface Context {
  readonly library: Library;
  readonly problems: Problem[];
  readonly names: Map<Kind, readonly string[]>;
}

const byPlace = (a: Problem, b: Problem) =>
  (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0);

async function outerBuild(context: Context, sources: Sources): Promise<BuildEnvironment | null> {
  const { buildPipeline, buildEnv } = sources;
  const outer = buildEnv === undefined ? null : await buildOf(context, buildEnv, buildEnv.root, null, undefined);
  if (buildPipeline === undefined) return outer;
  return { runner: null, pipeline: await pipelineOf(context, buildPipeline, buildPipeline.root, { outer }) };
}

/** What a pipeline has from outside of it. */
interface Surroundings {
  /** What the innermost pipeline of the chain is built in. */
  readonly outer: BuildEnvironment | null;
  /** In place of its own. */
  readonly base?: string | undefined;
  /** The `source-epoch` of the pipeline that this one builds the root for. */
  readonly epoch?: Node | undefined;
}

async function pipelineOf(
  context: Context,
  document: Document,
  written: Node,
  { outer, base: givenBase, epoch: inheritedEpoch }: Surroundings,
): Promise<Pipeline> {
  const node = unwrap(written);
  const epoch = numberMember(node, "source-epoch") ?? numberMember(written, "source-epoch") ?? inheritedEpoch;
  const buildNode = objectMember(node, "build");
  const build = buildNode === undefined ? outer : await buildOf(context, document, buildNode, outer, epoch);
  const base = givenBase === undefined ? baseOf(document, node) : { id: givenBase, at: undefined };
  const chainState: ChainState = {
    document,
    epoch,
    buildId: build?.pipeline?.treeId ?? null,
    previous: base?.id ?? null,
  };
  const stages: Step[] = [];
  for (const [kind, step] of await stepsOf(context, document, node)) {
    const made = await stepOf(context, chainState, kind, step);
    if (made === undefined) continue;
    if (kind === "assembler") return { ...common(), assembler: made, outputId: made.id };
    stages.push(made);
    chainState.previous = made.id;
  }
  return { ...common(), assembler: null, outputId: null };

  function common() {
    return { build, base, stages, sourceEpoch: epoch?.value ?? defaultSourceEpoch, treeId: chainState.previous };
  }
}

function baseOf(document: Document, node: Node): Base | null {
  const base = member(node, "base");
  return typeof base?.value === "string" ? { id: base.value, at: locationOf(document, base) } : null;
}

interface ChainState {
  readonly document: Document;
  readonly epoch: Node | undefined;
  readonly buildId: string | null;
  previous: string | null;
}

/** `{"pipeline": {…}, "sources": {…}}` is a pipeline in a wrapper. */
function unwrap(node: Node): Node {
  const inner = objectMember(node, "pipeline");
  return inner === undefined ? node : unwrap(inner);
}

/** Both forms of `build`: a pipeline, or a runner with a pipeline. */
async function buildOf(
  context: Context,
  document: Document,
  node: Node,
  outer: BuildEnvironment | null,
  epoch: Node | undefined,
): Promise<BuildEnvironment> {
  const runner = member(node, "runner")?.value ?? null;
  const wrapped = runner !== null || objectMember(node, "pipeline") !== undefined;
  const inner = wrapped ? objectMember(node, "pipeline") : node;
  if (inner === undefined) return { runner, pipeline: outer?.pipeline ?? null };
  const pipeline = await pipelineOf(context, document, inner, { outer, epoch });
  return { runner, pipeline: pipeline.treeId === null ? null : pipeline };
}

/**
 * The steps as written, with what each is. A chain that has no assembler may end in a program that is one: in June
 * 2019 writing the image was the last stage.
 */
async function stepsOf(context: Context, document: Document, node: Node): Promise<readonly [Kind, Node][]> {
  const lists = [arrayMember(node, "stages"), arrayMember(node, "pipeline")].filter((list) => list !== undefined);
  if (lists.length > 1)
    context.problems.push({
      message: "the stages are given twice, as `stages` and as `pipeline`",
      at: locationOf(document, lists[1] as Node),
      hint: "keep one of the two",
    });
  const assembler = objectMember(node, "assembler");
  const stages: [Kind, Node][] = (lists[0]?.children ?? [])
    .filter(({ type }) => type === "object")
    .map((step) => ["stage", step]);
  if (assembler !== undefined) return [...stages, ["assembler", assembler]];
  const last = stages.at(-1);
  if (last !== undefined && (await writesImage(context, last[1]))) last[0] = "assembler";
  return stages;
}

async function writesImage({ library }: Context, step: Node): Promise<boolean> {
  const name = member(step, "name")?.value;
  if (typeof name !== "string" || (await library.find("stage", name)) !== undefined) return false;
  return (await library.find("assembler", name)) !== undefined;
}

async function stepOf(context: Context, state: ChainState, kind: Kind, node: Node): Promise<Step | undefined> {
  const { document } = state;
  const nameNode = member(node, "name");
  const name = nameNode?.value;
  if (nameNode === undefined || typeof name !== "string") return undefined;
  const at = locationOf(document, nameNode);
  const program = await context.library.find(kind, name);
  if (program === undefined) {
    context.problems.push(await unknownProgram(context, kind, name, at));
    return undefined;
  }
  const optionsNode = objectMember(node, "options");
  const optionProblems = validateOptions(document, node, program);
  const { inputs, problems } = optionProblems.length > 0 ? noInputs : await inputsOf(document, optionsNode, program);
  context.problems.push(...optionProblems, ...problems);
  const optionsText = optionsNode === undefined ? "{}" : canonical(document, optionsNode);
  return {
    kind,
    name,
    program,
    options: optionsNode === undefined ? {} : toValue(optionsNode),
    optionsText,
    id: identify(name, state, optionsText),
    inputs,
    timeout: member(node, "timeout")?.value,
    at,
  };
}

const noInputs = { inputs: new Map<string, string>(), problems: [] };

function identify(name: string, { document, epoch, buildId, previous }: ChainState, options: string): string {
  const id = (text: string | null) => (text === null ? "null" : canonicalString(text));
  const epochText =
    epoch === undefined ? "" : canonicalNumber(document.text.slice(epoch.offset, epoch.offset + epoch.length));
  const text = `${canonicalString(name)}${id(buildId)}${id(previous)}${options}${epochText}`;
  return createHash("sha256").update(text).digest("hex");
}

async function unknownProgram(context: Context, kind: Kind, name: string, at: Location): Promise<Problem> {
  const other = kind === "stage" ? "assembler" : "stage";
  if ((await context.library.find(other, name)) !== undefined) {
    const hint = kind === "stage" ? 'it belongs under "assembler"' : 'it belongs into "stages"';
    return { message: `${name} is ${other === "stage" ? "a stage" : "an assembler"}`, at, hint };
  }
  const known = context.names.get(kind) ?? (await context.library.names(kind));
  context.names.set(kind, known);
  const hint = didYouMean(name, known) ?? "`osbuild stages` lists those there are; --libdir adds your own";
  return { message: `unknown ${kind} ${JSON.stringify(name)}`, at, hint };
}

const typedMember = (type: Node["type"]) => (node: Node, key: string) => {
  const value = member(node, key);
  return value?.type === type ? value : undefined;
};
const objectMember = typedMember("object");
const arrayMember = typedMember("array");
const numberMember = typedMember("number");
