import type { BuildError, Problem } from "../errors.ts";
import { innermostFirst, type Pipeline, type Step } from "../pipeline/pipeline.ts";
import { figuresOf, isSameTree, type StepResult } from "./step-results.ts";

/** The results and logs of a finished build's steps, by id. */
export interface Ended {
  readonly results: ReadonlyMap<string, StepResult>;
  /** The seconds that the engine worked for each step that ran; see spent.ts. */
  readonly engine: ReadonlyMap<string, number>;
  /** The output of each step, from this build or from the build that ran it. */
  readonly logs: ReadonlyMap<string, string>;
}

/**
 * The result as one JSON value. It has the form of osbuild's tags 3 to 7 (`tree_id`, `output_id`, and for each step
 * name, id, options, success and output), and adds each step's status, reason, size, exit code, the date of its
 * run, and the times of its program and of the engine.
 */
export function jsonResult(pipeline: Pipeline, ended: Ended, output: string | null): object {
  const failed = [...ended.results.values()].some(({ type }) => type === "failed");
  return {
    ...jsonPipeline(pipeline, ended),
    tree_id: pipeline.treeId,
    output_id: pipeline.outputId,
    output,
    success: !failed,
    ...(pipeline.warnings.length === 0 ? {} : { warnings: pipeline.warnings.map(jsonProblem) }),
  };
}

function jsonPipeline(pipeline: Pipeline, ended: Ended): object {
  const inner = innermostFirst(pipeline).at(-2);
  return {
    ...(inner === undefined ? {} : { build: { ...jsonPipeline(inner, ended), tree_id: inner.treeId } }),
    stages: pipeline.stages.map((step) => jsonStep(step, ended)),
    ...(pipeline.assembler === null ? {} : { assembler: jsonStep(pipeline.assembler, ended) }),
  };
}

function jsonStep({ name, id, options }: Step, { results, engine, logs }: Ended): object {
  const result = results.get(id) ?? { type: "not reached" };
  const status = result.type;
  const { reason = isSameTree(result) ? "same tree" : undefined, seconds, bytes, exitCode, ran } = figuresOf(result);
  const success = status === "built" || status === "cached";
  return {
    name,
    id,
    options,
    success,
    output: logs.get(id) ?? "",
    status,
    reason,
    seconds,
    engine_seconds: engine.get(id),
    bytes,
    exit_code: exitCode,
    ran: ran === undefined ? undefined : new Date(ran).toISOString(),
  };
}

/** A failure as one JSON value. */
export function jsonFailure(error: BuildError): object {
  return { success: false, error: error.code, problems: error.problems.map(jsonProblem) };
}

const jsonProblem = ({ message, at, hint }: Problem) => ({
  message,
  file: at?.file,
  line: at?.line,
  column: at?.column,
  length: at?.length,
  hint,
});
