import { run } from "../host/command.ts";
import { canBecomeRoot, isRoot } from "../host/sudo.ts";
import { partialName } from "../store/exports.ts";
import { lockOf } from "./builder-process.ts";

/** What a main step leaves for its post step to remove. */
export interface Leavings {
  /** The Action's own. */
  readonly directory: string;
  readonly outputs: readonly string[];
}

/**
 * The post step: removes the Action's directory, with what in it is root's, and what a build that was killed has left
 * of an image on its way. Its mounts and processes ended with the main step, however that did; the last of them lets go
 * of the lock.
 */
export async function cleanUp(leavings: Leavings | undefined): Promise<void> {
  if (leavings === undefined) return;
  const { directory, outputs } = leavings;
  // Without sudo no builder has ever run, and nothing is root's.
  const sudo = isRoot() || !(await canBecomeRoot()) ? [] : ["sudo", "-n", "--"];
  const patience = ["flock", "--exclusive", "--timeout=10", "--conflict-exit-code=0", lockOf(directory), "true"];
  await run([...sudo, ...patience]);
  const partial = outputs.map((output) => `${output}/${partialName}`);
  await run([...sudo, "rm", "--recursive", "--force", "--one-file-system", "--", directory, ...partial]);
}
