import { join } from "node:path";
import { BuildError } from "../../src/errors.ts";
import { parseDocument, parseText } from "../../src/json/document.ts";
import { normalise } from "../../src/pipeline/normalise.ts";
import type { Pipeline } from "../../src/pipeline/pipeline.ts";
import { openLibrary } from "../../src/programs/library.ts";
import { formatProblem } from "../../src/report/problems.ts";

export const fixtures = join(import.meta.dirname, "../fixtures");

/** Programs of the first releases, which do nothing here, and some that have a schema. */
export const libdir = join(fixtures, "libdir");

export interface Given {
  /** The pipeline file's name. */
  readonly file?: string;
  readonly buildPipeline?: string;
  readonly buildEnv?: string;
  readonly base?: string;
  readonly libdirs?: readonly string[];
}

/** Parses a pipeline. */
export const read = async (text: string, { file = "p.json", ...given }: Given = {}): Promise<Pipeline> =>
  normalise(
    {
      document: await parseText(file, text),
      buildPipeline: given.buildPipeline === undefined ? undefined : parseDocument("build.json", given.buildPipeline),
      buildEnv: given.buildEnv === undefined ? undefined : parseDocument("env.json", given.buildEnv),
      base: given.base,
    },
    openLibrary(given.libdirs ?? [libdir]),
  );

/** The problems of a text, which are none if it is a valid pipeline. */
export async function said(work: () => unknown): Promise<string> {
  try {
    await work();
    return "";
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return error.problems.map((problem) => formatProblem(problem)).join("\n");
  }
}

/** The problems in short: `line:column message (hint)`. */
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
