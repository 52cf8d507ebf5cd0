import { readFile, writeFile } from "node:fs/promises";
import { dropDamage, findDamage } from "./damage.ts";
import { failure, hasCode, type Problem } from "./errors.ts";
import type { StepInfo } from "./events.ts";
import { machineState, requireHost } from "./host/checks.ts";
import { enginePrograms, type Need, providePrograms } from "./host/packages.ts";
import { fingerprints } from "./pipeline/fingerprint.ts";
import { chain, type Pipeline, steps } from "./pipeline/pipeline.ts";
import { requiredPrograms } from "./pipeline/requires.ts";
import { inOrder, type Plan, planBuild, stepsToRun } from "./plan.ts";
import { type BuildContext, openSession, type Remote, type Session } from "./session.ts";
import { DamagedError } from "./store/integrity.ts";
import type { Layout } from "./store/layout.ts";
import { sha256 } from "./store/objects.ts";
import { type Record, readRef, touchRef } from "./store/refs.ts";
import type { Layer } from "./store/trees.ts";
import { lockShared } from "./store/workspace.ts";

/** What a build has come to: every step's record, by id. A step that nothing needed has none. */
export type BuildResult = ReadonlyMap<string, Record>;

/** Builds a pipeline and delivers its output. What turns out to be damaged only then is built once more. */
export async function buildOutput(
  pipeline: Pipeline,
  context: BuildContext,
  deliver: (record: Record) => Promise<void>,
): Promise<Record | undefined> {
  const buildAndDeliver = async () => {
    const records = await build(pipeline, context);
    const record = pipeline.outputId === null ? undefined : records.get(pipeline.outputId);
    if (record !== undefined) await deliver(record);
    return record;
  };
  return buildAndDeliver().catch((error) => {
    if (!(error instanceof DamagedError)) throw error;
    return buildAndDeliver();
  });
}

/** Builds what of a pipeline isn't in the store. The store has everything that succeeded, even when a later step fails. */
export async function build(pipeline: Pipeline, context: BuildContext): Promise<BuildResult> {
  const { layout, report, signal, from, save, remote } = context;
  for (const problem of pipeline.warnings) report({ type: "warning", problem });
  const origin = from === undefined ? null : await sha256(from);
  const found = await fingerprintsOf(pipeline, layout, origin);
  const wanted = save === undefined ? "output" : "tree";
  const lookUp = async () =>
    planBuild(pipeline, { fingerprints: found, records: await recordsOf(pipeline, layout) }, wanted);
  const describe = describer(pipeline);
  if (pipeline.sourceEpoch * 1000 > Date.now()) report({ type: "warning", problem: futureEpoch(pipeline) });
  let plan = await lookUp();
  if (stepsToRun(plan) === 0 && save === undefined && (await findDamage(plan, context, origin)).length === 0) {
    announce(plan, context, describe, new Set());
    return recordsOf(pipeline, layout);
  }
  const provide = (needs: readonly Need[]) => providePrograms(needs, context.install ? report : undefined);
  await provide(enginePrograms.map((program) => ({ program, of: "every build" })));
  await checkMachine(layout);
  await using session = await openSession(context, describe);
  try {
    // Since the first look another build may have finished, or the store been pruned; from now on it can't be.
    const fetched = new Set<string>();
    plan = await planSoundly({
      lookUp,
      fetch: async (first) => (remote === undefined ? first : fetchPlanned(first, lookUp, remote, fetched)),
      drop: (counted) => dropDamage(counted, context, origin),
    });
    await provide(await needsOf(plan));
    announce(plan, context, describe, fetched);
    await remote?.bringState(keepersOf(plan));
    if (stepsToRun(plan) > 0 || save !== undefined) await execute(plan, context, session, origin);
  } catch (error) {
    if (signal.aborted) throw failure("INTERRUPTED", "interrupted", undefined, { cause: error });
    throw error;
  }
  return recordsOf(pipeline, layout);
}

/** Once for as long as nothing changes: it takes a tenth of a small build. */
async function checkMachine(layout: Layout): Promise<void> {
  const now = await machineState();
  if ((await readFile(layout.machine, "utf8").catch(ignoreMissing)) === now) return;
  // A build that begins would sweep away what lies where this one tries things out.
  await using _kept = await lockShared(layout);
  await requireHost(layout.temporary);
  await writeFile(layout.machine, now);
}

function ignoreMissing(error: unknown): undefined {
  if (!hasCode(error, "ENOENT")) throw error;
}

