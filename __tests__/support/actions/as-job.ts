import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { type Job, jobEnvironment } from "./jobs.ts";
import type { Service } from "./service.ts";

/** A machine with an empty workspace, on which this process is the Action, to call the clients directly. */
export interface Machine extends AsyncDisposable {
  readonly workspace: string;
  /** The clients' output since the last call. */
  readonly said: () => string;
  /**
   * Calls a client as an Action of this job does, one at a time, because they share the environment and the directory.
   */
  readonly as: <T>(job: Job, call: () => Promise<T>) => Promise<T>;
}

export async function newMachine(service: Service): Promise<Machine> {
  const directory = await mkdtemp(`${tmpdir()}/actions-machine-`);
  const [workspace, temp] = [`${directory}/workspace`, `${directory}/temp`];
  for (const path of [workspace, temp]) await mkdir(path);
  let output = "";
  return {
    workspace,
    said() {
      const said = output;
      output = "";
      return said;
    },
    as,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };

  async function as<T>(job: Job, call: () => Promise<T>): Promise<T> {
    const { cwd, env, stdout } = { cwd: process.cwd(), env: process.env, stdout: process.stdout.write };
    process.chdir(workspace);
    process.env = {
      PATH: env.PATH,
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: temp,
      ...jobEnvironment(job),
      ...service.environment(job),
    };
    process.stdout.write = (chunk: string | Uint8Array) => {
      output += String(chunk);
      return true;
    };
    try {
      return await call();
    } finally {
      process.chdir(cwd);
      process.env = env;
      process.stdout.write = stdout;
    }
  }
}
