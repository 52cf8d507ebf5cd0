import { randomUUID } from "node:crypto";
import { rename } from "node:fs/promises";
import { BuildError, hasCode } from "../errors.ts";
import { isUnreadable, readPlain } from "../host/plain-file.ts";
import { removeTree } from "../host/remove.ts";
import type { Contents } from "../tree/contents.ts";
import { decodeContents, isDamagedContents, mostContentsBytes } from "../tree/contents-file.ts";
import type { Layout } from "./layout.ts";
import { mark, readMark, stateOf, unmark } from "./marks.ts";
import { hasDigest } from "./objects.ts";
import { listRefs, readRecord, removeRef } from "./refs.ts";
import { openSizes } from "./sizes.ts";

/** The error for an object of the store that doesn't match its digest. */
export class DamagedError extends BuildError {
  constructor(digest: string) {
    const hint = "build the pipeline again: that replaces the damaged object";
    super("STORE", [{ message: `object ${digest} of the store is damaged`, hint }]);
  }
}

/** Whether an object matches its digest. It is read only if it has changed since it was last checked. */
export async function isSound(layout: Layout, digest: string, canHave = openSizes(layout)): Promise<boolean> {
  const object = layout.object(digest);
  const state = await stateOf(object);
  if (state === undefined) return false;
  if (state === (await readMark(layout, digest))) return true;
  if (!(await hasDigest(object, digest, (size) => canHave(digest, size)))) return false;
  // An object that changed while it was read has to be read again.
  if ((await stateOf(object)) !== state) return isSound(layout, digest, canHave);
  await mark(layout, digest, state);
  return true;
}

/** Throws a DamagedError unless all of these objects match their digests. */
export async function requireSound(layout: Layout, digests: Iterable<string>): Promise<void> {
  const canHave = openSizes(layout);
  for (const digest of digests) if (!(await isSound(layout, digest, canHave))) throw new DamagedError(digest);
}

/**
 * Removes a damaged object from the store, with the refs of the steps that it is the result of. Trees that contain it
 * are incomplete until it has been built again, bit for bit.
 */
export async function dropObject(layout: Layout, digest: string): Promise<void> {
  const [object, aside] = [layout.object(digest), `${layout.temporary}/damaged-${randomUUID()}`];
  await rename(object, aside).catch((error) => {
    if (!hasCode(error, "ENOENT")) throw error;
  });
  // Another build may have replaced it just now.
  const canHave = openSizes(layout);
  if (await hasDigest(aside, digest, (size) => canHave(digest, size))) return rename(aside, object);
  await unmark(layout, digest);
  await removeTree(aside);
  for (const id of await listRefs(layout))
    if ((await readRecord(layout, id))?.object === digest) await removeRef(layout, id);
}

/** Whether the list of what an image contains is damaged. It isn't named by a digest, but contains one. */
export async function hasDamagedContents(layout: Layout, id: string): Promise<boolean> {
  const text = await contentsText(layout, id);
  return text !== undefined && isDamagedContents(text);
}

/** The contents of the image with this id. Undefined if they weren't recorded, or are damaged. */
export async function recordedContents(layout: Layout, id: string): Promise<Contents | undefined> {
  const text = await contentsText(layout, id);
  return text === undefined ? undefined : decodeContents(text);
}

/** Undefined if there is no text, and empty if it can't be read. */
async function contentsText(layout: Layout, id: string): Promise<string | undefined> {
  try {
    return await readPlain(layout.contents(id), mostContentsBytes);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    if (isUnreadable(error)) return "";
    throw error;
  }
}
