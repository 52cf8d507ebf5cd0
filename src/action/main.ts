import { mkdir } from "node:fs/promises";
import { relative } from "node:path";
import * as core from "@actions/core";
import { actionsCache } from "../cache/calls.ts";
import { BuildError, type ErrorCode, failure, type Problem } from "../errors.ts";
import type { BuildEvent } from "../events.ts";
import { actionsReport, annotate, foreignLine } from "../report/actions.ts";
import { summaryMarkdown } from "../report/summary.ts";
import { type ArtifactNames, nameArtifacts } from "./artifact-names.ts";
import { runBuilder } from "./builder-process.ts";
import { provideCachePrograms } from "./cache-programs.ts";
import { attempt, deliver } from "./deliver.ts";
import { type Inputs, namesOf, readInputs } from "./inputs.ts";
import type { Job, Runner } from "./job.ts";
import { outputsOf } from "./outputs.ts";
import type { Leavings } from "./post.ts";
import { ownDirectory, requireRetention, requireStoreOutside } from "./preconditions.ts";
import { previousImages } from "./previous.ts";
import type { FromBuilder } from "./protocol.ts";
import { reasonSince } from "./reasons.ts";
import { imageFile, newRun, note, type Run } from "./run.ts";

/** The Action's main step: inputs → build → outputs, artifact, summary. The build's failure is told last. */
export async function main(runner: Runner, interrupt: AbortSignal): Promise<void> {
  const inputs = await readInputs(core.getInput);
  requireStoreOutside(inputs, runner);
  requireRetention(inputs, runner);
  const directory = await ownDirectory(runner);
  const outputs = outputDirectories(inputs, runner, directory);
  core.saveState("leavings", { directory, outputs } satisfies Leavings);
  const transfer = `${directory}/transfer`;
  for (const path of [transfer, ...outputs]) await mkdir(path, { recursive: true });
  const limit = inputs.timeoutMinutes === undefined ? [] : [AbortSignal.timeout(inputs.timeoutMinutes * 60_000)];
  const signal = AbortSignal.any([interrupt, ...limit]);
  const cache = inputs.cache === "false" ? undefined : openCache(runner, transfer, signal);
  if (cache !== undefined) await provideCachePrograms(inputs.installDependencies);
  const job: Job = { inputs, runner, store: inputs.store ?? `${directory}/store`, directory, transfer, cache, signal };
  const images = cache === undefined ? undefined : previousImages(runner, inputs.cacheKeyPrefix, cache, transfer);
  const names = namesOf(inputs.pipelines, runner.workspace);
  const runs = await Promise.all(
    inputs.pipelines.map(async (file, index) => {
      const [name, output] = [names[index] as string, outputs[index] as string];
      const earlier = await attempt("the previous image is not known", () =>
        images?.find(relative(runner.workspace, file)),
      );
      return newRun({ file, name, output, earlier });
    }),
  );
  const failed = await buildAll(runs, job);
  for (const run of runs) if (run.built === undefined && run.problems.length === 0) run.problems = failed;
  if (interrupt.aborted) return core.setFailed("interrupted");

  const delivered = [];
  const named = runs.map((run) => ({ name: run.name, file: imageFile(run) }));
  const artifacts = nameArtifacts(named, inputs.artifactName);
  for (const [index, run] of runs.entries())
    delivered.push(await deliver(run, job, artifacts[index] as ArtifactNames, images));
  for (const [name, value] of Object.entries(outputsOf(delivered))) core.setOutput(name, value);
  if (inputs.summary) await writeSummary(summaryMarkdown(delivered.map(({ report }) => report)));
  const problems = [...new Set([...failed, ...runs.flatMap((run) => run.problems)])];
  if (problems.length > 0) core.setFailed(problems.map(({ message }) => message).join("\n"));
}

const openCache = ({ cacheWorker, env }: Runner, transfer: string, signal: AbortSignal) =>
  actionsCache({ worker: cacheWorker, env, transfer, signal, warn: core.warning, debug: core.debug });

/** A directory of each pipeline's own, where there are several. */
function outputDirectories({ output, pipelines }: Inputs, { workspace }: Runner, directory: string): readonly string[] {
  const whole = output ?? `${directory}/output`;
  return pipelines.length === 1 ? [whole] : namesOf(pipelines, workspace).map((name) => `${whole}/${name}`);
}

/** Runs the builder, and returns the problems that are no pipeline's. */
async function buildAll(runs: readonly Run[], job: Job): Promise<readonly Problem[]> {
  const { inputs, runner, store, transfer, cache, signal } = job;
  const reports = runs.map(() => actionsReport(runner.workspace));
  const request = {
    pipelines: runs.map(({ file, output }) => ({ file, output })),
    store,
    libdirs: inputs.libdirs,
    buildEnv: inputs.buildEnv,
    installDependencies: inputs.installDependencies,
    bootTest: inputs.bootTest,
    upload: inputs.upload === "true" || inputs.upload === "if-changed",
    cache:
      cache === undefined
        ? null
        : {
            prefix: inputs.cacheKeyPrefix,
            checkpoints: inputs.checkpoints,
            writable: inputs.cache === "true",
            transfer,
          },
  };
  const hear = (message: Exclude<FromBuilder, { type: "call" }>) => {
    const run = runs[message.pipeline] as Run;
    const report = reports[message.pipeline] as ReturnType<typeof actionsReport>;
    hearOne(message, run, report, runner.workspace);
  };
  try {
    const path = runner.env.PATH ?? "";
    const hears = { onMessage: hear, onError: foreignLine };
    await runBuilder(request, { directory: job.directory, program: runner.builder, path, cache, signal, ...hears });
    if (signal.aborted) throw failure("INTERRUPTED", `not done within timeout-minutes: ${inputs.timeoutMinutes}`);
    return [];
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    for (const problem of error.problems) annotate(problem, "osbuild", runner.workspace);
    return error.problems;
  }
}

function hearOne(
  message: Exclude<FromBuilder, { type: "call" }>,
  run: Run,
  { report, close }: ReturnType<typeof actionsReport>,
  workspace: string,
): void {
  switch (message.type) {
    case "loaded":
      run.loaded = message.loaded;
      return;
    case "started":
      run.started = performance.now();
      return;
    case "event": {
      const event = explained(message.event, run);
      note(run, event);
      return report(event);
    }
    case "built":
      run.built = message.built;
      return close();
    case "failed":
      run.problems = message.problems;
      close();
      for (const problem of message.problems) annotate(withLines(problem, message.code, run), run.name, workspace);
      return;
    default:
      message satisfies never;
  }
}

/** A stage's own last words say more than what could be done at a terminal. */
function withLines(problem: Problem, code: ErrorCode, { lastLines }: Run): Problem {
  if (code !== "STAGE_FAILED") return problem;
  return { message: [problem.message, ...lastLines].join("\n").slice(0, 4000), at: problem.at };
}

/** The builder knows what is in the store; the last run's steps tell more. */
function explained(event: BuildEvent, { earlier, steps }: Run): BuildEvent {
  if (event.type !== "step-started" || event.reason !== "not in the store" || earlier === undefined) return event;
  const now = [...steps.values()].map(({ step }) => step);
  return { ...event, reason: reasonSince(earlier.steps, now, event.step) };
}

async function writeSummary(text: string): Promise<void> {
  try {
    await core.summary.addRaw(text).write();
  } catch (error) {
    core.warning(`the summary could not be written: ${(error as Error).message}`);
  }
}
