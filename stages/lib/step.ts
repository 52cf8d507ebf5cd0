import { spawnSync } from "node:child_process";
import { json } from "node:stream/consumers";

/** What the engine hands to a stage on standard input; docs/writing-stages.md describes each key. */
export interface StageInput<Options> {
  readonly tree: string;
  readonly options: Options;
  readonly state?: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly source_epoch: number;
  readonly id: string;
}

/** What an assembler gets: the same, the tree read-only, and an empty directory for the image. */
export interface AssemblerInput<Options> extends StageInput<Options> {
  readonly output_dir: string;
}

export const readStage = async <Options>() => (await json(process.stdin)) as StageInput<Options>;

export const readAssembler = async <Options>() => (await json(process.stdin)) as AssemblerInput<Options>;

/** Ends the program with one line that says what is wrong and what to do. */
export function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command; its output goes to the log. When it fails, so does the program. */
export function run(argv: readonly string[], { input, env }: RunOptions = {}): void {
  spawn(argv, "inherit", input, env);
}

/** Runs a command and returns what it printed, as text. When it fails, so does the program. */
export function capture(argv: readonly string[], { input, env }: RunOptions = {}): string {
  return spawn(argv, "pipe", input, env);
}

function spawn(argv: readonly string[], stdout: "inherit" | "pipe", input = "", env: RunOptions["env"] = {}): string {
  const [program = "", ...args] = argv;
  const result = spawnSync(program, args, {
    input,
    stdio: ["pipe", stdout, "inherit"],
    env: { ...process.env, ...env },
    maxBuffer: Number.MAX_SAFE_INTEGER,
    encoding: "utf8",
  });
  const problem = problemOf(argv, result);
  if (problem !== undefined) fail(problem);
  return result.stdout ?? "";
}

interface CommandEnd {
  readonly error?: Error | undefined;
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Why a command failed, if it did. */
export function problemOf(argv: readonly string[], { error, status, signal }: CommandEnd): string | undefined {
  const [program] = argv;
  if (error !== undefined) {
    const missing = "code" in error && error.code === "ENOENT";
    return missing ? `${program}: not found in the build root` : `${program}: ${error.message}`;
  }
  if (signal !== null) return `${program}: killed by ${signal}`;
  return status === 0 ? undefined : `${argv.join(" ")}: exit code ${status}`;
}
