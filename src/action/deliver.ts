import { readFile, writeFile } from "node:fs/promises";
import * as core from "@actions/core";
import { BuildError } from "../errors.ts";
import { readDisk } from "../host/disk.ts";
import { annotate, fromWorkspace, withHint } from "../report/actions.ts";
import { htmlReport } from "../report/html.ts";
import type { Image, PipelineReport } from "../report/pipeline-report.ts";
import { decodeContents } from "../store/contents-file.ts";
import { layoutOf } from "../store/layout.ts";
import { readLog } from "../store/logs.ts";
import { type Artifact, recordSubjects, uploadArtifact } from "./artifact.ts";
import type { ArtifactNames } from "./artifact-names.ts";
import { bootTest } from "./boot-test.ts";
import type { Job } from "./job.ts";
import { keepOutput } from "./keep.ts";
import { digestOf, type PreviousImages } from "./previous.ts";
import type { Run } from "./run.ts";

/** What has come of one pipeline: its report, and the artifact where the image was uploaded. */
export interface Delivered {
  readonly run: Run;
  readonly report: PipelineReport;
  readonly artifact: Artifact | undefined;
  /** The directory that the image is in. */
  readonly directory: string;
}

/**
 * Uploads a pipeline's image with a report beside it, and notes what it holds for the branch's next run. An image that
 * can't be uploaded is a problem of the pipeline's, told when all else has been delivered; whatever else fails is a warning.
 */
export async function deliver(
  run: Run,
  job: Job,
  names: ArtifactNames,
  images: PreviousImages | undefined,
): Promise<Delivered> {
  const report = await reportOf(run, job);
  const { image } = report;
  if (image === null) return { run, report, artifact: undefined, directory: run.output };
  const boot = job.inputs.bootTest ? await bootTest(image, run, job) : null;
  const uploaded = isWanted(run, job) ? await uploadImage(run, image, names, job) : null;
  const artifact = uploaded?.type === "uploaded" ? uploaded.artifact : undefined;
  const failed = uploaded?.type === "failed" ? uploaded : undefined;
  const told = { ...image, boot, artifactUrl: artifact?.url ?? null, notUploaded: failed?.why ?? null };
  const final = { ...report, image: told };
  if (artifact !== undefined)
    await attempt("the report could not be uploaded", () => uploadReport(final, names.report, job));
  if (images !== undefined && job.inputs.cache === "true")
    await attempt("could not record what the image contains", () => noteImage(run, final, artifact, images));
  return { run, report: final, artifact, directory: failed?.directory ?? run.output };
}

function isWanted({ earlier, built }: Run, { inputs }: Job): boolean {
  switch (inputs.upload) {
    case "true":
    case "if-possible":
      return true;
    case "if-changed":
      return earlier?.uploaded !== digestOf(built?.files ?? []);
    case "false":
      return false;
  }
}

type Uploaded =
  | { readonly type: "uploaded"; readonly artifact: Artifact }
  /** `directory`: where the image is kept. */
  | { readonly type: "failed"; readonly why: string; readonly directory: string };

async function uploadImage(run: Run, image: Image, names: ArtifactNames, job: Job): Promise<Uploaded> {
  try {
    return { type: "uploaded", artifact: await upload(run, names, job) };
  } catch (error) {
    const { inputs, runner } = job;
    const hint = error instanceof BuildError ? error.problems[0]?.hint : undefined;
    // The post step removes a temporary output, and with it the only copy.
    const kept =
      inputs.output === undefined
        ? await attempt("the image could not be kept", () => keepOutput(run, runner))
        : run.output;
    const directory = kept ?? run.output;
    const why = `${(error as Error).message}${kept === undefined ? "" : `; the image is kept as ${kept}/${image.path}`}`;
    const problem = { message: `${image.path} could not be uploaded: ${why}`, hint };
    if (inputs.upload === "if-possible") core.warning(withHint(problem));
    else {
      run.problems = [...run.problems, problem];
      annotate(problem, run.name, runner.workspace);
    }
    return { type: "failed", why, directory };
  }
}

/** Notes what the image holds, and what was uploaded last: what wasn't uploaded now still will be. */
async function noteImage(
  { built, earlier }: Run,
  { pipeline, outputId, image, steps }: PipelineReport,
  artifact: Artifact | undefined,
  images: PreviousImages,
): Promise<void> {
  const contents = built?.contents ?? null;
  if (image === null || outputId === null || contents === null) return;
  const uploaded = artifact === undefined ? (earlier?.uploaded ?? null) : digestOf(built?.files ?? []);
  const isSame = earlier?.outputId === outputId && earlier.previous.image.sha256 === image.sha256;
  if (isSame && earlier?.uploaded === uploaded) return;
  await images.save(pipeline, { outputId, steps: steps.map(({ step }) => step), image, uploaded, contents });
}

/** Where the work fails, it is a warning. */
export async function attempt<Value>(
  otherwise: string,
  work: () => Promise<Value> | undefined,
): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    core.warning(`${otherwise}: ${(error as Error).message}`);
    return undefined;
  }
}

async function reportOf(run: Run, { store, runner }: Job): Promise<PipelineReport> {
  const layout = layoutOf(store);
  const steps = await Promise.all(
    [...run.steps.values()].map(async (step) => ({ ...step, log: (await readLog(layout, step.step.id)) ?? null })),
  );
  const contents = run.built?.contents ?? null;
  return {
    pipeline: fromWorkspace(run.file, runner.workspace),
    treeId: run.loaded?.treeId ?? null,
    outputId: run.loaded?.outputId ?? null,
    steps,
    image: await imageOf(run),
    contents: contents === null ? null : (decodeContents(await readFile(contents, "utf8")) ?? null),
    previous: run.earlier?.previous ?? null,
    problems: run.problems.map(({ at, ...problem }) =>
      at === undefined ? problem : { ...problem, at: { ...at, file: fromWorkspace(at.file, runner.workspace) } },
    ),
  };
}

async function imageOf({ built, output }: Run): Promise<Image | null> {
  const file = built?.files[0];
  if (file === undefined) return null;
  const disk = (await attempt("the image could not be read", () => readDisk(`${output}/${file.path}`))) ?? null;
  return {
    path: file.path,
    bytes: file.size,
    sha256: file.sha256,
    disk,
    boot: null,
    artifactUrl: null,
    notUploaded: null,
  };
}

async function upload({ built, output }: Run, { image: name, raw }: ArtifactNames, job: Job): Promise<Artifact> {
  const files = (built?.files ?? []).map(({ path }) => `${output}/${path}`);
  const artifact = await grouped(`Uploading ${name}`, () => uploadArtifact({ name, files, root: output, raw }, job));
  await attempt("the image could not be recorded for attestation", () =>
    recordSubjects(files, job.runner.env.GITHUB_ARTIFACTS),
  );
  return artifact;
}

async function uploadReport(report: PipelineReport, name: string, job: Job): Promise<void> {
  const root = job.directory;
  const path = `${root}/${name}`;
  await writeFile(path, htmlReport(report));
  await grouped("Uploading the report", () => uploadArtifact({ name, files: [path], root, raw: true }, job));
}

/** The client prints a line for each block. */
const grouped = <Value>(title: string, work: () => Promise<Value>) => core.group(title, work);
