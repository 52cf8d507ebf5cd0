import type { Tally } from "./outcomes.ts";
import type { Random } from "./random.ts";

/** The surroundings of a kind of fault. */
export interface Trials extends Tally {
  /** The number of runs to make, or the seconds. */
  readonly size: number;
  readonly seed: number;
  readonly random: Random;
  /** An empty directory that is removed afterwards. */
  readonly scratch: string;
  /** Whether it is time to stop before all is done. */
  readonly isOver: () => boolean;
}

/** A kind of fault. */
export interface Kind {
  /** The name of the trial, for the table. */
  readonly what: string;
  /** The runs, or seconds, that are the whole of it, and those that give an idea of it. */
  readonly whole: number;
  readonly short: number;
  readonly run: (trials: Trials) => Promise<void>;
}
