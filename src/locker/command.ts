import { lastError } from "../action/cache/failures.ts";
import { startAsRoot } from "../action/root-process.ts";
import { BuildError, type ErrorCode, failure } from "../errors.ts";
import { foreignOutput } from "../report/actions.ts";
import type { StepChanges } from "../report/lock.ts";

/** The start of the command line. */
export interface CommandSite {
  /** The action's own directory. */
  readonly directory: string;
  readonly path: string;
  /** The command line's program. */
  readonly program: string;
  readonly signal: AbortSignal;
}

/** The output of `osbuild lock --json`. */
export interface Locked {
  readonly lock: string;
  readonly changed: boolean;
  readonly steps: readonly StepChanges[];
}

interface Failed {
  readonly success: false;
  readonly error: ErrorCode;
  readonly problems: readonly {
    readonly message: string;
    readonly hint?: string;
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
    readonly length?: number;
  }[];
}

/**
 * Runs the command line beside a process that interrupts it when a line comes, or when the standard input ends. Once
 * the command line has ended, so does the shell, and with it everything in its process namespace.
 */
const guarded = `
exec 3<&0
"$@" 3<&- &
command=$!
{ read -r _ <&3; kill -TERM $command; } &
wait $command
`;

/** Runs `osbuild lock --update` as root, with these arguments. Throws the problems that it reports. */
export async function runLock(args: readonly string[], site: CommandSite): Promise<Locked> {
  const { directory, path, program, signal } = site;
  const [printed, said]: [string[], string[]] = [[], []];
  const command = [process.execPath, program, "lock", "--update", "--json", `--store=${directory}/store`, ...args];
  const { say, ended } = await startAsRoot(["sh", "-c", guarded, "sh", ...command], {
    directory,
    path,
    onLine: (line) => printed.push(line),
    onError: (line) => said.push(line),
  });
  const cancel = () => say("cancel");
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  const { exitCode, message, refusal } = await ended;
  signal.removeEventListener("abort", cancel);
  if (said.length > 0) printForeign(said);
  if (signal.aborted) throw failure("INTERRUPTED", "interrupted");
  if (refusal !== undefined) throw refusal;
  const answer = parse(printed.join("\n"));
  if (answer !== undefined && "lock" in answer) return answer;
  if (answer !== undefined) throw asError(answer);
  const reason = lastError(said.join("\n")) ?? message;
  throw failure("HOST", `\`osbuild lock\` ended with exit code ${exitCode ?? "none"}: ${reason}`);
}

/** Prints warnings, and the last lines of a stage that failed. */
function printForeign(lines: readonly string[]): void {
  const output = foreignOutput();
  output.print(lines);
  output.resume();
}

function parse(text: string): Locked | Failed | undefined {
  try {
    return JSON.parse(text) as Locked | Failed;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function asError({ error, problems }: Failed): BuildError {
  return new BuildError(
    error,
    problems.map(({ message, hint, file, line = 1, column = 1, length = 1 }) => ({
      message,
      hint,
      at: file === undefined ? undefined : { file, line, column, length, text: "" },
    })),
  );
}
