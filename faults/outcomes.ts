/** The end of a run that met a fault. The first two are as they should be. */
export const outcomes = ["right", "refused", "lost", "wrong", "hung", "let in", "trace"] as const;

export type Outcome = (typeof outcomes)[number];

const isGood = (outcome: Outcome) => outcome === "right" || outcome === "refused";

/** The outcomes of one kind of fault. */
export interface Tally {
  readonly counts: { readonly [outcome in Outcome]: number };
  /** Figures beside the counts. */
  readonly remarks: readonly string[];
  /** Counts a run. `told` says which it was, and is printed where the outcome isn't good. */
  readonly count: (outcome: Outcome, told: string) => void;
  readonly remark: (text: string) => void;
}

/** Counts and says how far it is. */
export function openTally(kind: string): Tally {
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as { [outcome in Outcome]: number };
  const remarks: string[] = [];
  let spoken = performance.now();
  return {
    counts,
    remarks,
    count(outcome, told) {
      counts[outcome]++;
      if (!isGood(outcome)) console.error(`${kind}: ${outcome}: ${told}`);
      if (performance.now() - spoken < 10_000) return;
      spoken = performance.now();
      console.error(`${kind}: ${runsOf(counts)} runs`);
    },
    remark: (text) => void remarks.push(text),
  };
}

export const runsOf = (counts: Tally["counts"]) => outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);

export const isClean = ({ counts }: Tally) => outcomes.every((outcome) => isGood(outcome) || counts[outcome] === 0);
