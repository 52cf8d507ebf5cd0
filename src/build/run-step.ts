import { mkdir } from "node:fs/promises";
import { isatty } from "node:tty";
import type { Mirrors } from "../../stages/lib/downloads/mirrors.ts";
import { asDiskFull, BuildError, diskFull, type Problem } from "../errors.ts";
import type { StepInfo } from "../events.ts";
import type { Namespace } from "../host/namespace.ts";
import { isFull } from "../host/space.ts";
import type { Resolution, Step } from "../pipeline/pipeline.ts";
import { secretValues } from "../pipeline/secrets.ts";
import { type Reached, withDefaults } from "../sandbox/limits.ts";
import { type Network, openNetwork } from "../sandbox/network.ts";
import {
  openRuntime,
  type ProgramEnd,
  type ProgramRun,
  runProgram,
  runShell,
  type SeparateLayer,
} from "../sandbox/run.ts";
import { maskOf } from "../secrets/mask.ts";
import { archive } from "../store/archives.ts";
import type { JavaScriptFiles } from "../store/javascript.ts";
import { openLog } from "../store/logs.ts";
import { openState } from "../store/state.ts";
import type { NewTree, Tree } from "../store/trees.ts";
import type { BuildRoots } from "./build-roots.ts";
import type { BuildContext, RunSite } from "./context.ts";
import { findLeak } from "./leaks.ts";
import { type FetchRun, type LockedFiles, provideLocked } from "./locked-files.ts";
import { openSecrets } from "./secret-files.ts";

/** Runs a step's program on a tree; returns the seconds that it took. */
export type StepRunner = (step: Step, site: RunSite, tree: Tree | NewTree, extras?: Extras) => Promise<number>;

/** The further things that a program gets besides the tree. */
interface Extras {
  /** The directory for an assembler's image. */
  readonly outputDir?: string;
  /** The directory for a stage's answer, if it shall only say which packages it would install. */
  readonly resolveDir?: string;
  /** For an assembler that gets the tree's layers. */
  readonly layers?: readonly SeparateLayer[] | undefined;
}

/** The failure of a step whose changes were in memory, which ran out: on disk it may succeed. */
export class OutOfMemoryError extends Error {}

