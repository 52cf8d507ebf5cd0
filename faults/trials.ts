import type { Tally } from "./outcomes.ts";
import type { Random } from "./random.ts";

/** What a kind of fault gets to work with. */
export interface Trials extends Tally {
  /** How many runs to make, or for how many seconds. */
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
  /** What is tried, for the table. */
  readonly what: string;
  /** How many runs, or seconds, are the whole of it, and how many give an idea of it. */
  readonly whole: number;
  readonly short: number;
  readonly run: (trials: Trials) => Promise<void>;
}
