import type { Problem } from "./errors.ts";

/** A step as reports show it. */
export interface StepInfo {
  readonly kind: "stage" | "assembler";
  readonly id: string;
  readonly name: string;
  /** 0 for the pipeline itself, 1 for what builds its build root, … */
  readonly depth: number;
  /** Place among the steps of the build, from 1. */
  readonly index: number;
}

/** Why a step runs. */
export type Reason =
  | "not in the store"
  | "not in the cache"
  | "new"
  | "options changed"
  | "program changed"
  | "files changed"
  | "base changed"
  | "build root changed";

/** Where the result of a step that needn't run is: in the store, come from the cache, or unread below what is. */
export type CacheSource = "store" | "cache" | "below";

/** Everything a build says, in the order in which it happens. */
export type BuildEvent =
  /** System packages that a step needs are missing, and being installed. */
  | { readonly type: "installing"; readonly packages: readonly string[] }
  | { readonly type: "planned"; readonly steps: readonly StepInfo[]; readonly toRun: number }
  /** It need not run: its result is in the store, or that of something built on it. */
  | { readonly type: "step-cached"; readonly step: StepInfo; readonly source: CacheSource; readonly bytes: number }
  | { readonly type: "step-started"; readonly step: StepInfo; readonly reason: Reason }
  | { readonly type: "output"; readonly step: StepInfo; readonly lines: readonly string[] }
  | { readonly type: "step-finished"; readonly step: StepInfo; readonly seconds: number }
  | {
      readonly type: "step-failed";
      readonly step: StepInfo;
      readonly seconds: number;
      readonly exitCode: number;
      readonly lines: readonly string[];
    }
  | { readonly type: "stored"; readonly step: StepInfo; readonly bytes: number }
  | { readonly type: "warning"; readonly problem: Problem };

export type Report = (event: BuildEvent) => void;
