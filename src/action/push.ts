import { readFile } from "node:fs/promises";
import * as core from "@actions/core";
import { BuildError, type Problem } from "../errors.ts";
import { pushImage } from "../registry/push-image.ts";
import type { TaggedReference } from "../registry/reference.ts";
import { annotate } from "../report/actions.ts";
import { pushedText } from "../report/pushed.ts";
import { sbomMediaType } from "../sbom/formats.ts";
import type { Job, Runner } from "./job.ts";
import type { Run } from "./run.ts";

/**
 * Pushes a pipeline's image, which is in a directory with its SBOMs, and returns the references that always mean this
 * image. A failure is a problem of the pipeline.
 */
export async function push(run: Run, job: Job, directory: string): Promise<readonly string[]> {
  const pushed = new Set<string>();
  for (const target of job.inputs.push) {
    try {
      pushed.add(await pushTo(target, run, { job, directory }));
    } catch (error) {
      for (const problem of problemsOf(error, target, job)) tell(run, problem, job.runner);
    }
  }
  return [...pushed];
}

/** Makes it a problem that there is no image, if one was to be pushed. */
export function refuseNothing(run: Run, { inputs, runner }: Job): void {
  if (run.built === undefined || inputs.push.length === 0) return;
  tell(run, { message: "there is nothing to push: the pipeline makes no image", hint: "add an assembler" }, runner);
}

function tell(run: Run, problem: Problem, { workspace }: Runner): void {
  run.problems = [...run.problems, problem];
  annotate(problem, run.name, workspace);
}

async function pushTo(
  target: TaggedReference,
  { built }: Run,
  { job: { runner, signal }, directory }: { readonly job: Job; readonly directory: string },
): Promise<string> {
  const files = (built?.files ?? []).map(({ path, sha256, size }) => ({
    path: `${directory}/${path}`,
    title: path,
    content: async () => ({ sha256, size }),
  }));
  const documents = await Promise.all(
    (built?.sboms ?? []).map(async (path) => ({
      title: path,
      mediaType: sbomMediaType(path),
      text: await readFile(`${directory}/${path}`, "utf8"),
    })),
  );
  const image = await pushImage({ files, documents }, target, { env: runner.env, signal });
  core.info(pushedText(image));
  return image.reference;
}

function problemsOf(error: unknown, target: TaggedReference, { signal }: Job): readonly Problem[] {
  const { registry, repository, tag } = target;
  const failed = `the image could not be pushed to ${registry}/${repository}:${tag}`;
  if (error instanceof BuildError)
    return error.problems.map((problem) => ({ ...problem, message: `${failed}: ${problem.message}` }));
  if (signal.aborted) return [{ message: `${failed}: the job ran out of time` }];
  throw error;
}
