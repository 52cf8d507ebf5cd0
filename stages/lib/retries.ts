import { setTimeout as sleep } from "node:timers/promises";
import { fail } from "./step.ts";

/** Why a download failed. */
export interface Failure {
  /** What the program ends with, unless it tries again. */
  readonly problem: string;
  /** The address and what went wrong there; only where another try may do better. */
  readonly passing?: string | undefined;
}

/** Seconds before the second and before the third try. */
const pauses: readonly number[] = [1, 3];

/**
 * Mirrors fail now and then: makes up to three attempts, with pauses in between that the log tells of. What can't get
 * better ends the program at once.
 */
export async function withRetries<T>(
  attempt: () => Promise<{ readonly value: T } | Failure>,
  startOver = () => {},
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await attempt();
    if ("value" in outcome) return outcome.value;
    const pause = pauses[tries - 1];
    if (outcome.passing === undefined || pause === undefined) fail(outcome.problem);
    console.error(`${outcome.passing}: trying again in ${pause} s (try ${tries + 1} of ${pauses.length + 1})`);
    await sleep(pause * 1000);
    startOver();
  }
}

/** Whether a server that answers so may do better the next time: it is overloaded, or what is behind it is gone. */
export const isPassingStatus = (status: number) => status >= 500 || [408, 425, 429].includes(status);
