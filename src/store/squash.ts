import { hash, randomUUID } from "node:crypto";
import { readlink, rm } from "node:fs/promises";
import { basename } from "node:path";
import { hasCode } from "../errors.ts";
import type { Namespace } from "../host/namespace.ts";
import { resetAttributes } from "./attribute-order.ts";
import { isSound } from "./integrity.ts";
import { listAttributes, pack } from "./layers.ts";
import { isReadOnly, type Layout } from "./layout.ts";
import { putLink } from "./put.ts";

/**
 * The most layers that are stacked as they are. The kernel takes 500, if their paths fit on one page, but the more
 * file systems are mounted, the longer each mount takes.
 */
export const mostInStack = 100;

/**
 * The number of the lowest layers of a stack that are squashed. A growing stack has the same ones squashed for a long
 * time.
 */
export const squashedOf = (layers: number, most: number): number => Math.floor(Math.max(0, layers - 1) / most) * most;

/** The object that holds all that these objects hold as a stack, if the store has it. */
export async function findSquashed(layout: Layout, objects: readonly string[]): Promise<string | undefined> {
  const digest = await readlink(layout.squashed(keyOf(objects))).then(basename, (error) => {
    if (!hasCode(error, "ENOENT") && !hasCode(error, "EINVAL")) throw error;
  });
  // Anyone may drop it: it is made again.
  return digest !== undefined && /^[0-9a-f]{64}$/.test(digest) && (await isSound(layout, digest)) ? digest : undefined;
}

const keyOf = (objects: readonly string[]) => hash("sha256", objects.join(" "));

/** A squashed stack: an object, or a directory in the workspace if the store is read-only. */
export type Squashed = { readonly object: string } | { readonly directory: string };

/**
 * Makes one layer of a stack of objects. `tree` is the path of their tree inside the namespace. The layer is a copy of
 * the tree, so it has no deletions, and what is stacked on it looks the same as before.
 */
export async function squash(
  {
    namespace,
    layout,
    workspace,
  }: { readonly namespace: Namespace; readonly layout: Layout; readonly workspace: string },
  objects: readonly string[],
  tree: string,
): Promise<Squashed> {
  const copy = `${workspace}/squash-${randomUUID().slice(0, 8)}`;
  await namespace.run(["cp", "--archive", "--no-target-directory", tree, copy]);
  if (await isReadOnly(layout)) return { directory: copy };
  const attributes = await listAttributes(namespace, copy);
  await resetAttributes(namespace, copy, attributes);
  const { digest } = await pack(namespace, layout, { upper: copy, attributes }, workspace, latest);
  await rm(copy, { recursive: true });
  await putLink(layout, layout.refTarget(digest), layout.squashed(keyOf(objects)));
  return { object: digest };
}

/**
 * The latest time that squashfs can store. The layers' own times have been clamped, each to the epoch of its pipeline.
 */
const latest = 2 ** 32 - 1;
