import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { type Command, execute } from "./command.ts";
import { median } from "./median.ts";
import type { Line } from "./table.ts";

/** Measures one line of the table, or several in the same runs. */
export type Row = (bench: Workbench) => Promise<readonly Line[]>;

/** Prepares the attempt with this number, and returns the command to time. Each number is used once. */
export type Attempt = (number: number) => Promise<Command> | Command;

export interface Workbench extends AsyncDisposable {
  /** A directory that is removed at the end. */
  readonly scratch: string;
  /** A directory that is kept, for things that take long to make and never change. */
  readonly cache: string;
  /** Runs a command that isn't timed. */
  readonly run: (command: Command) => Promise<string>;
  /** Times several ways to do the same, in turns (A B A B …), and returns the median of each in seconds. */
  readonly inTurns: (ways: Readonly<Record<string, Attempt>>, usual?: number) => Promise<readonly number[]>;
}

interface Settings {
  readonly signal: AbortSignal;
  /** The number of times that everything is timed. By default, each row decides. */
  readonly runs: number | undefined;
}

export async function openWorkbench({ signal, runs }: Settings): Promise<Workbench> {
  const cache = `${tmpdir()}/osbuild-bench`;
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const scratch = await mkdtemp(`${cache}/run-`);
  const run = async (command: Command) => (await execute(command, signal)).output;
  return {
    scratch,
    cache,
    run,
    async inTurns(ways, usual = 5) {
      const names = Object.keys(ways);
      const seconds = new Map(names.map((name) => [name, [] as number[]]));
      for (let number = 1; number <= (runs ?? usual); number++) {
        for (const [name, attempt] of Object.entries(ways)) {
          const command = await attempt(number);
          // The next way to build must not have to wait for writes of the one before.
          await run({ argv: ["sync"] });
          const took = (await execute(command, signal)).seconds;
          seconds.get(name)?.push(took);
          console.error(`  ${name}: ${took.toFixed(3)} s`);
        }
      }
      return names.map((name) => median(seconds.get(name) ?? []));
    },
    [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true }),
  };
}

/** The root of the repository. */
export const root = resolve(import.meta.dirname, "..");

/** The command line that users have: the committed bundle. */
export const osbuild = (store: string, ...args: readonly string[]): Command => ({
  argv: [process.execPath, `${root}/bin/osbuild.js`, "--store", store, ...args],
});

/** Writes a pipeline to a file, and returns its path. */
export async function writePipeline({ scratch }: Workbench, name: string, pipeline: object): Promise<string> {
  const path = `${scratch}/${name}.json`;
  await writeFile(path, JSON.stringify(pipeline));
  return path;
}

/** Runs a command in a mount namespace of its own, so that its mounts and loop devices end with it, in any case. */
export const unshared = ({ argv, ...rest }: Command): Command => ({
  ...rest,
  argv: ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--", ...argv],
});
