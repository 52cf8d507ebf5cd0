import { readFile, writeFile } from "node:fs/promises";
import * as core from "@actions/core";
import { readDisk } from "../host/disk.ts";
import { fromWorkspace } from "../report/actions.ts";
import { htmlReport } from "../report/html.ts";
import type { Image, PipelineReport } from "../report/pipeline-report.ts";
import { decodeContents } from "../store/contents-file.ts";
import { layoutOf } from "../store/layout.ts";
import { readLog } from "../store/logs.ts";
import { type Artifact, recordSubjects, uploadArtifact } from "./artifact.ts";
import { bootTest } from "./boot-test.ts";
import type { Job } from "./job.ts";
import type { PreviousImages } from "./previous.ts";
import type { Run } from "./run.ts";

/** What has come of one pipeline: its report, and the artifact where the image was uploaded. */
export interface Delivered {
  readonly run: Run;
  readonly report: PipelineReport;
  readonly artifact: Artifact | undefined;
}

/**
 * Uploads a pipeline's image with a report beside it, and notes what it holds for the branch's next run. Whatever of
 * this fails is a warning: the image is there.
 */
export async function deliver(run: Run, job: Job, images: PreviousImages | undefined): Promise<Delivered> {
  const { inputs } = job;
  const { earlier } = run;
  const report = await reportOf(run, job);
  const { image, outputId } = report;
  const boot = image !== null && inputs.bootTest ? await bootTest(image, run, job) : null;
  const unchanged = earlier !== undefined && earlier.outputId === outputId;
  const wanted = inputs.upload === "true" || (inputs.upload === "if-changed" && !unchanged);
  const artifact =
    image !== null && wanted ? await attempt("the image is not uploaded", () => upload(run, job)) : undefined;
  const final = image === null ? report : { ...report, image: { ...image, boot, artifactUrl: artifact?.url ?? null } };
  if (artifact !== undefined) await attempt("the report is not uploaded", () => uploadReport(final, run, job));
  const contents = run.built?.contents ?? null;
  if (image !== null && outputId !== null && contents !== null && !unchanged && inputs.cache === "true")
    await attempt("what the image holds is not noted", () =>
      images?.save(report.pipeline, { outputId, steps: report.steps.map(({ step }) => step), image, contents }),
    );
  return { run, report: final, artifact };
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
  const disk = (await attempt("the image is not looked into", () => readDisk(`${output}/${file.path}`))) ?? null;
  return { path: file.path, bytes: file.size, sha256: file.sha256, disk, boot: null, artifactUrl: null };
}

async function upload({ built, output, name: own }: Run, { inputs, runner }: Job): Promise<Artifact> {
  const files = (built?.files ?? []).map(({ path }) => `${output}/${path}`);
  const several = inputs.pipelines.length > 1;
  const name =
    inputs.artifactName === undefined ? own : several ? `${inputs.artifactName}-${own}` : inputs.artifactName;
  const artifact = await grouped(`Uploading ${name}`, () =>
    uploadArtifact(files, output, {
      name,
      // A name that was asked for counts more than a download without unpacking.
      raw: inputs.artifactName === undefined,
      retentionDays: inputs.retentionDays,
      compressionLevel: inputs.compressionLevel,
      runUrl: runner.runUrl,
    }),
  );
  await recordSubjects(files, runner.env.GITHUB_ARTIFACTS);
  return artifact;
}

async function uploadReport(report: PipelineReport, { name }: Run, { directory, inputs, runner }: Job): Promise<void> {
  const path = `${directory}/${name}-report.html`;
  await writeFile(path, htmlReport(report));
  const { retentionDays } = inputs;
  const options = { name, raw: true, retentionDays, compressionLevel: undefined, runUrl: runner.runUrl };
  await grouped("Uploading the report", () => uploadArtifact([path], directory, options));
}

/** The client prints a line for each block. */
const grouped = <Value>(title: string, work: () => Promise<Value>) => core.group(title, work);
