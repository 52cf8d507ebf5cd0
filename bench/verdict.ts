import { median, spread } from "./median.ts";

/** The runs of a row, which were made in turns with those beside it. */
export interface Measured {
  readonly what: string;
  readonly unit: "s" | "MiB";
  readonly runs: readonly number[];
  /** The other side, which does like work; null if the row's own number has the goal. */
  readonly beside: { readonly name: string; readonly runs: readonly number[] } | null;
  /** The most that the ratio may be or, if there is none, the number itself. */
  readonly goal: number;
}

/** The number that has the goal, with the noise of the runs. */
export interface Verdict {
  readonly value: number;
  readonly spread: number;
  /** Whether it is above its goal by more than the noise. */
  readonly isMissed: boolean;
}

/** Each run is held against the one in the same turn, because the machine's speed changes from minute to minute. */
export function judge({ runs, beside, goal }: Measured): Verdict {
  const values = runs.map((run, turn) => (beside === null ? run : run / (beside.runs[turn] ?? Number.NaN)));
  const value = median(values);
  const noise = spread(values);
  return { value, spread: noise, isMissed: !(value - noise <= goal) };
}
