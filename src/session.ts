import { mkdir, writeFile } from "node:fs/promises";
import { isatty } from "node:tty";
import { BuildError } from "./errors.ts";
import type { Reason, Report, StepInfo } from "./events.ts";
import { mountAll } from "./host/mounts.ts";
import type { Fingerprint } from "./pipeline/fingerprint.ts";
import type { Base, Pipeline, Step } from "./pipeline/pipeline.ts";
import { hostBuildRoot, makeMountPoints } from "./sandbox/build-root.ts";
import { nodeRuntime } from "./sandbox/node-runtime.ts";
import { type Job, runJob, runShell } from "./sandbox/run.ts";
import { archive, extract } from "./store/archives.ts";
import { readContents } from "./store/contents.ts";
import { encodeContents } from "./store/contents-file.ts";
import { type Finished, pack } from "./store/layers.ts";
import type { Layout } from "./store/layout.ts";
import { openLog } from "./store/logs.ts";
import { addDirectory } from "./store/objects.ts";
import { type Record, readRef, writeRef } from "./store/refs.ts";
import { type Layer, type NewTree, openTrees, type Tree } from "./store/trees.ts";
import { openWorkspace } from "./store/workspace.ts";

export interface BuildContext {
  readonly layout: Layout;
  readonly report: Report;
  readonly signal: AbortSignal;
  /** A tar archive that the first stage starts from. */
  readonly from?: string | undefined;
  /** Where to pack the finished tree. */
  readonly save?: string | undefined;
  /** Whether to open a shell in the tree of a stage that failed. */
  readonly debugShell?: boolean;
  /** Whether to install programs that are missing on the host. */
  readonly install?: boolean;
  /** Whether to note what an image holds, beside it. */
  readonly contents?: boolean;
  /** Where results are fetched from and saved to, beyond this store. */
  readonly remote?: Remote | undefined;
}

/** Keeps results beyond the store. None of it ever fails: where it can't help, steps are built. */
export interface Remote {
  /** Brings the first of these results that there is into the store, and returns its id. */
  readonly fetch: (
    wanted: readonly { readonly id: string; readonly fingerprint: string }[],
  ) => Promise<string | undefined>;
  /** Brings back what these programs kept when they last ran. */
  readonly bringState: (programs: readonly string[]) => Promise<void>;
  /** Notes a result that was in the store. */
  readonly known: (record: Record) => void;
  /** Saves a new result, in its own time. */
  readonly built: (record: Record) => void;
}

/** What a step is run on. */
export interface Site {
  readonly pipeline: Pipeline;
  readonly fingerprint: Fingerprint;
  readonly reason: Reason;
  /** The build root's layers; none: the host's /usr. */
  readonly root: readonly Layer[];
  /** The tree's layers. */
  readonly layers: readonly Layer[];
}

/** Runs steps and stores what they give, within one build's workspace. */
export interface Session extends AsyncDisposable {
  /** Runs a stage; its layer is at hand at once, while it is being packed in the background. */
  readonly stage: (step: Step, site: Site) => Promise<readonly Layer[]>;
  readonly assemble: (step: Step, site: Site) => Promise<void>;
  /** The layers of a pipeline's `base`. */
  readonly base: (base: Base) => Promise<readonly Layer[]>;
  /** The layer that an archive unpacks to. */
  readonly unpacked: (archive: string, digest: string, epoch: number) => Promise<readonly Layer[]>;
  /** Packs a tree into an archive. */
  readonly save: (layers: readonly Layer[], path: string, epoch: number) => Promise<void>;
  /** Waits until everything is in the store. */
  readonly stored: () => Promise<void>;
}

