import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { readDisk } from "../image/disk.ts";
import { fromWorkspace } from "../report/actions.ts";
import { htmlReport } from "../report/html.ts";
import type { Image, Links, PipelineReport } from "../report/pipeline-report.ts";
import { handedLog, readLog } from "../store/logs.ts";
import type { Contents } from "../tree/contents.ts";
import { decodeContents } from "../tree/contents-file.ts";
import { type Artifact, uploadArtifact } from "./artifact.ts";
import type { ArtifactNames } from "./artifact-names.ts";
import { attempt, grouped } from "./attempt.ts";
import type { Job } from "./job.ts";
import type { Run } from "./run.ts";

/** The report of a pipeline whose delivery has taken some seconds until now, boot test included. */
export async function reportOf(
  run: Run,
  { transfer, runner }: Job,
  image: Image | null,
  delivery: number,
): Promise<PipelineReport> {
  const steps = await Promise.all(
    run.results.all().map(async (step) => {
      const log = await readLog(handedLog(transfer, step.step.id));
      return { ...step, log: log ?? null };
    }),
  );
  const bootTest = image?.boot?.seconds ?? 0;
  const contents = await contentsOf(run);
  const previous =
    contents === null
      ? undefined
      : await attempt("the previous image could not be read", async () => run.earlier?.previous());
  return {
    pipeline: fromWorkspace(run.file, runner.workspace),
    treeId: run.loaded?.treeId ?? null,
    outputId: run.loaded?.outputId ?? null,
    steps,
    image,
    contents,
    previous: previous ?? null,
    problems: run.problems.map(({ at, ...problem }) =>
      at === undefined ? problem : { ...problem, at: { ...at, file: fromWorkspace(at.file, runner.workspace) } },
    ),
    times: { ...run.seconds, bootTest, upload: delivery - bootTest },
    links: { report: null, log: null, tree: null },
  };
}

/** The contents of the image that a run built; null if they aren't known. */
export async function contentsOf({ built }: Pick<Run, "built">): Promise<Contents | null> {
  const file = built?.contents ?? null;
  return file === null ? null : (decodeContents(await readFile(file, "utf8")) ?? null);
}

/** The image that a run built; null if it built none. */
export async function imageOf({ built, output }: Run): Promise<Image | null> {
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
    uploadedBefore: false,
    notUploaded: null,
    attestationUrl: null,
    pushed: [],
  };
}

/** The archive for the tree of a stage that fails, if it is wanted. */
export const failedTreeOf = ({ name }: Pick<Run, "name">, { inputs, transfer }: Job): string | null =>
  inputs.uploadFailedTree ? `${transfer}/${name}-failed-tree.tar.gz` : null;

/**
 * Uploads a report, and the whole log of the step that failed, with its tree if that is wanted. If that isn't possible,
 * it warns.
 */
export async function uploadReport(run: Run, report: PipelineReport, names: ArtifactNames, job: Job): Promise<Links> {
  const page = await attempt("the report could not be uploaded", async () => {
    const path = `${job.directory}/${names.report}`;
    await writeFile(path, htmlReport(report));
    return uploadFile(path, names.report, job, "Uploading the report");
  });
  const failed = report.steps.find(({ result }) => result.type === "failed");
  const path = failed === undefined ? undefined : handedLog(job.transfer, failed.step.id);
  const log =
    path === undefined || !existsSync(path)
      ? undefined
      : await attempt("the failed step's log could not be uploaded", () =>
          uploadFile(path, names.log, job, "Uploading the failed step's log"),
        );
  const archive = failedTreeOf(run, job);
  const tree =
    archive === null || !existsSync(archive)
      ? undefined
      : await attempt("the failed step's tree could not be uploaded", () =>
          uploadFile(archive, names.tree, job, "Uploading the failed step's tree"),
        );
  return { report: page?.url ?? null, log: log?.url ?? null, tree: tree?.url ?? null };
}

const uploadFile = (path: string, name: string, job: Job, title: string): Promise<Artifact> =>
  grouped(title, () => uploadArtifact({ name, files: [path], root: job.directory, raw: true }, job));
