import { resolve } from "node:path";
import type { Budget } from "../build/budget.ts";
import { buildOutput } from "../build/build.ts";
import { BuildError, failure } from "../errors.ts";
import type { Report } from "../events.ts";
import { traceCommands } from "../host/trace.ts";
import { loadPipeline } from "../pipeline/load.ts";
import { allSteps, hasImageBase, type Pipeline } from "../pipeline/pipeline.ts";
import { requireSecrets, unusedSecrets } from "../pipeline/secrets.ts";
import type { Environment } from "../registry/credentials.ts";
import { formatBytes } from "../report/format.ts";
import { jsonFailure, jsonResult } from "../report/json.ts";
import { printable } from "../report/problems.ts";
import { stepResults } from "../report/step-results.ts";
import { textReport } from "../report/text.ts";
import { sbomDocuments, sbomPaths } from "../sbom/documents.ts";
import type { SbomFormat } from "../sbom/formats.ts";
import { exportFile, exportOutput, isExported, requireEmpty } from "../store/exports.ts";
import { createStore, type Layout, layoutOf } from "../store/layout.ts";
import { readLog } from "../store/logs.ts";
import type { StoredResult } from "../store/refs.ts";
import { readVerdicts, writeVerdicts } from "../store/verdicts.ts";
import { requireArchives } from "./archives.ts";
import { bootLine } from "./boot-line.ts";
import { budgetIn } from "./budget.ts";
import { painter } from "./color.ts";
import type { BuildArguments } from "./command.ts";
import type { Beyond, Caller } from "./remote.ts";
import { requireSteps } from "./values.ts";

/** `osbuild build`: reports as text, or as one JSON document, even if the build fails. */
export async function buildCommand(args: BuildArguments, signal: AbortSignal, env: Environment): Promise<void> {
  if (args.debug) traceCommands((line) => process.stderr.write(`${line}\n`));
  if (args.report === "text") return toText(await prepare(args), args, { signal, env });
  const prepared = await prepare(args).catch((error) => {
    if (error instanceof BuildError) printJson(jsonFailure(error));
    throw error;
  });
  return toJson(prepared, args, { signal, env });
}

/** The start of a build, after all arguments have been checked. */
interface Prepared {
  readonly pipeline: Pipeline;
  readonly layout: Layout;
  readonly target: Target;
  readonly budget: Budget | undefined;
}

async function prepare(args: BuildArguments): Promise<Prepared> {
  const verdicts = await readVerdicts(layoutOf(args.store));
  const loaded = await loadPipeline(args, verdicts);
  requireSecrets(loaded);
  const unused = unusedSecrets([loaded], args.secrets ?? new Map());
  const pipeline = { ...loaded, warnings: [...loaded.warnings, ...unused] };
  requireSteps(pipeline, args.freshness.refresh);
  await requireArchives(args);
  requireImage(pipeline, args);
  const layout = await createStore(args.store);
  await writeVerdicts(layout, verdicts);
  const target = targetOf(pipeline, args.output);
  if (target.type === "directory") await requireEmpty(layout, target.path);
  return { pipeline, layout, target, budget: await budgetIn(layout, args.budget) };
}

/** Checks that there will be an image beside which the SBOMs can be. */
export function requireImage({ assembler, stages }: Pipeline, { sbom, output }: BuildArguments): void {
  if (sbom.length === 0) return;
  const wrong = (message: string, hint: string) =>
    new BuildError("INVALID", [{ message, at: (assembler ?? stages.at(-1))?.at, hint }]);
  if (assembler === null) throw wrong("--sbom is given, but the pipeline makes no image", "add an assembler");
  if (output === undefined)
    throw failure("INVALID", "--sbom writes beside the image", "name a directory for both with --output");
}

/** The destination of an output. */
type Target =
  | { readonly type: "directory" | "file"; readonly path: string }
  /** The output stays in the store. */
  | { readonly type: "store" };

