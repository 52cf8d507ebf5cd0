import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { searchPath } from "./command.ts";
import { traced } from "./trace.ts";

// A machine without the program hostname(1) may still let root write the name.
const script = `
{ hostname "$1" 2>/dev/null || echo "$1" > /proc/sys/kernel/hostname; } && umask 077 && cd "$2" && shift 2 && exec "$@"
`;

/** The environment of a user on the other side of the world. */
const environment = { PATH: searchPath, TZ: "Pacific/Chatham", LC_ALL: "tr_TR.UTF-8", NO_COLOR: "1" };

/**
 * Runs a command as on another machine: with another host name, time zone, locale and umask, in this directory, and on
 * one processor. Returns its exit code and what it printed.
 */
export async function runElsewhere(argv: readonly string[], directory: string, signal: AbortSignal) {
  const words = ["--uts", "sh", "-c", script, "sh", "elsewhere", directory, ...(await onOneProcessor()), ...argv];
  const ended = traced(["unshare", ...words]);
  const { execa } = await import("execa");
  const child = execa("unshare", words, {
    stdin: "ignore",
    all: true,
    env: environment,
    extendEnv: false,
    reject: false,
    cleanup: false,
    // A build that is interrupted takes its time to leave nothing behind.
    forceKillAfterDelay: false,
  });
  const interrupt = () => void child.kill("SIGTERM");
  signal.addEventListener("abort", interrupt, { once: true });
  const { exitCode, all } = await child;
  signal.removeEventListener("abort", interrupt);
  ended(`ended with exit code ${exitCode}`);
  return { exitCode, printed: all };
}

/** Begins a command line that may use only the first of several processors. */
async function onOneProcessor(): Promise<readonly string[]> {
  if (availableParallelism() === 1) return [];
  const status = await readFile("/proc/self/status", "utf8");
  return ["taskset", "--cpu-list", /^Cpus_allowed_list:\s*(\d+)/m.exec(status)?.[1] ?? "0"];
}
