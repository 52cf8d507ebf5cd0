import { setTimeout as sleep } from "node:timers/promises";
import { fail } from "../step.ts";
import { pauses } from "./passing.ts";

/** The failure of a download. */
export interface Failure {
  /** The message with which the program ends, unless it tries again. */
  readonly problem: string;
  /** The address and the reason, if another try may succeed. */
  readonly passing?: string | undefined;
}

/**
 * Attempts a download up to three times, because mirrors fail now and then. The log tells of each pause in between. A
 * failure that no other try changes ends the program at once. `startOver` undoes what a failed attempt has left.
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
