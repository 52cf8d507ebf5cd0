import { spawnSync } from "node:child_process";
import { json } from "node:stream/consumers";

/** The document that a stage gets on standard input. docs/writing-stages.md describes each key. */
export interface StageInput<Options> {
  readonly tree: string;
  readonly options: Options;
  readonly state?: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly source_epoch: number;
}

/** The document of an assembler: the same and an empty directory for the output. Its tree is read-only. */
export interface AssemblerInput<Options> extends StageInput<Options> {
  readonly output_dir: string;
  /** Only if meta.json asks for it. */
  readonly id: string;
}

/** Reads a stage's document. */
export const readStage = async <Options>() => (await json(process.stdin)) as StageInput<Options>;

/** Reads an assembler's document. */
export const readAssembler = async <Options>() => (await json(process.stdin)) as AssemblerInput<Options>;

/** Ends the program with a message that says what is wrong and what to do. */
export function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command; its output goes to the log, or to the open file `output`. If it fails, so does the program. */
export function run(argv: readonly string[], { output, ...options }: RunOptions & { readonly output?: number } = {}) {
  spawn(argv, output ?? "inherit", options);
}

/** Runs a command and returns its output as text. If it fails, so does the program. */
export const capture = (argv: readonly string[], options: RunOptions = {}): string => spawn(argv, "pipe", options);

function spawn(argv: readonly string[], stdout: "inherit" | "pipe" | number, { input = "", env }: RunOptions): string {
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

/** The reason why a command failed, if it did. */
export function problemOf(argv: readonly string[], { error, status, signal }: CommandEnd): string | undefined {
  // env only sets variables.
  const program = argv[0] === "env" ? argv.slice(1).find((word) => !word.includes("=")) : argv[0];
  if (error !== undefined) {
    const missing = "code" in error && error.code === "ENOENT";
    return missing ? `${program}: not found in the build root` : `${program}: ${error.message}`;
  }
  if (signal !== null) return `${program}: killed by ${signal}`;
  return status === 0 ? undefined : `${argv.join(" ")}: exit code ${status}`;
}
