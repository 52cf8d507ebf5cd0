import { recordsOf } from "../build/planning.ts";
import { loadPipeline } from "../pipeline/load.ts";
import { innermostFirst, type Pipeline, type Step, steps } from "../pipeline/pipeline.ts";
import { formatBytes, formatTable } from "../report/format.ts";
import { formatWarning } from "../report/problems.ts";
import { layoutOf } from "../store/layout.ts";
import type { StoredResult } from "../store/refs.ts";
import { readVerdicts } from "../store/verdicts.ts";
import type { PipelineArguments } from "./command.ts";
import { builtText, dateOf } from "./dates.ts";

/** `osbuild inspect`: prints the normalised pipeline with its ids, and which steps have a stored result. */
export async function inspectCommand(args: PipelineArguments & { readonly json: boolean }): Promise<void> {
  const pipeline = await loadPipeline(args, await readVerdicts(layoutOf(args.store)));
  const records = await recordsOf(pipeline, layoutOf(args.store));
  for (const problem of pipeline.warnings) process.stderr.write(`${formatWarning(problem)}\n`);
  const text = args.json ? JSON.stringify(describe(pipeline, records), null, 2) : table(pipeline, records);
  process.stdout.write(`${text}\n`);
}

function describe(pipeline: Pipeline, records: ReadonlyMap<string, StoredResult>): object {
  const { build, base, stages, assembler, sourceEpoch, treeId, outputId } = pipeline;
  const describeStep = ({ name, options, id }: Step) => {
    const record = records.get(id);
    return { name, options, id, stored: record !== undefined, ran: record === undefined ? undefined : dateOf(record) };
  };
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

const stored = (record: StoredResult) => [`stored, ${formatBytes(record.size)}`, builtText(record)];

function table(pipeline: Pipeline, records: ReadonlyMap<string, StoredResult>): string {
  const all = innermostFirst(pipeline);
  const rows = all.flatMap((each, index) =>
    steps(each).map(({ id, kind, name }) => {
      const record = records.get(id);
      const where = index < all.length - 1 ? "build" : "";
      return [id, kind, where, name, ...(record === undefined ? ["", ""] : stored(record))];
    }),
  );
  const columns = Array.from({ length: 6 }, () => ({ align: "left" }) as const);
  const ids = `tree id: ${pipeline.treeId ?? "none"}\noutput id: ${pipeline.outputId ?? "none"}`;
  return rows.length === 0 ? ids : `${formatTable(columns, rows)}\n\n${ids}`;
}
