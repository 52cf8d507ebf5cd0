import { rm } from "node:fs/promises";
import { failure } from "../errors.ts";
import { run } from "../host/command.ts";
import { isRoot } from "../host/sudo.ts";

/**
 * The post step: removes the Action's directory, with what in it is root's. Nothing is mounted in it that we could see,
 * and no builder is left: both ended with the main step, however that did.
 */
export async function cleanUp(directory: string): Promise<void> {
  if (isRoot()) return rm(directory, { recursive: true, force: true });
  if (!/\/osbuild-[^/]+$/.test(directory)) throw failure("HOST", `${directory} is not the Action's own directory`);
  await run(["sudo", "-n", "--", "rm", "--recursive", "--force", "--one-file-system", "--", directory]);
}
