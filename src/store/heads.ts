import { readBeginningSync } from "../host/plain-file.ts";
import { shaped } from "../json/shape.ts";
import type { Layout } from "./layout.ts";
import { headMembers, isLinked, parseRecord, readRecord, type StoredResult } from "./refs.ts";

/**
 * A stored result without what it says of its tree's layers. A record lists all of them, so reading those of a
 * pipeline's stages takes time in proportion to the square of their number. Their heads have all that a plan depends
 * on.
 */
export type ResultHead = Omit<StoredResult, "layers" | "makers" | "tree" | "contentKey">;

const headShape = shaped<ResultHead>(headMembers);

/** Most heads have less than 2 KiB, depending on the step's options. */
const mostBytes = 16 * 1024;

/** A JSON string has no line breaks, so this can only begin a member of the record itself. */
const end = ',\n  "layers": [';

/**
 * Reads the head of the record of an id if the ref is whole, except that layers below its own may be missing. All of
 * the record is read if its head is longer, or lacks what an earlier release put at its end.
 */
export async function readHead(layout: Layout, id: string): Promise<ResultHead | undefined> {
  const read = () => {
    const text = readBeginningSync(layout.record(id), mostBytes);
    return `${text.slice(0, Math.max(0, text.indexOf(end)))}}`;
  };
  const found = parseRecord(headShape, id, read);
  const head = found === "damaged" || (found && !isFull(found)) ? await readRecord(layout, id) : found;
  return head !== undefined && isLinked(layout, head) ? head : undefined;
}

const isFull = ({ details, ran, runs }: ResultHead) => details !== undefined && ran !== undefined && runs !== undefined;
