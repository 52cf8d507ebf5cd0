import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, resolve } from "node:path";
import type { Leftovers } from "./actions/leftovers.ts";
import { type ActionResult, newRunner, type Runner, type RunnerOptions, type RunOptions } from "./actions/runner.ts";
import { type Service, type ServiceOptions, startService } from "./actions/service.ts";

/** A repository's files, as texts or as values to be written as JSON. Scripts that begin with #! are executable. */
export type Files = Readonly<Record<string, unknown>>;

export interface JobOptions extends RunOptions, Omit<RunnerOptions, "service"> {
  /** The Action to run, by default the one at the root. */
  readonly action?: string;
  /** Examines the runner between the end of the Action and the end of the job. */
  readonly look?: (runner: Runner, result: ActionResult) => void;
}

/** A repository on GitHub: its service, and the published Action. */
export interface Repository extends AsyncDisposable {
  readonly service: Service;
  /** Runs the Action as the only step of a job, on a new runner with these files checked out. */
  readonly job: (files: Files, options?: JobOptions) => Promise<ActionResult & { readonly left: Leftovers }>;
}

const root = resolve(import.meta.dirname, "../..");

export async function newRepository(options?: ServiceOptions): Promise<Repository> {
  const directory = mkdtempSync(`${tmpdir()}/action-`);
  chmodSync(directory, 0o755);
  for (const part of ["action.yml", "lock", "plan", "dist", "stages", "assemblers"])
    cpSync(`${root}/${part}`, `${directory}/${part}`, { recursive: true });
  const service = await startService(options);
  // By default each job is a run of its own, because two jobs of one run can't have artifacts with the same name.
  let runs = 1000;
  return {
    service,
    async job(files, { action = ".", look, inputs, env, cancel, onLine, job, ...where } = {}) {
      runs++;
      await using runner = await newRunner({ ...where, job: { ref: "refs/heads/main", run: runs, ...job }, service });
      checkout(runner, { ...library, ...files });
      // The images of tests are made so quickly that by default they wouldn't be cached.
      const images = action === "." ? { "cache-images": "true" } : {};
      const run = { env, cancel, onLine, inputs: { pipeline: "web.json", libdir: "lib", ...images, ...inputs } };
      const result = await runner.run(resolve(directory, action), defined(run));
      look?.(runner, result);
      return { ...result, left: runner.finish() };
    },
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      rmSync(directory, { recursive: true });
    },
  };
}

function checkout(runner: Runner, files: Files): void {
  const from = mkdtempSync(`${tmpdir()}/checkout-`);
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(`${from}/${path}`), { recursive: true });
      const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
      writeFileSync(`${from}/${path}`, text, { mode: text.startsWith("#!") ? 0o755 : 0o644 });
    }
    runner.checkout(from);
  } finally {
    rmSync(from, { recursive: true });
  }
}

const defined = (options: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as RunOptions;

/** The leftovers of a job that leaves nothing behind. */
export const nothing: Leftovers = { temp: [], foreign: [], mounts: [], processes: [] };

/** Cheap stages that do what their options say. */
export const library: Files = {
  "lib/stages/com.example.shell.ts": `
    import { spawnSync } from "node:child_process";
    import { json } from "node:stream/consumers";
    const { tree, options } = await json(process.stdin);
    process.exit(spawnSync("/bin/sh", ["-euc", options.script], { cwd: tree, stdio: "inherit" }).status ?? 1);`,
  "lib/stages/com.example.shell.meta.json": {
    summary: "Run a script beside the tree",
    options: {
      type: "object",
      additionalProperties: false,
      required: ["script"],
      properties: { script: { type: "string", description: "The script." } },
    },
    example: { script: "true" },
  },
  "lib/stages/com.example.download.ts": `
    import { existsSync, writeFileSync } from "node:fs";
    import { json } from "node:stream/consumers";
    const { tree, state, options } = await json(process.stdin);
    for (const name of options.packages) {
      if (!existsSync(state + "/" + name)) console.log("downloading " + name);
      writeFileSync(state + "/" + name, name, { mode: 0o600 });
      writeFileSync(tree + "/" + name, name);
    }`,
  "lib/stages/com.example.download.meta.json": {
    summary: "Pretend to install packages",
    state: true,
    options: {
      type: "object",
      additionalProperties: false,
      required: ["packages"],
      properties: { packages: { type: "array", items: { type: "string" }, description: "Their names." } },
    },
    example: { packages: ["a"] },
  },
  "lib/assemblers/.keep": "",
};

export const shell = (script: string) => ({ name: "com.example.shell", options: { script } });

/** A pipeline of scripts, whose image is a tar archive. */
export const pipelineOf = (...scripts: readonly string[]) => ({
  stages: scripts.map(shell),
  assembler: { name: "org.osbuild.tar", options: { filename: "web.tar" } },
});
