import type { Node } from "jsonc-parser";
import { defaultSourceEpoch } from "../epoch.ts";
import { BuildError, fewerStages, type Location, type Problem } from "../errors.ts";
import { canonical } from "../json/canonical.ts";
import { type Document, locationOf } from "../json/document.ts";
import { byPlace, distinct } from "../json/location.ts";
import { arrayMember, member, numberMember, objectMember, stringMember, toValue } from "../json/nodes.ts";
import { quote } from "../json/wording.ts";
import type { Library } from "../programs/library.ts";
import type { StepKind } from "../programs/program.ts";
import { parsePinned } from "../registry/reference.ts";
import type { Secrets } from "../secrets/secret.ts";
import { type Base, type BuildEnvironment, mostLayers, type Pipeline, type Step } from "./pipeline.ts";
import { type Context, type Epoch, type PipelineContext, stepOf } from "./step.ts";
import { type Verdicts, validateShape } from "./validation/validate.ts";

/** A pipeline's file, and everything that the command lines of osbuild's first releases could add to it. */
export interface Sources {
  readonly document: Document;
  /** `--build-pipeline`: builds the tree that the innermost pipeline runs in. */
  readonly buildPipeline?: Document | undefined;
  /** `--build-env`: like `--build-pipeline`, but with a runner. */
  readonly buildEnv?: Document | undefined;
  /** `--base`: replaces the pipeline's own base. */
  readonly base?: string | undefined;
  /** `--mirrors`: maps URL prefixes to mirrors. */
  readonly mirrors?: Document | undefined;
  /** `--secret`: the values that options name. */
  readonly secrets?: Secrets | undefined;
}

/**
 * Normalises a pipeline of any dialect and gives every step its id. Throws all problems of all its files at once. Skips
 * the validation of everything in `verdicts`, and adds to it everything that turns out to be valid.
 */
export async function normalise(sources: Sources, library: Library, verdicts: Verdicts = new Set()): Promise<Pipeline> {
  const { document, buildPipeline, buildEnv, mirrors, secrets = new Map() } = sources;
  const given = [document, buildPipeline, buildEnv].filter((file) => file !== undefined);
  requireFirstVersion(given);
  const warnings = given.flatMap((file) => file.warnings);
  const problems = (
    await Promise.all([
      validateShape(document, "pipeline", verdicts),
      buildPipeline === undefined ? [] : validateShape(buildPipeline, "pipeline", verdicts),
      buildEnv === undefined ? [] : validateShape(buildEnv, "build", verdicts),
      mirrors === undefined ? [] : validateShape(mirrors, "mirrors", verdicts),
    ])
  ).flat();
  const urls = objectMember(document.root, "sources");
  const downloads = {
    ...(urls === undefined ? {} : { sources: toValue(urls) }),
    ...(mirrors === undefined ? {} : { mirrors: toValue(mirrors.root) }),
  };
  const found = writtenPipeline(document, document.root);
  const written = sources.base === undefined ? found : { ...found, base: baseOf(sources.base, undefined) };
  const inner = [document, buildPipeline, buildEnv].flatMap((file) =>
    file === undefined ? [] : environments(file, file === document ? objectMember(written.node, "build") : file.root),
  );
  const context = { library, problems, warnings, verdicts, downloads, secrets };
  const pipeline = await pipelineOf(context, written, inner, defaultSourceEpoch);
  const files = [...given, ...(mirrors === undefined ? [] : [mirrors])].flatMap(filesOf);
  const file = ({ at }: Problem) => files.indexOf(at?.file ?? "");
  const inFiles = (a: Problem, b: Problem) => file(a) - file(b) || byPlace(a, b);
  if (problems.length > 0) throw new BuildError("INVALID", distinct(problems).toSorted(inFiles));
  warnings.push(...unusedRunners(document, document.root));
  return { ...pipeline, warnings: distinct(warnings).toSorted(inFiles) };
}

/** The names of all files that a document was made of. */
const filesOf = ({ file, origins }: Document): readonly string[] => [
  file,
  ...new Set(Array.from(origins?.values() ?? [], (origin) => origin.file)),
];

/** Reports a manifest in osbuild's second format as one problem; otherwise every key in it would be unknown. */
function requireFirstVersion(documents: readonly Document[]): void {
  const problems = documents.flatMap((document) => {
    const version = member(document.root, "version") ?? member(document.root, "pipelines");
    if (version === undefined || ["1", 1].includes(version.value)) return [];
    const written = version.type === "array" ? "2" : String(version.value);
    return [
      {
        message: `osbuild manifests of version ${written} are not supported`,
        at: locationOf(document, version.type === "array" ? (version.parent?.children?.[0] ?? version) : version),
        hint: "write it as a pipeline, with `build`, `stages` and `assembler`, or build it with osbuild itself",
      },
    ];
  });
  if (problems.length > 0) throw new BuildError("INVALID", problems);
}

/** Finds runners next to a pipeline's stages, or next to a wrapped pipeline, where osbuild never looked. */
function unusedRunners(document: Document, node: Node): readonly Problem[] {
  const runner = stringMember(node, "runner");
  const build = objectMember(node, "build");
  const isEnvironment = build !== undefined && stringMember(build, "runner") !== undefined;
  const below = [objectMember(node, "pipeline"), isEnvironment ? objectMember(build, "pipeline") : build];
  const found = below.flatMap((pipeline) => (pipeline === undefined ? [] : unusedRunners(document, pipeline)));
  if (runner === undefined) return found;
  const hint = 'a runner belongs in "build"; pass a file with a runner and a pipeline to --build-env';
  return [{ message: '"runner" has no effect here', at: locationOf(document, runner), hint }, ...found];
}

