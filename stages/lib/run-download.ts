import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { passingFailure } from "./download-failures.ts";
import { type Failure, withRetries } from "./retries.ts";
import { problemOf } from "./step.ts";

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  /** Undoes what a failed run leaves, where the command can't go on from there. */
  readonly startOver?: () => void;
}

/**
 * Runs a command that downloads; its output goes to the log. When a server or the network fails, it runs again, up to
 * three times; when it fails otherwise, so does the program.
 */
export function runDownload(argv: readonly string[], { env = {}, startOver }: Options = {}): Promise<void> {
  return withRetries(() => attempt(argv, env), startOver);
}

async function attempt(argv: readonly string[], env: Options["env"]): Promise<{ value: undefined } | Failure> {
  const [program = "", ...args] = argv;
  const child = spawn(program, args, { stdio: ["ignore", "inherit", "pipe"], env: { ...process.env, ...env } });
  const errors: Buffer[] = [];
  child.stderr.on("data", (data: Buffer) => {
    process.stderr.write(data);
    errors.push(data);
  });
  const closed = once(child.stderr, "close");
  const { error, status = null, signal = null } = await ended(child);
  // A process that it left behind may hold the pipe open.
  await Promise.race([closed, sleep(1000, undefined, { ref: false })]);
  child.stderr.destroy();
  const problem = problemOf(argv, { error, status, signal });
  if (problem === undefined) return { value: undefined };
  return { problem, passing: passingFailure(Buffer.concat(errors).toString()) };
}

async function ended(child: ReturnType<typeof spawn>): Promise<Partial<Parameters<typeof problemOf>[1]>> {
  try {
    const [status, signal] = await once(child, "exit");
    return { status, signal };
  } catch (error) {
    if (error instanceof Error) return { error };
    throw error;
  }
}
