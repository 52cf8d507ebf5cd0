import { chmodSync, copyFileSync, mkdirSync } from "node:fs";
import { basename } from "node:path";
import { inputOf } from "../repository-files.ts";
import type { StageInput } from "../step.ts";

/** Whether the name of a package is that of a file of the user's repository. */
export const isLocal = (name: string) => /^\.\.?\//.test(name);

/**
 * Copies the packages that are files of the user's repository below a directory. Package managers want them to have
 * their names, and each has a directory of its own, as two may have the same. Returns the names with those replaced by
 * paths; `seen` is what the package manager knows the directory as.
 */
export function layLocal(
  input: Pick<StageInput<unknown>, "inputs">,
  names: readonly string[],
  directory: string,
  seen = directory,
): readonly string[] {
  return names.map((name, index) => {
    if (!isLocal(name)) return name;
    const path = `${index}/${basename(name)}`;
    mkdirSync(`${directory}/${index}`, { recursive: true });
    copyFileSync(inputOf(input, name), `${directory}/${path}`);
    // apt reads it as another user.
    chmodSync(`${directory}/${path}`, 0o644);
    return `${seen}/${path}`;
  });
}