/** A pipeline or a build pipeline, as written. */
interface WrittenPipeline {
  readonly document: Document;
  readonly node: Node;
  readonly base: Base | null;
}

function writtenPipeline(document: Document, node: Node): WrittenPipeline {
  // `{"pipeline": {…}, "sources": {…}}` is a pipeline in a wrapper.
  const wrapped = objectMember(node, "pipeline");
  if (wrapped !== undefined) return writtenPipeline(document, wrapped);
  const base = stringMember(node, "base");
  return {
    document,
    node,
    base: base === undefined ? null : baseOf(base.value, locationOf(document, base)),
  };
}

/** A base as written: the id of a tree in the store, or an image with its digest. */
function baseOf(text: string, at: Location | undefined): Base {
  const image = parsePinned(text);
  return { id: image?.digest.replace("sha256:", "") ?? text, image, at };
}

/** Finds a base whose digest follows something that is no name of an image. The schema's pattern allows for that. */
function misnamedBase({ base }: WrittenPipeline): readonly Problem[] {
  if (base === null || base.image !== undefined || !base.id.includes("@")) return [];
  const hint = "begin with the registry's host name, and write the rest in small letters";
  return [{ message: `"base" names no image: ${quote(base.id)}`, at: base.at, hint }];
}

/** The environment that a pipeline runs in, as written. */
interface Environment {
  readonly runner: string | null;
  readonly written: WrittenPipeline | undefined;
}

/** The nested `build` environments, the outermost first. A pipeline that makes no tree isn't an environment. */
function environments(document: Document, build: Node | undefined): readonly Environment[] {
  if (build === undefined) return [];
  const runner: string | null = stringMember(build, "runner")?.value ?? null;
  const node = runner === null ? build : objectMember(build, "pipeline");
  const written = node === undefined ? undefined : writtenPipeline(document, node);
  if (written === undefined || (written.base === null && stageNodes(written.node).length === 0))
    return runner === null ? [] : [{ runner, written: undefined }];
  return [{ runner, written }, ...environments(document, objectMember(written.node, "build"))];
}

async function environmentOf(
  context: Context,
  [environment, ...inner]: readonly Environment[],
  outerEpoch: number,
): Promise<BuildEnvironment | null> {
  if (environment === undefined) return null;
  const { runner, written } = environment;
  if (written !== undefined) return { runner, pipeline: await pipelineOf(context, written, inner, outerEpoch) };
  return (await environmentOf(context, inner, outerEpoch)) ?? { runner, pipeline: null };
}

async function pipelineOf(
  context: Context,
  { document, node, base }: WrittenPipeline,
  inner: readonly Environment[],
  outerEpoch: number,
): Promise<Pipeline> {
  const epoch = epochOf(document, node);
  const sourceEpoch = epoch?.seconds ?? outerEpoch;
  const build = await environmentOf(context, inner, sourceEpoch);
  // osbuild never put a build pipeline from the command line into an id. Fingerprints include it.
  const own = inner.find(({ written }) => written !== undefined)?.written?.document === document;
  const within: PipelineContext = { document, epoch, buildId: own ? (build?.pipeline?.treeId ?? null) : null };
  const stages: Step[] = [];
  let assembler: Step | null = null;
  context.problems.push(...misnamedBase({ document, node, base }));
  let treeId = base?.id ?? null;
  const nodes = await stepNodes(context, node);
  context.problems.push(...tooManyStages(document, nodes));
  for (const [kind, step] of nodes) {
    const made = await stepOf(context, within, treeId, kind, step);
    if (made?.kind === "assembler") assembler = made;
    else if (made !== undefined) {
      stages.push(made);
      treeId = made.id;
    }
  }
  const { downloads, warnings } = context;
  return { build, base, stages, assembler, sourceEpoch, downloads, warnings, treeId, outputId: assembler?.id ?? null };
}

function tooManyStages(document: Document, nodes: readonly (readonly [StepKind, Node])[]): readonly Problem[] {
  const [, first] = nodes.filter(([kind]) => kind === "stage")[mostLayers] ?? [];
  if (first === undefined) return [];
  const message = `this is stage ${mostLayers + 1}, but a pipeline can have at most ${mostLayers}`;
  return [{ message, at: locationOf(document, stringMember(first, "name") ?? first), hint: fewerStages }];
}

function epochOf(document: Document, pipeline: Node): Epoch | undefined {
  const node = numberMember(pipeline, "source-epoch");
  return node === undefined ? undefined : { seconds: node.value, text: canonical(document, node) };
}

const stageNodes = (pipeline: Node): readonly Node[] =>
  (arrayMember(pipeline, "stages") ?? arrayMember(pipeline, "pipeline"))?.children ?? [];

/**
 * The steps as written, each with its kind. The last stage of a pipeline without an assembler may itself be an
 * assembler: in June 2019 the last stage wrote the image.
 */
async function stepNodes({ library }: Context, pipeline: Node): Promise<readonly (readonly [StepKind, Node])[]> {
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
