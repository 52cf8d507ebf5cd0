import { existsSync, readdirSync } from "node:fs";
import { chmod, chown, lutimes, mkdir, rm, stat } from "node:fs/promises";
import { type Attributed, formatDump, getfattr, parseDump } from "../../assemblers/lib/getfattr.ts";
import { failure, fewerStages } from "../errors.ts";
import { type Mount, mountAll, unmount } from "../host/mounts.ts";
import type { Namespace } from "../host/namespace.ts";
import { resetAttributes } from "./attribute-order.ts";
import { rootFacts } from "./content.ts";
import { requireSound } from "./integrity.ts";
import { aclsOf, type Finished, listAttributes, restoreAcls, unpack } from "./layers.ts";
import type { Layout } from "./layout.ts";
import { clampTimes } from "./overlay/clamp-times.ts";
import { complete, refuseMarks, refuseWhiteouts, seal } from "./overlay/complete.ts";
import { withoutMarks } from "./overlay/touched.ts";
import { findSquashed, mostInStack, squash, squashedOf } from "./squash.ts";

/** A layer of a tree: an object of the store, or a directory that isn't packed yet. */
export type Layer = { readonly object: string } | { readonly directory: string };

/** A tree that can be used until it is disposed of. */
export interface Tree extends AsyncDisposable {
  /** The path of the tree inside the namespace. */
  readonly path: string;
}

/** A tree that a stage may change. */
export interface NewTree extends Tree {
  /** The directory in which the changes to the tree are collected, inside the namespace. */
  readonly upper: string;
  /** Whether that directory is in memory. */
  readonly inMemory: boolean;
  /** Makes a layer of the changes and releases the tree. Fails if no layer can express the changes. */
  readonly finish: () => Promise<Finished>;
}

/** Assembles trees from layers, in a build's namespace and workspace. */
export interface Trees {
  /** A read-only tree, which is empty if there are no layers. `over` is a directory that is laid on top. */
  readonly get: (layers: readonly Layer[], over?: string) => Promise<Tree>;
  /** The paths inside the namespace of the directories that show each of these layers by itself. */
  readonly apart: (layers: readonly Layer[]) => Promise<readonly string[]>;
  /**
   * A writable tree, which starts as the tree of these layers. Its changes are `on disk`, or in memory if there is
   * room.
   */
  readonly create: (layers: readonly Layer[], epoch: number, where?: "on disk") => Promise<NewTree>;
}

/** The facilities that opening trees may depend on. */
interface Facilities {
  /** Waits until a layer is packed, and returns its object's digest. */
  readonly objectOf?: (layer: Layer) => Promise<string>;
  /** The device that mounts objects. Without it they are unpacked. */
  readonly loopControl?: string | undefined;
  /** The name of the directory of the workspace that is in memory, if there is one. It may still be being mounted. */
  readonly memory?: Promise<string | undefined>;
  /** The most layers that are stacked as they are. */
  readonly most?: number | undefined;
}

