import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { problemOf } from "../step.ts";
import { passingFailure } from "./failures.ts";
import { type Failure, withRetries } from "./retries.ts";

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  /** The address that it downloads from, for the log, in case its own messages don't tell. */
  readonly address?: string;
  /** The advice of the message if a signal ends it. */
  readonly ifKilled?: string | undefined;
  /** Undoes what a failed run has left, if the command can't continue from there. */
  readonly startOver?: () => void;
  /** Condenses the output of a run: returns the lines for the log that follow from a line. By default all are there. */
  readonly condense?: () => (line: string) => readonly string[];
}

/**
 * Runs a command that downloads; its output goes to the log. If a server or the network fails, it runs again, up to
 * three times. If it fails for another reason, so does the program.
 */
export function runDownload(argv: readonly string[], options: Options = {}): Promise<void> {
  return withRetries(() => attempt(argv, options), options.startOver);
}

async function attempt(
  argv: readonly string[],
  { env, address, ifKilled, condense }: Options,
): Promise<{ value: undefined } | Failure> {
  // One pipe for output and errors keeps their lines in order.
  const child = spawn("/bin/sh", ["-c", 'exec "$@" 2>&1', "sh", ...argv], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const output: Buffer[] = [];
  if (condense === undefined) child.stdout.on("data", (data: Buffer) => process.stdout.write(data));
  else {
    const linesFor = condense();
    const forLog = (line: string) => linesFor(line).map((each) => `${each}\n`);
    createInterface({ input: child.stdout }).on("line", (line) => process.stdout.write(forLog(line).join("")));
  }
  child.stdout.on("data", (data: Buffer) => output.push(data));
  const closed = once(child.stdout, "close");
  const [status, signal] = await once(child, "exit");
  // A process that the command has left behind may hold the pipe open.
  await Promise.race([closed, sleep(1000, undefined, { ref: false })]);
  child.stdout.destroy();
  const problem = problemOf(argv, { status, signal });
  if (problem === undefined) return { value: undefined };
  if (signal !== null && ifKilled !== undefined) return { problem: `${problem}: ${ifKilled}`, passing: undefined };
  return { problem, passing: passingFailure(Buffer.concat(output).toString(), address) };
}