export async function openSession(context: BuildContext, describe: (id: string) => StepInfo): Promise<Session> {
  const { layout, report, signal } = context;
  const runtime = nodeRuntime();
  runtime.catch(() => undefined);
  const workspace = await openWorkspace(layout);
  const { namespace, directory } = workspace;
  signal.addEventListener("abort", namespace.kill, { once: true });
  if (signal.aborted) namespace.kill();
  const trees = await openTrees(namespace, layout, directory);
  const roots = new Map<string, Promise<string>>();
  /** Digests of the layers of this build that have been packed, or will be, by their directory. */
  const digests = new Map<string, Promise<string>>();
  /** One after the other: packing uses all processors by itself. */
  let packing: Promise<unknown> = Promise.resolve();
  let scratches = 0;

  return {
    stage,
    assemble,
    base,
    unpacked,
    save,
    stored: async () => void (await packing),
    [Symbol.asyncDispose]: close,
  };

  async function close(): Promise<void> {
    signal.removeEventListener("abort", namespace.kill);
    // A build that fails keeps what its earlier stages made.
    await packing.catch(() => undefined);
    await workspace[Symbol.asyncDispose]();
  }

  async function stage(step: Step, site: Site): Promise<readonly Layer[]> {
    const epoch = site.pipeline.sourceEpoch;
    const [tree] = await Promise.all([trees.create(site.layers, epoch), rootOf(site.root)]);
    const seconds = await perform(step, site, tree).catch(async (error) => {
      await tree[Symbol.asyncDispose]();
      throw error;
    });
    const finished = await finish(tree, step);
    const layers = [...site.layers, { directory: tree.upper }];
    inBackground(async () => {
      const { digest, size } = await digestOf(finished, epoch);
      const objects = await Promise.all(layers.map(objectOf));
      await store({ ...recordOf(step, site, seconds), object: digest, layers: objects, files: [], size });
    });
    return layers;
  }

  async function assemble(step: Step, site: Site): Promise<void> {
    const output = `${directory}/output`;
    await mkdir(output);
    // A raw layer lists its files in the order of the disk that it lies on, and some tools go by that; an object by name.
    await packing;
    const objects = await Promise.all(site.layers.map(objectOf));
    await using tree = await trees.get(objects.map((object) => ({ object })));
    const seconds = await perform(step, site, tree, output);
    if (context.contents) {
      const contents = await readContents(namespace.path(tree.path));
      await writeFile(layout.contents(step.id), encodeContents(contents), { mode: 0o644 });
    }
    const { digest, files, size } = await addDirectory(layout, output, site.pipeline.sourceEpoch);
    await store({ ...recordOf(step, site, seconds), object: digest, layers: [], files, size });
  }

  async function store(record: Record): Promise<void> {
    await writeRef(layout, record);
    report({ type: "stored", step: describe(record.id), bytes: record.size });
    context.remote?.built(record);
  }

  /** Runs a step's program on a tree; returns the seconds that it took. */
  async function perform(step: Step, site: Site, tree: Tree, outputDir?: string): Promise<number> {
    const info = describe(step.id);
    const { program } = step;
    report({ type: "step-started", step: info, reason: site.reason });
    const scratch = `${directory}/scratch-${scratches++}`;
    await mkdir(scratch);
    const state = program.meta.state ? layout.state(program.name) : undefined;
    if (state !== undefined) await mkdir(state, { recursive: true });
    const job: Job = {
      kind: step.kind,
      program: program.path,
      libdir: program.libdir,
      contract: program.contract,
      root: await rootOf(site.root),
      tree: tree.path,
      options: step.optionsText,
      id: step.id,
      sourceEpoch: site.pipeline.sourceEpoch,
      network: program.meta.network ?? false,
      downloads: site.pipeline.downloads,
      capabilities: program.meta.capabilities ?? [],
      scratch,
      outputDir,
      state,
      inputs: step.inputs,
      timeout: step.timeout,
    };
    const log = openLog(layout, directory, step.id);
    const started = performance.now();
    const end = await runJob(namespace, await runtime, job, (lines) => {
      log.write(lines);
      report({ type: "output", step: info, lines });
    });
    const seconds = (performance.now() - started) / 1000;
    if (signal.aborted) throw signal.reason;
    const { exitCode } = end;
    if (exitCode !== 0) report({ type: "step-failed", step: info, seconds, exitCode, lines: log.tail() });
    await log.close();
    if (exitCode === 0) {
      report({ type: "step-finished", step: info, seconds });
      return seconds;
    }
    if (context.debugShell) await runShell(namespace, await runtime, { ...job, scratch: `${scratch}-shell` });
    throw stepFailed(step, end);
  }

  /** The build root of these layers, made once. */
  function rootOf(layers: readonly Layer[]): Promise<string> {
    const key = JSON.stringify(layers);
    const root = roots.get(key) ?? makeRoot(layers, `${directory}/root-${roots.size}`);
    roots.set(key, root);
    return root;
  }

  async function makeRoot(layers: readonly Layer[], path: string): Promise<string> {
    await mkdir(path);
    if (layers.length === 0) {
      await mountAll(namespace, directory, await hostBuildRoot(path));
      return path;
    }
    await makeMountPoints(path);
    return (await trees.get(layers, path)).path;
  }

  async function base({ id, at }: Base): Promise<readonly Layer[]> {
    const record = await readRef(layout, id);
    if (record?.kind === "stage") return record.layers.map((object) => ({ object }));
    const hint = "build the pipeline that makes it first, with the same --store";
    throw new BuildError("STORE", [{ message: `the store holds no tree ${id}`, at, hint }]);
  }

  async function unpacked(path: string, digest: string, epoch: number): Promise<readonly Layer[]> {
    const stored = await readRef(layout, digest);
    if (stored !== undefined) return stored.layers.map((object) => ({ object }));
    const tree = await trees.create([], epoch);
    await extract(namespace, path, tree.upper);
    const finished = await tree.finish();
    inBackground(async () => {
      const { digest: object, size } = await digestOf(finished, epoch);
      const named = { version: 1, kind: "stage", id: digest, name: "archive", fingerprint: digest, parts: {} } as const;
      await writeRef(layout, { ...named, object, layers: [object], files: [], size, seconds: 0 });
    });
    return [{ directory: tree.upper }];
  }

  async function save(layers: readonly Layer[], path: string, epoch: number): Promise<void> {
    await using tree = await trees.get(layers);
    await archive(namespace, tree.path, path, epoch);
  }

  function inBackground(work: () => Promise<void>): void {
    packing = packing.then(work);
    // Whoever waits for it hears of a failure.
    packing.catch(() => undefined);
  }

  async function digestOf(layer: Finished, epoch: number): Promise<{ digest: string; size: number }> {
    const packed = pack(namespace, layout, layer, directory, epoch);
    const digest = packed.then((object) => object.digest);
    // It is waited for only where the packing has succeeded.
    digest.catch(() => undefined);
    digests.set(layer.upper, digest);
    return packed;
  }

  async function objectOf(layer: Layer): Promise<string> {
    if ("object" in layer) return layer.object;
    return digests.get(layer.directory) as Promise<string>;
  }
}

const recordOf = (step: Step, { fingerprint }: Site, seconds: number) => ({
  version: 1 as const,
  kind: step.kind,
  id: step.id,
  name: step.name,
  fingerprint: fingerprint.value,
  parts: fingerprint.parts,
  seconds,
});

/** A layer of what a stage has changed; where none can be made, the fault is the stage's. */
async function finish(tree: NewTree, step: Step): Promise<Finished> {
  try {
    await using changed = tree;
    return await changed.finish();
  } catch (error) {
    if (!(error instanceof BuildError && error.code === "STAGE_FAILED")) throw error;
    throw new BuildError(
      error.code,
      error.problems.map((problem) => ({ ...problem, at: step.at })),
    );
  }
}

function stepFailed(step: Step, { exitCode, timedOut }: { exitCode: number; timedOut: boolean }): BuildError {
  const message = timedOut
    ? `${step.name} was ended after its timeout of ${step.timeout} seconds`
    : `${step.name} failed with code ${exitCode}`;
  const hint = isatty(0)
    ? "run the same command with --debug-shell to look around in its tree"
    : "at a terminal, --debug-shell opens a shell in its tree";
  return new BuildError("STAGE_FAILED", [{ message, at: step.at, hint }]);
}
