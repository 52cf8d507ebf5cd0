import { appendFile, readFile } from "node:fs/promises";
import { HttpClient } from "@actions/http-client";
import { BearerCredentialHandler } from "@actions/http-client/lib/auth";
import { hasCode } from "../errors.ts";
import type { Runner } from "./job.ts";

/** The artifacts of this job's run that have a name. */
export interface RunArtifact {
  readonly id: number;
  /** Whether an earlier attempt of this job has left it: then this attempt may replace it. */
  readonly isOurs: boolean;
}

/**
 * Looks for an artifact in this run. @actions/artifact leaves out whose it is, which the service says: the id of a job is
 * the same in every attempt, and another one for each job of a matrix.
 */
export async function findArtifact(name: string, runner: Runner): Promise<RunArtifact | undefined> {
  const { ACTIONS_RESULTS_URL: url = "", ACTIONS_RUNTIME_TOKEN: token = "", GITHUB_RUN_ATTEMPT: attempt } = runner.env;
  const { run, job } = backendIds(token);
  const client = new HttpClient("osbuild-action", [new BearerCredentialHandler(token)], { socketTimeout: 30_000 });
  const { result } = await client.postJson<Listed>(new URL(listArtifacts, url).href, {
    workflow_run_backend_id: run,
    workflow_job_run_backend_id: job,
    name_filter: name,
  });
  const [newest] = (result?.artifacts ?? []).toSorted((a, b) => Number(b.database_id) - Number(a.database_id));
  if (newest === undefined) return undefined;
  const id = Number(newest.database_id);
  const earlier = Number(attempt) > 1 && newest.workflow_job_run_backend_id === job;
  return { id, isOurs: earlier && !(await uploadedHere(runner)).includes(id) };
}

const listArtifacts = "/twirp/github.actions.results.api.v1.ArtifactService/ListArtifacts";

/** As much of the answer as is needed. */
interface Listed {
  readonly artifacts?: readonly {
    readonly workflow_job_run_backend_id: string;
    readonly database_id: string;
  }[];
}

/** The token's payload has a claim like `scp: "… Actions.Results:RUN:JOB"`. */
function backendIds(token: string): { readonly run: string; readonly job: string } {
  const { scp } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { scp: string };
  const [, run = "", job = ""] = /\bActions\.Results:([^:\s]+):([^:\s]+)/.exec(scp) ?? [];
  return { run, job };
}

/** Notes what a step has uploaded, for the steps after it in this attempt of the job. */
export const noteUploaded = (id: number, runner: Runner) => appendFile(listOf(runner), `${id}\n`);

async function uploadedHere(runner: Runner): Promise<readonly number[]> {
  try {
    return (await readFile(listOf(runner), "utf8")).split("\n").filter(Boolean).map(Number);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}

/** RUNNER_TEMP is the job's: the runner empties it when one begins and when it ends. */
const listOf = ({ temporary, env }: Runner) =>
  `${temporary}/osbuild-artifacts-${env.GITHUB_RUN_ID}-${env.GITHUB_RUN_ATTEMPT}`;
