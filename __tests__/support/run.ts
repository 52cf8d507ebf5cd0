import { spawnSync } from "node:child_process";

interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program and returns what it printed, byte for byte. Throws what it said unless it succeeds. */
export function run([program = "", ...args]: readonly string[], { input = "", env = {} }: RunOptions = {}): string {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    input,
    // A user's PATH may lack the programs of the administrator.
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, ...env },
    encoding: "latin1",
    maxBuffer: 2 ** 30,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: exit code ${status}\n${stdout}${stderr}`);
  return stdout;
}
