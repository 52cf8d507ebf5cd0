import { existsSync } from "node:fs";
import { chmod, chown, lutimes, mkdir, stat } from "node:fs/promises";
import { failure } from "../errors.ts";
import { type Mount, mountAll, unmount } from "../host/mounts.ts";
import type { Namespace } from "../host/namespace.ts";
import { hasAcls, unpack } from "./layers.ts";
import type { Layout } from "./layout.ts";

/** One layer of a tree: an object of the store, or a directory that isn't packed yet. */
export type Layer = { readonly object: string } | { readonly directory: string };

/** A tree while it is there to be used. */
export interface Tree extends AsyncDisposable {
  /** Where it is, within the namespace. */
  readonly path: string;
}

/** A tree that a stage may change. */
export interface NewTree extends Tree {
  /** What is changed in it collects here; it is complete once the tree is disposed of. */
  readonly upper: string;
}

/** Puts trees together from layers, within a build's namespace and its own directory in the store. */
export interface Trees {
  /** A read-only tree; of no layers: an empty one. `over` lies on top of it. */
  readonly get: (layers: readonly Layer[], over?: string) => Promise<Tree>;
  /** A directory to change, which starts as the tree of these layers. */
  readonly create: (layers: readonly Layer[], epoch: number) => Promise<NewTree>;
}

export async function openTrees(namespace: Namespace, layout: Layout, workspace: string): Promise<Trees> {
  const places = new Map<string, string>();
  // The paths that overlayfs is given must fit one page together: short, and relative to the workspace.
  let count = 0;
  const nextPlace = async () => {
    const place = (count++).toString(36);
    await mkdir(`${workspace}/${place}`);
    return place;
  };

  /** Makes every layer a directory, the lowest first, and returns them relative to the workspace. */
  async function directories(layers: readonly Layer[]): Promise<readonly string[]> {
    const mounts: Mount[] = [];
    const stack: string[] = [];
    for (const [index, layer] of layers.entries()) {
      if ("directory" in layer) {
        stack.push(layer.directory.slice(workspace.length + 1));
        continue;
      }
      const previous = layers[index - 1];
      // Laying the same layer on itself changes nothing, and overlayfs refuses to.
      if (previous !== undefined && "object" in previous && previous.object === layer.object) continue;
      stack.push(await directoryOf(layer.object, stack, mounts));
    }
    await mountAll(namespace, workspace, mounts);
    return stack;
  }

  async function directoryOf(digest: string, stack: readonly string[], mounts: Mount[]): Promise<string> {
    const known = places.get(digest);
    const object = layout.object(digest);
    const again = known !== undefined && stack.includes(known);
    if (known !== undefined && !again) return known;
    const place = await nextPlace();
    // A mount would be the same file system once more, which overlayfs refuses; and one shows no ACLs.
    if (again || !existsSync("/dev/loop-control") || (await hasAcls(object))) {
      await unpack(namespace, object, `${workspace}/${place}/tree`);
      if (!again) places.set(digest, `${place}/tree`);
      return `${place}/tree`;
    }
    mounts.push({ type: "squashfs", source: object, target: `${workspace}/${place}`, options: ["loop", "ro"] });
    places.set(digest, place);
    return place;
  }

  return {
    async get(layers, over) {
      const stack = [...(await directories(layers)), ...(over === undefined ? [] : [over.slice(workspace.length + 1)])];
      if (stack.length < 2) {
        const only = stack[0] ?? (await nextPlace());
        return { path: `${workspace}/${only}`, [Symbol.asyncDispose]: async () => undefined };
      }
      const target = `${workspace}/${await nextPlace()}`;
      await mountOverlay([`lowerdir=${stack.toReversed().join(":")}`], target);
      return { path: target, [Symbol.asyncDispose]: () => unmounted(target) };
    },

    async create(layers, epoch) {
      const stack = await directories(layers);
      const place = await nextPlace();
      const upper = `${workspace}/${place}/upper`;
      await mkdir(upper);
      const lowest = stack.at(-1);
      if (lowest === undefined) {
        await chmod(upper, 0o755);
        await lutimes(upper, epoch, epoch);
        // There is nothing to lay it over.
        return { path: upper, upper, [Symbol.asyncDispose]: async () => undefined };
      }
      await copyAttributes(namespace.path(`${workspace}/${lowest}`), upper);
      for (const name of ["work", "tree"]) await mkdir(`${workspace}/${place}/${name}`);
      const target = `${workspace}/${place}/tree`;
      // volatile: what a stage writes is worth nothing before it is packed, so nothing need reach the disk.
      const directoriesOf = [
        `upperdir=${place}/upper`,
        `workdir=${place}/work`,
        `lowerdir=${stack.toReversed().join(":")}`,
      ];
      await mountOverlay([...directoriesOf, "volatile"], target);
      return { path: target, upper, [Symbol.asyncDispose]: () => unmounted(target) };
    },
  };

  async function mountOverlay(options: readonly string[], target: string): Promise<void> {
    // A layer must stand alone: no reference to where a file was in the layers below.
    const independent = ["redirect_dir=nofollow", "metacopy=off", "index=off", "xino=off"];
    const all = [...options, ...independent];
    if (all.join(",").length >= 4096)
      throw failure("HOST", "the tree has too many layers for one overlay mount", "join some of its stages");
    await mountAll(namespace, workspace, [{ type: "overlay", source: "overlay", target, options: all }]);
  }

  async function unmounted(target: string): Promise<void> {
    await unmount(namespace, target);
  }
}

/** The merged root shows the uppermost root's attributes: a new layer starts with those of the layer below it. */
async function copyAttributes(from: string, to: string): Promise<void> {
  const stats = await stat(from);
  await chown(to, stats.uid, stats.gid);
  await chmod(to, stats.mode & 0o7777);
  const time = Math.floor(stats.mtimeMs / 1000);
  await lutimes(to, time, time);
}
