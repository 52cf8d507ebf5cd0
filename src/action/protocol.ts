import type { Checkpoints } from "../cache/checkpoints.ts";
import type { ErrorCode, Location, Problem } from "../errors.ts";
import type { BuildEvent } from "../events.ts";
import type { OutputFile } from "../store/refs.ts";

/**
 * What the Action's main process, which holds the tokens and is the runner's user, and the builder, which is root and
 * holds none, say to each other: one JSON value in a line, on the builder's standard input and output.
 */
export type ToBuilder =
  | { readonly type: "start"; readonly request: BuilderRequest }
  | { readonly type: "reply"; readonly number: number; readonly value: unknown }
  | { readonly type: "cancel" };

export interface BuilderRequest {
  readonly pipelines: readonly PipelineRequest[];
  readonly store: string;
  readonly libdirs: readonly string[];
  readonly buildEnv: string | undefined;
  /** Whether programs that are missing on the machine may be installed. */
  readonly installDependencies: boolean;
  /** Whether the images are to be booted afterwards. */
  readonly bootTest: boolean;
  /** Whether the images must be uploaded afterwards. */
  readonly upload: boolean;
  readonly cache: CacheRequest | null;
}

export interface PipelineRequest {
  /** Absolute. */
  readonly file: string;
  /** The directory for the image: there already, and its owner will own the image. */
  readonly output: string;
}

export interface CacheRequest {
  readonly prefix: string;
  readonly checkpoints: Checkpoints;
  readonly writable: boolean;
  /** A directory that both can write to, for entries on their way. */
  readonly transfer: string;
}

export type CacheCall =
  | { readonly method: "restore"; readonly keys: readonly string[] }
  | { readonly method: "restore newest"; readonly beginning: string }
  | { readonly method: "save"; readonly key: string; readonly directory: string };

export type FromBuilder =
  | { readonly type: "call"; readonly number: number; readonly call: CacheCall }
  /** A pipeline has been read. All are, before the first is built. */
  | { readonly type: "loaded"; readonly pipeline: number; readonly loaded: LoadedPipeline }
  | { readonly type: "started"; readonly pipeline: number }
  | { readonly type: "event"; readonly pipeline: number; readonly event: BuildEvent }
  | { readonly type: "built"; readonly pipeline: number; readonly built: BuiltPipeline }
  | {
      readonly type: "failed";
      readonly pipeline: number;
      readonly code: ErrorCode;
      readonly problems: readonly Problem[];
    };

export interface LoadedPipeline {
  readonly treeId: string | null;
  readonly outputId: string | null;
  /** The image's file, where the assembler's options name it. */
  readonly filename: string | null;
  /** Where the stage is that tests the booted system. */
  readonly testStage: Location | null;
}

export interface BuiltPipeline {
  /** The image's files, relative to the output directory. */
  readonly files: readonly OutputFile[];
  /** A JSON file, readable to all: what the image holds, and what it is on disk. */
  readonly contents: string | null;
}

/** What replies to `restore`: the key that was found, and the directory with the entry. To `save`: whether it did. */
export interface RestoreReply {
  readonly key: string;
  readonly directory: string;
}
