import { failure } from "../errors.ts";
import { enginePrograms, type Need, providePrograms } from "../host/packages.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { requireSecrets } from "../pipeline/secrets.ts";
import { DamagedError, recordedContents } from "../store/integrity.ts";
import { requireWritable } from "../store/layout.ts";
import { readRef, type StoredResult } from "../store/refs.ts";
import { lockShared, sweepWorkspaces } from "../store/workspace.ts";
import { announce, describer, futureEpoch } from "./announce.ts";
import type { BuildContext } from "./context.ts";
import { findDamage } from "./damage.ts";
import { stepsToRun } from "./plan.ts";
import { oldBases, planSoundly, prepare, type Work } from "./planning.ts";

/**
 * Builds a pipeline and delivers its output. If the output turns out to be damaged on delivery, builds it once more.
 * Nothing that the build found in the store is deleted until it has been delivered.
 */
export async function buildOutput(
  pipeline: Pipeline,
  context: BuildContext,
  deliver: (record: StoredResult) => Promise<void>,
): Promise<StoredResult | undefined> {
  const { outputId } = pipeline;
  const buildAndDeliver = async () => {
    let output: StoredResult | undefined;
    await build(pipeline, context, async () => {
      output = outputId === null ? undefined : await readRef(context.layout, outputId);
      if (output !== undefined) await deliver(output);
    });
    return output;
  };
  return buildAndDeliver().catch((error) => {
    if (!(error instanceof DamagedError)) throw error;
    return buildAndDeliver();
  });
}

/**
 * Builds the missing results of a pipeline. The store keeps every result that succeeded, even if a later step fails,
 * and deletes none of them until `deliver` has ended.
 */
export async function build(
  pipeline: Pipeline,
  context: BuildContext,
  deliver: () => Promise<void> = async () => undefined,
): Promise<void> {
  const { layout, report, signal } = context;
  requireSecrets(pipeline);
  for (const problem of pipeline.warnings) report({ type: "warning", problem });
  for (const problem of await oldBases(pipeline, context)) report({ type: "warning", problem });
  if (pipeline.sourceEpoch * 1000 > Date.now()) report({ type: "warning", problem: futureEpoch(pipeline) });
  try {
    await sweepWorkspaces(layout, (problem) => report({ type: "warning", problem }));
    const { work, lock } = await prepareLocked(pipeline, context);
    {
      await using _kept = lock;
      await work.keepTools();
      if (await isUnchanged(work)) return await checkAndDeliver();
    }
    await using _kept = await buildMissing(work);
    await checkAndDeliver();
  } catch (error) {
    if (signal.aborted) throw failure("INTERRUPTED", "interrupted", undefined, { cause: error });
    throw error;
  }

  async function checkAndDeliver(): Promise<void> {
    await checkStored(pipeline, context);
    await deliver();
  }
}

/** Prepares a build and locks the store meanwhile, because locking takes a process. */
async function prepareLocked(pipeline: Pipeline, context: BuildContext) {
  await using kept = new AsyncDisposableStack();
  const locking = lockShared(context.layout).then((lock) => kept.use(lock));
  locking.catch(() => undefined);
  const work = await prepare(pipeline, context).finally(() => locking);
  return { work, lock: kept.move() };
}

/** Checks whether everything wanted is in the store already. If so, reports it. */
async function isUnchanged({ context, pipeline, archiveDigest, lookUp }: Work): Promise<boolean> {
  const plan = await lookUp();
  if (stepsToRun(plan) > 0 || context.save !== undefined) return false;
  // Without an image there are no recorded contents, so the tree itself has to be measured.
  if (context.budget !== undefined && pipeline.outputId === null) return false;
  if ((await findDamage(plan, context, archiveDigest)).length > 0) return false;
  await announce(plan, context, describer(pipeline), new Map());
  return true;
}

/** Measures an image by its recorded contents: if nothing ran, no tree was measured. */
async function checkStored(pipeline: Pipeline, { layout, budget }: BuildContext): Promise<void> {
  const { outputId, stages } = pipeline;
  const step = stages.at(-1) ?? pipeline.assembler;
  if (budget === undefined || outputId === null || step === null) return;
  const { requireBudget } = await import("./budget.ts");
  const contents = await recordedContents(layout, outputId);
  if (contents !== undefined) requireBudget(budget, pipeline, { contents, step, started: undefined });
}

/** Builds the missing results. The lock that it returns keeps the store from being pruned. */
async function buildMissing(work: Work): Promise<AsyncDisposable> {
  const { context, pipeline, archiveDigest } = work;
  const { layout, report, save } = context;
  const describe = describer(pipeline);
  // An unchanged build would take longer to load these than to do all that it does.
  const [{ openSession }, { execute }, { checkMachine, needsOf }] = await Promise.all([
    import("./session.ts"),
    import("./execute.ts"),
    import("./requirements.ts"),
  ]);
  await requireWritable(layout, "it lacks something that has to be built");
  const provide = (needs: readonly Need[]) => providePrograms(needs, context.install ? report : undefined);
  await provide(enginePrograms.map((program) => ({ program, of: "every build" })));
  await checkMachine(layout);
  await using kept = new AsyncDisposableStack();
  {
    await using session = await openSession(context, describe);
    // Another build or a prune may have changed the store since the first look. The session's lock prevents that now.
    const { plan, fetched } = await planSoundly(work);
    await provide(needsOf(plan));
    await announce(plan, context, describe, fetched);
    const isMeasured = context.budget !== undefined && pipeline.outputId === null;
    if (stepsToRun(plan) > 0 || save !== undefined || isMeasured) await execute(plan, context, session, archiveDigest);
    // The session ends here, because delivery needs its disk space, and its lock ends with it.
    kept.use(await lockShared(layout));
  }
  return kept.move();
}
