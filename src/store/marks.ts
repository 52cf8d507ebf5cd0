import { rm } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import { isUnreadable, readPlain, writePlain } from "../host/plain-file.ts";
import { stateOf as present } from "../tree/state.ts";
import { type Layout, unlessReadOnly } from "./layout.ts";

// A mark is the state of an object's files when the object was last checked. Only root, who owns the store, could write
// to the files without changing a ctime.

/** Records that an object matches its digest, in the state in which it was `checked`, or else in its present state. */
export async function mark(layout: Layout, digest: string, checked?: string): Promise<void> {
  const state = checked ?? (await stateOf(layout.object(digest)));
  if (state !== undefined) await unlessReadOnly(writePlain(layout.mark(digest), state));
}

/** The most bytes that a mark may have. It has a line for each file of an output. */
const mostBytes = 256 * 1024 ** 2;

/** Reads the state of an object when it was last checked. */
export const readMark = (layout: Layout, digest: string) => unlessUnreadable(readPlain(layout.mark(digest), mostBytes));

/** Makes the next use of an object read it again. */
export const unmark = (layout: Layout, digest: string) =>
  unlessReadOnly(rm(layout.mark(digest), { recursive: true, force: true }));

/** The present state of an object's files. Undefined if there is no such object. */
export const stateOf = (object: string) => unlessUnreadable((async () => present(object))());

/** Undefined if a file doesn't exist, or if the disk or the file system can't read it any more. */
export async function unlessUnreadable<Value>(work: Promise<Value>): Promise<Value | undefined> {
  return work.catch((error) => {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR") || isUnreadable(error)) return undefined;
    throw error;
  });
}
