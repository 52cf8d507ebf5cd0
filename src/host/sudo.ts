import { execa } from "execa";
import { failure } from "../errors.ts";

export const isRoot = () => process.getuid?.() === 0;

/** Whether sudo is there and asks for no password. */
export const canBecomeRoot = async () => (await execa("sudo", ["-n", "--", "true"], { reject: false })).exitCode === 0;

/**
 * Runs a command line as root through sudo, on the caller's terminal and with nothing of the environment but what
 * that needs, and returns its exit code.
 */
export async function runAsRoot(argv: readonly string[], env: Readonly<Record<string, string | undefined>>) {
  // Off a terminal nobody could type a password.
  const sudo = process.stdin.isTTY ? [] : ["-n"];
  // The terminal signals the whole group: the one that does the work ends in its own way, and this one with it.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  const result = await execa("sudo", [...sudo, "--", ...argv], {
    stdio: "inherit",
    env: { PATH: env.PATH, TERM: env.TERM },
    extendEnv: false,
    reject: false,
  });
  if (result.exitCode !== undefined) return result.exitCode;
  const hint = "run it as root, or install sudo";
  const message = "building needs root, for containers and mounts, and sudo can't be run";
  throw failure("HOST", message, hint, { cause: result.cause });
}
