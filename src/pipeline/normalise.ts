import type { Node } from "jsonc-parser";
import { defaultSourceEpoch } from "../epoch.ts";
import { BuildError, type Problem } from "../errors.ts";
import { canonical } from "./canonical.ts";
import { type Document, locationOf } from "./document.ts";
import type { Library } from "./library.ts";
import { byPlace } from "./location.ts";
import { arrayMember, member, numberMember, objectMember, stringMember, toValue } from "./nodes.ts";
import type { Base, BuildEnvironment, Pipeline, Step } from "./pipeline.ts";
import type { Kind } from "./program.ts";
import { type Context, type Epoch, type Origin, stepOf } from "./step.ts";
import { type Verdicts, validateShape } from "./validate.ts";

/** A pipeline's file, and the files that command lines of the era could add to it. */
export interface Sources {
  readonly document: Document;
  /** `--build-pipeline`: what builds the tree for the innermost pipeline to run in. */
  readonly buildPipeline?: Document | undefined;
  /** `--build-env`: the same, with a runner. */
  readonly buildEnv?: Document | undefined;
  /** `--base`: in place of the pipeline's own. */
  readonly base?: string | undefined;
  /** `--mirrors`. */
  readonly mirrors?: Document | undefined;
}

/**
 * Normalises a pipeline of any dialect and gives every step its id. Throws all problems of all its files at once. What
 * `verdicts` has isn't validated again, and what is found right is added to it.
 */
export async function normalise(sources: Sources, library: Library, verdicts: Verdicts = new Set()): Promise<Pipeline> {
  const { document, buildPipeline, buildEnv, mirrors } = sources;
  const given = [document, buildPipeline, buildEnv].filter((file) => file !== undefined);
  requireFirstVersion(given);
  const warnings = given.flatMap((file) => file.warnings);
  const problems = (
    await Promise.all([
      validateShape(document, "pipeline", verdicts),
      buildPipeline === undefined ? [] : validateShape(buildPipeline, "pipeline", verdicts),
      buildEnv === undefined ? [] : validateShape(buildEnv, "build", verdicts),
    ])
  ).flat();
  if (mirrors !== undefined && mirrors.root.type !== "object")
    problems.push({
      message: "mirrors are an object, of beginnings of addresses",
      at: locationOf(mirrors, mirrors.root),
    });
  const found = objectMember(document.root, "sources");
  const downloads = {
    ...(found === undefined ? {} : { sources: toValue(found) }),
    ...(mirrors === undefined ? {} : { mirrors: toValue(mirrors.root) }),
  };
  const written = linkOf(document, document.root);
  const link = sources.base === undefined ? written : { ...written, base: { id: sources.base, at: undefined } };
  const inner = [document, buildPipeline, buildEnv].flatMap((file) =>
    file === undefined ? [] : environments(file, file === document ? objectMember(link.node, "build") : file.root),
  );
  const context = { library, problems, warnings, verdicts, downloads };
  const pipeline = await pipelineOf(context, link, inner, defaultSourceEpoch);
  const files = [document, buildPipeline, buildEnv, mirrors].map((file) => file?.file);
  const file = ({ at }: Problem) => files.indexOf(at?.file);
  const inFiles = (a: Problem, b: Problem) => file(a) - file(b) || byPlace(a, b);
  if (problems.length > 0) throw new BuildError("INVALID", problems.toSorted(inFiles));
  warnings.push(...unusedRunners(document, document.root));
  return { ...pipeline, warnings: warnings.toSorted(inFiles) };
}

/** Everything in a manifest of osbuild's second format would be unknown: one problem says so. */
function requireFirstVersion(documents: readonly Document[]): void {
  const problems = documents.flatMap((document) => {
    const version = member(document.root, "version") ?? member(document.root, "pipelines");
    if (version === undefined || ["1", 1].includes(version.value)) return [];
    const written = version.type === "array" ? "2" : String(version.value);
    return [
      {
        message: `this is a manifest of osbuild's version ${written}, which is not supported`,
        at: locationOf(document, version.type === "array" ? (version.parent?.children?.[0] ?? version) : version),
        hint: "write it as a pipeline, with `build`, `stages` and `assembler`, or build it with osbuild itself",
      },
    ];
  });
  if (problems.length > 0) throw new BuildError("INVALID", problems);
}

