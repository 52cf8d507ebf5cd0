import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { type Command, execute } from "./command.ts";
import type { Measured } from "./verdict.ts";

/** Measures one line of the table, or several in the same runs. */
export type Row = (bench: Workbench) => Promise<readonly Measured[]>;

/** Prepares the attempt with this number, and returns the command to time. Each number is used once. */
export type Attempt = (number: number) => Promise<Command> | Command;

/** The seconds of each run, in the order of the turns. */
export type Runs = readonly number[];

export interface Workbench extends AsyncDisposable {
  /** The number of times that everything is timed. */
  readonly turns: number;
  /** A directory that is removed at the end. */
  readonly scratch: string;
  /** A directory that is kept, for things that take long to make and never change. */
  readonly cache: string;
  /** Runs a command that isn't timed. */
  readonly run: (command: Command) => Promise<string>;
  /** Times several ways to do the same, in turns (A B A B …), and returns the seconds of each way's runs. */
  readonly inTurns: <Way extends string>(ways: Readonly<Record<Way, Attempt>>) => Promise<Readonly<Record<Way, Runs>>>;
}

interface Settings extends Pick<Workbench, "turns"> {
  readonly signal: AbortSignal;
}

export async function openWorkbench({ signal, turns }: Settings): Promise<Workbench> {
  const cache = `${tmpdir()}/osbuild-bench`;
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const scratch = await mkdtemp(`${cache}/run-`);
  const run = async (command: Command) => (await execute(command, signal)).output;
  return {
    turns,
    scratch,
    cache,
    run,
    async inTurns<Way extends string>(ways: Readonly<Record<Way, Attempt>>) {
      const seconds = Object.fromEntries(Object.keys(ways).map((name) => [name, []])) as unknown as Record<
        Way,
        number[]
      >;
      for (let number = 1; number <= turns; number++) {
        for (const [name, attempt] of Object.entries(ways) as [Way, Attempt][]) {
          const command = await attempt(number);
          // The next way to build must not have to wait for writes of the one before.
          await run({ argv: ["sync"] });
          const took = (await execute(command, signal)).seconds;
          seconds[name].push(took);
          console.error(`  ${name}: ${took.toFixed(3)} s`);
        }
      }
      return seconds;
    },
    [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true }),
  };
}

/** The root of the repository. */
export const root = resolve(import.meta.dirname, "..");

/** The pipeline of a Debian system. */
export const sample = `${root}/samples/debian-12.json`;

/** The command line that users have: the committed bundle. */
export const osbuild = (store: string, ...args: readonly string[]): Command => ({
  argv: [process.execPath, `${root}/bin/osbuild.js`, "--store", store, ...args],
});

/** Writes a pipeline to a file, and returns its path. */
export async function writePipeline(
  { scratch }: Pick<Workbench, "scratch">,
  name: string,
  pipeline: object,
): Promise<string> {
  const path = `${scratch}/${name}.json`;
  await writeFile(path, JSON.stringify(pipeline));
  return path;
}

/** Runs a command in a mount namespace of its own, so that its mounts and loop devices end with it, in any case. */
export const unshared = ({ argv, ...rest }: Command): Command => ({
  ...rest,
  argv: ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--", ...argv],
});
