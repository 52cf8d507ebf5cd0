import type { Location, Problem } from "../errors.ts";
import type { JsonValue } from "./nodes.ts";
import type { Program } from "./program.ts";

/** The one form that every dialect is normalised to. */
export interface Pipeline {
  /** What the steps run in; null: the host. */
  readonly build: BuildEnvironment | null;
  /** A tree id: the tree in the store that the first stage starts from. */
  readonly base: Base | null;
  readonly stages: readonly Step[];
  readonly assembler: Step | null;
  /** Seconds since 1970 that no file of the tree is later than. */
  readonly sourceEpoch: number;
  readonly downloads: Downloads;
  /** Things in the whole chain that are taken, but may not do what their writer expects. */
  readonly warnings: readonly Problem[];
  /** The last stage's id; the base's where there is no stage; null for an empty pipeline. */
  readonly treeId: string | null;
  /** The assembler's id. */
  readonly outputId: string | null;
}

/** What programs that download are told beside their options. */
export interface Downloads {
  /** The `sources` beside a wrapped pipeline: where the content is that options name by a checksum alone. */
  readonly sources?: JsonValue;
  /** What to use in the place of addresses, by their beginnings: another beginning, or a whole repository. */
  readonly mirrors?: JsonValue;
}

export interface Base {
  readonly id: string;
  /** Where it is written, if it is in a file. */
  readonly at: Location | undefined;
}

export interface BuildEnvironment {
  /** `org.osbuild.<distribution>`, where the pipeline names one. */
  readonly runner: string | null;
  /** What builds the tree to run in; null: the host. */
  readonly pipeline: Pipeline | null;
}

/** A stage or an assembler of a pipeline. */
export interface Step {
  readonly kind: "stage" | "assembler";
  /** As written: an alias stays one, because it enters the id. */
  readonly name: string;
  readonly program: Program;
  readonly options: JsonValue;
  /** The options as JSON for the program: it may tell apart what is one to the id, as the order of keys. */
  readonly optionsText: string;
  /** The options as canonical JSON, as they enter the id. */
  readonly canonicalOptions: string;
  /** 64 hex digits; see identify(). */
  readonly id: string;
  /** Names of the user's files as the options have them → absolute paths. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Seconds that the step may take. */
  readonly timeout: number | undefined;
  readonly at: Location;
}

/** All pipelines of a chain, the innermost build pipeline first. */
export function chain(pipeline: Pipeline): readonly Pipeline[] {
  const inner = pipeline.build?.pipeline ?? null;
  return [...(inner === null ? [] : chain(inner)), pipeline];
}

export const steps = (pipeline: Pipeline): readonly Step[] =>
  pipeline.assembler === null ? pipeline.stages : [...pipeline.stages, pipeline.assembler];
