import { appendFile, readFile } from "node:fs/promises";
import { HttpClient } from "@actions/http-client";
import { BearerCredentialHandler } from "@actions/http-client/lib/auth";
import { hasCode } from "../errors.ts";
import type { Runner } from "./job.ts";

/** An artifact of this run. */
export interface RunArtifact {
  readonly id: number;
  /** Whether an earlier attempt of this job uploaded it. Then this attempt may replace it. */
  readonly isOurs: boolean;
}

/**
 * Finds an artifact of this run by its name. @actions/artifact drops the id of its job, which the service returns. That
 * id is the same in every attempt, and different for each job of a matrix.
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

/** The part of the response that is needed. */
interface Listed {
  readonly artifacts?: readonly {
    readonly workflow_job_run_backend_id: string;
    readonly database_id: string;
  }[];
}

/** The ids of the run and the job. The token's payload has a claim such as `scp: "… Actions.Results:RUN:JOB"`. */
function backendIds(token: string): { readonly run: string; readonly job: string } {
  const { scp } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { scp: string };
  const [, run = "", job = ""] = /\bActions\.Results:([^:\s]+):([^:\s]+)/.exec(scp) ?? [];
  return { run, job };
}

/** Records an upload for later steps in this attempt of the job. */
export const noteUploaded = (id: number, runner: Runner) => appendFile(listOf(runner), `${id}\n`);

async function uploadedHere(runner: Runner): Promise<readonly number[]> {
  try {
    return (await readFile(listOf(runner), "utf8")).split("\n").filter(Boolean).map(Number);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  }
}

/** The list of uploads, in RUNNER_TEMP: the runner empties that at the start and at the end of each job. */
const listOf = ({ temporary, env }: Runner) =>
  `${temporary}/osbuild-artifacts-${env.GITHUB_RUN_ID}-${env.GITHUB_RUN_ATTEMPT}`;
