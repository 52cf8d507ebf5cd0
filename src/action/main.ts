import { mkdir, mkdtemp } from "node:fs/promises";
import * as core from "@actions/core";
import { actionsCache } from "../cache/calls.ts";
import { BuildError, failure, type Problem } from "../errors.ts";
import { actionsReport, annotate } from "../report/actions.ts";
import { summaryMarkdown } from "../report/summary.ts";
import { runBuilder } from "./builder-process.ts";
import { deliver } from "./deliver.ts";
import { nameOf, readInputs } from "./inputs.ts";
import type { Job, Runner } from "./job.ts";
import { outputsOf } from "./outputs.ts";
import { previousImages } from "./previous.ts";
import type { FromBuilder } from "./protocol.ts";
import { newRun, note, type Run } from "./run.ts";

/** The Action's main step: inputs → build → outputs, artifact, summary. The build's failure is told last. */
export async function main(runner: Runner, interrupt: AbortSignal): Promise<void> {
  const inputs = await readInputs(core.getInput);
  const directory = await mkdtemp(`${runner.temporary}/osbuild-`);
  core.saveState("directory", directory);
  const transfer = `${directory}/transfer`;
  await mkdir(transfer);
  const limit = inputs.timeoutMinutes === undefined ? [] : [AbortSignal.timeout(inputs.timeoutMinutes * 60_000)];
  const signal = AbortSignal.any([interrupt, ...limit]);
  const cache = inputs.cache === "false" ? undefined : openCache(runner, transfer, signal);
  const job: Job = { inputs, runner, store: inputs.store ?? `${directory}/store`, directory, transfer, cache, signal };
  const runs = await Promise.all(inputs.pipelines.map((file) => prepare(file, job)));
  const failed = await buildAll(runs, job);
  if (interrupt.aborted) return core.setFailed("interrupted");

  const previous = cache === undefined ? undefined : previousImages(runner, inputs.cacheKeyPrefix, cache, transfer);
  const delivered = [];
  for (const run of runs) delivered.push(await deliver(run, job, previous));
  for (const [name, value] of Object.entries(outputsOf(delivered))) core.setOutput(name, value);
  if (inputs.summary) await writeSummary(summaryMarkdown(delivered.map(({ report }) => report)));
  const problems = [...failed, ...runs.flatMap((run) => run.problems)];
  if (problems.length > 0) core.setFailed(problems.map(({ message }) => message).join("\n"));
}

const openCache = ({ cacheWorker, env }: Runner, transfer: string, signal: AbortSignal) =>
  actionsCache({ worker: cacheWorker, env, transfer, signal, warn: core.warning, debug: core.debug });

/** A directory of each pipeline's own, where there are several. */
async function prepare(file: string, { inputs, directory }: Job): Promise<Run> {
  const output = inputs.output ?? `${directory}/output`;
  const own = inputs.pipelines.length === 1 ? output : `${output}/${nameOf(file)}`;
  await mkdir(own, { recursive: true });
  return newRun(file, own);
}

/** Runs the builder, and returns the problems that are no pipeline's. */
async function buildAll(runs: readonly Run[], job: Job): Promise<readonly Problem[]> {
  const { inputs, runner, store, transfer, cache, signal } = job;
  const reports = runs.map(() => actionsReport());
  const request = {
    pipelines: runs.map(({ file, output }) => ({ file, output })),
    store,
    libdirs: inputs.libdirs,
    buildEnv: inputs.buildEnv,
    installDependencies: inputs.installDependencies,
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
    await runBuilder(request, { program: runner.builder, path, cache, signal, onMessage: hear, onError: core.info });
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
      run.started = performance.now();
      return;
    case "event":
      note(run, message.event);
      return report(message.event);
    case "built":
      run.built = message.built;
      return close();
    case "failed":
      run.problems = message.problems;
      close();
      for (const problem of message.problems) annotate(problem, nameOf(run.file), workspace);
      return;
    default:
      message satisfies never;
  }
}

async function writeSummary(text: string): Promise<void> {
  try {
    await core.summary.addRaw(text).write();
  } catch (error) {
    core.warning(`the summary could not be written: ${(error as Error).message}`);
  }
}
