import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import * as core from "@actions/core";
import { annotate, lineWithName } from "../report/actions.ts";
import type { SbomFormat } from "../sbom/formats.ts";
import { grouped } from "./attempt.ts";
import type { Job } from "./job.ts";
import { imageProvenance, type WorkflowProvenance } from "./provenance.ts";
import type { Run } from "./run.ts";
import { contentsOf } from "./run-report.ts";

/** The stored attestation of an image's provenance. */
export interface Attestation {
  readonly id: string;
  readonly url: string;
  /** The file with the signed statements about the image, each a Sigstore bundle on a line of its own. */
  readonly file: string;
}

/** A statement about an image. */
interface Statement {
  readonly predicateType: string;
  readonly predicate: object;
}

/**
 * Attests the image in a directory: where it comes from, and what it contains if there are SBOMs. A failure is a
 * problem of the pipeline. Nothing is attested if the pipeline has a problem already.
 */
export async function attestImage(
  image: string,
  run: Run,
  job: Job,
  directory: string,
): Promise<Attestation | undefined> {
  if (run.problems.length > 0) {
    lineWithName(`${image} isn't attested, because of the problems above`);
    return undefined;
  }
  const stored: Stored[] = [];
  try {
    await grouped(`Attesting ${image}`, async () => {
      for (const statement of await statementsAbout(run, job, directory))
        stored.push(await attest(statement, run, job));
    });
  } catch (error) {
    const message = `${image} could not be attested: ${(error as Error).message}`;
    const problem = { message, hint: "run the job again: what it has kept isn't built again" };
    run.problems = [...run.problems, problem];
    annotate(problem, run.name, job.runner.workspace);
  }
  return stored.length === 0 ? undefined : delivered(stored, `${directory}/${image}.attestations.jsonl`, job);
}

/** The provenance, and each SBOM. */
async function statementsAbout(run: Run, job: Job, directory: string): Promise<readonly Statement[]> {
  const paths = run.built?.sboms ?? [];
  const sboms = job.inputs.sbom.map(async (format, index) => ({
    predicateType: sbomTypes[format],
    predicate: JSON.parse(await readFile(`${directory}/${paths[index]}`, "utf8")) as object,
  }));
  return [await provenance(run, job), ...(await Promise.all(sboms))];
}

/** The types under which `gh attestation verify --predicate-type` finds SBOMs. */
const sbomTypes: Readonly<Record<SbomFormat, string>> = {
  spdx: "https://spdx.dev/Document/v2.3",
  cyclonedx: "https://cyclonedx.org/bom",
};

async function provenance({ file, loaded, results, built }: Run, { inputs, runner }: Job): Promise<Statement> {
  const { materials = null } = loaded ?? {};
  if (loaded === undefined || materials === null) throw new Error("the builder didn't say what the image is made of");
  const { buildSLSAProvenancePredicate } = await import("@actions/attest");
  const { type, params } = await patiently(() => buildSLSAProvenancePredicate());
  const contents = (await contentsOf({ built })) ?? { database: "none", distribution: null };
  const steps = results.all().map(({ step }) => step);
  const facts = { file, workspace: runner.workspace, inputs, loaded: { ...loaded, materials }, steps, contents };
  return { predicateType: type, predicate: imageProvenance(params as WorkflowProvenance, facts) };
}

/**
 * Tries again, because the client doesn't if it can't get the keys of GitHub's tokens. It does with everything else.
 */
async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (const seconds of [1, 5, 15]) {
    try {
      return await work();
    } catch (error) {
      core.info(`trying again in ${seconds} s: ${(error as Error).message}`);
      await sleep(seconds * 1000);
    }
  }
  return work();
}

interface Stored {
  readonly id: string;
  readonly bundle: object;
}

async function attest(statement: Statement, { built }: Run, { inputs }: Job): Promise<Stored> {
  const client = await import("@actions/attest");
  const subjects = (built?.files ?? []).map(({ path, sha256 }) => ({ name: path, digest: { sha256 } }));
  const { bundle, attestationID } = await client.attest({ ...statement, subjects, token: inputs.githubToken });
  if (attestationID === undefined) throw new Error("the service gave the attestation no id");
  core.info(`attested as ${statement.predicateType}`);
  return { id: attestationID, bundle };
}

async function delivered(stored: readonly Stored[], file: string, { runner }: Job): Promise<Attestation> {
  await writeFile(file, stored.map(({ bundle }) => `${JSON.stringify(bundle)}\n`).join(""));
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY } = runner.env;
  const { id } = stored[0] as Stored;
  return { id, url: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/attestations/${id}`, file };
}
