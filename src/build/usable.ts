import { isDeepStrictEqual } from "node:util";
import type { Reason } from "../events.ts";
import type { Fingerprint } from "../pipeline/fingerprint.ts";
import { allSteps, innermostFirst, isUnpinned, type Pipeline, type Step, steps } from "../pipeline/pipeline.ts";
import type { ResultHead } from "../store/heads.ts";
import type { StepRun } from "../store/refs.ts";
import { type Freshness, isNamed } from "./freshness.ts";

/** The fingerprints and stored results of the steps of a pipeline and its build pipelines. */
export interface Known {
  readonly fingerprints: ReadonlyMap<Step, Fingerprint>;
  /** The stored results, by id. */
  readonly records: ReadonlyMap<string, ResultHead>;
  readonly freshness?: Freshness | undefined;
  /** The ids of the steps whose results are in the remote, but too old. */
  readonly tooOld?: ReadonlySet<string> | undefined;
  /**
   * The ids of outputs that don't count as stored, because their contents are wanted and the store doesn't know them.
   */
  readonly undescribed?: ReadonlySet<string> | undefined;
}

/** Why a step's stored result can't be used. */
export interface Unusable {
  readonly reason: Reason;
  /** Whether no result of an earlier job can be used, wherever it is. */
  readonly isForced: boolean;
  /** Whether there is a result with the same id and fingerprint that the next one replaces. */
  readonly replaces: boolean;
}

/** Finds the steps whose stored results can't be used, or that have none. */
export function findUnusable(pipeline: Pipeline, known: Known): ReadonlyMap<Step, Unusable> {
  const found = new Map<Step, Unusable>();
  const below: Below = { unpinned: new Set(), refreshed: new Map() };
  /** The reason for the steps that follow from one that is forced to run. */
  let following: Reason | undefined;
  for (const part of innermostFirst(pipeline)) {
    if (following !== undefined) following = "build root changed";
    if (part.base !== null) noteRefreshed(below.refreshed, known.records.get(part.base.id)?.runs);
    const ids = new Set(steps(part).map(({ id }) => id));
    for (const step of steps(part)) {
      const { record, isSame } = storedOf(step, known);
      if (isUnpinned(step)) below.unpinned.add(step.id);
      const own = forcedReason(step, known.freshness);
      const forced = own ?? following;
      const reason = forced === undefined ? reasonOf(step, known, below, ids) : unlessOfThisJob(forced, step, known);
      if (reason !== undefined)
        found.set(step, { reason, isForced: forced !== undefined, replaces: isSame || forced !== undefined });
      if (own !== undefined) following = "base changed";
      if (isSame) noteRefreshed(below.refreshed, record?.runs);
    }
  }
  return found;
}

/** The properties of the steps that a step follows from. */
interface Below {
  /** The ids of those that download what nothing pins. */
  readonly unpinned: Set<string>;
  /** The newest runs that a user has asked for, by runKey(). */
  readonly refreshed: Map<string, number>;
}

function storedOf(step: Step, { records, fingerprints }: Known) {
  const record = records.get(step.id);
  return { record, isSame: record !== undefined && record.fingerprint === fingerprints.get(step)?.value };
}

function forcedReason(step: Step, freshness: Freshness | undefined): Reason | undefined {
  if (freshness === undefined) return undefined;
  if (isNamed(step, freshness.refresh)) return "refresh";
  return freshness.noCache ? "no-cache" : undefined;
}

/** A step that is forced to run does so once in a job, although several pipelines have it. */
function unlessOfThisJob(forced: Reason, step: Step, known: Known): Reason | undefined {
  const { record, isSame } = storedOf(step, known);
  return isSame && (record?.ran ?? 0) >= (known.freshness?.started ?? Infinity) ? undefined : forced;
}

