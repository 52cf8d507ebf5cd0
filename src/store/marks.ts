import { lstatSync } from "node:fs";
import { lstat, readFile, rm, writeFile } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import type { Layout } from "./layout.ts";
import { walk } from "./walk.ts";

// A mark says how an object's files looked when the object was last checked. Nobody but root, whose store it is, can
// write to them without changing a ctime, and no copy has the same inodes and ctimes.

/** Notes that an object is what its digest says: as it looked then, or else as it looks now. */
export async function mark(layout: Layout, digest: string, checked?: string): Promise<void> {
  const state = checked ?? (await stateOf(layout.object(digest)));
  if (state !== undefined) await writeFile(layout.mark(digest), state, { mode: 0o644 });
}

/** How an object looked when it was last checked. */
export const readMark = (layout: Layout, digest: string) => unlessUnreadable(readFile(layout.mark(digest), "utf8"));

/** Makes sure that an object is read before its next use. */
export const unmark = (layout: Layout, digest: string) => rm(layout.mark(digest), { force: true });

/** How an object's files look now; undefined where there is none. */
export const stateOf = (object: string) => unlessUnreadable(describe(object));

async function describe(object: string): Promise<string> {
  const isDirectory = (await lstat(object)).isDirectory();
  const below = isDirectory ? [...walk(object)] : [];
  const all = [{ path: "", place: Buffer.from(object) }, ...below];
  return all
    .map(({ path, place }) => {
      const { ino, size, mtimeNs, ctimeNs } = lstatSync(place, { bigint: true });
      return `${[ino, size, mtimeNs, ctimeNs, JSON.stringify(path)].join(" ")}\n`;
    })
    .join("");
}

/** Undefined for what isn't there, and for what the disk or the file system can't read any more. */
export async function unlessUnreadable<Value>(work: Promise<Value>): Promise<Value | undefined> {
  return work.catch((error) => {
    if (["ENOENT", "ENOTDIR", "EIO", "EBADMSG", "EUCLEAN"].some((code) => hasCode(error, code))) return undefined;
    throw error;
  });
}
