import { unlink } from "node:fs/promises";
import { BuildError } from "../errors.ts";
import type { Step } from "../pipeline/pipeline.ts";
import { secretValues } from "../pipeline/secrets.ts";
import { formsOf } from "../secrets/secret.ts";
import { search } from "../tree/search.ts";

/** The directories that outlive a step, as paths on this machine. */
export interface Kept {
  /** The directory with the changes in its tree, or with its output. */
  readonly results: string | undefined;
  /** The directory that its program keeps between builds. */
  readonly state: string | undefined;
  /** The time, in milliseconds since 1970, at which the step began. */
  readonly began: number;
}

/** The clock of file systems lags behind by some milliseconds. */
const lag = 1000;

/**
 * The failure of a step that has left one of its secrets in what is kept, as it is, in a URL or in base64. A file of
 * the program's own directory is deleted, because the next build would find it there.
 */
export async function findLeak(step: Step, { results, state, began }: Kept): Promise<BuildError | undefined> {
  const texts = new Map([...secretValues(step)].map(([name, secret]) => [name, formsOf(secret)]));
  if (texts.size === 0) return undefined;
  const inState = state === undefined ? [] : await search(state, texts, began - lag);
  for (const { place } of inState) await unlink(place);
  const inResults = results === undefined ? [] : await search(results, texts);
  const where = step.kind === "stage" ? "the tree" : "its output";
  const problems = [
    ...inResults.map((hit) => ({ ...hit, where })),
    ...inState.map((hit) => ({ ...hit, where: "its state directory" })),
  ].map(({ path, key, where }) => ({
    message: `${step.name} has left the secret ${JSON.stringify(key)} in ${where}: ${path}`,
    at: step.secrets.get(key)?.at,
    hint: "whoever gets the image or the cache would have it: let the step use it without writing it there",
  }));
  return problems.length === 0 ? undefined : new BuildError("STAGE_FAILED", problems);
}
