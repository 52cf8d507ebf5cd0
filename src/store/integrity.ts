import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { BuildError, hasCode } from "../errors.ts";
import type { Layout } from "./layout.ts";
import { mark, readMark, stateOf, unlessUnreadable, unmark } from "./marks.ts";
import { digestOfObject } from "./objects.ts";
import { listRefs, readRecord, removeRef } from "./refs.ts";

/** An object of the store isn't what its digest says. */
export class DamagedError extends BuildError {
  constructor(digest: string) {
    const hint = "build the pipeline again: that replaces what is damaged";
    super("STORE", [{ message: `object ${digest} of the store is damaged`, hint }]);
  }
}

/** Whether an object is what its digest says. It is read only if it has changed since it was last checked. */
export async function isSound(layout: Layout, digest: string): Promise<boolean> {
  const object = layout.object(digest);
  const state = await stateOf(object);
  if (state === undefined) return false;
  if (state === (await readMark(layout, digest))) return true;
  if ((await unlessUnreadable(digestOfObject(object))) !== digest) return false;
  // A file that was written to meanwhile has to be read again.
  if ((await stateOf(object)) !== state) return isSound(layout, digest);
  await mark(layout, digest, state);
  return true;
}

/** Throws a DamagedError unless all of these objects are what their digests say. */
export async function requireSound(layout: Layout, digests: Iterable<string>): Promise<void> {
  for (const digest of digests) if (!(await isSound(layout, digest))) throw new DamagedError(digest);
}

/**
 * Takes a damaged object out of the store, with the refs whose own result it is. Trees that stand on it aren't whole
 * until it has been made again, bit for bit.
 */
export async function dropObject(layout: Layout, digest: string): Promise<void> {
  await unmark(layout, digest);
  const [object, aside] = [layout.object(digest), `${layout.temporary}/damaged-${randomUUID()}`];
  await rename(object, aside).catch((error) => {
    if (!hasCode(error, "ENOENT")) throw error;
  });
  // Another build may have replaced it in this very moment.
  if ((await unlessUnreadable(digestOfObject(aside))) === digest) return rename(aside, object);
  await rm(aside, { recursive: true, force: true });
  for (const id of await listRefs(layout))
    if ((await readRecord(layout, id))?.object === digest) await removeRef(layout, id);
}
