import { existsSync } from "node:fs";
import { chmod, chown, lutimes, mkdir, rm, stat } from "node:fs/promises";
import { failure } from "../errors.ts";
import { mountAll, unmount } from "../host/mounts.ts";
import type { Namespace } from "../host/namespace.ts";
import { complete, refuseMarks, refuseWhiteouts, seal } from "./complete.ts";
import { requireSound } from "./integrity.ts";
import { aclsOf, type Finished, listMarks, restoreAcls, unpack } from "./layers.ts";
import type { Layout } from "./layout.ts";
import { settle } from "./settle.ts";

/** One layer of a tree: an object of the store, or a directory that isn't packed yet. */
export type Layer = { readonly object: string } | { readonly directory: string };

/** A tree while it is there to be used. */
export interface Tree extends AsyncDisposable {
  /** Where it is, within the namespace. */
  readonly path: string;
}

/** A tree that a stage may change. */
export interface NewTree extends Tree {
  /** Changes to the tree collect here. */
  readonly upper: string;
  /** Makes a layer of what was changed, and lets go of the tree. Fails where no layer can say what was changed. */
  readonly finish: () => Promise<Finished>;
}

/** Puts trees together from layers, within a build's namespace and its own directory in the store. */
export interface Trees {
  /** A read-only tree; of no layers: an empty one. `over` lies on top of it. */
  readonly get: (layers: readonly Layer[], over?: string) => Promise<Tree>;
  /** A directory to change, which starts as the tree of these layers. */
  readonly create: (layers: readonly Layer[], epoch: number) => Promise<NewTree>;
}