/** Runs the steps of one build, in its namespace and below its directory. */
export function openStepRunner(
  { layout, report, signal, debugShell, failedTree, remote }: BuildContext,
  { namespace, directory }: { readonly namespace: Namespace; readonly directory: string },
  rootOf: BuildRoots,
  javaScript: JavaScriptFiles,
  describe: (id: string) => StepInfo,
): StepRunner {
  const runtime = openRuntime();
  runtime.catch(() => undefined);
  let scratches = 0;
  let isWarned = false;
  /** Opened for the first step that downloads. */
  let network: Promise<Network> | undefined;
  return perform;

  async function perform(
    step: Step,
    site: RunSite,
    tree: Tree | NewTree,
    { outputDir, resolveDir, layers }: Extras = {},
  ): Promise<number> {
    const info = describe(step.id);
    const { program } = step;
    report({ type: "step-started", step: info, reason: site.reason });
    const scratch = `${directory}/scratch-${scratches++}`;
    await mkdir(scratch);
    const locked = step.lock === undefined ? undefined : await filesFor(step, step.lock, site, scratch);
    const state = program.meta.state ? await stateFor(program.name, scratch, locked) : undefined;
    const secrets = secretValues(step);
    await using files = await openSecrets(namespace, `${scratch}-secrets`, secrets);
    const mask = maskOf(secrets.values());
    const job: ProgramRun = {
      kind: step.kind,
      program: program.path,
      javaScript: await javaScript.of(program),
      libdir: program.libdir,
      contract: program.contract,
      root: await rootOf(site.root.layers),
      tree: tree.path,
      options: step.optionsText,
      id: program.meta.id === false ? undefined : step.id,
      sourceEpoch: site.pipeline.sourceEpoch,
      network: program.meta.network && locked === undefined ? await networkFor(step, site) : undefined,
      downloads: site.pipeline.downloads,
      capabilities: program.meta.capabilities ?? [],
      mounts: program.meta.mounts,
      scratch,
      outputDir,
      resolveDir,
      layers,
      locked,
      state,
      inputs: step.inputs,
      secrets: files,
      timeout: step.timeout,
      limits: step.limits,
      changes: "upper" in tree ? tree.upper : undefined,
    };
    // A run that only resolves packages leaves the log of the result as it is.
    const log = openLog(directory, resolveDir === undefined ? layout.log(step.id) : undefined);
    const [started, began] = [performance.now(), Date.now()];
    const end = await runProgram(namespace, await runtime, job, (printed) => {
      const lines = printed.map(mask);
      log.write(lines);
      report({ type: "output", step: info, lines });
    });
    const seconds = (performance.now() - started) / 1000;
    if (signal.aborted) throw signal.reason;
    const { exitCode } = end;
    const memory = "upper" in tree && tree.inMemory ? namespace.path(tree.upper) : undefined;
    if (exitCode !== 0 && memory !== undefined && (end.reached === "memory" || (await isFull(memory)))) {
      await log.close();
      throw new OutOfMemoryError();
    }
    if (end.unheld.length > 0) warnOfLimits(step, end.unheld);
    // Without a result nothing of a failed step is kept but its tree, if that is wanted.
    const isKept = exitCode === 0 || failedTree !== undefined;
    const results = !isKept ? undefined : "upper" in tree ? namespace.path(tree.upper) : outputDir;
    const leak = await findLeak(step, { results, state, began });
    const isDone = exitCode === 0 && leak === undefined;
    if (!isDone) report({ type: "step-failed", step: info, seconds, exitCode, lines: log.tail() });
    // A full disk cuts the log short.
    await log.close().catch((error) => {
      if (isDone || asDiskFull(error) === undefined) throw error;
    });
    if (isDone) {
      report({ type: "step-finished", step: info, seconds });
      return seconds;
    }
    if (leak !== undefined) throw leak;
    if (failedTree !== undefined && step.kind === "stage") await keepTree(failedTree, tree, site);
    const full = end.reached === "room" || (await isFull(directory));
    if (debugShell) await runShell(namespace, await runtime, { ...job, scratch: `${scratch}-shell` });
    throw full ? diskFull(messageOf(step, end), undefined, step.at) : stepFailed(step, end);
  }

  /** Archives the tree of a stage that failed. If that fails too, the stage's failure still matters more. */
  async function keepTree(path: string, tree: Tree, { pipeline }: RunSite): Promise<void> {
    await archive(namespace, tree.path, path, pipeline.sourceEpoch).catch((error) => {
      if (!(error instanceof BuildError)) throw error;
      report({
        type: "warning",
        problem: { message: `the failed step's tree could not be archived: ${error.message}` },
      });
    });
  }

  async function filesFor(step: Step, lock: Resolution, site: RunSite, scratch: string): Promise<LockedFiles> {
    const mirrors = (site.pipeline.downloads.mirrors ?? {}) as Mirrors;
    const run = async (fetch: FetchRun) => {
      const rest = { id: step.id, sourceEpoch: site.pipeline.sourceEpoch, capabilities: [], inputs: new Map() };
      const job = { ...fetch, ...rest, root: await rootOf(site.root.layers), network: await networkFor(step, site) };
      const said: string[] = [];
      const { exitCode } = await runProgram(namespace, await runtime, job, (lines) => {
        said.push(...lines);
        report({ type: "output", step: describe(step.id), lines });
      });
      if (signal.aborted) throw signal.reason;
      if (exitCode === 0) return;
      if (await isFull(directory)) throw diskFull(`the packages of ${step.name} don't fit`, undefined, step.at);
      throw new Error(`fetching packages ended with exit code ${exitCode}: ${said.slice(-5).join("; ")}`);
    };
    return provideLocked(step, lock, { layout, mirrors, scratch, run, remote });
  }

  /** With a lock a program keeps nothing: what it would download is in the store already. */
  async function stateFor(program: string, scratch: string, locked: LockedFiles | undefined): Promise<string> {
    if (locked === undefined) return openState(layout, program);
    await mkdir(`${scratch}/state`);
    return `${scratch}/state`;
  }

  async function networkFor(step: Step, { pipeline }: RunSite): Promise<Network> {
    network ??= openNetwork(namespace, directory, pipeline.downloads.mirrors);
    return network.catch((error) => {
      throw at(step, error, "HOST");
    });
  }

  /** Warns once per build, because the machine lacks the control groups. */
  function warnOfLimits(step: Step, unheld: readonly string[]): void {
    if (isWarned) return;
    isWarned = true;
    const message = `this machine can't hold a step to its limit of ${unheld.join(" and ")}`;
    const hint =
      "there are no control groups of the kind: on a machine with systemd, or in a privileged container, there are";
    report({ type: "warning", problem: { message, at: step.at, hint } });
  }
}

function limitReached({ name, limits }: Step, reached: Exclude<Reached, "room">): Problem {
  const limit = reached === "disk" ? limits.disk : withDefaults(limits)[reached];
  const unit = reached === "processes" ? "processes" : `bytes of ${reached}`;
  const hint = `if it needs more, give it more: "limits": {"${reached}": …} beside its name`;
  return { message: `${name} was ended at its limit of ${limit} ${unit}`, hint };
}

/** Adds the step's place to an error with this code. */
export function at(step: Step, error: unknown, code: BuildError["code"]): unknown {
  if (!(error instanceof BuildError && error.code === code)) return error;
  const problems = error.problems.map((problem) => ({ ...problem, at: step.at }));
  return new BuildError(code, problems, { cause: error });
}

const messageOf = ({ name, timeout }: Step, { exitCode, timedOut, reached }: ProgramEnd) =>
  reached === "room"
    ? `${name} was ended`
    : timedOut
      ? `${name} was ended after its timeout of ${timeout} ${timeout === 1 ? "second" : "seconds"}`
      : `${name} failed with exit code ${exitCode}`;

function stepFailed(step: Step, end: ProgramEnd): BuildError {
  if (end.reached !== undefined && end.reached !== "room")
    return new BuildError("STAGE_FAILED", [{ ...limitReached(step, end.reached), at: step.at }]);
  const hint = isatty(0)
    ? "run the same command with --debug-shell to look around in its tree"
    : "at a terminal, --debug-shell opens a shell in its tree";
  return new BuildError("STAGE_FAILED", [{ message: messageOf(step, end), at: step.at, hint }]);
}
