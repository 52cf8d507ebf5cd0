import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { passingFailure } from "./download-failures.ts";
import { type Failure, withRetries } from "./retries.ts";
import { problemOf } from "./step.ts";

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  /** Where it downloads from: for the log, if its own messages don't say. */
  readonly address?: string;
  /** Undoes what a failed run leaves, where the command can't go on from there. */
  readonly startOver?: () => void;
}

/**
 * Runs a command that downloads; its output goes to the log. When a server or the network fails, it runs again, up to
 * three times; when it fails otherwise, so does the program.
 */
export function runDownload(argv: readonly string[], options: Options = {}): Promise<void> {
  return withRetries(() => attempt(argv, options), options.startOver);
}

async function attempt(argv: readonly string[], { env, address }: Options): Promise<{ value: undefined } | Failure> {
  // One pipe for both keeps the lines in their order.
  const child = spawn("/bin/sh", ["-c", 'exec "$@" 2>&1', "sh", ...argv], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const output: Buffer[] = [];
  child.stdout.on("data", (data: Buffer) => {
    process.stdout.write(data);
    output.push(data);
  });
  const closed = once(child.stdout, "close");
  const [status, signal] = await once(child, "exit");
  // A process that it left behind may hold the pipe open.
  await Promise.race([closed, sleep(1000, undefined, { ref: false })]);
  child.stdout.destroy();
  const problem = problemOf(argv, { status, signal });
  if (problem === undefined) return { value: undefined };
  return { problem, passing: passingFailure(Buffer.concat(output).toString(), address) };
}