function reasonOf(step: Step, known: Known, below: Below, ids: ReadonlySet<string>): Reason | undefined {
  const { record, isSame } = storedOf(step, known);
  const { freshness, tooOld } = known;
  const older: Reason = isUnpinned(step) ? `older than ${freshness?.maxAge?.text}` : "base changed";
  if (record === undefined) return tooOld?.has(step.id) ? older : "not in the store";
  if (!isSame) return changeIn(known.fingerprints.get(step) as Fingerprint, record);
  if (known.undescribed?.has(step.id)) return "contents not recorded";
  if (freshness?.maxAge !== undefined && below.unpinned.size > 0) {
    if (record.runs === undefined) return isUnpinned(step) ? "age unknown" : "base changed";
    const since = freshness.started - freshness.maxAge.milliseconds;
    const old = record.runs.filter(({ id, ran }) => below.unpinned.has(id) && ran < since);
    if (old.some(({ id }) => id === step.id)) return older;
    if (old.length > 0) return old.some(({ id }) => ids.has(id)) ? "base changed" : "build root changed";
  }
  return isSuperseded(record, below.refreshed) ? "base changed" : undefined;
}

/** Whether a step below has been refreshed since. The build that refreshed it didn't get to its end. */
function isSuperseded({ runs = [] }: ResultHead, refreshed: ReadonlyMap<string, number>): boolean {
  const own = new Map(runs.map((run) => [runKey(run), run.ran]));
  return [...refreshed].some(([key, ran]) => (own.get(key) ?? 0) < ran);
}

function noteRefreshed(refreshed: Map<string, number>, runs: readonly StepRun[] = []): void {
  for (const run of runs) {
    const key = runKey(run);
    if (run.refreshed) refreshed.set(key, Math.max(run.ran, refreshed.get(key) ?? 0));
  }
}

const runKey = ({ id, fingerprint }: StepRun) => `${id} ${fingerprint}`;

/** The reasons for parts of a fingerprint that have changed. The first one that holds is given. */
const reasons: Readonly<Record<keyof Fingerprint["parts"], Reason>> = {
  program: "program changed",
  options: "options changed",
  lock: "packages changed",
  inputs: "files changed",
  base: "base changed",
  root: "build root changed",
  runner: "build root changed",
  mirrors: "mirrors changed",
  secrets: "secrets changed",
  runtime: "Node.js changed",
  architecture: "architecture changed",
  sourceEpoch: "source epoch changed",
};

function changeIn({ parts: now }: Fingerprint, { parts }: ResultHead): Reason {
  const before = parts as Partial<Fingerprint["parts"]>;
  const keys = Object.keys(reasons) as (keyof typeof reasons)[];
  const changed = keys.find((key) => !isDeepStrictEqual(before[key], now[key]));
  return reasons[changed ?? "root"];
}

/**
 * The time, in milliseconds since 1970, before which no run that a step's result follows from may have downloaded
 * anything without a pin. A step that follows from no such run isn't in the map.
 */
export function oldestAllowed(pipeline: Pipeline, freshness: Freshness | undefined): ReadonlyMap<Step, number> {
  if (freshness?.maxAge === undefined) return new Map();
  const since = freshness.started - freshness.maxAge.milliseconds;
  const all = allSteps(pipeline);
  const first = all.findIndex(isUnpinned);
  return new Map(all.slice(first === -1 ? all.length : first).map((step) => [step, since]));
}

/** The time, in milliseconds since 1970, before which a step may not have run. Undefined if any time will do. */
export function oldestRun(step: Step, reason: Reason, freshness: Freshness | undefined): number | undefined {
  if (freshness === undefined) return undefined;
  if (reason === "refresh" || reason === "no-cache") return freshness.started;
  const { maxAge, started } = freshness;
  return maxAge === undefined || !isUnpinned(step) ? undefined : started - maxAge.milliseconds;
}

/**
 * The runs that a step's result follows from: those of the build root and of the tree below it, and its own if another
 * run may have another result. Undefined if any of them is unknown.
 */
export function runsOf(parts: readonly (readonly StepRun[] | undefined)[]): readonly StepRun[] | undefined {
  const newest = new Map<string, StepRun>();
  for (const runs of parts) {
    if (runs === undefined) return undefined;
    for (const run of runs) {
      const known = newest.get(runKey(run));
      if (known === undefined || known.ran < run.ran) newest.set(runKey(run), run);
    }
  }
  return [...newest.values()];
}
