import { mkdir } from "node:fs/promises";
import { relative } from "node:path";
import * as core from "@actions/core";
import type { FromPipeline } from "../builder/protocol.ts";
import { BuildError, type ErrorCode, failure, type Problem } from "../errors.ts";
import type { BuildEvent } from "../events.ts";
import { traceCommands } from "../host/trace.ts";
import { openPuller } from "../registry/pull.ts";
import {
  type ActionsReport,
  actionsReport,
  annotate,
  foreignLine,
  foreignOutput,
  forWorkflow,
  lineWithName,
} from "../report/actions.ts";
import { formatCount } from "../report/format.ts";
import { lastLines } from "../report/last-lines.ts";
import { summaryMarkdown } from "../report/summary.ts";
import { trafficText } from "../report/traffic.ts";
import { type ArtifactNames, nameArtifacts } from "./artifact-names.ts";
import { attempt } from "./attempt.ts";
import { bootExtras } from "./boot-test.ts";
import { runBuilder } from "./builder-process.ts";
import { provideCachePrograms } from "./cache/programs.ts";
import { cacheRequests, openCache, openRemote } from "./caches.ts";
import { namedImage } from "./changes.ts";
import { deliver } from "./deliver.ts";
import { type Inputs, namesOf, readInputs } from "./inputs.ts";
import type { Job, Runner } from "./job.ts";
import { outputsOf } from "./outputs.ts";
import type { Leavings } from "./post.ts";
import {
  ownDirectory,
  requireAttestations,
  requireBootInputs,
  requireRetention,
  requireStoreOutside,
} from "./preconditions.ts";
import { previousImages } from "./previous.ts";
import { reasonSince } from "./reasons.ts";
import { elapsed, imageFile, newRun, note, type Run } from "./run.ts";
import { failedTreeOf } from "./run-report.ts";
import { readSecrets } from "./secrets.ts";
import { sinceOf } from "./since.ts";
import { takeTurns } from "./turns.ts";
import { lastUpload } from "./unchanged.ts";

/** The Action's main step: inputs → build → outputs, artifact, summary. Each problem is reported immediately, once. */
export async function main(runner: Runner, interrupt: AbortSignal): Promise<void> {
  if (core.isDebug()) traceCommands(core.debug);
  // The secrets are masked first, because all that follows may print them.
  const secrets = readSecrets(core.getInput, runner.env, core.setSecret);
  const inputs = await readInputs(core.getInput);
  requireStoreOutside(inputs, runner);
  requireRetention(inputs, runner);
  await requireBootInputs(inputs);
  await requireAttestations(inputs, runner);
  const compareWith = await namedImage(inputs, runner);
  const directory = await ownDirectory(runner);
  const outputs = outputDirectories(inputs, runner, directory);
  core.saveState("leavings", { directory, outputs } satisfies Leavings);
  const transfer = `${directory}/transfer`;
  for (const path of [transfer, ...outputs]) await mkdir(path, { recursive: true });
  const limit = inputs.timeoutMinutes === undefined ? [] : [AbortSignal.timeout(inputs.timeoutMinutes * 60_000)];
  const signal = AbortSignal.any([interrupt, ...limit]);
  const remote = await openRemote(inputs, runner, transfer, signal);
  const cache = openCache(inputs, runner, directory, signal);
  if (cache !== undefined) await provideCachePrograms(inputs.installDependencies);
  const job: Job = {
    inputs,
    secrets,
    compareWith,
    runner,
    store: inputs.store ?? `${directory}/store`,
    directory,
    transfer,
    cache,
    remote,
    signal,
  };
  const images = cache === undefined ? undefined : previousImages(runner, inputs, cache, transfer);
  const names = namesOf(inputs.pipelines, runner.workspace);
  const runs = await Promise.all(
    inputs.pipelines.map(async (file, index) => {
      const [name, output] = [names[index] as string, outputs[index] as string];
      const earlier = await attempt("the previous image could not be read", () =>
        images?.find(relative(runner.workspace, file)),
      );
      return newRun({ file, name, output, earlier });
    }),
  );
  const failed = await buildAll(runs, job, interrupt);
  for (const run of runs)
    if (run.built === undefined && run.unchanged === undefined && run.problems.length === 0) run.problems = failed;
  if (interrupt.aborted) return;

  const delivered = [];
  const named = runs.map((run) => ({ name: run.name, file: imageFile(run) }));
  const artifacts = nameArtifacts(named, inputs.artifactName, inputs.sbom);
  for (const [index, run] of runs.entries())
    delivered.push(await deliver(run, job, artifacts[index] as ArtifactNames, images));
  for (const [name, value] of Object.entries(outputsOf(delivered))) core.setOutput(name, value);
  if (cache !== undefined) core.info(`cache: ${trafficText(cache.traffic())}`);
  if (remote !== undefined) core.info(`remote: ${trafficText(remote.traffic())}`);
  for (const { report, directory } of delivered) for (const line of lastLines(report, directory)) lineWithName(line);
  if (inputs.summary)
    await writeSummary(
      summaryMarkdown(
        delivered.map(({ report }) => report),
        cache?.traffic(),
      ),
    );
}

/** The output directory of each pipeline. Several pipelines get a subdirectory each. */
function outputDirectories({ output, pipelines }: Inputs, { workspace }: Runner, directory: string): readonly string[] {
  const whole = output ?? `${directory}/output`;
  return pipelines.length === 1 ? [whole] : namesOf(pipelines, workspace).map((name) => `${whole}/${name}`);
}

