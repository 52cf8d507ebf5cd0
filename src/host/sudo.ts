import { failure } from "../errors.ts";

/** Whether this process is root. */
export const isRoot = () => process.getuid?.() === 0;

/** Whether sudo is installed and needs no password. */
export async function canBecomeRoot(): Promise<boolean> {
  const { execa } = await import("execa");
  return (await execa("sudo", ["-n", "--", "true"], { reject: false })).exitCode === 0;
}

/**
 * Runs a command line as root through sudo on the caller's terminal, with only the environment that this needs, and
 * returns its exit code. The environment has these further `variables` too.
 */
export async function runAsRoot(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  variables: readonly string[],
) {
  // Without a terminal nobody can type a password.
  const sudo = process.stdin.isTTY ? [] : ["-n"];
  // The terminal signals the whole process group. The process that does the work handles that; this one ends with it.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  // sudo itself would drop NO_COLOR.
  const color = env.NO_COLOR ? ["env", `NO_COLOR=${env.NO_COLOR}`] : [];
  const more = variables.filter((name) => env[name] !== undefined);
  const kept = more.length === 0 ? [] : [`--preserve-env=${more.join(",")}`];
  const { execa } = await import("execa");
  const result = await execa("sudo", [...sudo, ...kept, "--", ...color, ...argv], {
    stdio: "inherit",
    env: { PATH: env.PATH, TERM: env.TERM, ...Object.fromEntries(more.map((name) => [name, env[name]])) },
    extendEnv: false,
    reject: false,
  });
  if (result.exitCode !== undefined) return result.exitCode;
  const hint = "run it as root, or install sudo";
  const message = "this needs root, for containers, mounts or a store that belongs to root, and sudo can't be run";
  throw failure("HOST", message, hint, { cause: result.cause });
}
