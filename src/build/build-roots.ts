import { mkdir } from "node:fs/promises";
import { mountAll } from "../host/mounts.ts";
import type { Namespace } from "../host/namespace.ts";
import { hostBuildRoot, makeMountPoints } from "../sandbox/build-root.ts";
import type { Layer, Trees } from "../store/trees.ts";

/** Returns the path of the build root made of these layers, or of the host's /usr if there are none. */
export type BuildRoots = (layers: readonly Layer[]) => Promise<string>;

/** Makes each build root once, in a build's workspace. */
export function openBuildRoots(namespace: Namespace, directory: string, trees: Trees): BuildRoots {
  const roots = new Map<string, Promise<string>>();
  return (layers) => {
    const key = JSON.stringify(layers);
    const root = roots.get(key) ?? make(layers, `${directory}/root-${roots.size}`);
    roots.set(key, root);
    return root;
  };

  async function make(layers: readonly Layer[], path: string): Promise<string> {
    await mkdir(path);
    if (layers.length === 0) {
      await mountAll(namespace, directory, hostBuildRoot(path));
      return path;
    }
    makeMountPoints(path);
    return (await trees.get(layers, path)).path;
  }
}
