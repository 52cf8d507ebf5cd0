import type { Problem } from "./errors.ts";

/** A step as reports show it. */
export interface StepInfo {
  readonly kind: "stage" | "assembler";
  readonly id: string;
  readonly name: string;
  /** 0 for the pipeline itself, 1 for its build pipeline, 2 for the build pipeline of that one, … */
  readonly depth: number;
  /** Position among the steps of the build, from 1. */
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
  | "packages changed"
  | "base changed"
  | "build root changed"
  | "mirrors changed"
  | "secrets changed"
  | "Node.js changed"
  | "architecture changed"
  | "source epoch changed"
  | "contents not recorded"
  /** The user asked for the step, for all steps, or for none that is older than a length of time. */
  | "refresh"
  | "no-cache"
  | `older than ${string}`
  | "age unknown"
  /** It doesn't change the tree: it only answers which packages it would install. */
  | "to be locked";

/**
 * Why a step doesn't run: its result is in the store, was fetched from a cache, isn't needed because a later result
 * exists, or is known from a tree that holds the same.
 */
export type CacheSource = "store" | CacheName | "not needed" | "same tree";

/** A cache beyond this machine: the Actions cache, or the remote, which is the place that the user named. */
export type CacheName = "cache" | "remote";

/** Everything a build reports, in the order in which it happens. */
export type BuildEvent =
  /** System packages that a step needs are missing and are being installed. */
  | { readonly type: "installing"; readonly packages: readonly string[] }
  | { readonly type: "planned"; readonly steps: readonly StepInfo[]; readonly toRun: number }
  /** The step doesn't run: its result, or a later one built on it, is already stored. */
  | {
      readonly type: "step-cached";
      readonly step: StepInfo;
      readonly source: CacheSource;
      readonly bytes: number;
      /** The start of its program's run, in milliseconds since 1970; null if that isn't known. */
      readonly ran: number | null;
      /** Whether it downloaded what nothing pins. */
      readonly isUnpinned: boolean;
    }
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
  /** A result that wasn't in the store is there now. */
  | { readonly type: "stored"; readonly step: StepInfo; readonly bytes: number; readonly ran: number | null }
  /** An entry of a cache was fetched or saved, or an image of a registry was. `what` says what it holds. */
  | {
      readonly type: "transferred";
      readonly direction: "fetched" | "saved";
      readonly cache: CacheName | "registry";
      readonly what: string;
      readonly bytes: number;
      readonly seconds: number;
    }
  /** A result isn't saved in a cache. */
  | { readonly type: "not-saved"; readonly cache: CacheName; readonly what: string; readonly why: string }
  | { readonly type: "warning"; readonly problem: Problem };

/** Receives the events of a build. */
export type Report = (event: BuildEvent) => void;
