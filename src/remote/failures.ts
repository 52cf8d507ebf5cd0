import { BuildError, hasCode, type Problem } from "../errors.ts";
import { RegistryError } from "../registry/registry-error.ts";

/** The two uses of a remote. A failure of one says nothing about the other. */
export type Use = "restore" | "save";

/** Whether an error means that an entry is damaged, or lacks something, and the place is well. */
export const isDamage = (error: unknown) => hasCode(error, "STORE");

/** Whether an error means that the build was interrupted. */
export const isInterruption = (error: unknown) => ["AbortError", "TimeoutError"].includes((error as Error).name);

/** Says what failed, and what that means for the rest of the job. */
export function whatFailed(error: unknown, use: Use, place: string): Problem {
  const [first] = error instanceof BuildError ? error.problems : [];
  const { message: reason, hint } = first ?? { message: (error as Error).message, hint: undefined };
  if (isDamage(error))
    return { message: `an entry of the remote ${place} is damaged, so its steps are built again: ${reason}` };
  if (isDenied(error)) {
    const verb = use === "restore" ? "read from" : "save to";
    return { message: `this build may not ${verb} the remote ${place}: ${reason}`, hint };
  }
  const done = use === "restore" ? "read from" : "saved to";
  return { message: `the remote ${place} failed, so nothing more is ${done} it in this build: ${reason}`, hint };
}

const isDenied = (error: unknown) =>
  error instanceof RegistryError ? error.isDenied : ["EACCES", "EPERM", "EROFS"].some((code) => hasCode(error, code));