/** Runners that stand beside a pipeline's stages, or beside a wrapped pipeline, where osbuild never looked. */
function unusedRunners(document: Document, node: Node): readonly Problem[] {
  const runner = stringMember(node, "runner");
  const build = objectMember(node, "build");
  const isEnvironment = build !== undefined && stringMember(build, "runner") !== undefined;
  const below = [objectMember(node, "pipeline"), isEnvironment ? objectMember(build, "pipeline") : build];
  const found = below.flatMap((pipeline) => (pipeline === undefined ? [] : unusedRunners(document, pipeline)));
  if (runner === undefined) return found;
  const hint = 'a runner belongs in "build"; a file that is a runner and a pipeline is for --build-env';
  return [{ message: '"runner" has no effect here', at: locationOf(document, runner), hint }, ...found];
}

/** A pipeline of a chain, as it is written. */
interface Link {
  readonly document: Document;
  readonly node: Node;
  readonly base: Base | null;
}

function linkOf(document: Document, written: Node): Link {
  // `{"pipeline": {…}, "sources": {…}}` is a pipeline in a wrapper.
  const wrapped = objectMember(written, "pipeline");
  if (wrapped !== undefined) return linkOf(document, wrapped);
  const base = stringMember(written, "base");
  return {
    document,
    node: written,
    base: base === undefined ? null : { id: base.value, at: locationOf(document, base) },
  };
}

/** What a pipeline runs in, as it is written. */
interface Environment {
  readonly runner: string | null;
  readonly link: Link | undefined;
}

/** What `build` nests, from the outside in. A pipeline that makes no tree is no environment. */
function environments(document: Document, build: Node | undefined): readonly Environment[] {
  if (build === undefined) return [];
  const runner: string | null = stringMember(build, "runner")?.value ?? null;
  const written = runner === null ? build : objectMember(build, "pipeline");
  const link = written === undefined ? undefined : linkOf(document, written);
  if (link === undefined || (link.base === null && stageNodes(link.node).length === 0))
    return runner === null ? [] : [{ runner, link: undefined }];
  return [{ runner, link }, ...environments(document, objectMember(link.node, "build"))];
}

async function environmentOf(
  context: Context,
  [environment, ...inner]: readonly Environment[],
  outerEpoch: number,
): Promise<BuildEnvironment | null> {
  if (environment === undefined) return null;
  const { runner, link } = environment;
  if (link !== undefined) return { runner, pipeline: await pipelineOf(context, link, inner, outerEpoch) };
  return (await environmentOf(context, inner, outerEpoch)) ?? { runner, pipeline: null };
}

async function pipelineOf(
  context: Context,
  { document, node, base }: Link,
  inner: readonly Environment[],
  outerEpoch: number,
): Promise<Pipeline> {
  const epoch = epochOf(document, node);
  const sourceEpoch = epoch?.seconds ?? outerEpoch;
  const build = await environmentOf(context, inner, sourceEpoch);
  // What a command line adds to a pipeline's file was in no id; fingerprints know of it.
  const own = inner.find(({ link }) => link !== undefined)?.link?.document === document;
  const origin: Origin = { document, epoch, buildId: own ? (build?.pipeline?.treeId ?? null) : null };
  const stages: Step[] = [];
  let assembler: Step | null = null;
  let treeId = base?.id ?? null;
  for (const [kind, step] of await stepNodes(context, node)) {
    const made = await stepOf(context, origin, treeId, kind, step);
    if (made?.kind === "assembler") assembler = made;
    else if (made !== undefined) {
      stages.push(made);
      treeId = made.id;
    }
  }
  const { downloads, warnings } = context;
  return { build, base, stages, assembler, sourceEpoch, downloads, warnings, treeId, outputId: assembler?.id ?? null };
}

function epochOf({ text }: Document, pipeline: Node): Epoch | undefined {
  const node = numberMember(pipeline, "source-epoch");
  return node === undefined ? undefined : { seconds: node.value, text: canonical(text, node) };
}

const stageNodes = (pipeline: Node): readonly Node[] =>
  (arrayMember(pipeline, "stages") ?? arrayMember(pipeline, "pipeline"))?.children ?? [];

/**
 * The steps as written, with what each is. A chain that has no assembler may end in a program that is one: in June
 * 2019 writing the image was the last stage.
 */
async function stepNodes({ library }: Context, pipeline: Node): Promise<readonly (readonly [Kind, Node])[]> {
  const stages = stageNodes(pipeline).map((step) => ["stage", step] as const);
  const assembler = objectMember(pipeline, "assembler");
  if (assembler !== undefined) return [...stages, ["assembler", assembler]];
  const last = stages.at(-1)?.[1];
  return last !== undefined && (await writesImage(library, last))
    ? [...stages.slice(0, -1), ["assembler", last]]
    : stages;
}

async function writesImage(library: Library, step: Node): Promise<boolean> {
  const name = stringMember(step, "name")?.value;
  if (name === undefined || (await library.find("stage", name)) !== undefined) return false;
  return (await library.find("assembler", name)) !== undefined;
}