async function buildAndDeliver(prepared: Prepared, args: BuildArguments, { signal, env }: Caller, report: Report) {
  const { pipeline, layout, target } = prepared;
  const { from, save, sbom, room } = args;
  const debugShell = args.debugShell && process.stdin.isTTY;
  const { budget } = prepared;
  const contents = sbom.length > 0 || budget !== undefined ? ("required" as const) : undefined;
  const freshness = { ...args.freshness, started: Date.now() };
  const context = { layout, signal, report, from, save, debugShell, room, contents, freshness, budget };
  const build = (beyond: Beyond = {}) =>
    buildOutput(pipeline, { ...context, ...beyond }, (record) => deliver(layout, record, target, sbom));
  if (args.remote === undefined && !hasImageBase(pipeline)) return build();
  const { withBeyond } = await import("./remote.ts");
  const ids = allSteps(pipeline).map(({ id }) => id);
  return withBeyond(args.remote, layout, { env, signal, report, steps: ids }, build);
}

async function deliver(
  layout: Layout,
  record: StoredResult,
  target: Target,
  sbom: readonly SbomFormat[],
): Promise<void> {
  if (target.type === "store") return;
  if (target.type === "file") return exportFile(layout, record, target.path);
  const documents = await sbomDocuments(layout, record, sbom);
  if (await isExported(layout, record, target.path, documents)) return;
  return exportOutput(layout, record, target.path, documents);
}

/** The destination of the output. In pipelines of June 2019 the stage that writes the image names it as `target`. */
function targetOf(pipeline: Pipeline, output: string | undefined): Target {
  if (output !== undefined) return { type: "directory", path: resolve(output) };
  const options = pipeline.assembler?.options;
  const named = typeof options === "object" && options !== null && "target" in options ? options.target : undefined;
  return typeof named === "string" ? { type: "file", path: resolve(named) } : { type: "store" };
}

async function toText(prepared: Prepared, args: BuildArguments, given: Caller): Promise<void> {
  const { write, isTTY, columns } = process.stdout;
  const output = {
    write: write.bind(process.stdout),
    paint: painter(process.stdout),
    columns: isTTY ? columns : undefined,
  };
  const text = textReport(output, args.verbosity);
  try {
    const record = await buildAndDeliver(prepared, args, given, text.report);
    text.close();
    if (args.verbosity !== "quiet") output.write(await resultText(prepared, record, args.sbom));
  } catch (error) {
    text.close();
    throw error;
  }
}

async function resultText(
  { pipeline, layout, target }: Prepared,
  record: StoredResult | undefined,
  sbom: readonly SbomFormat[],
): Promise<string> {
  const lines = ["", `tree id: ${pipeline.treeId ?? "none"}`];
  if (record !== undefined) {
    const directory = target.type === "directory" ? target.path : layout.object(record.object);
    lines.push(`output id: ${record.id}`);
    for (const { path, size, sha256 } of record.files) {
      const place = target.type === "file" ? target.path : `${directory}/${path}`;
      lines.push(`${printable(place)}  ${formatBytes(size)}  sha256:${sha256}`);
      if (record.name.endsWith("qemu")) lines.push(...(await bootLine(pipeline, path, place)));
    }
    for (const path of sbomPaths(record, sbom)) lines.push(`${printable(`${directory}/${path}`)}  SBOM`);
  }
  return `${lines.join("\n")}\n`;
}

async function toJson(prepared: Prepared, args: BuildArguments, given: Caller): Promise<void> {
  const { pipeline, layout, target } = prepared;
  const ended = stepResults();
  const result = async () => {
    const logs = new Map<string, string>();
    for (const { id } of allSteps(pipeline)) logs.set(id, (await readLog(layout.log(id))) ?? "");
    const all = ended.all();
    const { engineSeconds } = await import("../report/spent.ts");
    const results = new Map(all.map(({ step, result }) => [step.id, result]));
    return jsonResult(
      pipeline,
      { results, engine: engineSeconds(all), logs },
      target.type === "store" ? null : target.path,
    );
  };
  try {
    await buildAndDeliver(prepared, args, given, ended.add);
  } catch (error) {
    if (error instanceof BuildError) printJson({ ...(await result()), ...jsonFailure(error) });
    throw error;
  }
  printJson(await result());
}

const printJson = (value: object) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
