import * as core from "@actions/core";
import { BuildError, type Problem } from "../errors.ts";
import { annotate, lineWithName, withHint } from "../report/actions.ts";
import type { Image, PipelineReport } from "../report/pipeline-report.ts";
import { type Artifact, recordSubjects, uploadArtifact } from "./artifact.ts";
import type { ArtifactNames } from "./artifact-names.ts";
import { attempt, grouped } from "./attempt.ts";
import { type Attestation, attestImage } from "./attest.ts";
import { bootTest } from "./boot-test.ts";
import { type ChangesFiles, writeChanges } from "./changes.ts";
import type { Job } from "./job.ts";
import { keepOutput } from "./keep.ts";
import { digestOf, type FoundImage, type PreviousImages } from "./previous.ts";
import { push, refuseNothing } from "./push.ts";
import type { Run } from "./run.ts";
import { imageOf, reportOf, uploadReport } from "./run-report.ts";
import { uploadedImage } from "./unchanged.ts";

/** The delivery of one pipeline: its report, and the artifact if the image was uploaded. */
export interface Delivered {
  readonly run: Run;
  readonly report: PipelineReport;
  readonly artifact: Artifact | undefined;
  readonly attestation: Attestation | undefined;
  /** The directory that contains the image; undefined if it isn't on this machine. */
  readonly directory: string | undefined;
  /** The files that say what changed. */
  readonly changes: ChangesFiles | undefined;
}

/**
 * Uploads a pipeline's image with its report, pushes it to registries, and records the image's contents for the
 * branch's next run. A failed upload of the image is a problem of the pipeline, but doesn't stop the rest. Any other
 * failure is a warning.
 */
export async function deliver(
  run: Run,
  job: Job,
  names: ArtifactNames,
  images: PreviousImages | undefined,
): Promise<Delivered> {
  const started = performance.now();
  if (run.unchanged !== undefined) return deliverNothing(run, run.unchanged, job);
  const made = await imageOf(run);
  if (made === null) refuseNothing(run, job);
  const nothing = { image: null, artifact: undefined, attestation: undefined, directory: run.output };
  const { image, ...delivered } = made === null ? nothing : await deliverImage(made, run, job, names);
  const { artifact } = delivered;
  const seconds = () => (performance.now() - started) / 1000;
  const report = await reportOf(run, job, image, seconds());
  // Without an image its upload can't fail, and the report says why there is none.
  const isReported = made === null ? job.inputs.upload !== "false" && report.steps.length > 0 : artifact !== undefined;
  const links = isReported ? await uploadReport(run, report, names, job) : report.links;
  const final = { ...report, links, times: { ...report.times, upload: seconds() - report.times.bootTest } };
  if (images !== undefined && job.inputs.cache === "true")
    await attempt("could not record what the image contains", () => noteImage(run, final, artifact, images));
  const changes = await attempt("what changed could not be written", () =>
    writeChanges(final, job.compareWith, `${job.directory}/${run.name}`),
  );
  return { run, report: final, ...delivered, changes };
}

/** The delivery of a pipeline whose image is the branch's last upload. */
async function deliverNothing(run: Run, unchanged: FoundImage, job: Job): Promise<Delivered> {
  const image = uploadedImage(unchanged);
  lineWithName(`${image.path} is the branch's last upload, so it is neither made nor fetched`);
  const report = await reportOf(run, job, image, 0);
  return { run, report, artifact: undefined, attestation: undefined, directory: undefined, changes: undefined };
}

/** The delivery of an image. */
type DeliveredImage = Pick<Delivered, "artifact" | "attestation" | "directory"> & { readonly image: Image };