/** Runs the builder, and returns the problems that don't belong to a pipeline. */
async function buildAll(runs: readonly Run[], job: Job, interrupt: AbortSignal): Promise<readonly Problem[]> {
  const { inputs, secrets, runner, store, transfer, cache, remote, signal } = job;
  const guard = foreignOutput();
  const reports = runs.map(() => actionsReport(runner.workspace, guard));
  const turns = takeTurns();
  const request = {
    pipelines: await Promise.all(
      runs.map(async (run, index) => ({
        file: run.file,
        output: run.output,
        failedTree: failedTreeOf(run, job),
        since: await sinceOf(run, index, job),
        uploaded: lastUpload(run, job),
      })),
    ),
    store,
    libdirs: inputs.libdirs,
    buildEnv: inputs.buildEnv,
    mirrors: inputs.mirrors,
    variables: inputs.variables,
    secrets: [...secrets].map(([name, { reveal }]) => ({ name, value: reveal() })),
    installDependencies: inputs.installDependencies,
    freshness: { refresh: inputs.refresh, maxAge: inputs.maxAge, noCache: inputs.noCache },
    budget: { maxSize: inputs.maxSize ?? null, maxGrowth: inputs.maxGrowth ?? null },
    bootTest: inputs.bootTest ? bootExtras(inputs) : null,
    verify: inputs.verify,
    debug: core.isDebug(),
    sbom: inputs.sbom,
    attest: inputs.attest,
    upload: inputs.upload === "true" || inputs.upload === "if-changed",
    jobs: inputs.jobs ?? null,
    ...cacheRequests(inputs, remote),
    transfer,
  };
  const tell = tellOnce(runner.workspace);
  const hear = (message: FromPipeline) => {
    const [run, report] = [runs[message.pipeline] as Run, reports[message.pipeline] as ActionsReport];
    if (message.type === "started") {
      turns.start(message.pipeline);
      const file = relative(runner.workspace, run.file);
      if (runs.length > 1) turns.say(message.pipeline, () => lineWithName(`building ${file}`));
    }
    hearOne(message, run, report, tell, (print) => turns.say(message.pipeline, print));
    if (message.type === "ended") turns.end(message.pipeline);
  };
  try {
    const path = runner.env.PATH ?? "";
    const hears = { onMessage: hear, onDebug: core.debug, onError: foreignLine };
    await runBuilder(request, {
      directory: job.directory,
      program: runner.builder,
      path,
      caches: { cache, remote },
      pull: openPuller({ env: runner.env, transfer, signal, isGuarded: true }),
      signal,
      ...hears,
    }).finally(() => {
      turns.close();
      for (const { close } of reports) close();
    });
    if (interrupt.aborted) throw failure("INTERRUPTED", "interrupted");
    if (signal.aborted) throw failure("INTERRUPTED", `not finished within timeout-minutes: ${inputs.timeoutMinutes}`);
    return [];
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    for (const problem of error.problems) tell(problem, "osbuild");
    return error.problems;
  }
}

type Tell = (problem: Problem, title: string) => void;

/** Annotates each problem once: all pipelines may have the same one, such as a problem with an input. */
function tellOnce(workspace: string): Tell {
  const told = new Set<string>();
  return (problem, title) => {
    const text = JSON.stringify(problem);
    if (told.has(text)) return;
    told.add(text);
    annotate(problem, title, workspace);
  };
}

function hearOne(
  message: FromPipeline,
  run: Run,
  { report, close }: ActionsReport,
  tell: Tell,
  say: (print: () => void) => void,
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
      const at = performance.now();
      return say(() => report(event, at));
    }
    case "unchanged":
      run.unchanged = run.earlier;
      run.seconds.build = elapsed(run);
      return say(close);
    case "origin":
      run.origin = message.origin;
      return;
    case "built":
      run.built = message.built;
      // The report compares with it, and the builder may still be saving. Who needs it reports the failure.
      if (message.built.contents !== null) run.earlier?.previous().catch(() => undefined);
      run.seconds.build = elapsed(run);
      return say(close);
    case "verified": {
      run.seconds.verification = elapsed(run) - run.seconds.build;
      const compared = formatCount(message.steps, "step");
      return say(() =>
        core.info(`a second build, from nothing and as on another machine, gave the same bits: ${compared} compared`),
      );
    }
    case "failed": {
      // A pipeline that was built can still fail to be verified.
      if (run.built === undefined) {
        run.seconds.build = elapsed(run);
        say(close);
      }
      // A cancellation or a time limit isn't a problem of one pipeline. It is reported once for all of them.
      if (message.code === "INTERRUPTED") return;
      run.problems = message.problems.map(forWorkflow);
      const told = run.problems.map((problem) => withLines(problem, message.code, run));
      return say(() => {
        for (const problem of told) tell(problem, run.name);
      });
    }
    case "ended":
      return;
    default:
      message satisfies never;
  }
}

/** Replaces the hint with the stage's last lines, which say more than advice for a terminal. */
function withLines(problem: Problem, code: ErrorCode, { lastLines }: Run): Problem {
  if (code !== "STAGE_FAILED") return problem;
  return { message: [problem.message, ...lastLines].join("\n").slice(0, 4000), at: problem.at };
}

/** Improves the reason with the last run's steps. The builder only knows that the step isn't in the store. */
function explained(event: BuildEvent, { earlier, results }: Run): BuildEvent {
  if (event.type !== "step-started" || event.reason !== "not in the store" || earlier === undefined) return event;
  const now = results.all().map(({ step }) => step);
  return { ...event, reason: reasonSince(earlier.steps, now, event.step) };
}

async function writeSummary(text: string): Promise<void> {
  try {
    await core.summary.addRaw(text).write();
  } catch (error) {
    core.warning(`the summary could not be written: ${(error as Error).message}`);
  }
}
