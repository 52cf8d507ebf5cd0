import { hasCode } from "../errors.ts";
import { isUnreadable, readPlain, writePlain } from "../host/plain-file.ts";
import { type Layout, unlessReadOnly } from "./layout.ts";

/** The most bytes that are read: the digests of thousands of updates. Beyond them, the file begins anew. */
const mostBytes = 1024 ** 2;

/** Reads the digests of the host's tools by the state of their files; see host-root.ts. */
export async function readToolDigests(layout: Layout): Promise<Map<string, string>> {
  const text = await readPlain(layout.tools, mostBytes).catch((error) => {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR") || isUnreadable(error)) return "";
    throw error;
  });
  return new Map(
    [...text.matchAll(/^([0-9a-f]{64}) ([0-9a-f]{64})$/gm)].map(([, state = "", digest = ""]) => [state, digest]),
  );
}

/** Writes all that are known, after some have been added. */
export const writeToolDigests = (layout: Layout, known: ReadonlyMap<string, string>): Promise<void> =>
  unlessReadOnly(writePlain(layout.tools, [...known].map((entry) => `${entry.join(" ")}\n`).join("")));
