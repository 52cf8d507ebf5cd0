import { access } from "node:fs/promises";
import { forbiddenInFile } from "./action/artifact-names.ts";
import type { BuilderRequest, FromBuilder, PipelineRequest, ToBuilder } from "./action/protocol.ts";
import { type Ask, type OpenRemote, openRemote } from "./action/remote.ts";
import { buildOutput } from "./build.ts";
import { loadPipeline } from "./cli/load.ts";
import { BuildError, failure, hasCode } from "./errors.ts";
import type { Report } from "./events.ts";
import { onLines } from "./host/command.ts";
import { bootPrograms, providePrograms } from "./host/packages.ts";
import type { Pipeline } from "./pipeline/pipeline.ts";
import { formatBug } from "./report/problems.ts";
import { exportOutput, isExported, requireEmpty } from "./store/exports.ts";
import { createStore, type Layout } from "./store/layout.ts";
import type { Record } from "./store/refs.ts";
import { readVerdicts, writeVerdicts } from "./store/verdicts.ts";

// The Action's builder: root's part of it, with nothing of the runner's environment; action/protocol.ts has what it
// hears and says. It ends when its standard input does: a killed Action leaves no builder behind.
process.umask(0o022);
const interrupt = new AbortController();
const replies = new Map<number, (value: unknown) => void>();
let calls = 0;
process.on("uncaughtException", fail);
onLines(process.stdin, (line) => hear(JSON.parse(line) as ToBuilder));
process.stdin.on("end", () => process.exit(1));

function hear(message: ToBuilder): void {
  switch (message.type) {
    case "start":
      void serve(message.request).then(() => process.exit(0), fail);
      return;
    case "reply":
      replies.get(message.number)?.(message.value);
      replies.delete(message.number);
      return;
    case "cancel":
      interrupt.abort();
      return;
    default:
      message satisfies never;
  }
}

function fail(bug: unknown): never {
  process.stderr.write(`${formatBug(bug)}\n`);
  process.exit(1);
}

function say(message: FromBuilder): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Builds the pipelines in turn: what they have in common, the first one builds. First it looks whether they can be. */
async function serve(request: BuilderRequest): Promise<void> {
  const layout = await createStore(request.store).catch((error) => failed(0, error));
  if (layout === undefined) return;
  const loaded: (Pipeline | undefined)[] = [];
  for (const [index, pipeline] of request.pipelines.entries())
    loaded.push(await loadOne(layout, request, index, pipeline).catch((error) => failed(index, error)));
  const remote = request.cache === null ? undefined : openRemote(layout, request.cache, ask);
  for (const [index, pipeline] of loaded.entries()) {
    if (interrupt.signal.aborted) break;
    if (pipeline !== undefined)
      await buildOne(layout, request, index, pipeline, remote).catch((error) => failed(index, error));
  }
  await remote?.done();
}

/** Reads a pipeline, and throws what is known to go wrong once it has been built. */
async function loadOne(
  layout: Layout,
  { libdirs, buildEnv, bootTest, upload }: BuilderRequest,
  index: number,
  { file, output }: PipelineRequest,
): Promise<Pipeline> {
  const none = { buildPipeline: undefined, base: undefined, mirrors: undefined };
  const verdicts = await readVerdicts(layout);
  const pipeline = await loadPipeline({ pipeline: file, libdirs, buildEnv, ...none }, verdicts);
  await writeVerdicts(layout, verdicts);
  const { treeId, outputId } = pipeline;
  const testStage = pipeline.stages.find(({ program }) => program.name === "org.osbuild.test")?.at ?? null;
  const filename = filenameOf(pipeline);
  say({ type: "loaded", pipeline: index, loaded: { treeId, outputId, filename, testStage } });
  if (bootTest) requireTest(pipeline, testStage !== null);
  if (upload) requireUploadable(pipeline, filename);
  if (outputId !== null) await requireEmpty(layout, output);
  return pipeline;
}

async function buildOne(
  layout: Layout,
  { installDependencies, bootTest, pipelines }: BuilderRequest,
  index: number,
  pipeline: Pipeline,
  remote: OpenRemote | undefined,
): Promise<void> {
  const { output } = pipelines[index] as PipelineRequest;
  say({ type: "started", pipeline: index });
  const report: Report = (event) => say({ type: "event", pipeline: index, event });
  if (bootTest) {
    const needs = bootPrograms.map((program) => ({ program, of: "boot-test" }));
    await providePrograms(needs, installDependencies ? report : undefined);
  }
  const context = {
    layout,
    signal: interrupt.signal,
    report,
    contents: true,
    install: installDependencies,
    remote: remote?.reporting(report),
  };
  const record = await buildOutput(pipeline, context, async (built) => {
    if (!(await isExported(layout, built, output))) await exportOutput(layout, built, output);
  });
  say({
    type: "built",
    pipeline: index,
    built: { files: record?.files ?? [], contents: await contentsOf(layout, record) },
  });
}

function filenameOf({ assembler }: Pipeline): string | null {
  const { filename = null } = (assembler?.options ?? {}) as { readonly filename?: unknown };
  return typeof filename === "string" ? filename : null;
}

/** An artifact takes fewer names than a file system does. */
function requireUploadable({ assembler }: Pipeline, filename: string | null): void {
  const character = filename === null ? undefined : forbiddenInFile(filename);
  if (character === undefined) return;
  const message = `${JSON.stringify(filename)} can't be uploaded as an artifact: its name contains ${JSON.stringify(character)}`;
  const hint = "rename the file in the assembler's options, or set the input upload to false or if-possible";
  throw new BuildError("INVALID", [{ message, at: assembler?.at, hint }]);
}

/** Better now than after the image has been waited for. */
function requireTest({ assembler, stages }: Pipeline, hasTest: boolean): void {
  const at = (assembler ?? stages.at(-1))?.at;
  const wrong = (message: string, hint: string) => new BuildError("INVALID", [{ message, at, hint }]);
  if (assembler === null)
    throw wrong("boot-test is on, and the pipeline makes no image", "add an assembler that makes a disk image");
  if (!hasTest)
    throw wrong(
      "boot-test is on, and nothing in the image would report how it has booted",
      "add a stage org.osbuild.test, with a script that says whether all is well",
    );
}

async function contentsOf(layout: Layout, record: Record | undefined): Promise<string | null> {
  if (record === undefined) return null;
  const path = layout.contents(record.id);
  return access(path).then(
    () => path,
    (error) => {
      if (hasCode(error, "ENOENT")) return null;
      throw error;
    },
  );
}

function failed(pipeline: number, error: unknown): undefined {
  const expected = error instanceof BuildError ? error : fullDisk(error);
  if (expected === undefined) throw error;
  say({ type: "failed", pipeline, code: expected.code, problems: expected.problems });
}

function fullDisk(error: unknown): BuildError | undefined {
  if (!hasCode(error, "ENOSPC") && !hasCode(error, "EDQUOT")) return undefined;
  return failure("HOST", `the disk is full: ${(error as Error).message}`, "give the runner more space");
}

/** Asks the main process, and waits for its reply. */
const ask: Ask = (call) => {
  const number = calls++;
  return new Promise((resolve) => {
    replies.set(number, resolve);
    say({ type: "call", number, call });
  });
};