interface Planning {
  readonly lookUp: () => Promise<Plan>;
  readonly fetch: (plan: Plan) => Promise<Plan>;
  readonly drop: (plan: Plan) => Promise<boolean>;
}

/** Plans until nothing that the plan counts on is damaged. */
async function planSoundly({ lookUp, fetch, drop }: Planning): Promise<Plan> {
  for (;;) {
    const local = await lookUp();
    // Before anything is fetched: it would replace what is damaged, and nobody would hear of that.
    if (await drop(local)) continue;
    const plan = await fetch(local);
    if (!(await drop(plan))) return plan;
  }
}

/**
 * Fetches what the plan would build, if something has it: the output first, then the trees from the last down. Notes
 * their ids, and returns the plan for what is left.
 */
async function fetchPlanned(
  first: Plan,
  lookUp: () => Promise<Plan>,
  remote: Remote,
  fetched: Set<string>,
): Promise<Plan> {
  let plan = first;
  // A pipeline's own steps before its build root's: where none of them runs, the root isn't needed either.
  for (let depth = 0; ; depth++) {
    const part = inOrder(plan).at(-1 - depth);
    if (part === undefined) return plan;
    const missing = part.steps.flatMap((planned) => (planned.type === "run" ? [planned] : [])).reverse();
    const id = await remote.fetch(
      missing.map(({ step, fingerprint }) => ({ id: step.id, fingerprint: fingerprint.value })),
    );
    if (id === undefined) continue;
    fetched.add(id);
    plan = await lookUp();
  }
}

const futureEpoch = ({ sourceEpoch }: Pipeline): Problem => ({
  message: `the source-epoch ${sourceEpoch} is later than this machine's clock: ${new Date(sourceEpoch * 1000).toISOString()}`,
  hint: "files that this build makes get this time, and look as if they were from the future",
});

/** What would run, without running it. */
export async function dryRun(
  pipeline: Pipeline,
  { layout, from }: Pick<BuildContext, "layout" | "from">,
): Promise<Plan> {
  const origin = from === undefined ? null : await sha256(from);
  const found = await fingerprintsOf(pipeline, layout, origin);
  return planBuild(pipeline, { fingerprints: found, records: await recordsOf(pipeline, layout) }, "output");
}

/** Once for a build: the user's files are read for them. */
const fingerprintsOf = (pipeline: Pipeline, layout: Layout, archive: string | null) =>
  fingerprints(pipeline, {
    baseFingerprint: async (id) => (await readRef(layout, id))?.fingerprint ?? null,
    archive,
  });

/** The results that the store has, by step id. */
export async function recordsOf(pipeline: Pipeline, layout: Layout): Promise<ReadonlyMap<string, Record>> {
  const records = new Map<string, Record>();
  for (const { id } of chain(pipeline).flatMap(steps)) {
    const record = await readRef(layout, id);
    if (record !== undefined) records.set(id, record);
  }
  return records;
}

/** The programs that must be on the host: those of the steps whose build root it is. */
async function needsOf(plan: Plan): Promise<readonly Need[]> {
  const onHost = inOrder(plan).filter(({ pipeline }) => (pipeline.build?.pipeline ?? null) === null);
  const running = onHost.flatMap((part) => part.steps).filter(({ type }) => type === "run");
  const needs = running.map(async ({ step }) =>
    (await requiredPrograms(step.program, step.options)).map((program) => ({ program, of: step.name })),
  );
  return (await Promise.all(needs)).flat();
}

/** The programs that run and keep something between builds. */
const keepersOf = (plan: Plan): readonly string[] =>
  inOrder(plan)
    .flatMap((part) => part.steps)
    .flatMap(({ type, step: { program } }) => (type === "run" && program.meta.state ? [program.name] : []));

function announce(
  plan: Plan,
  { report, layout, remote }: BuildContext,
  describe: (id: string) => StepInfo,
  fetched: ReadonlySet<string>,
): void {
  const all = inOrder(plan).flatMap((part) => part.steps);
  report({ type: "planned", steps: all.map(({ step }) => describe(step.id)), toRun: stepsToRun(plan) });
  for (const planned of all) {
    if (planned.type === "run") continue;
    const { id } = planned.step;
    const source = fetched.has(id) ? "cache" : planned.type === "stored" ? "store" : "below";
    report({
      type: "step-cached",
      step: describe(id),
      source,
      bytes: planned.type === "stored" ? planned.record.size : 0,
    });
    if (planned.type !== "stored") continue;
    remote?.known(planned.record);
    void touchRef(layout, id);
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
