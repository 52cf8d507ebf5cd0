import { run } from "../host/command.ts";
import { canBecomeRoot, isRoot } from "../host/sudo.ts";
import { partialName } from "../store/exports.ts";
import { lockOf } from "./root-process.ts";

/** The directories that a main step leaves for its post step to clean up. */
export interface Leavings {
  /** The Action's own directory. */
  readonly directory: string;
  readonly outputs: readonly string[];
}

/**
 * The post step: removes the Action's directory, including root's files, and the unfinished image of a build that was
 * killed. The build's mounts and processes ended with the main step, in any case; the last process releases the lock.
 */
export async function cleanUp(leavings: Leavings | undefined): Promise<void> {
  if (leavings === undefined) return;
  const { directory, outputs } = leavings;
  // Without sudo no builder has ever run, so no files belong to root.
  const sudo = isRoot() || !(await canBecomeRoot()) ? [] : ["sudo", "-n", "--"];
  const patience = ["flock", "--exclusive", "--timeout=10", "--conflict-exit-code=0", lockOf(directory), "true"];
  await run([...sudo, ...patience]);
  const partial = outputs.map((output) => `${output}/${partialName}`);
  await run([...sudo, "rm", "--recursive", "--force", "--one-file-system", "--", directory, ...partial]);
}
