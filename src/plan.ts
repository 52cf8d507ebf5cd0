import type { Reason } from "./events.ts";
import type { Fingerprint } from "./pipeline/fingerprint.ts";
import { type Pipeline, type Step, steps } from "./pipeline/pipeline.ts";
import type { Record } from "./store/refs.ts";

/** What is to be done for one pipeline of a chain. */
export interface Plan {
  readonly pipeline: Pipeline;
  /** In order: first what is there, then what must run. */
  readonly steps: readonly PlannedStep[];
  /** What builds the build root, where some step must run and the root is a pipeline's. */
  readonly build: Plan | null;
}

export type PlannedStep =
  | { readonly step: Step; readonly type: "stored"; readonly record: Record }
  /** Nothing reads its tree: something that is built on it is stored. */
  | { readonly step: Step; readonly type: "unneeded" }
  | { readonly step: Step; readonly type: "run"; readonly fingerprint: Fingerprint; readonly reason: Reason };

/** What is known of the steps of a chain, by id. */
export interface Known {
  readonly fingerprints: ReadonlyMap<Step, Fingerprint>;
  readonly records: ReadonlyMap<string, Record>;
}

/**
 * Decides what runs: nothing below the last result that is stored, and everything above it. Where the tree itself is
 * wanted, an output that is stored isn't enough.
 */
export function planBuild(pipeline: Pipeline, known: Known, wanted: "output" | "tree"): Plan {
  const plan = planSteps(pipeline, steps(pipeline), known);
  if (wanted === "output") return plan;
  const tree = planTree(pipeline, known);
  return { ...plan, steps: [...tree.steps, ...plan.steps.slice(tree.steps.length)], build: tree.build ?? plan.build };
}

/** The same for a build root, of which only the tree is wanted. */
const planTree = (pipeline: Pipeline, known: Known) => planSteps(pipeline, pipeline.stages, known);

function planSteps(pipeline: Pipeline, all: readonly Step[], known: Known): Plan {
  const hit = all.findLastIndex((step) => isHit(step, known));
  const planned = all.map((step, index): PlannedStep => {
    const record = known.records.get(step.id);
    const fingerprint = known.fingerprints.get(step) as Fingerprint;
    if (index > hit) return { step, type: "run", fingerprint, reason: reasonOf(fingerprint, record) };
    return record !== undefined && isHit(step, known) ? { step, type: "stored", record } : { step, type: "unneeded" };
  });
  const builds = hit < all.length - 1 ? (pipeline.build?.pipeline ?? null) : null;
  return { pipeline, steps: planned, build: builds === null ? null : planTree(builds, known) };
}

const isHit = (step: Step, { fingerprints, records }: Known) =>
  records.get(step.id)?.fingerprint === fingerprints.get(step)?.value;

function reasonOf(fingerprint: Fingerprint, record: Record | undefined): Reason {
  if (record === undefined) return "not in the store";
  const before = record.parts as Partial<Fingerprint["parts"]>;
  const now = fingerprint.parts;
  if (before.program !== now.program) return "program changed";
  if (before.options !== now.options) return "options changed";
  if (before.inputs !== now.inputs) return "files changed";
  if (before.base !== now.base) return "base changed";
  return "build root changed";
}

/** All plans of a chain, in the order in which they are carried out. */
export const inOrder = (plan: Plan): readonly Plan[] => [...(plan.build === null ? [] : inOrder(plan.build)), plan];

export const stepsToRun = (plan: Plan): number =>
  inOrder(plan).reduce((sum, { steps: all }) => sum + all.filter(({ type }) => type === "run").length, 0);
