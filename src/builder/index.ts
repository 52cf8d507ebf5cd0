import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { announceCached } from "../build/announce.ts";
import { buildOutput } from "../build/build.ts";
import { type Freshness, unknownSteps } from "../build/freshness.ts";
import { buildElsewhere, compareBuilds, provideAll, provideImages, refuseBase, unlike } from "../build/verify.ts";
import { unknownCheckpoints } from "../cache/checkpoints.ts";
import { oldestIn, type Wanted } from "../cache/entries.ts";
import { inTurn } from "../cache/in-turn.ts";
import { type Ask, type OpenRemote, openRemote } from "../cache/remote.ts";
import type { CacheRequest } from "../cache/request.ts";
import { asDiskFull, BuildError } from "../errors.ts";
import type { CacheName, Report } from "../events.ts";
import { onLines } from "../host/command.ts";
import { handOver } from "../host/hand-over.ts";
import { bootNeeds, providePrograms } from "../host/packages.ts";
import { traceCommands } from "../host/trace.ts";
import { forbiddenInArtifacts } from "../image/file-name.ts";
import { type Fingerprint, fingerprints } from "../pipeline/fingerprint.ts";
import { libraryOf, loadPipeline } from "../pipeline/load.ts";
import { materialsOf } from "../pipeline/materials.ts";
import { allSteps, innermostFirst, type Pipeline, type Step } from "../pipeline/pipeline.ts";
import { requireSecrets, unusedSecrets } from "../pipeline/secrets.ts";
import type { Pull, PullAnswer } from "../registry/pull.ts";
import { formatBug } from "../report/problems.ts";
import { sbomDocuments, sbomPaths } from "../sbom/documents.ts";
import { type Secrets, secretOf } from "../secrets/secret.ts";
import { exportOutput, isExported, requireEmpty } from "../store/exports.ts";
import { createStore, type Layout } from "../store/layout.ts";
import type { StoredResult } from "../store/refs.ts";
import { readToolDigests, writeToolDigests } from "../store/tools.ts";
import { readVerdicts, writeVerdicts } from "../store/verdicts.ts";
import { openWorkspace } from "../store/workspace.ts";
import { budgetOf } from "./budget.ts";
import { handOverContents, handOverLogs } from "./hand-over.ts";
import type { BuilderRequest, FromBuilder, Origin, PipelineRequest, ToBuilder } from "./protocol.ts";
import { buildSideBySide, type Candidate, defaultJobs } from "./schedule.ts";

// The Action's builder runs as root, without the runner's environment; protocol.ts has its messages. It ends when its
// standard input does, so a killed Action leaves no builder behind.
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

/** Loads all pipelines, then builds them side by side. */
async function serve(request: BuilderRequest): Promise<void> {
  if (request.debug) traceCommands((line) => say({ type: "debug", line }));
  const layout = await createStore(request.store).catch((error) => failed(0, error));
  if (layout === undefined) return;
  const secrets = new Map(request.secrets.map(({ name, value }) => [name, secretOf(value)]));
  const loaded: (Pipeline | undefined)[] = [];
  for (const [index, pipeline] of request.pipelines.entries())
    loaded.push(await loadOne(layout, { ...request, secrets }, index, pipeline).catch((error) => failed(index, error)));
  if (!loaded.includes(undefined)) {
    const unknown = await unknownCheckpoints(
      (request.cache ?? request.remote)?.checkpoints ?? "auto",
      libraryOf(request.libdirs),
    );
    if (unknown.length > 0) return failed(0, new BuildError("INVALID", unknown));
    const all = loaded.filter((pipeline) => pipeline !== undefined);
    const problems = unknownSteps(all, request.freshness.refresh);
    if (problems.length > 0) return failed(0, new BuildError("INVALID", problems));
    for (const problem of unusedSecrets(all, secrets))
      say({ type: "event", pipeline: 0, event: { type: "warning", problem } });
  }
  const candidates = await candidatesOf(layout, loaded);
  const built = new Set<number>();
  const memory = process.availableMemory();
  const jobs = Math.max(1, Math.min(request.jobs ?? defaultJobs(memory), candidates.size));
  const freshness = { ...request.freshness, started: Date.now() };
  // A pipeline whose image is the last upload has no tree in the store, where one that starts from it looks.
  const pipelines = [...candidates.values()].every(isKnown)
    ? request.pipelines
    : request.pipelines.map((pipeline) => ({ ...pipeline, uploaded: null }));
  const given = { ...request, pipelines, freshness, memory: Math.floor(memory / jobs) };
  const remote = remoteOf(layout, request);
  await buildSideBySide(candidates, jobs, async (index, hear) => {
    if (interrupt.signal.aborted) return;
    say({ type: "started", pipeline: index });
    const report: Report = (event) => {
      say({ type: "event", pipeline: index, event });
      hear(event);
    };
    const candidate = candidates.get(index) as Candidate;
    await buildOne(layout, given, index, candidate, remote, report).then(
      () => built.add(index),
      (error) => failed(index, error),
    );
    say({ type: "ended", pipeline: index });
  });
  if (remote === undefined) return;
  await remote.done();
  for (const index of built) {
    const origin = originOf(candidates.get(index) as Candidate, remote);
    if (origin !== undefined) say({ type: "origin", pipeline: index, origin });
  }
}