/** Opens a workspace for trees. */
export function openTrees(
  namespace: Namespace,
  layout: Layout,
  workspace: string,
  { objectOf = digestOf, loopControl = "/dev/loop-control", memory, most = mostInStack }: Facilities = {},
): Trees {
  /** A layer without files. */
  let empty: Promise<string> | undefined;
  /** The squashed lowest layers of long stacks, by their objects. */
  const squashes = new Map<string, Promise<Layer>>();
  /** The directories that show an object, the lowest first. */
  const shown = new Map<string, readonly string[]>();
  // All paths of an overlay's mount options must fit in one page, so they are short and relative to the workspace.
  let count = 0;
  const nextPlace = async (room: string | undefined = undefined) => {
    const number = (count++).toString(36);
    const place = room === undefined ? number : `${room}/${number}`;
    await mkdir(namespace.path(`${workspace}/${place}`));
    return place;
  };
  const relative = (path: string) => path.slice(workspace.length + 1);

  return {
    get,

    async apart(layers) {
      await show(objectsToShow(layers));
      return layers.map((layer) =>
        "directory" in layer ? layer.directory : `${workspace}/${shown.get(layer.object)?.[0]}`,
      );
    },

    async create(layers, epoch, where) {
      const [stack, room] = await Promise.all([directories(layers), where === "on disk" ? undefined : memory]);
      const inMemory = room !== undefined;
      if (stack.length > 0) return { ...(await change(stack, await nextPlace(room), epoch)), inMemory };
      const upper = `${workspace}/${await nextPlace(room)}`;
      const outside = namespace.path(upper);
      await chmod(outside, 0o755);
      await lutimes(outside, epoch, epoch);
      const began = rootFacts(outside, []);
      return { path: upper, upper, inMemory, finish: () => finishFirst(upper, began, epoch), ...nothingToRelease };
    },
  };

  async function get(layers: readonly Layer[], over?: string): Promise<Tree> {
    const stack = [...(await directories(layers)), ...(over === undefined ? [] : [relative(over)])];
    if (stack.length === 0) return { path: `${workspace}/${await nextPlace()}`, ...nothingToRelease };
    // A single layer without an overlay would show the attributes and whiteouts that overlayfs hides.
    if (stack.length === 1) {
      empty ??= makeEmptyLayer();
      stack.unshift(await empty);
    }
    const target = `${workspace}/${await nextPlace()}`;
    await mountOverlay(stack, ["redirect_dir=nofollow"], target);
    return { path: target, [Symbol.asyncDispose]: () => unmounted(target) };
  }

  async function change(stack: readonly string[], place: string, epoch: number): Promise<Omit<NewTree, "inMemory">> {
    // redirect_dir lets a stage rename a directory. Its contents are copied up afterwards.
    const tree = await layOver(stack, ["index=off", "redirect_dir=on"], place);
    const { path, upper } = tree;
    const outside = namespace.path(upper);
    const began = rootFacts(outside, parseDump(tree.attributes));
    let mounted = true;
    const release = async () => {
      if (mounted) await tree[Symbol.asyncDispose]();
      mounted = false;
    };
    const finish = async () => {
      const found = await attributesOf(upper, epoch);
      refuseMarks(found, "trusted.overlay.overlay.");
      const layers = stack.toReversed().map((place) => namespace.path(`${workspace}/${place}`));
      const { moved, touched } = await complete({ tree: namespace.path(path), upper: outside, layers }, found);
      await release();
      await seal(outside, moved);
      clampTimes(outside, epoch);
      return finished(upper, touched ? await attributesOf(upper, epoch) : found, began);
    };
    return { path, upper, finish, [Symbol.asyncDispose]: release };
  }

  /** Finishes a layer with nothing below it, where all of overlayfs's attributes come from the stage itself. */
  async function finishFirst(upper: string, began: string, epoch: number): Promise<Finished> {
    const found = await attributesOf(upper, epoch);
    refuseMarks(found, "trusted.overlay.");
    const outside = namespace.path(upper);
    refuseWhiteouts(clampTimes(outside, epoch), outside);
    return finished(upper, found, began);
  }

  /** Call this before anything is built on the layer, because it takes attributes away for a moment. */
  async function finished(upper: string, attributes: readonly Attributed[], began: string): Promise<Finished> {
    await resetAttributes(namespace, upper, attributes);
    const outside = namespace.path(upper);
    // A layer begins empty, with a root like that of the layer below.
    const unchanged = readdirSync(outside).length === 0 && rootFacts(outside, attributes) === began;
    return { upper, attributes, unchanged };
  }

  async function attributesOf(upper: string, epoch: number) {
    return listAttributes(namespace, upper).catch((error) => {
      // `clampTimes` has a clear message for a path that is too long.
      clampTimes(namespace.path(upper), epoch);
      throw error;
    });
  }

  /** The directories that show these layers, the lowest first, relative to the workspace. */
  async function directories(all: readonly Layer[]): Promise<readonly string[]> {
    const layers = await shorten(all);
    const objects = layers.map((layer) => ("object" in layer ? layer.object : undefined));
    await show(objectsToShow(layers));
    return layers.flatMap((layer, index) => {
      if ("directory" in layer) return relative(layer.directory);
      // Upper layers win, so only the topmost occurrence of a repeated layer matters.
      return objects.includes(layer.object, index + 1) ? [] : (shown.get(layer.object) ?? []);
    });
  }

  /** Replaces the lowest layers of a long stack by one that holds the same. */
  async function shorten(layers: readonly Layer[]): Promise<readonly Layer[]> {
    const count = squashedOf(layers.length, most);
    if (count === 0) return layers;
    const lowest = layers.slice(0, count);
    const objects = await Promise.all(lowest.map(objectOf));
    const key = objects.join(" ");
    const squashed = squashes.get(key) ?? squashLowest(lowest, objects);
    squashes.set(key, squashed);
    return [await squashed, ...layers.slice(count)];
  }

  async function squashLowest(lowest: readonly Layer[], objects: readonly string[]): Promise<Layer> {
    const found = await findSquashed(layout, objects);
    if (found !== undefined) return { object: found };
    const before = new Set(shown.keys());
    const squashed = await squashTree(lowest, objects);
    const now = [...shown].filter(([digest, places]) => !before.has(digest) && places.length === 1);
    await hide(new Map(now));
    return squashed;
  }

  async function squashTree(lowest: readonly Layer[], objects: readonly string[]): Promise<Layer> {
    await using tree = await get(lowest);
    return await squash({ namespace, layout, workspace }, objects, tree.path);
  }

  /** Unmounts objects again, because every mount makes the next one slower. Trees that show them keep them. */
  async function hide(objects: ReadonlyMap<string, readonly string[]>): Promise<void> {
    if (objects.size === 0 || !existsSync(loopControl)) return;
    const places = [...objects.values()].flat();
    await namespace.run(["umount", ...places.map((place) => `${workspace}/${place}`)]);
    for (const digest of objects.keys()) shown.delete(digest);
  }

  function objectsToShow(layers: readonly Layer[]): ReadonlySet<string> {
    return new Set(layers.flatMap((layer) => ("object" in layer && !shown.has(layer.object) ? [layer.object] : [])));
  }

  async function show(digests: ReadonlySet<string>): Promise<void> {
    await requireSound(layout, digests);
    const places = new Map<string, string>();
    for (const digest of digests) places.set(digest, await nextPlace());
    await (existsSync(loopControl) ? mounted(places) : unpacked(places));
  }

  /**
   * Makes a layer without files. It is a squashfs too, because overlayfs makes inode numbers of a kind that depends on
   * the file systems below it, and mkfs.btrfs takes them over.
   */
  async function makeEmptyLayer(): Promise<string> {
    const place = await nextPlace();
    if (!existsSync(loopControl)) return place;
    const image = `${workspace}/${place}.squashfs`;
    await namespace.run(["mksquashfs", `${workspace}/${place}`, image, "-noappend", "-no-progress", "-quiet"]);
    await mountAll(namespace, workspace, [squashfs(image, `${workspace}/${place}`)]);
    return place;
  }

  async function mounted(places: ReadonlyMap<string, string>): Promise<void> {
    const mounts = [...places].map(([digest, place]) => squashfs(layout.object(digest), `${workspace}/${place}`));
    await mountAll(namespace, workspace, mounts);
    for (const [digest, place] of places) {
      const acls = await aclsOf(layout.object(digest));
      shown.set(digest, acls === "" ? [place] : [place, await aclLayer(place, acls)]);
    }
  }

  async function unpacked(places: ReadonlyMap<string, string>): Promise<void> {
    for (const [digest, place] of places) {
      await unpack(namespace, layout.object(digest), `${workspace}/${place}/tree`);
      shown.set(digest, [`${place}/tree`]);
    }
  }

  /** Makes a layer for the ACLs of a mounted object: copies of the few files that have ACLs. */
  async function aclLayer(object: string, acls: string): Promise<string> {
    const place = await nextPlace();
    // mkfs.btrfs takes over inode numbers, which differ from disk to disk. Those of a tmpfs don't.
    const target = `${workspace}/${place}`;
    await mountAll(namespace, workspace, [{ source: "tmpfs", target, type: "tmpfs", options: ["size=100%"] }]);
    // The index keeps hard links together. It has a link of its own to each file, so its directory is removed below.
    const tree = await layOver([object], ["index=on", "redirect_dir=nofollow"], place);
    await restoreAcls(namespace, acls, tree.path).finally(() => tree[Symbol.asyncDispose]());
    await rm(namespace.path(`${target}/work`), { recursive: true });
    return relative(tree.upper);
  }

  async function layOver(stack: readonly string[], features: readonly string[], place: string) {
    for (const name of ["upper", "work", "tree"]) await mkdir(namespace.path(`${workspace}/${place}/${name}`));
    const target = `${workspace}/${place}/tree`;
    const uppermost = stack.at(-1) as string;
    const below = `${workspace}/${uppermost}`;
    // volatile: the changes of a stage are worthless until they are packed, so overlayfs needn't sync them to disk.
    const writable = [`upperdir=${place}/upper`, `workdir=${place}/work`, ...features, "volatile"];
    const [attributes] = await Promise.all([readAttributes(below), mountOverlay(stack, writable, target)]);
    await copyAttributes(below, target, attributes);
    const upper = `${workspace}/${place}/upper`;
    return { path: target, upper, attributes, [Symbol.asyncDispose]: () => unmounted(target) };
  }

  async function mountOverlay(stack: readonly string[], more: readonly string[], target: string): Promise<void> {
    // A layer must stand alone, without references to files in the layers below.
    // xino gives the tree one device number, however many file systems its layers are on, because setfiles and
    // `find -xdev` stay on one device.
    const independent = ["metacopy=off", "xino=on", "uuid=off"];
    const options = [`lowerdir=${stack.toReversed().join(":")}`, ...more, ...independent];
    if (options.join(",").length >= 4096)
      throw failure("HOST", "the tree has too many layers for one overlay mount", fewerStages);
    await mountAll(namespace, workspace, [{ type: "overlay", source: "overlay", target, options }]);
  }

  async function unmounted(target: string): Promise<void> {
    await unmount(namespace, target);
  }

  /** Reads the extended attributes of a directory, ACLs included, in the format that setfattr reads. */
  async function readAttributes(directory: string): Promise<string> {
    const dump = await namespace.run([...getfattr(), "."], { cwd: directory, encoding: "latin1" });
    const files = parseDump(dump).map(({ path, attributes }) => ({ path, attributes: withoutMarks(attributes) }));
    return files.flatMap((file) => (file.attributes.size === 0 ? [] : formatDump(file))).join("");
  }

  /** An overlay's root shows the uppermost layer's attributes, so a new layer starts with those of the one below. */
  async function copyAttributes(from: string, to: string, attributes: string): Promise<void> {
    const [source, target] = [namespace.path(from), namespace.path(to)];
    const { uid, gid, mode, mtimeMs } = await stat(source);
    await chown(target, uid, gid);
    await chmod(target, mode & 0o7777);
    if (attributes !== "")
      await namespace.run(["setfattr", "--restore=-"], { cwd: to, input: Buffer.from(attributes, "latin1") });
    await lutimes(target, Math.floor(mtimeMs / 1000), Math.floor(mtimeMs / 1000));
  }
}

const squashfs = (source: string, target: string): Mount => ({
  source,
  target,
  type: "squashfs",
  options: ["loop", "ro"],
});

async function digestOf(layer: Layer): Promise<string> {
  if ("object" in layer) return layer.object;
  throw new Error("a layer that isn't packed can't be squashed");
}

const nothingToRelease = { [Symbol.asyncDispose]: async () => undefined };
