import { join } from "node:path";
import { BuildError } from "../../src/errors.ts";
import { parseDocument } from "../../src/pipeline/document.ts";
import { openLibrary } from "../../src/pipeline/library.ts";
import { normalise } from "../../src/pipeline/normalise.ts";
import type { Pipeline } from "../../src/pipeline/pipeline.ts";
import { formatProblem } from "../../src/report/problems.ts";

export const fixtures = join(import.meta.dirname, "../fixtures");

/** Programs of the era, which do nothing, and some that have a schema. */
export const libdir = join(fixtures, "libdir");

export interface Given {
  /** The pipeline file's name. */
  readonly file?: string;
  readonly buildPipeline?: string;
  readonly buildEnv?: string;
  readonly base?: string;
  readonly libdirs?: readonly string[];
}

/** The pipeline that a text means. */
export const read = (text: string, { file = "p.json", ...given }: Given = {}): Promise<Pipeline> =>
  normalise(
    {
      document: parseDocument(file, text),
      buildPipeline: given.buildPipeline === undefined ? undefined : parseDocument("build.json", given.buildPipeline),
      buildEnv: given.buildEnv === undefined ? undefined : parseDocument("env.json", given.buildEnv),
      base: given.base,
    },
    openLibrary(given.libdirs ?? [libdir]),
  );

/** What is said of a text that is no pipeline; nothing where it is one. */
export async function said(work: () => unknown): Promise<string> {
  try {
    await work();
    return "";
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return error.problems.map(formatProblem).join("\n");
  }
}

/** The same in short: `line:column message (hint)`. */
export async function inShort(work: () => unknown): Promise<readonly string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return error.problems.map(
      ({ message, at, hint }) => `${at?.line}:${at?.column} ${message}${hint === undefined ? "" : ` (${hint})`}`,
    );
  }
}
