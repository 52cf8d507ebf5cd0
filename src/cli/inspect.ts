import { recordsOf } from "../build.ts";
import { chain, type Pipeline, type Step, steps } from "../pipeline/pipeline.ts";
import { formatBytes, formatTable } from "../report/format.ts";
import { formatWarning } from "../report/problems.ts";
import { layoutOf } from "../store/layout.ts";
import type { Record } from "../store/refs.ts";
import { readVerdicts } from "../store/verdicts.ts";
import type { PipelineArguments } from "./arguments.ts";
import { loadPipeline } from "./load.ts";

/** `osbuild inspect`: the normalised pipeline with its ids, and what of it the store has. */
export async function inspectCommand(args: PipelineArguments & { readonly json: boolean }): Promise<void> {
  const pipeline = await loadPipeline(args, await readVerdicts(layoutOf(args.store)));
  const records = await recordsOf(pipeline, layoutOf(args.store));
  for (const problem of pipeline.warnings) process.stderr.write(`${formatWarning(problem)}\n`);
  const text = args.json ? JSON.stringify(describe(pipeline, records), null, 2) : table(pipeline, records);
  process.stdout.write(`${text}\n`);
}

function describe(pipeline: Pipeline, records: ReadonlyMap<string, Record>): object {
  const { build, base, stages, assembler, sourceEpoch, treeId, outputId } = pipeline;
  const describeStep = ({ name, options, id }: Step) => ({ name, options, id, stored: records.has(id) });
  return {
    build: build && { runner: build.runner, pipeline: build.pipeline && describe(build.pipeline, records) },
    base: base?.id ?? null,
    stages: stages.map(describeStep),
    assembler: assembler && describeStep(assembler),
    "source-epoch": sourceEpoch,
    tree_id: treeId,
    output_id: outputId,
  };
}

function table(pipeline: Pipeline, records: ReadonlyMap<string, Record>): string {
  const links = chain(pipeline);
  const rows = links.flatMap((link, index) =>
    steps(link).map(({ id, kind, name }) => {
      const record = records.get(id);
      const where = index < links.length - 1 ? "build" : "";
      return [id, kind, where, name, record === undefined ? "" : `stored, ${formatBytes(record.size)}`];
    }),
  );
  const columns = Array.from({ length: 5 }, () => ({ align: "left" }) as const);
  const ids = `tree id: ${pipeline.treeId ?? "none"}\noutput id: ${pipeline.outputId ?? "none"}`;
  return rows.length === 0 ? ids : `${formatTable(columns, rows)}\n\n${ids}`;
}
