import { chmodSync, lchownSync, type Stats } from "node:fs";
import { chmod, chown, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { hasCode } from "../errors.ts";
import { type Found, walk } from "../tree/walk.ts";

/** The owner of a file. */
export type Owner = Pick<Stats, "uid" | "gid">;

/** The owner for an output: the owner of its directory or, if that doesn't exist, of the nearest one above. */
export async function ownerOf(path: string): Promise<Owner> {
  try {
    return await stat(path);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    return ownerOf(dirname(path));
  }
}

/**
 * Makes the directory that a tree will be copied into. If the tree has set-user-id programs or device files, only the
 * owner may enter the directory, because the tree keeps its modes and other users could use them.
 */
export async function makeDirectoryFor(tree: string, directory: string, { uid, gid }: Owner): Promise<void> {
  await mkdir(directory, { recursive: true });
  if (walk(tree).some(isDangerous)) await chmod(directory, 0o700);
  if (uid !== 0) await chown(directory, uid, gid);
}

/** Gives everything below a directory to a new owner, except device files: they give access to the host's devices. */
export function giveTo({ uid, gid }: Owner, directory: string): void {
  for (const { place, kind, stats } of walk(directory)) {
    if (isDevice(kind)) continue;
    lchownSync(place, uid, gid);
    // The kernel clears these bits when the owner changes.
    if (isSetId({ kind, stats })) chmodSync(place, stats.mode & 0o7777);
  }
}

const isDangerous = (found: Found) => isDevice(found.kind) || isSetId(found);

const isDevice = (kind: Found["kind"]) => kind === "character device" || kind === "block device";

const isSetId = ({ kind, stats }: Pick<Found, "kind" | "stats">) =>
  (kind === "file" || kind === "hard link") && (stats.mode & 0o6000) !== 0;
