import { mkdir, mkdtemp } from "node:fs/promises";
import { run as runCommand } from "../host/command.ts";
import type { Runner } from "./job.ts";
import type { Run } from "./run.ts";

/**
 * Moves an output from RUNNER_TEMP, which the runner empties, to a directory beside the workspace, which neither the
 * runner nor a checkout cleans. Returns the new directory.
 */
export async function keepOutput({ output, name }: Run, { env, workspace }: Runner): Promise<string> {
  const place = `${env.RUNNER_WORKSPACE ?? workspace}/osbuild-kept`;
  await mkdir(place, { recursive: true });
  const kept = await mkdtemp(`${place}/${name}-${env.GITHUB_RUN_ID}-`);
  await runCommand(["mv", "--no-target-directory", "--", output, kept]);
  return kept;
}
