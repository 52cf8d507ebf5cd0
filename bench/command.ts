import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

export interface Command {
  readonly argv: readonly string[];
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The error for a command that failed. Its output says why, so the stack trace doesn't matter. */
export class CommandFailed extends Error {}

/** Runs a command until it ends or is aborted. Throws if it fails. */
export async function execute({ argv, input = "", env = {} }: Command, signal: AbortSignal) {
  const [program = "", ...args] = argv;
  signal.throwIfAborted();
  const started = performance.now();
  const child = spawn(program, args, { stdio: "pipe", env: { ...process.env, ...env } });
  const stop = () => child.kill("SIGTERM");
  signal.addEventListener("abort", stop, { once: true });
  child.stdin.on("error", () => undefined).end(input);
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  // "exit", because "close" comes only after the last process that holds a pipe has ended.
  const [exitCode] = await once(child, "exit");
  const seconds = (performance.now() - started) / 1000;
  const [output, errors] = await printed;
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (exitCode !== 0) {
    throw new CommandFailed(`${argv.join(" ")}\n${output}${errors}ended with exit code ${exitCode}`);
  }
  return { output, seconds };
}
