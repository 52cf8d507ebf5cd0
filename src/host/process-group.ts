import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { hasCode } from "../errors.ts";
import { onLines, searchPath } from "./command.ts";
import { traced } from "./trace.ts";

/** The way in which `runGroup` runs a program. */
export interface GroupOptions {
  /** The environment, beside a PATH. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Receives each line of standard output and of standard error, in the order in which they are read. */
  readonly onLine: (line: string) => void;
  /** Kills the program and all that it started. */
  readonly signal: AbortSignal;
}

/**
 * Runs a program in a process group of its own. Returns how it ended, in words, or undefined if it ended with exit code
 * 0. Nothing that it started in this group outlives it.
 */
export async function runGroup(argv: readonly string[], options: GroupOptions): Promise<string | undefined> {
  const { env, cwd, onLine, signal } = options;
  const tell = traced(argv, cwd);
  // The program must not outlive this process, however that ends.
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", ...argv], {
    env: { PATH: searchPath, LC_ALL: "C.UTF-8", ...env },
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onLines(child.stdout, onLine);
  onLines(child.stderr, onLine);
  const kill = () => killGroup(child.pid);
  signal.addEventListener("abort", kill, { once: true });
  if (signal.aborted) kill();
  const closed = once(child, "close");
  const [exitCode, killer] = await once(child, "exit").finally(() => signal.removeEventListener("abort", kill));
  kill();
  // A process that has left the group may keep the output open for ever.
  await Promise.race([closed, setTimeout(1000)]);
  child.stdout.destroy();
  child.stderr.destroy();
  const end = exitCode === null ? `was ended by ${killer}` : `ended with exit code ${exitCode}`;
  tell(end);
  return exitCode === 0 ? undefined : end;
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch (error) {
    if (!hasCode(error, "ESRCH")) throw error;
  }
}
