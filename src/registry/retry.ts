import { setTimeout as pause } from "node:timers/promises";
import { RegistryError } from "./registry-error.ts";

/** The seconds to wait before each further attempt. */
export type Pauses = readonly number[];

const defaultPauses: Pauses = [1, 2, 4];
/** A registry that asks for more seconds than this is too busy for a build. */
const longestPause = 30;

/** Does work that can be done again from its start, and again if a registry is busy or a connection breaks. */
export async function retried<Value>(
  work: () => Promise<Value>,
  signal: AbortSignal | undefined,
  pauses: Pauses = defaultPauses,
): Promise<Value> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const seconds = pauses[attempt];
      if (seconds === undefined || signal?.aborted || !(error instanceof RegistryError)) throw error;
      const { isPassing, retryAfter = 0 } = error.refusal;
      if (!isPassing || retryAfter > longestPause) throw error;
      await pause(Math.max(seconds, retryAfter) * 1000, undefined, signal === undefined ? {} : { signal });
    }
  }
}
