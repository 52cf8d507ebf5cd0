import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cpSync } from "node:fs";
import { chmod, chown, copyFile, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { type ActionManifest, inputEnvironment, readAction } from "./action-yml.ts";
import { newCommandFiles, type Written } from "./command-files.ts";
import { type Job, jobEnvironment } from "./jobs.ts";
import { endJob, type Leftovers, wipe } from "./leftovers.ts";
import { githubsPatience, type Patience, runProcess, type User } from "./processes.ts";
import type { Service } from "./service.ts";
import { openStepLog, type Shown, type StepLog } from "./step-log.ts";

export interface RunnerOptions {
  readonly job?: Job;
  /** The service for its job's caches and artifacts. */
  readonly service?: Service;
  /** The user who runs the job, by default root. */
  readonly user?: User;
  readonly patience?: Patience;
  /** The name of the directory with the workspace and RUNNER_TEMP. */
  readonly work?: string;
}

export interface RunOptions {
  readonly inputs?: Readonly<Record<string, string>>;
  /** The step's own `env`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cancel?: AbortSignal;
  /** Receives every line when the Action prints it. */
  readonly onLine?: (line: string) => void;
}

export interface StepResult extends Shown, Written {
  readonly exitCode: number;
  readonly outcome: "success" | "failure" | "cancelled";
  readonly masks: readonly string[];
}

export interface ActionResult extends StepResult {
  /** The result of the post step, if the Action has one. */
  readonly post: StepResult | undefined;
}

/** A machine with an empty workspace that runs Actions as GitHub's runner does. */
export interface Runner extends AsyncDisposable {
  readonly directory: string;
  readonly workspace: string;
  readonly temp: string;
  /** Copies a directory's content into the workspace, owned by the user. */
  readonly checkout: (from: string) => void;
  /** Runs an Action in a directory that the user can read: its main step and, even if that fails, its post step. */
  readonly run: (action: string, options?: RunOptions) => Promise<ActionResult>;
  /** Ends the job. */
  readonly finish: () => Leftovers;
}

/** The environment of every job on every runner. */
const everywhere = {
  CI: "true",
  LANG: "C.UTF-8",
  GITHUB_ACTION: "__self",
  GITHUB_ACTIONS: "true",
  GITHUB_ACTOR: "octocat",
  GITHUB_API_URL: "https://api.github.com",
  GITHUB_REPOSITORY: "octocat/images",
  GITHUB_REPOSITORY_OWNER: "octocat",
  GITHUB_RETENTION_DAYS: "90",
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_SHA: "5f1d1b8e2c0e4f4b8a5d6c7e8f90a1b2c3d4e5f6",
  GITHUB_WORKFLOW: "test",
  RUNNER_ARCH: "X64",
  RUNNER_ENVIRONMENT: "self-hosted",
  RUNNER_NAME: "test",
  RUNNER_OS: "Linux",
};

export async function newRunner({
  job = { ref: "refs/heads/main" },
  service,
  user,
  patience = githubsPatience,
  work: folder = "work",
}: RunnerOptions = {}): Promise<Runner> {
  const directory = await mkdtemp(`${tmpdir()}/actions-runner-`);
  const work = `${directory}/${folder}`;
  const [workspace, temp] = [`${work}/repository`, `${work}/_temp`];
  for (const path of [directory, work, workspace, temp]) {
    await mkdir(path, { recursive: true });
    if (user !== undefined) await chown(path, user.uid, user.gid);
  }
  const node = await installNode(directory, user);
  const event = `${directory}/event.json`;
  await writeFile(event, JSON.stringify({ repository: { default_branch: "main" } }));

  const tracking = `github_${randomUUID()}`;
  const masks = new Set<string>();
  const jobEnv: Record<string, string> = {};
  let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  const environment = {
    HOME: user?.home ?? "/root",
    USER: user?.name ?? "root",
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_PATH: event,
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: `${work}/_tool`,
    RUNNER_WORKSPACE: work,
    RUNNER_TRACKING_ID: tracking,
    ...everywhere,
    ...jobEnvironment(job),
    ...service?.environment(job),
  };

  const site = { directory, workspace, temp, user, mark: `RUNNER_TRACKING_ID=${tracking}` };
  return {
    directory,
    workspace,
    temp,
    checkout,
    run,
    finish: () => endJob(site),
    [Symbol.asyncDispose]: async () => wipe(site),
  };

  function checkout(from: string): void {
    cpSync(from, workspace, { recursive: true });
    if (user !== undefined) spawnSync("chown", ["-R", `${user.uid}:${user.gid}`, workspace]);
  }

  async function run(action: string, options: RunOptions = {}): Promise<ActionResult> {
    const manifest = await readAction(action);
    const { main, post } = manifest.runs;
    const env = { ...options.env, ...inputEnvironment(manifest, options.inputs ?? {}) };
    const log = openStepLog(workspace, masks);
    warnOfUnexpected(manifest, options, log);
    const first = await step(`${action}/${main}`, env, log, options);
    if (post === undefined) return { ...first, post: undefined };
    const state = Object.entries(first.state).map(([name, value]) => [`STATE_${name}`, value]);
    const { cancel: _over, ...rest } = options;
    const last = await step(
      `${action}/${post}`,
      { ...env, ...Object.fromEntries(state) },
      openStepLog(workspace, masks),
      rest,
    );
    return { ...first, post: last };
  }

  async function step(
    script: string,
    env: Readonly<Record<string, string>>,
    log: StepLog,
    { cancel, onLine }: RunOptions,
  ): Promise<StepResult> {
    const files = await newCommandFiles(temp, user);
    const exitCode = await runProcess([node, script], {
      cwd: workspace,
      env: { PATH: path, ...environment, ...jobEnv, ...env, ...files.environment },
      user,
      cancel,
      patience,
      onLine(line) {
        log.line(line);
        onLine?.(line);
      },
    });
    const written = await files.collect(log);
    Object.assign(jobEnv, written.env);
    path = [...written.path.toReversed(), path].join(":");
    const shown = log.shown();
    const outcome = cancel?.aborted ? "cancelled" : exitCode === 0 && !shown.refused ? "success" : "failure";
    return { exitCode, outcome, ...written, ...shown, masks: [...masks] };
  }
}

/** A copy of the tests' Node.js, because another user may not have access to the original. */
async function installNode(directory: string, user: User | undefined): Promise<string> {
  if (!process.version.startsWith("v24."))
    throw new Error(`the runner needs Node 24, and this is ${process.version}: npm test`);
  if (user === undefined) return process.execPath;
  const node = `${directory}/node24`;
  await copyFile(process.execPath, node);
  await chmod(node, 0o755);
  return node;
}

function warnOfUnexpected({ inputs }: ActionManifest, options: RunOptions, log: StepLog): void {
  const names = Object.keys(options.inputs ?? {}).filter((name) => !(name in inputs));
  const valid = Object.keys(inputs).join("', '");
  if (names.length > 0)
    log.line(`::warning::Unexpected input(s) '${names.join("', '")}', valid inputs are ['${valid}']`);
}
