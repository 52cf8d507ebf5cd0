import { resolve } from "node:path";
import { BuildError, failure } from "../errors.ts";
import { statIfThere } from "../host/paths.ts";
import { type Document, readDocument } from "../json/document.ts";
import { type Library, openLibrary } from "../programs/library.ts";
import type { Secrets } from "../secrets/secret.ts";
import { misfitsOf, readLock, withLock } from "./lock.ts";
import { normalise } from "./normalise.ts";
import type { Pipeline } from "./pipeline.ts";
import { resolveAll } from "./resolution/resolve.ts";
import type { Setting } from "./resolution/setting.ts";
import type { Verdicts } from "./validation/validate.ts";

/** The files that make up a pipeline, as the command line names them. */
export interface PipelineNames {
  readonly pipeline: string;
  readonly libdirs: readonly string[];
  readonly buildEnv: string | undefined;
  readonly buildPipeline: string | undefined;
  readonly base: string | undefined;
  readonly mirrors: string | undefined;
  readonly variables: readonly Setting[];
  readonly secrets?: Secrets | undefined;
}

/** The folder that holds `stages` and `assemblers`: two levels above this file, in the sources and in the bundles. */
export const ownLibdir = resolve(import.meta.dirname, "../..");

/** The library of the user's libdirs and, after them, the built-in programs. */
export const libraryOf = (libdirs: readonly string[]): Library =>
  openLibrary([...libdirs.map((libdir) => resolve(libdir)), ownLibdir]);

/** Throws if a libdir isn't a directory. Its programs would be unknown, or others of the same name would run. */
export async function requireLibdirs(libdirs: readonly string[]): Promise<void> {
  for (const libdir of libdirs) {
    if ((await statIfThere(libdir))?.isDirectory()) continue;
    const hint = "--libdir takes a directory that holds stages/ or assemblers/";
    throw failure("INVALID", `there is no directory ${libdir}`, hint);
  }
}

/**
 * Reads the pipeline that a command line names, everything that the command line adds to it, and the lock beside it.
 * Throws if there is a lock that doesn't fit the pipeline.
 */
export async function loadPipeline(names: PipelineNames, verdicts: Verdicts): Promise<Pipeline> {
  const [pipeline, lock] = await Promise.all([loadUnlocked(names, verdicts), readLock(names.pipeline)]);
  if (lock === undefined) return pipeline;
  const misfits = misfitsOf(names.pipeline, pipeline, lock);
  if (misfits.length > 0) throw new BuildError("INVALID", misfits);
  return withLock(pipeline, lock);
}

/** The same without its lock. */
export async function loadUnlocked(names: PipelineNames, verdicts: Verdicts): Promise<Pipeline> {
  await requireLibdirs(names.libdirs);
  const [document, buildPipeline, buildEnv, mirrors] = await Promise.all([
    readDocument(names.pipeline),
    optional(names.buildPipeline),
    optional(names.buildEnv),
    optional(names.mirrors),
  ]);
  const resolved = await resolveAll({ document, buildPipeline, buildEnv }, names.variables);
  return normalise(
    { ...resolved, mirrors, base: names.base, secrets: names.secrets },
    libraryOf(names.libdirs),
    verdicts,
  );
}

const optional = async (path: string | undefined): Promise<Document | undefined> =>
  path === undefined ? undefined : readDocument(path);
