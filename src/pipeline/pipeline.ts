import type { LockedPackage, LockedRepository } from "../../stages/lib/downloads/locked.ts";
import type { Location, Problem } from "../errors.ts";
import type { JsonValue } from "../json/nodes.ts";
import type { Program } from "../programs/program.ts";
import type { PinnedReference } from "../registry/reference.ts";
import type { Secret } from "../secrets/secret.ts";

/** The one form that every dialect is normalised to. */
export interface Pipeline {
  /** The environment that the steps run in; null for the host. */
  readonly build: BuildEnvironment | null;
  /** The tree that the first stage starts from; null for an empty tree. */
  readonly base: Base | null;
  readonly stages: readonly Step[];
  readonly assembler: Step | null;
  /** Seconds since 1970; no file of the tree is newer. */
  readonly sourceEpoch: number;
  readonly downloads: Downloads;
  /** Things in the pipeline or its build pipelines that are accepted but may not do what the author expects. */
  readonly warnings: readonly Problem[];
  /** The last stage's id, or the base's id if there are no stages; null for an empty pipeline. */
  readonly treeId: string | null;
  /** The assembler's id. */
  readonly outputId: string | null;
}

/**
 * The most stages that a pipeline may have. The record of each lists all layers below it, so their size grows with the
 * square.
 */
export const mostLayers = 2000;

/** Extra arguments for programs that download. */
export interface Downloads {
  /** The `sources` next to a wrapped pipeline: the URLs of content that options name only by its checksum. */
  readonly sources?: JsonValue;
  /** URL prefixes, each with its mirror: another prefix, or a whole repository. */
  readonly mirrors?: JsonValue;
}

/** The tree that a pipeline starts from: one in the store, or a container image. */
export interface Base {
  /** The tree's id. That of an image is its digest, in hex. */
  readonly id: string;
  /** The image, if it is one. It is downloaded if the store lacks its tree. */
  readonly image?: PinnedReference | undefined;
  /** Its place in the pipeline file, unless the command line gave it. */
  readonly at: Location | undefined;
}

/** The environment that a pipeline's steps run in. */
export interface BuildEnvironment {
  /** `org.osbuild.<distribution>`, if the pipeline names a runner. */
  readonly runner: string | null;
  /** The pipeline that builds the tree to run in; null for the host. */
  readonly pipeline: Pipeline | null;
}

/** A stage or an assembler of a pipeline. */
export interface Step {
  readonly kind: "stage" | "assembler";
  /** The name as written. Aliases aren't resolved, because the written name enters the id. */
  readonly name: string;
  readonly program: Program;
  readonly options: JsonValue;
  /** The options as JSON for the program, which may care about things that the id ignores, like the order of keys. */
  readonly optionsText: string;
  /** The options as canonical JSON, as they enter the id. */
  readonly canonicalOptions: string;
  /** 64 hex digits; see identify(). */
  readonly id: string;
  /** Maps the names of the user's files, as written in the options, to absolute paths. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Patterns of those files in them that it doesn't read. */
  readonly excluded: readonly string[];
  /** The secrets that its options name. */
  readonly secrets: ReadonlyMap<string, StepSecret>;
  /** The system programs that it needs with these options. */
  readonly requires: readonly string[];
  /** Whether an assembler gets the tree's layers one by one, besides the tree. */
  readonly getsLayers: boolean;
  /** Seconds that the step may take. */
  readonly timeout: number | undefined;
  /** The limits of its use of the machine, in bytes except for `processes`. */
  readonly limits: { readonly processes?: number; readonly memory?: number; readonly disk?: number };
  /** The packages that it has to install, if there is a lock: then it has no network. */
  readonly lock?: Resolution;
  readonly at: Location;
}

/** A secret that a step's options name. */
export interface StepSecret {
  /** Undefined if the user hasn't given it. Only a build needs it. */
  readonly value: Secret | undefined;
  readonly at: Location;
}

/** The packages that a step installs, and the repositories that they are from. */
export interface Resolution {
  readonly repositories: readonly LockedRepository[];
  readonly packages: readonly LockedPackage[];
  /** Notes that the step's program needs to install them, such as keys. Only the program reads them. */
  readonly notes?: object | undefined;
}

/** The pipeline and all its build pipelines, the innermost first. */
export function innermostFirst(pipeline: Pipeline): readonly Pipeline[] {
  const inner = pipeline.build?.pipeline ?? null;
  return [...(inner === null ? [] : innermostFirst(inner)), pipeline];
}

/** Whether a pipeline, or one that builds a tree to run in, starts from an image of a registry. */
export const hasImageBase = (pipeline: Pipeline): boolean =>
  innermostFirst(pipeline).some(({ base }) => base?.image !== undefined);

/** Whether a step downloads something that may be different tomorrow, because nothing says exactly what it must be. */
export const isUnpinned = ({ program: { meta }, lock }: Step): boolean =>
  meta.network === true && meta.pinned !== true && lock === undefined;

/** The stages and the assembler, in order. */
export const steps = (pipeline: Pipeline): readonly Step[] =>
  pipeline.assembler === null ? pipeline.stages : [...pipeline.stages, pipeline.assembler];

/** The steps of a pipeline and of the pipelines of its build trees, in the order in which they run. */
export const allSteps = (pipeline: Pipeline): readonly Step[] => innermostFirst(pipeline).flatMap(steps);
