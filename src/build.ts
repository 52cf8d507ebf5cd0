import { failure } from "./errors.ts";
import type { StepInfo } from "./events.ts";
import { enginePrograms, type Need, requirePrograms } from "./host/packages.ts";
import { fingerprints } from "./pipeline/fingerprint.ts";
import { chain, type Pipeline, steps } from "./pipeline/pipeline.ts";
import { inOrder, type Known, type Plan, planBuild, stepsToRun } from "./plan.ts";
import { type BuildContext, openSession, type Session } from "./session.ts";
import type { Layout } from "./store/layout.ts";
import { sha256 } from "./store/objects.ts";
import { type Record, readRef, touchRef } from "./store/refs.ts";
import type { Layer } from "./store/trees.ts";

/** What a build has come to: every step's record, by id. A step that nothing needed has none. */
export type BuildResult = ReadonlyMap<string, Record>;

/** Builds what of a pipeline isn't in the store. The store has everything that succeeded, even when a later step fails. */
export async function build(pipeline: Pipeline, context: BuildContext): Promise<BuildResult> {
  const origin = context.from === undefined ? null : await sha256(context.from);
  const lookUp = async () =>
    planBuild(
      pipeline,
      await knownOf(pipeline, context.layout, origin),
      context.save === undefined ? "output" : "tree",
    );
  let plan = await lookUp();
  const describe = describer(pipeline);
  if (stepsToRun(plan) > 0 || context.save !== undefined) {
    await requirePrograms(needsOf(plan));
    await using session = await openSession(context, describe);
    try {
      // Since the first look another build may have finished, or the store been pruned; from now on it can't be.
      plan = await lookUp();
      announce(plan, context, describe);
      await execute(plan, context, session, origin);
    } catch (error) {
      if (context.signal.aborted) throw failure("INTERRUPTED", "interrupted", undefined, { cause: error });
      throw error;
    }
  } else announce(plan, context, describe);
  return (await knownOf(pipeline, context.layout, origin)).records;
}

/** What would run, without running it. */
export async function dryRun(
  pipeline: Pipeline,
  { layout, from }: Pick<BuildContext, "layout" | "from">,
): Promise<Plan> {
  return planBuild(pipeline, await knownOf(pipeline, layout, from === undefined ? null : await sha256(from)), "output");
}

/** Which steps the store has the results of. */
async function knownOf(pipeline: Pipeline, layout: Layout, origin: string | null): Promise<Known> {
  const baseFingerprint = async (id: string) => (await readRef(layout, id))?.fingerprint ?? null;
  const found = await fingerprints(pipeline, { baseFingerprint, archive: origin });
  const records = new Map<string, Record>();
  for (const step of chain(pipeline).flatMap(steps)) {
    const record = await readRef(layout, step.id);
    if (record !== undefined) records.set(step.id, record);
  }
  return { fingerprints: found, records };
}

/** The programs that must be on the host: the engine's, and those of the steps whose build root it is. */
function needsOf(plan: Plan): readonly Need[] {
  const onHost = inOrder(plan).filter(({ pipeline }) => (pipeline.build?.pipeline ?? null) === null);
  const running = onHost.flatMap((part) => part.steps).filter(({ type }) => type === "run");
  return [
    ...enginePrograms.map((program) => ({ program, of: "every build" })),
    ...running.flatMap(({ step }) => (step.program.meta.requires ?? []).map((program) => ({ program, of: step.name }))),
  ];
}

function announce(plan: Plan, { report, layout }: BuildContext, describe: (id: string) => StepInfo): void {
  const all = inOrder(plan).flatMap((part) => part.steps);
  report({ type: "planned", steps: all.map(({ step }) => describe(step.id)), toRun: stepsToRun(plan) });
  for (const planned of all) {
    if (planned.type === "run") continue;
    report({ type: "step-cached", step: describe(planned.step.id) });
    if (planned.type === "stored") void touchRef(layout, planned.step.id);
  }
}

/** Carries out a plan, the innermost build pipeline first. */
async function execute(
  plan: Plan,
  { from, save }: BuildContext,
  session: Session,
  origin: string | null,
): Promise<void> {
  let built: readonly Layer[] = [];
  for (const part of inOrder(plan)) {
    const start = part === plan && from !== undefined ? { archive: from, digest: origin as string } : undefined;
    built = await executePart(part, session, built, start);
  }
  if (save !== undefined) await session.save(built, save, plan.pipeline.sourceEpoch);
  await session.stored();
}

/** Runs one pipeline's steps on a build root of these layers; returns the layers of its tree. */
async function executePart(
  part: Plan,
  session: Session,
  root: readonly Layer[],
  start: { archive: string; digest: string } | undefined,
): Promise<readonly Layer[]> {
  const { pipeline } = part;
  let layers = await firstLayers(part, session, start);
  for (const planned of part.steps) {
    if (planned.type !== "run") continue;
    const { step, reason } = planned;
    const site = { pipeline, fingerprint: planned.fingerprint, reason, root, layers };
    if (step.kind === "assembler") await session.assemble(step, site);
    else layers = await session.stage(step, site);
  }
  return layers;
}

/** What the first step that runs starts on: the last tree that is stored, or the base, the archive, or nothing. */
async function firstLayers(
  { pipeline, steps: all }: Plan,
  session: Session,
  start: { archive: string; digest: string } | undefined,
): Promise<readonly Layer[]> {
  const stored = all.findLast(({ step, type }) => step.kind === "stage" && type === "stored");
  if (stored?.type === "stored") return stored.record.layers.map((object) => ({ object }));
  if (pipeline.base !== null) return session.base(pipeline.base);
  return start === undefined ? [] : session.unpacked(start.archive, start.digest, pipeline.sourceEpoch);
}

/** Numbers the steps of a chain for reports. */
function describer(pipeline: Pipeline): (id: string) => StepInfo {
  const pipelines = chain(pipeline);
  const infos = new Map<string, StepInfo>();
  for (const [place, link] of pipelines.entries()) {
    for (const { id, kind, name } of steps(link)) {
      infos.set(id, { id, kind, name, depth: pipelines.length - 1 - place, index: infos.size + 1 });
    }
  }
  return (id) => infos.get(id) as StepInfo;
}