/**
 * The origin of an image, if the cache has what making it again takes: the image itself, or its tree and the trees of
 * the build pipelines.
 */
function originOf(candidate: Candidate, remote: OpenRemote): Origin | undefined {
  const { assembler } = candidate.pipeline;
  if (assembler === null || !isKnown(candidate)) return undefined;
  const image = resultOf(candidate, assembler);
  const own = remote.entriesOf([image]);
  const last = innermostFirst(candidate.pipeline).flatMap(({ stages }) => stages.slice(-1));
  const trees = last.map((stage) => remote.entriesOf([resultOf(candidate, stage)]));
  if (own.length === 0 && (trees.length === 0 || trees.some(({ length }) => length === 0))) return undefined;
  return { ...image, entries: [...new Set([...own, ...trees.flat()])].sort() };
}

const resultOf = ({ fingerprints: known }: Candidate, step: Step): Wanted => ({
  id: step.id,
  fingerprint: (known.get(step) as Fingerprint).value,
});

/** Whether a pipeline's fingerprints are known before it is built. A base may be built just now, unless it is an image. */
const isKnown = ({ pipeline }: Candidate) => innermostFirst(pipeline).every(({ base }) => base === null || base.image);

/**
 * The pipelines that could be loaded, by their index. Their fingerprints are taken before any of them installs a tool,
 * so that shared steps have the same.
 */
async function candidatesOf(layout: Layout, loaded: readonly (Pipeline | undefined)[]) {
  const starts = { baseFingerprint: async () => null, archive: null };
  const tools = await readToolDigests(layout);
  const toolsBefore = tools.size;
  const candidates = new Map<number, Candidate>();
  for (const [index, pipeline] of loaded.entries()) {
    if (pipeline === undefined) continue;
    candidates.set(index, { pipeline, fingerprints: await fingerprints(pipeline, starts, tools) });
  }
  if (tools.size > toolsBefore) await writeToolDigests(layout, tools);
  return candidates;
}

type LoadRequest = Omit<BuilderRequest, "secrets"> & { readonly secrets: Secrets };

