import type { Problem } from "../errors.ts";
import type { Reason } from "../events.ts";
import { allSteps, type Pipeline, type Step } from "../pipeline/pipeline.ts";
import type { Age } from "../report/age.ts";
import { shortName } from "../report/format.ts";

/** The stored results that a build may use. Without it, all whose id and fingerprint match. */
export interface Freshness {
  /** The start of the job, in milliseconds since 1970. Its own results are never too old. */
  readonly started: number;
  /** The steps to run again, by their names or short names. What follows from them runs again, too. */
  readonly refresh: readonly string[];
  /** Whether no stored result is used. */
  readonly noCache: boolean;
  /** The age beyond which what a step downloaded without a pin isn't used. */
  readonly maxAge: Age | undefined;
}

/** Whether a step is one of those to run again. */
export const isNamed = ({ name }: Step, names: readonly string[]): boolean =>
  names.includes(name) || names.includes(shortName(name));

/** Finds the names of steps to run again that none of the pipelines has. */
export function unknownSteps(pipelines: readonly Pipeline[], names: readonly string[]): readonly Problem[] {
  const all = pipelines.flatMap(allSteps);
  const known = [...new Set(all.map(({ name }) => shortName(name)))];
  const hint = known.length === 0 ? "there are no steps" : `the steps are ${known.join(", ")}`;
  return names
    .filter((name) => !all.some((step) => isNamed(step, [name])))
    .map((name) => ({ message: `there is no step ${JSON.stringify(name)} to refresh`, hint }));
}

/** Whether a step runs for this reason although nothing about it has changed. */
export const isRefresh = (reason: Reason): boolean =>
  reason === "refresh" || reason === "no-cache" || reason === "age unknown" || reason.startsWith("older than ");
