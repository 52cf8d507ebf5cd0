import type { Freshness } from "../build/freshness.ts";
import type { PipelineNames } from "../pipeline/load.ts";
import type { TaggedReference } from "../registry/reference.ts";
import type { Place } from "../remote/place.ts";
import type { SbomFormat } from "../sbom/formats.ts";
import type { Room } from "../store/memory.ts";
import type { Shell } from "./completion/shells.ts";
import type { SecretSource } from "./secrets.ts";
import type { Template } from "./templates.ts";

/** A parsed command line. */
export type Command =
  | ({ readonly type: "build" } & BuildArguments)
  | ({ readonly type: "inspect" | "verify"; readonly json: boolean } & PipelineArguments)
  | ({ readonly type: "lock" } & LockArguments)
  | {
      readonly type: "stages";
      readonly libdirs: readonly string[];
      readonly json: boolean;
      readonly name: string | undefined;
    }
  | {
      readonly type: "changes";
      readonly store: string;
      readonly before: string;
      readonly after: string;
      readonly json: boolean;
    }
  | { readonly type: "diff"; readonly store: string; readonly before: string; readonly after: string }
  | { readonly type: "doctor" | "store list" | "store verify"; readonly store: string; readonly json: boolean }
  | {
      readonly type: "store prune";
      readonly store: string;
      readonly maxBytes: number | undefined;
      readonly olderThan: number | undefined;
    }
  | {
      readonly type: "store export";
      readonly store: string;
      readonly id: string;
      readonly directory: string;
      readonly sbom: readonly SbomFormat[];
    }
  | { readonly type: "completion"; readonly shell: Shell }
  | ({ readonly type: "explain" } & ExplainArguments)
  | { readonly type: "fmt"; readonly files: readonly string[]; readonly check: boolean }
  | ({ readonly type: "graph" } & GraphArguments)
  | { readonly type: "push"; readonly image: string; readonly target: TaggedReference }
  | { readonly type: "shell"; readonly store: string; readonly archive: string }
  | { readonly type: "schema"; readonly libdirs: readonly string[] }
  | { readonly type: "init"; readonly template: Template }
  /** The help or the version. */
  | { readonly type: "text"; readonly text: string };

/** Receives a parsed command. */
export type Hear = (command: Command) => void;

/** The arguments of commands that read a pipeline. */
export interface PipelineArguments extends PipelineNames {
  readonly store: string;
  /** The places of the secrets' values, which aren't part of a command line. */
  readonly secretSources: readonly SecretSource[];
}

/** The arguments of `build`. */
export interface BuildArguments extends PipelineArguments {
  readonly output: string | undefined;
  readonly from: string | undefined;
  readonly save: string | undefined;
  /** The formats of the SBOMs to put beside the image. */
  readonly sbom: readonly SbomFormat[];
  readonly report: "text" | "json";
  readonly verbosity: "quiet" | "normal" | "verbose";
  readonly dryRun: boolean;
  readonly debugShell: boolean;
  readonly room: Room;
  readonly debug: boolean;
  readonly freshness: Omit<Freshness, "started">;
  readonly budget: BudgetArguments;
  /** The place beyond this machine that keeps results, too. */
  readonly remote: Place | undefined;
}

/** The limits of the tree's size. */
export interface BudgetArguments {
  readonly maxSize: number | undefined;
  readonly maxGrowth: number | undefined;
  /** The id of the output from which growth counts. */
  readonly since: string | undefined;
}

/** The arguments of `explain`. */
export interface ExplainArguments extends PipelineArguments {
  /** A step's name, or its last part. By default all steps. */
  readonly step: string | undefined;
  readonly json: boolean;
}

/** The arguments of `graph`. */
export interface GraphArguments extends Omit<PipelineArguments, "pipeline"> {
  readonly pipelines: readonly string[];
  readonly format: "text" | "mermaid" | "json";
}

/** The arguments of `lock`. */
export interface LockArguments extends PipelineArguments {
  /** The steps to update: none, all if it is empty, or these. */
  readonly update: readonly string[] | undefined;
  readonly frozen: boolean;
  readonly json: boolean;
  readonly markdown: boolean;
}
