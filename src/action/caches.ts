import * as core from "@actions/core";
import type { BuilderRequest } from "../builder/protocol.ts";
import type { Problem } from "../errors.ts";
import { openPlace } from "../remote/open.ts";
import { isWritable } from "../remote/writable.ts";
import { withHint } from "../report/actions.ts";
import { actionsCache } from "./cache/client.ts";
import type { Inputs } from "./inputs.ts";
import type { JobRemote, Runner } from "./job.ts";
import { type MeteredCache, metered } from "./metered.ts";

/** Opens the Actions cache, unless the user doesn't want it. `directory` is the Action's own. */
export function openCache({ cache }: Inputs, runner: Runner, directory: string, signal: AbortSignal) {
  if (cache === "false") return undefined;
  // Each call is a process, and compiling the toolkit takes longer than many a call.
  const env = { ...runner.env, NODE_COMPILE_CACHE: `${directory}/compiled` };
  const options = { worker: runner.cacheWorker, env, transfer: `${directory}/transfer` };
  const client = actionsCache({ ...options, signal, warn: core.warning, debug: core.debug });
  return metered(client, core.info);
}

/**
 * Opens the remote, if the user named one. Saving goes on after an interruption, because the results have been built.
 */
export async function openRemote(
  { remote, cache }: Inputs,
  { env }: Runner,
  transfer: string,
  signal: AbortSignal,
): Promise<(JobRemote & MeteredCache) | undefined> {
  if (remote === undefined) return undefined;
  const writable = (await isWritable(remote)) && cache !== "read-only";
  const warn = (problem: Problem) => core.warning(withHint(problem));
  const signals = { restore: signal, save: undefined };
  const client = openPlace(remote, { env, transfer, signals, warn, debug: core.debug });
  return { ...metered(client, core.info), writable };
}

/** The builder's use of the two. A prefix keeps entries apart in the repository's one Actions cache. */
export function cacheRequests(
  { cache, cacheKeyPrefix, cacheImages: images, checkpoints }: Inputs,
  remote: JobRemote | undefined,
): Pick<BuilderRequest, "cache" | "remote"> {
  const how = { images, checkpoints };
  return {
    cache: cache === "false" ? null : { ...how, prefix: cacheKeyPrefix, writable: cache === "true" },
    remote: remote === undefined ? null : { ...how, prefix: "", writable: remote.writable },
  };
}
