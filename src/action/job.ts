import type { CacheClient } from "../remote/calls.ts";
import type { Secrets } from "../secrets/secret.ts";
import type { NamedImage } from "./compare-with.ts";
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

/** The remote of a job. */
export interface JobRemote extends CacheClient {
  readonly writable: boolean;
}

/** A run of the Action, with its directories. */
export interface Job {
  readonly inputs: Inputs;
  /** The secrets for steps. */
  readonly secrets: Secrets;
  /** The image to compare with, if the user names one; null if there is none of that name yet. */
  readonly compareWith: NamedImage | null | undefined;
  readonly runner: Runner;
  readonly store: string;
  /** The Action's own directory, which the post step removes. */
  readonly directory: string;
  /** The directory for cache entries in transit. */
  readonly transfer: string;
  /** The Actions cache. */
  readonly cache: CacheClient | undefined;
  readonly remote: JobRemote | undefined;
  readonly signal: AbortSignal;
}
