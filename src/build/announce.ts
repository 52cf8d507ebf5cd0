import type { Problem } from "../errors.ts";
import type { CacheName, Report, StepInfo } from "../events.ts";
import { innermostFirst, isUnpinned, type Pipeline, steps } from "../pipeline/pipeline.ts";
import { touchRef } from "../store/refs.ts";
import type { BuildContext } from "./context.ts";
import { inOrder, type Plan, type PlannedStep, stepsToRun } from "./plan.ts";

/** Reports a plan: its steps, and the source of each result that needn't be built. Marks those results as used. */
export async function announce(
  plan: Plan,
  { report, layout, remote }: BuildContext,
  describe: (id: string) => StepInfo,
  fetched: ReadonlyMap<string, CacheName>,
): Promise<void> {
  const all = inOrder(plan).flatMap((part) => part.steps);
  const times = timesOf(all);
  report({ type: "planned", steps: all.map(({ step }) => describe(step.id)), toRun: stepsToRun(plan) });
  for (const planned of all) {
    if (planned.type === "run") continue;
    const { id } = planned.step;
    const source = fetched.get(id) ?? (planned.type === "stored" ? "store" : "not needed");
    report({
      type: "step-cached",
      step: describe(id),
      source,
      bytes: planned.type === "stored" ? planned.record.size : 0,
      ran: times.get(id) ?? null,
      isUnpinned: isUnpinned(planned.step),
    });
    if (planned.type !== "stored") continue;
    remote?.known(planned.record);
    await touchRef(layout, id);
  }
}

/**
 * Reports that no step of a pipeline need run, because the cache has all that its image was made from. `downloaded` is
 * the time of the oldest download that nothing pins, in milliseconds since 1970; null if that isn't known.
 */
export function announceCached(pipeline: Pipeline, downloaded: number | null, report: Report): void {
  const describe = describer(pipeline);
  const all = innermostFirst(pipeline).flatMap(steps);
  report({ type: "planned", steps: all.map(({ id }) => describe(id)), toRun: 0 });
  for (const step of all) {
    const told = { bytes: 0, ran: downloaded, isUnpinned: isUnpinned(step) };
    report({ type: "step-cached", step: describe(step.id), source: "not needed", ...told });
  }
}

/**
 * The times at which the steps ran that don't run now. The last result that is used knows best: it may follow from an
 * earlier run.
 */
function timesOf(all: readonly PlannedStep[]): ReadonlyMap<string, number | undefined> {
  const used = all.flatMap((planned) => (planned.type === "stored" ? [planned.record] : []));
  return new Map([...used, ...used.flatMap(({ runs = [] }) => runs)].map(({ id, ran }) => [id, ran]));
}

/** Numbers the steps of a pipeline and its build pipelines for reports. */
export function describer(pipeline: Pipeline): (id: string) => StepInfo {
  const pipelines = innermostFirst(pipeline);
  const infos = new Map<string, StepInfo>();
  for (const [place, each] of pipelines.entries()) {
    for (const { id, kind, name } of steps(each)) {
      infos.set(id, { id, kind, name, depth: pipelines.length - 1 - place, index: infos.size + 1 });
    }
  }
  return (id) => infos.get(id) as StepInfo;
}

/** The warning for a source-epoch in the future. */
export const futureEpoch = ({ sourceEpoch }: Pipeline): Problem => ({
  message: `the source-epoch ${sourceEpoch} is later than this machine's clock: ${new Date(sourceEpoch * 1000).toISOString()}`,
  hint: "files that this build makes get this time, and look as if they were from the future",
});
