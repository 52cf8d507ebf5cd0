import { closeSync, constants, openSync, readSync } from "node:fs";
import { scheduler } from "node:timers/promises";
import { type Found, walk } from "./walk.ts";

/** A file that contains a text. */
export interface Hit {
  /** The path from the directory, with a leading slash. */
  readonly path: string;
  /** The path on this machine. */
  readonly place: Buffer;
  /** The key of the text. */
  readonly key: string;
}

/** The bytes that are read at once. */
const chunk = 1024 ** 2;

/**
 * Finds the files below a directory that contain one of these texts, as they are: in nothing compressed. Files that
 * were last changed before `since`, in milliseconds since 1970, are left out. Each file is listed once.
 */
export async function search(
  directory: string,
  texts: ReadonlyMap<string, readonly string[]>,
  since = 0,
): Promise<readonly Hit[]> {
  const needles = [...texts].flatMap(([key, all]) => all.map((text) => ({ key, bytes: Buffer.from(text) })));
  const overlap = Math.max(0, ...needles.map(({ bytes }) => bytes.length - 1));
  const buffer = Buffer.alloc(chunk + overlap);
  const hits: Hit[] = [];
  for (const { path, place, kind, stats } of walk(directory)) {
    if (kind !== "file" || stats.ctimeMs < since) continue;
    const key = await keyIn(place);
    if (key !== undefined) hits.push({ path, place, key });
  }
  return hits;

  /** The key of the first text that a file contains. */
  async function keyIn(place: Found["place"]): Promise<string | undefined> {
    const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      let kept = 0;
      for (let length = 0; ; ) {
        length = readSync(file, buffer, kept, chunk, null);
        const read = buffer.subarray(0, kept + length);
        const found = needles.find(({ bytes }) => read.includes(bytes));
        if (found !== undefined || length < chunk) return found?.key;
        // A text may begin in one part and end in the next.
        kept = Math.min(overlap, read.length);
        read.copy(buffer, 0, read.length - kept);
        await scheduler.yield();
      }
    } finally {
      closeSync(file);
    }
  }
}
