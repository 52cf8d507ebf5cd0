import { resolve } from "node:path";
import { build } from "../build/build.ts";
import {
  type BuildFiles,
  buildElsewhere,
  type Comparison,
  compareBuilds,
  provideImages,
  refuseBase,
  unlike,
} from "../build/verify.ts";
import { BuildError } from "../errors.ts";
import type { Report } from "../events.ts";
import { loadPipeline } from "../pipeline/load.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { Environment } from "../registry/credentials.ts";
import { formatBytes, formatCount } from "../report/format.ts";
import { jsonFailure } from "../report/json.ts";
import { printable } from "../report/problems.ts";
import { textReport } from "../report/text.ts";
import { createStore } from "../store/layout.ts";
import { openWorkspace } from "../store/workspace.ts";
import { painter } from "./color.ts";
import type { PipelineArguments } from "./command.ts";
import { type Caller, withBeyond } from "./remote.ts";
import { wrong } from "./values.ts";
import { warn } from "./warn.ts";

type VerifyArguments = PipelineArguments & { readonly json: boolean };

/** `osbuild verify`: builds a pipeline twice from nothing, and fails unless every step gives the same bits. */
export async function verifyCommand(args: VerifyArguments, signal: AbortSignal, env: Environment): Promise<void> {
  const verified = await buildTwice(args, { signal, env }).catch((error) => {
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
async function buildTwice(args: VerifyArguments, { signal, env }: Caller): Promise<Verified> {
  if (args.pipeline === "-") throw wrong("`osbuild verify` reads the pipeline twice, which stdin can't", "name a file");
  const pipeline = await loadPipeline(args, new Set());
  refuseBase(pipeline);
  await using workspace = await openWorkspace(await createStore(args.store), warn);
  const stores = [
    await createStore(`${workspace.directory}/first`),
    await createStore(`${workspace.directory}/second`),
  ] as const;
  const [first, second] = stores;
  await watched(args, (report) =>
    withBeyond(undefined, first, { env, signal, report, steps: [] }, async ({ pull }) => {
      await build(pipeline, { layout: first, report, signal, pull });
      await provideImages(pipeline, { layout: second, report: () => undefined, signal, pull });
    }),
  );
  if (!args.json)
    write("\nagain, with another host name, time zone, locale, umask and directory, and on one processor\n");
  const program = process.argv[1] as string;
  await buildElsewhere(pipeline, { layout: second, workspace, program, files: absolute(args), signal });
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

/** Prints the events of some work, unless JSON is wanted. */
async function watched({ json }: VerifyArguments, work: (report: Report) => Promise<void>): Promise<void> {
  if (json) return work(() => undefined);
  const output = {
    write,
    paint: painter(process.stdout),
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  };
  const text = textReport(output, "normal");
  try {
    await work(text.report);
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