/** Reads a pipeline, and throws problems that would otherwise only show after the build. */
async function loadOne(
  layout: Layout,
  { libdirs, buildEnv, mirrors, variables, secrets, bootTest, verify, sbom, attest, upload }: LoadRequest,
  index: number,
  { file, output }: PipelineRequest,
): Promise<Pipeline> {
  const none = { buildPipeline: undefined, base: undefined };
  const verdicts = await readVerdicts(layout);
  const pipeline = await loadPipeline(
    { pipeline: file, libdirs, buildEnv, mirrors, variables, secrets, ...none },
    verdicts,
  );
  await writeVerdicts(layout, verdicts);
  const { treeId, outputId } = pipeline;
  const testStage = pipeline.stages.find(({ program }) => program.name === "org.osbuild.test")?.at ?? null;
  const filename = filenameOf(pipeline);
  const others = [buildEnv, mirrors].filter((other) => other !== undefined);
  const materials = attest ? await materialsOf(file, others, pipeline) : null;
  say({ type: "loaded", pipeline: index, loaded: { treeId, outputId, filename, testStage, materials } });
  requireSecrets(pipeline);
  if (verify) refuseBase(pipeline);
  if (bootTest !== null) requireTest(pipeline, testStage !== null || bootTest.script);
  if (sbom.length > 0) requireImage(pipeline, "sbom");
  if (attest) requireImage(pipeline, "attest");
  if (upload) requireUploadable(pipeline, filename);
  if (outputId !== null) await requireEmpty(layout, output);
  return pipeline;
}

/** A request, and what has been worked out for each of its builds. */
interface Given extends BuilderRequest {
  readonly freshness: Freshness;
  /** The bytes of memory that a build can have for itself. */
  readonly memory: number;
}

async function buildOne(
  layout: Layout,
  request: Given,
  index: number,
  candidate: Candidate,
  remotes: OpenRemote | undefined,
  report: Report,
): Promise<void> {
  const { pipeline } = candidate;
  const { installDependencies, bootTest, verify, sbom, attest, pipelines, transfer, freshness, memory } = request;
  const { output, since, failedTree, uploaded } = pipelines[index] as PipelineRequest;
  if (uploaded !== null && (await isUploaded(candidate, uploaded, remotes))) {
    announceCached(pipeline, oldestIn(uploaded.entries), report);
    return say({ type: "unchanged", pipeline: index });
  }
  const budget = await budgetOf(request.budget, since);
  const ids = allSteps(pipeline).map(({ id }) => id);
  const remote = remotes?.reporting(report, ids);
  // Most images are for the architecture that builds them. The boot test itself looks at the image.
  if (bootTest !== null)
    await providePrograms(bootNeeds(process.arch, bootTest), installDependencies ? report : undefined);
  const context = {
    layout,
    signal: interrupt.signal,
    report,
    contents: sbom.length > 0 || attest || budget !== undefined ? ("required" as const) : ("recorded" as const),
    budget,
    install: installDependencies,
    failedTree: failedTree ?? undefined,
    remote,
    pull,
    fingerprints: isKnown(candidate) ? candidate.fingerprints : undefined,
    freshness,
    memory,
  };
  let contents: string | null = null;
  const deliver = async (built: StoredResult) => {
    const documents = await sbomDocuments(layout, built, sbom);
    if (!(await isExported(layout, built, output, documents))) await exportOutput(layout, built, output, documents);
    contents = await handOverContents(layout, built.id, transfer);
  };
  const record = await buildOutput(pipeline, context, deliver).finally(async () => {
    remote?.ended();
    await handOverLogs(layout, ids, transfer);
    if (failedTree !== null && existsSync(failedTree)) await handOver(failedTree, transfer);
  });
  const files = record?.files ?? [];
  const sboms = record === undefined ? [] : sbomPaths(record, sbom);
  say({ type: "built", pipeline: index, built: { files, sboms, contents } });
  if (verify) await verifyOne(layout, request, index, pipeline, report);
}

/** Whether a pipeline would make the branch's last upload again, of what the cache still has. */
async function isUploaded(
  candidate: Candidate,
  { id, fingerprint, entries }: Origin,
  remote: OpenRemote | undefined,
): Promise<boolean> {
  const { assembler } = candidate.pipeline;
  if (assembler === null || remote === undefined) return false;
  const wanted = resultOf(candidate, assembler);
  return wanted.id === id && wanted.fingerprint === fingerprint && (await remote.has(entries));
}

