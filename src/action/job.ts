import type { Secrets } from "../secrets/secret.ts";
import type { ActionsCache } from "./cache/client.ts";
import type { NamedImage } from "./changes.ts";
import type { Inputs } from "./inputs.ts";

/** The runner, as the Action sees it. */
export interface Runner {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The directory RUNNER_TEMP. */
  readonly temporary: string;
  /** The directory GITHUB_WORKSPACE. */
  readonly workspace: string;
  /** The URL of this run's page. */
  readonly runUrl: string;
  /** The command line of a process that runs answerCacheCall(). */
  readonly cacheWorker: readonly string[];
  /** The builder's program. */
  readonly builder: string;
}

/** A run of the Action, with its directories. */
export interface Job {
  readonly inputs: Inputs;
  /** The secrets for steps. */
  readonly secrets: Secrets;
  /** The image to compare with, if the user names one. */
  readonly compareWith: NamedImage | undefined;
  readonly runner: Runner;
  readonly store: string;
  /** The Action's own directory, which the post step removes. */
  readonly directory: string;
  /** The directory for cache entries in transit. */
  readonly transfer: string;
  readonly cache: ActionsCache | undefined;
  readonly signal: AbortSignal;
}
