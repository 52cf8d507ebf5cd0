import type { Fingerprint } from "../pipeline/fingerprint.ts";
import { type Pipeline, type Step, steps } from "../pipeline/pipeline.ts";
import type { ResultHead } from "../store/heads.ts";
import { findUnusable, type Known, type Unusable } from "./usable.ts";

/** The plan for one pipeline, and for the build pipeline that it needs. */
export interface Plan {
  readonly pipeline: Pipeline;
  /** In order: the steps that needn't run come first. */
  readonly steps: readonly PlannedStep[];
  /** The plan for the build root; null if no step has to run or no pipeline builds the root. */
  readonly build: Plan | null;
}

/** A step, and whether it runs. */
export type PlannedStep =
  | { readonly step: Step; readonly type: "stored"; readonly record: ResultHead }
  /** Not needed: a later result built on it is already stored. */
  | { readonly step: Step; readonly type: "not needed" }
  | RunningStep;

/** A step that runs, because its stored result can't be used or there is none. */
export interface RunningStep extends Unusable {
  readonly step: Step;
  readonly type: "run";
  readonly fingerprint: Fingerprint;
}

/**
 * Decides what runs: every step after the last one whose result is stored, and none before it. If the tree itself is
 * wanted, a stored output isn't enough.
 */
export function planBuild(pipeline: Pipeline, known: Known, wanted: "output" | "tree"): Plan {
  const results: Results = { ...known, unusable: findUnusable(pipeline, known) };
  const plan = planSteps(pipeline, steps(pipeline), results);
  if (wanted === "output") return plan;
  const tree = planTree(pipeline, results);
  return { ...plan, steps: [...tree.steps, ...plan.steps.slice(tree.steps.length)], build: tree.build ?? plan.build };
}

interface Results extends Known {
  readonly unusable: ReadonlyMap<Step, Unusable>;
}

/** Plans a build root: only its tree is wanted. */
const planTree = (pipeline: Pipeline, results: Results) => planSteps(pipeline, pipeline.stages, results);

function planSteps(pipeline: Pipeline, all: readonly Step[], results: Results): Plan {
  const { unusable, records, fingerprints } = results;
  const hit = all.findLastIndex((step) => !unusable.has(step));
  const planned = all.map((step, index): PlannedStep => {
    const why = unusable.get(step);
    if (why === undefined) return { step, type: "stored", record: records.get(step.id) as ResultHead };
    if (index < hit) return { step, type: "not needed" };
    return { step, type: "run", fingerprint: fingerprints.get(step) as Fingerprint, ...why };
  });
  const builds = hit < all.length - 1 ? (pipeline.build?.pipeline ?? null) : null;
  return { pipeline, steps: planned, build: builds === null ? null : planTree(builds, results) };
}

/** The plan of a pipeline and those of its build pipelines, in the order in which they are carried out. */
export const inOrder = (plan: Plan): readonly Plan[] => [...(plan.build === null ? [] : inOrder(plan.build)), plan];

/** The last stage whose tree is stored: the tree that the next step stands on. */
export const lastStored = ({ steps: all }: Plan) =>
  all.findLast(
    (planned): planned is Extract<PlannedStep, { type: "stored" }> =>
      planned.step.kind === "stage" && planned.type === "stored",
  );

/** The number of steps that run, those of the build pipelines included. */
export const stepsToRun = (plan: Plan): number =>
  inOrder(plan).reduce((sum, { steps: all }) => sum + all.filter(({ type }) => type === "run").length, 0);
