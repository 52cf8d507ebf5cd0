import { rm } from "node:fs/promises";
import type { Problem } from "../errors.ts";
import { run } from "./command.ts";
import type { Namespace } from "./namespace.ts";

/**
 * Removes a file, or a directory with everything below it. A stage or a cache may have left paths that are too long for
 * Node.js, which always uses whole paths, or files that even root can't change (chattr +i).
 */
export async function removeTree(path: string): Promise<void> {
  // A killed process may still be writing its last file.
  await rm(path, { recursive: true, force: true, maxRetries: 5 }).catch(() => removeStubborn(path));
}

/** Removes a tree with programs that descend from directory to directory, so no path is too long. */
async function removeStubborn(path: string): Promise<void> {
  // chattr fails on files that have no such attributes.
  await run(["find", path, "-xdev", "-execdir", "chattr", "-f", "-i", "-a", "--", "{}", "+"]).catch(() => undefined);
  await run(["rm", "--recursive", "--force", "--one-file-system", "--", path]);
}

/**
 * Removes directories of a namespace in a process of their own, while the build goes on. What it can't remove is left
 * for whoever removes the directory around them.
 */
export async function removeMeanwhile(namespace: Namespace, directories: readonly string[]): Promise<void> {
  if (directories.length === 0) return;
  const argv = ["rm", "--recursive", "--force", "--one-file-system", "--", ...directories];
  await namespace.run(argv).catch(() => undefined);
}

/** Removes something that is no longer needed. A failure is only a warning, because a later build tries again. */
export async function clearAway(path: string, warn: (problem: Problem) => void): Promise<void> {
  await removeTree(path)
    .catch(() => removeTree(path))
    .catch((error: Error) => {
      const message = `${path} could not be removed: ${error.message}`;
      warn({ message, hint: "a later build tries again; nothing uses it" });
    });
}