/** Builds a pipeline once more, from nothing and as on another machine. Throws unless that gives the same bits. */
async function verifyOne(
  layout: Layout,
  { installDependencies, libdirs, buildEnv, mirrors, variables, pipelines }: BuilderRequest,
  index: number,
  pipeline: Pipeline,
  report: Report,
): Promise<void> {
  const { file } = pipelines[index] as PipelineRequest;
  await using workspace = await openWorkspace(layout, (problem) => report({ type: "warning", problem }));
  const second = await createStore(`${workspace.directory}/second`);
  await provideAll(pipeline, second, installDependencies ? report : undefined);
  await provideImages(pipeline, {
    layout: second,
    report,
    signal: interrupt.signal,
    install: installDependencies,
    pull,
  });
  const files = { pipeline: file, libdirs, buildEnv, mirrors, variables };
  await buildElsewhere(pipeline, { layout: second, workspace, program: commandLine, files, signal: interrupt.signal });
  const { steps: compared, different } = await compareBuilds(pipeline, [layout, second], workspace);
  if (different !== undefined) throw unlike(different);
  say({ type: "verified", pipeline: index, steps: compared.length });
}

/** The command line is beside the builder, in the sources and in the bundles. */
const builderFile = process.argv[1] as string;
const commandLine = resolve(builderFile, `../../cli/index${extname(builderFile)}`);

function filenameOf({ assembler }: Pipeline): string | null {
  const { filename = null } = (assembler?.options ?? {}) as { readonly filename?: unknown };
  return typeof filename === "string" ? filename : null;
}

/** Checks the image's name: artifacts allow fewer characters than file systems. */
function requireUploadable({ assembler }: Pipeline, filename: string | null): void {
  const character = filename === null ? undefined : filename.match(forbiddenInArtifacts)?.[0];
  if (character === undefined) return;
  const message = `${JSON.stringify(filename)} can't be uploaded as an artifact: its name contains ${JSON.stringify(character)}`;
  const hint = "rename the file in the assembler's options, or set the input upload to false or if-possible";
  throw new BuildError("INVALID", [{ message, at: assembler?.at, hint }]);
}

/** Checks before the build that there will be an image for what an input asks. */
function requireImage({ assembler, stages }: Pipeline, input: string): void {
  if (assembler !== null) return;
  const message = `${input} is set, but the pipeline makes no image`;
  throw new BuildError("INVALID", [{ message, at: stages.at(-1)?.at, hint: "add an assembler" }]);
}

/** Checks before the build that the boot test has an image, and a stage or a script that tests it. */
function requireTest({ assembler, stages }: Pipeline, hasTest: boolean): void {
  const at = (assembler ?? stages.at(-1))?.at;
  const wrong = (message: string, hint: string) => new BuildError("INVALID", [{ message, at, hint }]);
  if (assembler === null)
    throw wrong("boot-test is on, but the pipeline makes no image", "add an assembler that makes a disk image");
  if (!hasTest)
    throw wrong(
      "boot-test is on, but nothing in the image reports whether it booted",
      "add a stage org.osbuild.test with a script that checks the booted system, or set the input boot-script",
    );
}

function failed(pipeline: number, error: unknown): undefined {
  const expected = error instanceof BuildError ? error : asDiskFull(error);
  if (expected === undefined) throw error;
  say({ type: "failed", pipeline, code: expected.code, problems: expected.problems });
}

/** Opens the caches that the request allows. The remote comes first. */
function remoteOf(layout: Layout, { cache, remote, transfer }: BuilderRequest): OpenRemote | undefined {
  const open = (name: CacheName, request: CacheRequest | null) =>
    request === null ? [] : [openRemote(layout, { name, request, transfer, ask: asking(name) })];
  const [first, second] = [...open("remote", remote), ...open("cache", cache)];
  return first === undefined || second === undefined ? first : inTurn(first, second);
}

/** Calls a cache by the main process. */
const asking =
  (to: CacheName): Ask =>
  (call) =>
    ask((number) => ({ type: "call", number, to, call }));

/** Calls a registry by the main process. */
const pull: Pull = async (call) => (await ask((number) => ({ type: "pull", number, call }))) as PullAnswer;

/** Says something to the main process and waits for its reply. */
function ask(messageOf: (number: number) => FromBuilder): Promise<unknown> {
  const number = calls++;
  return new Promise((resolve) => {
    replies.set(number, resolve);
    say(messageOf(number));
  });
}
