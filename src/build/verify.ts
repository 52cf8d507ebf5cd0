import { mkdir } from "node:fs/promises";
import { BuildError, failure } from "../errors.ts";
import type { Report } from "../events.ts";
import { runElsewhere } from "../host/elsewhere.ts";
import { enginePrograms, providePrograms } from "../host/packages.ts";
import { allSteps, hasImageBase, innermostFirst, type Pipeline, type Step } from "../pipeline/pipeline.ts";
import type { Setting } from "../pipeline/resolution/setting.ts";
import { secretValues } from "../pipeline/secrets.ts";
import { differenceText } from "../report/difference.ts";
import { printable } from "../report/problems.ts";
import type { Layout } from "../store/layout.ts";
import { readRef, type StoredResult } from "../store/refs.ts";
import { openTrees } from "../store/trees.ts";
import type { Workspace } from "../store/workspace.ts";
import { diffTimes, diffTrees, type TreeDifference } from "../tree/difference.ts";
import { describer } from "./announce.ts";
import type { BuildContext } from "./context.ts";
import { prepare } from "./planning.ts";
import { needsOf } from "./requirements.ts";
import { openSecrets } from "./secret-files.ts";

/** A step of two builds. */
export interface ComparedStep {
  readonly step: Step;
  /** The result of each build, in their order. */
  readonly results: readonly [StoredResult, StoredResult];
  readonly isSame: boolean;
}

/** The steps that two builds of a pipeline have in common. */
export interface Comparison {
  readonly steps: readonly ComparedStep[];
  /** The first step whose results differ, if there is one. */
  readonly different: { readonly step: Step; readonly difference: TreeDifference } | undefined;
}

/** Throws if a pipeline starts from a tree in the store, because nothing shows how that was built. */
export function refuseBase(pipeline: Pipeline): void {
  for (const { base } of innermostFirst(pipeline)) {
    if (base === null || base.image !== undefined) continue;
    const message = "a pipeline is verified by building it from nothing, and this one starts from a tree in the store";
    const hint =
      "verify a pipeline that begins with the stages of the base, or push that as an image and start from it";
    throw new BuildError("INVALID", [{ message, at: base.at, hint }]);
  }
}

/** Checks that the host has the programs for all steps of a pipeline. With `install` it installs and reports them. */
export async function provideAll(pipeline: Pipeline, empty: Layout, install: Report | undefined): Promise<void> {
  const { lookUp } = await prepare(pipeline, { layout: empty });
  const needs = await needsOf(await lookUp());
  await providePrograms([...enginePrograms.map((program) => ({ program, of: "every build" })), ...needs], install);
}

/** Brings the images that a pipeline starts from into a store. The process of the second build has no credentials. */
export async function provideImages(pipeline: Pipeline, context: BuildContext): Promise<void> {
  if (!hasImageBase(pipeline)) return;
  const { openSession } = await import("./session.ts");
  await using session = await openSession(context, describer(pipeline));
  for (const { base } of innermostFirst(pipeline)) if (base?.image !== undefined) await session.base(base);
  await session.stored();
}

/** The command line's files that `osbuild build` takes, as absolute paths. */
export interface BuildFiles {
  readonly pipeline: string;
  readonly libdirs: readonly string[];
  readonly buildEnv: string | undefined;
  readonly buildPipeline?: string | undefined;
  readonly mirrors?: string | undefined;
  readonly variables: readonly Setting[];
}

/**
 * Builds a pipeline for the second time, in an empty store and as on another machine. `program` is the command line's.
 * Throws if the build fails.
 */
