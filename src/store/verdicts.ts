import { appendFile, readFile } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import type { Layout } from "./layout.ts";

/** The digests of what has been found right; see validate.ts. A store that isn't there yet has none. */
export async function readVerdicts(layout: Layout): Promise<Set<string>> {
  try {
    return new Set((await readFile(layout.verdicts, "utf8")).split("\n"));
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return new Set();
    throw error;
  }
}

/** Keeps what has been found right for the next time. */
export async function writeVerdicts(layout: Layout, verdicts: ReadonlySet<string>): Promise<void> {
  const added = verdicts.difference(await readVerdicts(layout));
  if (added.size > 0) await appendFile(layout.verdicts, [...added].map((digest) => `${digest}\n`).join(""));
}
