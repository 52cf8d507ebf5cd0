import { mkdir, writeFile } from "node:fs/promises";
import { mountAll, unmount } from "../host/mounts.ts";
import type { Namespace } from "../host/namespace.ts";
import type { Secrets } from "../secrets/secret.ts";

/** The files of secrets, each under its secret's name, until they are disposed of. */
export interface OpenSecrets extends AsyncDisposable {
  /** The path in the namespace. */
  readonly directory: string;
  readonly names: readonly string[];
}

/**
 * Writes secrets to files in memory, which is never swapped out. Only processes in the build's namespace see the mount,
 * and it ends with the namespace, even if the build is killed. Undefined if there are no secrets.
 */
export async function openSecrets(
  namespace: Namespace,
  directory: string,
  secrets: Secrets,
): Promise<OpenSecrets | undefined> {
  if (secrets.size === 0) return undefined;
  await mkdir(directory);
  const options = ["mode=700", "nodev", "nosuid", "noexec"];
  await mountAll(namespace, `${directory}/..`, [{ type: "ramfs", source: "ramfs", target: directory, options }]);
  for (const [name, { reveal }] of secrets)
    await writeFile(namespace.path(`${directory}/${name}`), reveal(), { mode: 0o400 });
  return {
    directory,
    names: [...secrets.keys()],
    [Symbol.asyncDispose]: async () => {
      await unmount(namespace, directory);
    },
  };
}
