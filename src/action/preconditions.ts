import { mkdtemp, stat } from "node:fs/promises";
import { relative } from "node:path";
import * as core from "@actions/core";
import { HttpClient, HttpClientError } from "@actions/http-client";
import { BearerCredentialHandler } from "@actions/http-client/lib/auth";
import { BuildError, failure, hasCode } from "../errors.ts";
import { isRoot } from "../host/sudo.ts";
import { formatProblem } from "../report/problems.ts";
import { type Inputs, wrong } from "./inputs.ts";
import type { Runner } from "./job.ts";

/** Checks retention-days against the repository's limit, GITHUB_RETENTION_DAYS: the service would silently cut it. */
export function requireRetention({ retentionDays }: Inputs, { env }: Runner): void {
  const allowed = Number(env.GITHUB_RETENTION_DAYS || Number.POSITIVE_INFINITY);
  if (retentionDays === undefined || !(retentionDays > allowed)) return;
  throw failure(
    "INVALID",
    `the input retention-days can't be ${retentionDays}: this repository keeps artifacts for ${allowed} days`,
    `set it to at most ${allowed}, or raise the limit in the repository's settings`,
  );
}

/** Refuses a store in the workspace: a checkout as the runner's user can't clean it, and one as root deletes it. */
export function requireStoreOutside({ store }: Inputs, { workspace }: Runner): void {
  if (store === undefined || relative(workspace, store).split("/")[0] === "..") return;
  const problem = {
    message: `the input store names a directory in the workspace, ${store}, which the next checkout cleans`,
    hint: "name a directory outside the workspace, such as one in the home directory of the runner's user",
  };
  if (!isRoot()) throw new BuildError("INVALID", [problem]);
  core.warning(formatProblem(problem));
}

/** Checks the inputs of the boot test before a build of many minutes, and that there is a test that they are for. */
export async function requireBootInputs(inputs: Inputs): Promise<void> {
  const { bootTest, bootScript, bootSecureBoot, bootTpm } = inputs;
  const given = { "boot-script": bootScript !== undefined, "boot-secure-boot": bootSecureBoot, "boot-tpm": bootTpm };
  for (const [name, isGiven] of Object.entries(given))
    if (isGiven && !bootTest) throw wrong(name, "needs a boot test", "set boot-test: true, too");
  if (bootScript !== undefined) await requireScript(bootScript);
}

async function requireScript(bootScript: string): Promise<void> {
  const found = await stat(bootScript).catch(() => undefined);
  if (!found?.isFile())
    throw wrong("boot-script", `names no file: ${bootScript}`, "name a file relative to the workspace");
  if ((found.mode & 0o111) === 0)
    throw wrong(
      "boot-script",
      `names a file that isn't executable: ${bootScript}`,
      "run git update-index --chmod=+x on it",
    );
}

/** Checks before the build that this job may attest. Only what GitHub clearly refuses is an error here. */
export async function requireAttestations(
  { attest, githubToken }: Pick<Inputs, "attest" | "githubToken">,
  { env }: Pick<Runner, "env">,
): Promise<void> {
  if (!attest) return;
  const server = env.GITHUB_SERVER_URL ?? "";
  if (!/^https:\/\/(github\.com|[a-z0-9-]+\.ghe\.com)$/.test(server))
    throw failure("INVALID", `the input attest can't be true on ${server}: it has no attestations`, "set it to false");
  if (!env.ACTIONS_ID_TOKEN_REQUEST_URL || !env.ACTIONS_ID_TOKEN_REQUEST_TOKEN)
    throw failure("INVALID", "the input attest needs the permission id-token: write, which this job lacks", permit);
  const refusal = await refusalOf(githubToken, env);
  if (refusal === undefined) return;
  throw failure(
    "INVALID",
    `the input attest needs the permission attestations: write, and GitHub refuses to store attestations: ${refusal}`,
    permit,
  );
}

const permit =
  "give the job `permissions: { contents: read, id-token: write, attestations: write }`, or set attest to false where it can't have them, as for pull requests from forks";

/**
 * The reason why GitHub refuses attestations of this repository with this token; undefined if it doesn't. No address
 * says what a token may do, so this tries to store an attestation that has nothing in it: only a token that may store
 * any gets as far as having it checked.
 */
async function refusalOf(token: string, env: Runner["env"]): Promise<string | undefined> {
  const client = new HttpClient("osbuild-action", [new BearerCredentialHandler(token)], { socketTimeout: 30_000 });
  try {
    const url = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}/attestations`;
    const { statusCode } = await client.postJson(url, {});
    return statusCode === 404 ? "the repository wasn't found (404)" : undefined;
  } catch (error) {
    // A limit of requests is a 403, too, and a service that is down may be up again after the build.
    if (!(error instanceof HttpClientError) || ![401, 403].includes(error.statusCode)) return undefined;
    return /rate limit/i.test(error.message) ? undefined : `${error.message} (${error.statusCode})`;
  }
}

/** Makes the Action's own directory below RUNNER_TEMP. */
export async function ownDirectory({ temporary }: Pick<Runner, "temporary">): Promise<string> {
  try {
    return await mkdtemp(`${temporary}/osbuild-`);
  } catch (error) {
    if (!["ENOENT", "ENOTDIR", "EACCES", "EROFS"].some((code) => hasCode(error, code))) throw error;
    throw failure("HOST", `RUNNER_TEMP isn't a writable directory: ${(error as Error).message}`, runnerSetsIt, {
      cause: error,
    });
  }
}

/** The value of RUNNER_TEMP. */
export function temporaryOf(env: Runner["env"]): string {
  if (env.RUNNER_TEMP) return env.RUNNER_TEMP;
  throw failure("HOST", "RUNNER_TEMP isn't set", runnerSetsIt);
}

const runnerSetsIt = "run the Action as a step of a job: the runner sets RUNNER_TEMP to the job's own directory";
