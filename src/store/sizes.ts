import type { Layout } from "./layout.ts";
import { readMark } from "./marks.ts";
import { listRefs, readRecord } from "./refs.ts";

/**
 * Tells whether an object can have a size, in bytes: whether a record of the object says so or, if there is none, as
 * for a layer that came with another from the cache, its mark.
 */
export type Sizes = (digest: string, size: number) => Promise<boolean>;

/** Prepares to tell sizes. The records are read once, when the first size is asked for. */
export function openSizes(layout: Layout): Sizes {
  let recorded: Promise<ReadonlyMap<string, ReadonlySet<number>>> | undefined;
  return async (digest, size) => {
    recorded ??= recordedSizes(layout);
    const sizes = (await recorded).get(digest);
    return sizes?.has(size) ?? ((await markedSize(layout, digest)) ?? size) === size;
  };
}

async function recordedSizes(layout: Layout): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const sizes = new Map<string, Set<number>>();
  for (const id of await listRefs(layout)) {
    const record = await readRecord(layout, id);
    if (record === undefined) continue;
    const { object, size } = record;
    sizes.set(object, (sizes.get(object) ?? new Set()).add(size));
  }
  return sizes;
}

/** The size of a layer's file when it was last checked. */
async function markedSize(layout: Layout, digest: string): Promise<number | undefined> {
  const [, size] = /^\d+ (\d+) \d+ \d+ ""\n$/.exec((await readMark(layout, digest)) ?? "") ?? [];
  return size === undefined ? undefined : Number(size);
}
