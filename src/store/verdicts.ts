import { hasCode } from "../errors.ts";
import { isUnreadable, readPlain, writePlain } from "../host/plain-file.ts";
import { type Layout, unlessReadOnly } from "./layout.ts";

/** The most bytes that are read: a million digests. */
const mostBytes = 64 * 1024 ** 2;

/** Reads the digests of the values that passed validation; see validate.ts. A store that doesn't exist yet has none. */
export const readVerdicts = async (layout: Layout): Promise<Set<string>> => (await find(layout)) ?? new Set();

/** Undefined if they can't be read. Then the values are only validated again. */
async function find(layout: Layout): Promise<Set<string> | undefined> {
  try {
    return new Set((await readPlain(layout.verdicts, mostBytes)).split("\n"));
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return new Set();
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

/** Adds the digests of values that have passed validation. */
export async function writeVerdicts(layout: Layout, verdicts: ReadonlySet<string>): Promise<void> {
  const known = (await find(layout)) ?? new Set();
  if (verdicts.isSubsetOf(known)) return;
  const lines = [...known.union(verdicts)].filter((digest) => digest !== "").map((digest) => `${digest}\n`);
  await unlessReadOnly(writePlain(layout.verdicts, lines.join("")));
}
