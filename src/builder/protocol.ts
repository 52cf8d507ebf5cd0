import type { Freshness } from "../build/freshness.ts";
import type { CacheRequest } from "../cache/request.ts";
import type { ErrorCode, Location, Problem } from "../errors.ts";
import type { BuildEvent, CacheName } from "../events.ts";
import type { BootExtras } from "../host/packages.ts";
import type { Materials } from "../pipeline/materials.ts";
import type { Setting } from "../pipeline/resolution/setting.ts";
import type { PullCall } from "../registry/pull.ts";
import type { CacheCall } from "../remote/calls.ts";
import type { SbomFormat } from "../sbom/formats.ts";
import type { OutputFile } from "../store/refs.ts";

/**
 * A message from the Action's main process to the builder. The main process has the tokens and runs as the runner's
 * user; the builder runs as root and has none. Messages are lines of JSON on the builder's standard input and output.
 */
export type ToBuilder =
  | { readonly type: "start"; readonly request: BuilderRequest }
  | { readonly type: "reply"; readonly number: number; readonly value: unknown }
  | { readonly type: "cancel" };

/** The pipelines to build, and how. */
export interface BuilderRequest {
  readonly pipelines: readonly PipelineRequest[];
  readonly store: string;
  readonly libdirs: readonly string[];
  readonly buildEnv: string | undefined;
  readonly mirrors: string | undefined;
  readonly variables: readonly Setting[];
  /** The values that the user gives for steps. No other secret of the job reaches the builder. */
  readonly secrets: readonly Setting[];
  /** Whether missing programs may be installed on the machine. */
  readonly installDependencies: boolean;
  /** The stored results that may be used. */
  readonly freshness: Omit<Freshness, "started">;
  /** The bytes that the files of an image may have together, and by which they may have grown. */
  readonly budget: { readonly maxSize: number | null; readonly maxGrowth: number | null };
  /** The test of the booted images; null if they won't be booted. */
  readonly bootTest: BootExtras | null;
  /** Whether to build each pipeline once more, from nothing and as on another machine, and compare. */
  readonly verify: boolean;
  /** Whether the images have to be uploaded afterwards. */
  readonly upload: boolean;
  /** The formats of the SBOMs to put beside the images. */
  readonly sbom: readonly SbomFormat[];
  /** Whether the images will be attested afterwards. */
  readonly attest: boolean;
  /** The pipelines that may be built at once; null leaves that to the machine. */
  readonly jobs: number | null;
  /** The use of the Actions cache. */
  readonly cache: CacheRequest | null;
  /** The use of the remote. */
  readonly remote: CacheRequest | null;
  /** Whether to report every command. */
  readonly debug: boolean;
  /** The runner's user's directory for entries in transit and for copies from the store. Both processes write to it. */
  readonly transfer: string;
}

/** A pipeline to build. */
export interface PipelineRequest {
  /** The absolute path of the pipeline. */
  readonly file: string;
  /** The directory for the image. It exists already, and its owner will own the image. */
  readonly output: string;
  /** The archive to write the tree of a stage that fails to; null if it isn't wanted. */
  readonly failedTree: string | null;
  /** The image that growth is measured from; null if there is none. */
  readonly since: { readonly label: string; readonly contents: string } | null;
  /** The origin of the branch's last upload, if the image is needed for nothing but another upload. */
  readonly uploaded: Origin | null;
}

/** An image's origin: the step that made it, and where that found its tree. */
export interface Origin {
  /** The id and the fingerprint of its assembler. */
  readonly id: string;
  readonly fingerprint: string;
  /** The keys of the entries in the Actions cache with which it can be made again. */
  readonly entries: readonly string[];
}

/** A message from the builder to the main process. */
export type FromBuilder =
  | { readonly type: "debug"; readonly line: string }
  | { readonly type: "call"; readonly number: number; readonly to: CacheName; readonly call: CacheCall }
  | { readonly type: "pull"; readonly number: number; readonly call: PullCall }
  /** A pipeline has been read. All are read before the first is built. */
  | { readonly type: "loaded"; readonly pipeline: number; readonly loaded: LoadedPipeline }
  /** Several may be built at once, so their messages alternate. */
  | { readonly type: "started"; readonly pipeline: number }
  | { readonly type: "event"; readonly pipeline: number; readonly event: BuildEvent }
  /** The image would be the branch's last upload once more, so it isn't made. */
  | { readonly type: "unchanged"; readonly pipeline: number }
  | { readonly type: "built"; readonly pipeline: number; readonly built: BuiltPipeline }
  /** A second build gave the same bits. */
  | { readonly type: "verified"; readonly pipeline: number; readonly steps: number }
  | {
      readonly type: "failed";
      readonly pipeline: number;
      readonly code: ErrorCode;
      readonly problems: readonly Problem[];
    }
  /** Everything has been done for a pipeline that had started. */
  | { readonly type: "ended"; readonly pipeline: number }
  /** The origin of an image that was built. It is known when everything has been saved. */
  | { readonly type: "origin"; readonly pipeline: number; readonly origin: Origin };

/** A message about one pipeline. */
export type FromPipeline = Extract<FromBuilder, { readonly pipeline: number }>;

/** Facts about a pipeline that are known before it is built. */
export interface LoadedPipeline {
  readonly treeId: string | null;
  readonly outputId: string | null;
  /** The image's file name, if the assembler's options contain it. */
  readonly filename: string | null;
  /** The place of the stage that tests the booted system. */
  readonly testStage: Location | null;
  /** The materials of the image; null unless it will be attested. */
  readonly materials: Materials | null;
}

/** The result of building a pipeline. */
export interface BuiltPipeline {
  /** The image's files, relative to the output directory. */
  readonly files: readonly OutputFile[];
  /** The image's SBOMs, relative to the output directory, in the order of the request's formats. */
  readonly sboms: readonly string[];
  /** The JSON file with the image's contents, in the transfer directory. */
  readonly contents: string | null;
}
