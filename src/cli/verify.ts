import { resolve } from "node:path";
import { build } from "../build/build.ts";
import {
  type BuildFiles,
  buildElsewhere,
  type Comparison,
  compareBuilds,
  refuseBase,
  unlike,
} from "../build/verify.ts";
import { BuildError } from "../errors.ts";
import { loadPipeline } from "../pipeline/load.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { formatBytes, formatCount } from "../report/format.ts";
import { jsonFailure } from "../report/json.ts";
import { printable } from "../report/problems.ts";
import { textReport } from "../report/text.ts";
import { createStore, type Layout } from "../store/layout.ts";
import { openWorkspace } from "../store/workspace.ts";
import { painter } from "./color.ts";
import type { PipelineArguments } from "./command.ts";
import { wrong } from "./values.ts";
import { warn } from "./warn.ts";

type VerifyArguments = PipelineArguments & { readonly json: boolean };

/** `osbuild verify`: builds a pipeline twice from nothing, and fails unless every step gives the same bits. */
export async function verifyCommand(args: VerifyArguments, signal: AbortSignal): Promise<void> {
  const verified = await buildTwice(args, signal).catch((error) => {
    if (args.json && error instanceof BuildError) printJson(jsonFailure(error));
    throw error;
  });
  if (verified.different === undefined) {
    if (args.json) printJson({ success: true, ...jsonOf(verified) });
    else write(`\n${summaryOf(verified)}`);
    return;
  }
  const error = unlike(verified.different);
  if (args.json) printJson({ ...jsonFailure(error), ...jsonOf(verified) });
  throw error;
}

interface Verified extends Comparison {
  readonly pipeline: Pipeline;
}

/** Builds in two stores of its own, which are gone afterwards. */
async function buildTwice(args: VerifyArguments, signal: AbortSignal): Promise<Verified> {
  if (args.pipeline === "-") throw wrong("`osbuild verify` reads the pipeline twice, which stdin can't", "name a file");
  const pipeline = await loadPipeline(args, new Set());
  refuseBase(pipeline);
  await using workspace = await openWorkspace(await createStore(args.store), warn);
  const stores = [
    await createStore(`${workspace.directory}/first`),
    await createStore(`${workspace.directory}/second`),
  ] as const;
  await buildHere(pipeline, stores[0], args, signal);
  if (!args.json)
    write("\nagain, with another host name, time zone, locale, umask and directory, and on one processor\n");
  const program = process.argv[1] as string;
  await buildElsewhere(pipeline, { layout: stores[1], workspace, program, files: absolute(args), signal });
  return { pipeline, ...(await compareBuilds(pipeline, stores, workspace)) };
}

function absolute({ pipeline, libdirs, buildEnv, buildPipeline, mirrors, variables }: VerifyArguments): BuildFiles {
  const optional = (path: string | undefined) => (path === undefined ? undefined : resolve(path));
  return {
    pipeline: resolve(pipeline),
    libdirs: libdirs.map((libdir) => resolve(libdir)),
    buildEnv: optional(buildEnv),
    buildPipeline: optional(buildPipeline),
    mirrors: optional(mirrors),
    variables,
  };
}

async function buildHere(pipeline: Pipeline, layout: Layout, { json }: VerifyArguments, signal: AbortSignal) {
  if (json) {
    await build(pipeline, { layout, report: () => undefined, signal });
    return;
  }
  const output = {
    write,
    paint: painter(process.stdout),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  };
  const text = textReport(output, "normal");
  try {
    await build(pipeline, { layout, report: text.report, signal });
  } finally {
    text.close();
  }
}

function summaryOf({ steps }: Verified): string {
  const lines = [`compared ${formatCount(steps.length, "step")} of two builds: all are the same`];
  for (const { path, size, sha256 } of steps.at(-1)?.results[0].files ?? [])
    lines.push(`${printable(path)}  ${formatBytes(size)}  sha256:${sha256}`);
  return `${lines.join("\n")}\n`;
}

const jsonOf = ({ pipeline, steps, different }: Verified) => ({
  tree_id: pipeline.treeId,
  output_id: pipeline.outputId,
  steps: steps.map(({ step: { name, id }, isSame }) => ({ name, id, same: isSame })),
  ...(different === undefined
    ? { files: steps.at(-1)?.results[0].files ?? [] }
    : {
        first_difference: { name: different.step.name, id: different.step.id, ...different.difference },
      }),
});

const write = (text: string) => process.stdout.write(text);

const printJson = (value: object) => write(`${JSON.stringify(value, null, 2)}\n`);