export async function buildElsewhere(
  pipeline: Pipeline,
  {
    layout,
    workspace,
    program,
    files,
    signal,
  }: {
    readonly layout: Layout;
    readonly workspace: Workspace;
    readonly program: string;
    readonly files: BuildFiles;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { buildEnv, buildPipeline, mirrors } = files;
  const values = new Map(allSteps(pipeline).flatMap((step) => [...secretValues(step)]));
  const { namespace, directory } = workspace;
  await using secrets = await openSecrets(namespace, `${directory}/secrets`, values);
  const named = Object.entries({ "build-env": buildEnv, "build-pipeline": buildPipeline, mirrors });
  const argv = [
    // A file system in memory counts inodes anew for each build, so the second one uses the disk.
    ...[process.execPath, program, "build", "--quiet", "--workspace=disk", `--store=${layout.directory}`],
    ...files.libdirs.map((libdir) => `--libdir=${libdir}`),
    ...named.flatMap(([name, path]) => (path === undefined ? [] : [`--${name}=${path}`])),
    ...files.variables.map(({ name, value }) => `--set=${name}=${value}`),
    ...(secrets === undefined
      ? []
      : secrets.names.map((name) => `--secret=id=${name},src=${namespace.path(`${secrets.directory}/${name}`)}`)),
    files.pipeline,
  ];
  const { exitCode, printed } = await runElsewhere(argv, layout.directory, signal);
  if (signal.aborted) throw failure("INTERRUPTED", "interrupted");
  if (exitCode === 0) return;
  const step = await firstMissing(pipeline, layout);
  const said = printed
    .trimEnd()
    .split("\n")
    .slice(-30)
    .map((line) => `  ${printable(line)}`);
  const message = `${step?.name ?? "the pipeline"} failed in the second build, but not in the first:\n${said.join("\n")}`;
  throw new BuildError("DIFFERENT", [{ message, at: step?.at, hint: lookFor }]);
}

const lookFor = "look for what depends on the time, a random number, the order of a directory or the machine";

/** The first step of a pipeline that has no result in a store, if there is one. */
async function firstMissing(pipeline: Pipeline, layout: Layout): Promise<Step | undefined> {
  for (const step of allSteps(pipeline)) if ((await readRef(layout, step.id)) === undefined) return step;
  return undefined;
}

/** Compares the results of a pipeline that has been built in two stores. */
export async function compareBuilds(
  pipeline: Pipeline,
  stores: readonly [Layout, Layout],
  workspace: Workspace,
): Promise<Comparison> {
  const compared: ComparedStep[] = [];
  for (const step of allSteps(pipeline)) {
    const [one, other] = await Promise.all(stores.map((layout) => readRef(layout, step.id)));
    if (other === undefined)
      throw failure("INVALID", `the pipeline was changed while it was built: the second build has no ${step.name}`);
    // The first store may lack results that a build with a cache didn't need, or have those of an earlier build.
    if (one?.fingerprint !== other.fingerprint) continue;
    compared.push({ step, results: [one, other], isSame: one.object === other.object });
  }
  const first = compared.find(({ isSame }) => !isSame);
  if (first === undefined) return { steps: compared, different: undefined };
  return { steps: compared, different: { step: first.step, difference: await differenceOf(first, stores, workspace) } };
}

/** The difference between the trees after a stage, or between an assembler's files. */
async function differenceOf(
  { step, results }: ComparedStep,
  stores: readonly [Layout, Layout],
  { namespace, directory }: Workspace,
): Promise<TreeDifference> {
  await using opened = new AsyncDisposableStack();
  const pathOf = async (index: 0 | 1) => {
    const [layout, { object, layers }] = [stores[index], results[index]];
    if (step.kind === "assembler") return layout.object(object);
    const place = `${directory}/tree-${index}`;
    await mkdir(place);
    const trees = openTrees(namespace, layout, place);
    const tree = opened.use(await trees.get(layers.map((digest) => ({ object: digest }))));
    return namespace.path(tree.path);
  };
  const [before, after] = [await pathOf(0), await pathOf(1)];
  const difference = await diffTrees(before, after);
  const isEmpty = Object.values(difference).every((part) => Object.keys(part).length === 0);
  return isEmpty ? { ...difference, changed: diffTimes(before, after) } : difference;
}

/** Makes the error for a step whose results differ. */
export function unlike({ step, difference }: NonNullable<Comparison["different"]>): BuildError {
  const message = `${step.name} doesn't give the same bits again:\n${differenceText(difference)}`;
  return new BuildError("DIFFERENT", [{ message, at: step.at, hint: lookFor }]);
}
