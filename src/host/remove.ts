import { rm } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import { run } from "./command.ts";

/**
 * Removes a directory and all below it. A stage may have left paths that are too long for Node.js, which names them
 * whole, or files that are immutable even to root.
 */
export async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
  } catch (error) {
    // Node.js takes an immutable file for a directory, and then finds that it is none.
    if (!["ENAMETOOLONG", "EPERM", "ENOTDIR"].some((code) => hasCode(error, code))) throw error;
    // Both walk from directory to directory, so no path is too long. chattr complains of what has no such attributes.
    await run(["find", path, "-xdev", "-execdir", "chattr", "-f", "-i", "-a", "--", "{}", "+"]).catch(() => undefined);
    await run(["rm", "--recursive", "--force", "--one-file-system", "--", path]);
  }
}
