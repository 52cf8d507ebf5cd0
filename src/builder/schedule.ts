import { availableParallelism } from "node:os";
import type { BuildEvent } from "../events.ts";
import type { Fingerprint } from "../pipeline/fingerprint.ts";
import { innermostFirst, type Pipeline, type Step, steps } from "../pipeline/pipeline.ts";
import { buildsInMemory } from "../store/memory.ts";

/** A pipeline to build beside others, with the fingerprints of its steps. */
export interface Candidate {
  readonly pipeline: Pipeline;
  readonly fingerprints: ReadonlyMap<Step, Fingerprint>;
}

/** Builds the candidate with this key and passes on its events. It throws only bugs. */
export type BuildOne<Key> = (key: Key, hear: (event: BuildEvent) => void) => Promise<void>;

/** The builds that run at once by default: each has a processor, and memory for the changes to its trees. */
export const defaultJobs = (memory: number, processors = availableParallelism()): number =>
  Math.max(1, Math.min(processors, buildsInMemory(memory)));

/**
 * Builds candidates side by side. One that shares steps with an earlier one waits until that has stored them, so none of
 * them runs twice. All others start in their order.
 */
export async function buildSideBySide<Key>(
  candidates: ReadonlyMap<Key, Candidate>,
  mostAtOnce: number,
  build: BuildOne<Key>,
): Promise<void> {
  const waiting = new Map(candidates);
  const running = new Map<Key, Claims>();
  /** The fingerprints of the results that this job has found in the store or put there, by their ids. */
  const stored = new Map<string, string>();
  const ended = Promise.withResolvers<void>();
  startNext();
  return ended.promise;

  function startNext(): void {
    const before = [...running.values()];
    for (const [key, candidate] of waiting) {
      if (running.size >= mostAtOnce) return;
      const claims = claimsOf(candidate, stored);
      const isFree = before.every((other) => canRunBeside(claims, other));
      before.push(claims);
      if (!isFree) continue;
      waiting.delete(key);
      running.set(key, claims);
      build(key, (event) => note(event, claims)).then(() => {
        running.delete(key);
        startNext();
      }, ended.reject);
    }
    if (running.size === 0) ended.resolve();
  }

  function note(event: BuildEvent, { results, open }: Claims): void {
    if (event.type !== "stored" && event.type !== "step-cached") return;
    // A result that is known from another tree is only stored later.
    if (event.type === "step-cached" && event.source === "same tree") return;
    const { id } = event.step;
    const [fingerprint, ...others] = results.get(id) ?? [];
    // The store may lack a result that isn't needed, and another pipeline may need that.
    const isStored = event.type === "stored" || event.source !== "not needed";
    if (isStored && fingerprint !== undefined && others.length === 0) stored.set(id, fingerprint);
    if (open.delete(id)) startNext();
  }
}

/** A build's use of the store's results. */
interface Claims {
  /** The fingerprints of its steps, by their ids. A build pipeline may have a step of the same id as its pipeline. */
  readonly results: ReadonlyMap<string, ReadonlySet<string>>;
  /** The ids of the steps that it may still run. */
  readonly open: Set<string>;
  /** The ids of the trees that it starts from. */
  readonly bases: ReadonlySet<string>;
}

function claimsOf({ pipeline, fingerprints }: Candidate, stored: ReadonlyMap<string, string>): Claims {
  const pipelines = innermostFirst(pipeline);
  const fingerprintOf = (step: Step) => fingerprints.get(step)?.value ?? "";
  const results = new Map<string, Set<string>>();
  for (const step of pipelines.flatMap(steps))
    results.set(step.id, (results.get(step.id) ?? new Set()).add(fingerprintOf(step)));
  // No step before a stored one is needed.
  const after = (all: readonly Step[]) =>
    all.slice(all.findLastIndex((step) => stored.get(step.id) === fingerprintOf(step)) + 1);
  const open = new Set(pipelines.flatMap((each) => after(steps(each)).map(({ id }) => id)));
  return { results, open, bases: new Set(pipelines.flatMap(({ base }) => base?.id ?? [])) };
}

/**
 * Whether neither build needs what the other may run, nor replaces its results. The store has one result for an id, but
 * with locks or files of their own two pipelines make different ones.
 */
function canRunBeside({ results, open, bases }: Claims, other: Claims): boolean {
  const needs = open.union(bases);
  if (!needs.isDisjointFrom(other.open) || !open.isDisjointFrom(other.bases)) return false;
  for (const [id, own] of results) {
    const others = other.results.get(id);
    if (others !== undefined && own.union(others).size > 1) return false;
  }
  return true;
}