async function deliverImage(image: Image, run: Run, job: Job, names: ArtifactNames): Promise<DeliveredImage> {
  const boot = job.inputs.bootTest ? await bootTest(image, run, names, job) : null;
  const own = boot?.passed === false ? { ...names, ...names.failed } : names;
  const uploaded = isWanted(run, job) ? await uploadImage(run, image, own, job) : null;
  const artifact = uploaded?.type === "uploaded" ? uploaded.artifact : undefined;
  const failed = uploaded?.type === "failed" ? uploaded : undefined;
  if (artifact !== undefined) await uploadSboms(run, own, job);
  const directory = failed?.directory ?? run.output;
  const attestation = job.inputs.attest ? await attestImage(image.path, run, job, directory) : undefined;
  // An image that failed a test is uploaded for someone to examine, but it isn't put where machines fetch it.
  const pushed = run.problems.length === 0 ? await push(run, job, directory) : [];
  const places = { artifactUrl: artifact?.url ?? null, attestationUrl: attestation?.url ?? null, pushed };
  const told = { ...image, boot, ...places, notUploaded: failed?.why ?? null };
  return { image: told, artifact, attestation, directory };
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
  /** The image was kept in `directory`. */
  | { readonly type: "failed"; readonly why: string; readonly directory: string };

async function uploadImage(run: Run, image: Image, names: ArtifactNames, job: Job): Promise<Uploaded> {
  try {
    return { type: "uploaded", artifact: await upload(run, names, job) };
  } catch (error) {
    const { inputs, runner } = job;
    const hint = error instanceof BuildError ? error.problems[0]?.hint : undefined;
    // The post step removes a temporary output, and the only copy with it.
    const kept =
      inputs.output === undefined
        ? await attempt("the image could not be kept", () => keepOutput(run, runner))
        : run.output;
    const directory = kept ?? run.output;
    const why = `${(error as Error).message}${kept === undefined ? "" : `; the image was kept as ${kept}/${image.path}`}`;
    notUploaded(run, { message: `${image.path} could not be uploaded: ${why}`, hint }, job);
    return { type: "failed", why, directory };
  }
}

/** Uploads each SBOM as an artifact of its own, because an image that is compressed has no zip around it. */
async function uploadSboms(run: Run, { sboms }: ArtifactNames, job: Job): Promise<void> {
  for (const [index, path] of (run.built?.sboms ?? []).entries()) {
    const name = sboms[index] as string;
    const upload = { name, files: [`${run.output}/${path}`], root: run.output, raw: true };
    try {
      await grouped(`Uploading ${name}`, () => uploadArtifact(upload, job));
    } catch (error) {
      const hint = error instanceof BuildError ? error.problems[0]?.hint : undefined;
      notUploaded(run, { message: `${path} could not be uploaded: ${(error as Error).message}`, hint }, job);
    }
  }
}

/** Reports that something could not be uploaded. It is a problem of the pipeline unless the user said otherwise. */
function notUploaded(run: Run, problem: Problem, { inputs, runner }: Job): void {
  if (inputs.upload === "if-possible") return core.warning(withHint(problem));
  run.problems = [...run.problems, problem];
  annotate(problem, run.name, runner.workspace);
}

/** Records the image's contents and which image was last uploaded: one that wasn't uploaded now still will be. */
async function noteImage(
  { built, earlier, origin: known }: Run,
  { pipeline, outputId, image, steps, previous }: PipelineReport,
  artifact: Artifact | undefined,
  images: PreviousImages,
): Promise<void> {
  const contents = built?.contents ?? null;
  if (image === null || outputId === null || contents === null) return;
  // After a failed boot test the image isn't under its own name. If it passes the next one, it has to be uploaded.
  const isUploaded = artifact !== undefined && image.boot?.passed !== false;
  const own = digestOf(built?.files ?? []);
  const uploaded = isUploaded ? own : (earlier?.uploaded ?? null);
  const origin = uploaded === own ? (known ?? null) : null;
  const isSame = earlier?.outputId === outputId && earlier.image.sha256 === image.sha256;
  const isNoted = earlier?.uploaded === uploaded && JSON.stringify(earlier.origin) === JSON.stringify(origin);
  // Its contents may have been evicted.
  if (isSame && isNoted && previous !== null) return;
  await images.save(pipeline, { outputId, steps: steps.map(({ step }) => step), image, uploaded, origin, contents });
}

async function upload({ built, output }: Run, { image: name, raw }: ArtifactNames, job: Job): Promise<Artifact> {
  const files = (built?.files ?? []).map(({ path }) => `${output}/${path}`);
  const artifact = await grouped(`Uploading ${name}`, () => uploadArtifact({ name, files, root: output, raw }, job));
  await attempt("the image could not be recorded for attestation", () =>
    recordSubjects(files, job.runner.env.GITHUB_ARTIFACTS),
  );
  return artifact;
}
