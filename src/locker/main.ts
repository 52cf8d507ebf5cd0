import { existsSync } from "node:fs";
import { relative } from "node:path";
import * as core from "@actions/core";
import { flag, linesOf, pathIn, pipelinesOf, variablesOf } from "../action/inputs.ts";
import { reportInstalling } from "../action/installing.ts";
import type { Leavings } from "../action/post.ts";
import { ownDirectory } from "../action/preconditions.ts";
import { BuildError } from "../errors.ts";
import { enginePrograms, networkPrograms, providePrograms } from "../host/packages.ts";
import { traceCommands } from "../host/trace.ts";
import { loadUnlocked } from "../pipeline/load.ts";
import { lockFileOf } from "../pipeline/lock.ts";
import { innermostFirst } from "../pipeline/pipeline.ts";
import type { Setting } from "../pipeline/resolution/setting.ts";
import { annotate, forWorkflow } from "../report/actions.ts";
import { type CommandSite, runLock } from "./command.ts";
import { markdownOf, type Updated } from "./report.ts";

/** The runner, as this action sees it. */
export interface Runner {
  readonly workspace: string;
  /** The directory RUNNER_TEMP. */
  readonly temporary: string;
  readonly path: string;
  /** The command line's program. */
  readonly program: string;
}

/** The inputs; lock/action.yml describes each. */
interface Inputs {
  readonly pipelines: readonly string[];
  readonly libdirs: readonly string[];
  readonly buildEnv: string | undefined;
  readonly mirrors: string | undefined;
  readonly variables: readonly Setting[];
  readonly installDependencies: boolean;
}

/** Updates the locks one after another. A pipeline whose lock can't be updated doesn't keep the others from theirs. */
export async function main(runner: Runner, signal: AbortSignal): Promise<void> {
  if (core.isDebug()) traceCommands(core.debug);
  const inputs = await readInputs();
  const directory = await ownDirectory(runner);
  core.saveState("leavings", { directory, outputs: [] } satisfies Leavings);
  const site = { directory, path: runner.path, program: runner.program, signal };
  const updated: Updated[] = [];
  for (const file of inputs.pipelines) {
    const one = await update(file, inputs, site, runner).catch((error) => {
      if (!(error instanceof BuildError)) throw error;
      if (signal.aborted) return undefined;
      for (const problem of error.problems) annotate(forWorkflow(problem), "lock", runner.workspace);
      return undefined;
    });
    if (signal.aborted) return;
    if (one !== undefined) updated.push(one);
  }
  await publish(updated);
}

async function readInputs(): Promise<Inputs> {
  const optional = (name: string) => (core.getInput(name) === "" ? undefined : pathIn(name, core.getInput(name)));
  return {
    pipelines: await pipelinesOf(linesOf(core.getInput("pipeline"))),
    libdirs: linesOf(core.getInput("libdir")).map((line) => pathIn("libdir", line)),
    buildEnv: optional("build-env"),
    mirrors: optional("mirrors"),
    variables: variablesOf(linesOf(core.getInput("variables"))),
    installDependencies: flag("install-dependencies", core.getInput("install-dependencies")),
  };
}

async function update(file: string, inputs: Inputs, site: CommandSite, { workspace }: Runner): Promise<Updated> {
  const pipeline = relative(workspace, file);
  core.info(`updating the lock of ${pipeline}`);
  await provideFor(file, inputs);
  const isNew = !existsSync(lockFileOf(file) ?? "");
  const { libdirs, buildEnv, mirrors, variables } = inputs;
  const options = [
    ...libdirs.map((libdir) => `--libdir=${libdir}`),
    ...(buildEnv ? [`--build-env=${buildEnv}`] : []),
    ...(mirrors ? [`--mirrors=${mirrors}`] : []),
    ...variables.map(({ name, value }) => `--set=${name}=${value}`),
  ];
  const { lock, changed, steps } = await runLock([...options, file], site);
  return { pipeline, lock: relative(workspace, lock), isNew, changed, steps };
}

/** Provides the programs that the pipeline's stages need on this machine: the command line installs nothing. */
async function provideFor(file: string, inputs: Inputs): Promise<void> {
  const { libdirs, buildEnv, mirrors, variables, installDependencies } = inputs;
  const none = { buildPipeline: undefined, base: undefined };
  const pipeline = await loadUnlocked({ pipeline: file, libdirs, buildEnv, mirrors, variables, ...none }, new Set());
  const onHost = innermostFirst(pipeline).filter(({ build }) => (build?.pipeline ?? null) === null);
  const needs = onHost
    .flatMap(({ stages }) => stages)
    .flatMap(({ name, requires }) => requires.map((program) => ({ program, of: name })));
  const own = [...enginePrograms, ...networkPrograms].map((program) => ({ program, of: "`osbuild lock`" }));
  await providePrograms([...own, ...needs], installDependencies ? reportInstalling : undefined);
}

async function publish(updated: readonly Updated[]): Promise<void> {
  const changes = markdownOf(updated);
  const items = updated.map(({ pipeline, lock, changed, steps }) => ({ pipeline, lock, changed, steps }));
  core.setOutput(
    "changed",
    updated.some(({ changed }) => changed),
  );
  core.setOutput("changes", changes);
  core.setOutput("changes-json", JSON.stringify(items));
  core.setOutput("paths", updated.map(({ lock }) => lock).join("\n"));
  await core.summary
    .addRaw(changes)
    .write()
    .catch((error: Error) => {
      core.warning(`the summary could not be written: ${error.message}`);
    });
}
