import { resolve } from "node:path";
import { type Document, readDocument } from "../pipeline/document.ts";
import { type Library, openLibrary } from "../pipeline/library.ts";
import { normalise } from "../pipeline/normalise.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Verdicts } from "../pipeline/validate.ts";
import type { PipelineNames } from "./arguments.ts";

/** The folder that holds `stages` and `assemblers`: above this file's, in the sources and in the bundle alike. */
const ownLibdir = resolve(import.meta.dirname, "../..");

/** The user's libdirs first, then the built-in programs. */
export const libraryOf = (libdirs: readonly string[]): Library =>
  openLibrary([...libdirs.map((libdir) => resolve(libdir)), ownLibdir]);

/** Reads the pipeline that a command line names, with everything that the line adds to it. */
export async function loadPipeline(names: PipelineNames, verdicts: Verdicts): Promise<Pipeline> {
  const [document, buildPipeline, buildEnv, mirrors] = await Promise.all([
    readDocument(names.pipeline),
    optional(names.buildPipeline),
    optional(names.buildEnv),
    optional(names.mirrors),
  ]);
  const sources = { document, buildPipeline, buildEnv, mirrors, base: names.base };
  return normalise(sources, libraryOf(names.libdirs), verdicts);
}

const optional = async (path: string | undefined): Promise<Document | undefined> =>
  path === undefined ? undefined : readDocument(path);
