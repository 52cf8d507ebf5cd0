import type { ActionsCache } from "../cache/calls.ts";
import type { Inputs } from "./inputs.ts";

/** What the runner tells an Action. */
export interface Runner {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** RUNNER_TEMP and GITHUB_WORKSPACE. */
  readonly temporary: string;
  readonly workspace: string;
  /** The page of this run. */
  readonly runUrl: string;
  /** Runs answerCacheCall(), and the builder. */
  readonly cacheWorker: readonly string[];
  readonly builder: string;
}

/** One job of the Action, with the places that it works in. */
export interface Job {
  readonly inputs: Inputs;
  readonly runner: Runner;
  readonly store: string;
  /** The Action's own directory; the post step removes it. */
  readonly directory: string;
  /** Where cache entries are on their way. */
  readonly transfer: string;
  readonly cache: ActionsCache | undefined;
  readonly signal: AbortSignal;
}
