import { relative } from "node:path";
import * as core from "@actions/core";
import { linesOf, pipelinesOf, variablesOf } from "../action/inputs.ts";
import { inputPath } from "../action/paths.ts";
import { BuildError } from "../errors.ts";
import { loadPipeline, type PipelineNames } from "../pipeline/load.ts";
import { allSteps } from "../pipeline/pipeline.ts";
import { annotate, forWorkflow } from "../report/actions.ts";
import { formatBug } from "../report/problems.ts";
import { matrixOf } from "./matrix.ts";

// The action in plan/: computes the jobs that build many pipelines. It needs neither root nor a token.
const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();

try {
  const files = await pipelinesOf(linesOf(core.getInput("pipeline")));
  const names = {
    libdirs: linesOf(core.getInput("libdir")).map(inputPath),
    buildEnv: core.getInput("build-env") ? inputPath(core.getInput("build-env")) : undefined,
    variables: variablesOf(linesOf(core.getInput("variables"))),
  };
  const pipelines = await Promise.all(files.map((file) => read(file, names)));
  const { bases, images } = matrixOf(pipelines.filter((pipeline) => pipeline !== undefined));
  core.setOutput("bases", JSON.stringify(bases.map((list) => list.join("\n"))));
  core.setOutput("images", JSON.stringify(images));
} catch (error) {
  if (error instanceof BuildError) fail(error);
  else core.setFailed(formatBug(error));
}

async function read(file: string, names: Pick<PipelineNames, "libdirs" | "buildEnv" | "variables">) {
  try {
    const none = { buildPipeline: undefined, base: undefined, mirrors: undefined };
    const pipeline = await loadPipeline({ pipeline: file, ...names, ...none }, new Set());
    return {
      file: relative(workspace, file),
      ids: allSteps(pipeline).map(({ id }) => id),
    };
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    fail(error);
    return undefined;
  }
}

function fail(error: BuildError): void {
  for (const problem of error.problems) annotate(forWorkflow(problem), "pipeline", workspace);
}
