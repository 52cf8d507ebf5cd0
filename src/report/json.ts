import type { BuildError, Problem } from "../errors.ts";
import { chain, type Pipeline, type Step } from "../pipeline/pipeline.ts";
import type { Outcome } from "./timeline.ts";

/** What is known of the steps of a build that has ended, by id. */
export interface Ended {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** What each step printed, now or when it ran. */
  readonly logs: ReadonlyMap<string, string>;
}

/**
 * The result as one JSON value, in the form of osbuild's tags 3 to 7 (`tree_id`, `output_id`, and for each step name,
 * id, options, success and output), and beside that what became of each step here.
 */
export function jsonResult(pipeline: Pipeline, ended: Ended, output: string | null): object {
  const failed = [...ended.outcomes.values()].some(({ status }) => status === "failed");
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
  const inner = chain(pipeline).at(-2);
  return {
    ...(inner === undefined ? {} : { build: { ...jsonPipeline(inner, ended), tree_id: inner.treeId } }),
    stages: pipeline.stages.map((step) => jsonStep(step, ended)),
    ...(pipeline.assembler === null ? {} : { assembler: jsonStep(pipeline.assembler, ended) }),
  };
}

function jsonStep({ name, id, options }: Step, { outcomes, logs }: Ended): object {
  const { status = "not reached", reason, seconds, bytes, exitCode } = outcomes.get(id) ?? {};
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
    bytes,
    exit_code: exitCode,
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
  hint,
});