/** `loopControl` is what mounting takes: where it isn't there, objects are unpacked. */
export async function openTrees(
  namespace: Namespace,
  layout: Layout,
  workspace: string,
  loopControl = "/dev/loop-control",
): Promise<Trees> {
  /** The directories that an object is shown by, the lowest first. */
  const shown = new Map<string, readonly string[]>();
  // The paths that overlayfs is given must fit one page together: short, and relative to the workspace.
  let count = 0;
  const nextPlace = async () => {
    const place = (count++).toString(36);
    await mkdir(`${workspace}/${place}`);
    return place;
  };
  const relative = (path: string) => path.slice(workspace.length + 1);

  return {
    async get(layers, over) {
      const stack = [...(await directories(layers)), ...(over === undefined ? [] : [relative(over)])];
      if (stack.length === 0) return { path: `${workspace}/${await nextPlace()}`, ...nothingToRelease };
      // A layer by itself would show what overlayfs hides.
      if (stack.length === 1) stack.unshift(await nextPlace());
      const target = `${workspace}/${await nextPlace()}`;
      await mountOverlay(stack, ["redirect_dir=nofollow"], target);
      return { path: target, [Symbol.asyncDispose]: () => unmounted(target) };
    },

    async create(layers, epoch) {
      const stack = await directories(layers);
      if (stack.length > 0) return change(stack, epoch);
      const upper = `${workspace}/${await nextPlace()}`;
      await chmod(upper, 0o755);
      await lutimes(upper, epoch, epoch);
      return { path: upper, upper, finish: () => finishFirst(upper, epoch), ...nothingToRelease };
    },
  };

  async function change(stack: readonly string[], epoch: number): Promise<NewTree> {
    // A directory may be renamed: what it holds is copied afterwards.
    const tree = await layOver(stack, ["index=off", "redirect_dir=on"]);
    const { path, upper } = tree;
    let mounted = true;
    const release = async () => {
      if (mounted) await tree[Symbol.asyncDispose]();
      mounted = false;
    };
    const finish = async () => {
      const marks = await marksOf(upper, epoch);
      refuseMarks(marks, "trusted.overlay.overlay.");
      const layers = stack.toReversed().map((place) => namespace.path(`${workspace}/${place}`));
      const { moved, touched } = await complete({ tree: namespace.path(path), upper, layers }, marks);
      await release();
      await seal(upper, moved);
      settle(upper, epoch);
      return { upper, marks: touched ? undefined : marks };
    };
    return { path, upper, finish, [Symbol.asyncDispose]: release };
  }

  /** Without anything beneath it a stage has made all marks itself. */
  async function finishFirst(upper: string, epoch: number): Promise<Finished> {
    const marks = await marksOf(upper, epoch);
    refuseMarks(marks, "trusted.overlay.");
    refuseWhiteouts(settle(upper, epoch), upper);
    return { upper, marks };
  }

  async function marksOf(upper: string, epoch: number) {
    return listMarks(namespace, upper).catch((error) => {
      // It says so in words of its own if a path is too long.
      settle(upper, epoch);
      throw error;
    });
  }

  /** Makes directories of layers, the lowest first and relative to the workspace. */
  async function directories(layers: readonly Layer[]): Promise<readonly string[]> {
    const objects = layers.map((layer) => ("object" in layer ? layer.object : undefined));
    await show(new Set(objects.filter((digest) => digest !== undefined && !shown.has(digest)) as string[]));
    return layers.flatMap((layer, index) => {
      if ("directory" in layer) return relative(layer.directory);
      // What a layer says goes before whatever is below it: of one that is there twice the upper is enough.
      return objects.includes(layer.object, index + 1) ? [] : (shown.get(layer.object) ?? []);
    });
  }

  async function show(digests: ReadonlySet<string>): Promise<void> {
    await requireSound(layout, digests);
    const places = new Map<string, string>();
    for (const digest of digests) places.set(digest, await nextPlace());
    await (existsSync(loopControl) ? mounted(places) : unpacked(places));
  }

  async function mounted(places: ReadonlyMap<string, string>): Promise<void> {
    const mounts = [...places].map(([digest, place]) => {
      return {
        source: layout.object(digest),
        target: `${workspace}/${place}`,
        type: "squashfs",
        options: ["loop", "ro"],
      } as const;
    });
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

  /** What lies over a mounted object to show its ACLs: copies of the few files that have some. */
  async function aclLayer(place: string, acls: string): Promise<string> {
    // An index keeps hard links together, and has one of each itself.
    const tree = await layOver([place], ["index=on", "redirect_dir=nofollow"]);
    await restoreAcls(namespace, acls, tree.path).finally(() => tree[Symbol.asyncDispose]());
    await rm(tree.upper.replace(/upper$/, "work"), { recursive: true });
    return relative(tree.upper);
  }

  async function layOver(stack: readonly string[], features: readonly string[]) {
    const place = await nextPlace();
    for (const name of ["upper", "work", "tree"]) await mkdir(`${workspace}/${place}/${name}`);
    const target = `${workspace}/${place}/tree`;
    const uppermost = stack.at(-1) as string;
    const below = `${workspace}/${uppermost}`;
    // volatile: what a stage writes is worth nothing before it is packed, so nothing need reach the disk.
    const writable = [`upperdir=${place}/upper`, `workdir=${place}/work`, ...features, "volatile"];
    const [attributes] = await Promise.all([readAttributes(below), mountOverlay(stack, writable, target)]);
    await copyAttributes(below, target, attributes);
    return { path: target, upper: `${workspace}/${place}/upper`, [Symbol.asyncDispose]: () => unmounted(target) };
  }

  async function mountOverlay(stack: readonly string[], more: readonly string[], target: string): Promise<void> {
    // A layer must stand alone: no reference to where a file was in the layers below.
    // xino: one device number, however many file systems the layers are on; setfiles and `find -xdev` leave none.
    const independent = ["metacopy=off", "xino=on", "uuid=off"];
    const options = [`lowerdir=${stack.toReversed().join(":")}`, ...more, ...independent];
    if (options.join(",").length >= 4096)
      throw failure("HOST", "the tree has too many layers for one overlay mount", "join some of its stages");
    await mountAll(namespace, workspace, [{ type: "overlay", source: "overlay", target, options }]);
  }

  async function unmounted(target: string): Promise<void> {
    await unmount(namespace, target);
  }

  /** The extended attributes of a directory, ACLs included, as setfattr takes them. */
  async function readAttributes(directory: string): Promise<string> {
    const argv = ["getfattr", "--dump", "--match=-", "--encoding=hex", "--absolute-names", "."];
    const lines = (await namespace.run(argv, { cwd: directory, encoding: "latin1" })).split("\n");
    const own = lines.filter((line) => line.includes("=") && !line.startsWith("trusted.overlay."));
    return own.map((line) => `${line}\n`).join("");
  }

  /** A merged root shows the uppermost layer's attributes: a new layer starts with those of the layer below it. */
  async function copyAttributes(from: string, to: string, attributes: string): Promise<void> {
    const [source, target] = [namespace.path(from), namespace.path(to)];
    const { uid, gid, mode, mtimeMs } = await stat(source);
    await chown(target, uid, gid);
    await chmod(target, mode & 0o7777);
    if (attributes !== "") {
      const input = Buffer.from(`# file: .\n${attributes}`, "latin1");
      await namespace.run(["setfattr", "--restore=-"], { cwd: to, input });
    }
    await lutimes(target, Math.floor(mtimeMs / 1000), Math.floor(mtimeMs / 1000));
  }
}

const nothingToRelease = { [Symbol.asyncDispose]: async () => undefined };
