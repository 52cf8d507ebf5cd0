import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

export const program = resolve(import.meta.dirname, "../../bin/osbuild.js");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd: string;
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** A command that runs this one in another environment. */
  readonly prefix?: readonly string[];
}

/** Runs the released command line. */
export async function osbuild(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  // Jest sets FORCE_COLOR for its workers.
  const { cwd, input = "", env = { ...process.env, FORCE_COLOR: undefined }, prefix = [] } = surroundings;
  const [command = "", ...rest] = [...prefix, process.execPath, program, ...args];
  const child = spawn(command, rest, { cwd, env });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdin.on("error", () => undefined).end(input);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

export interface JsonStep {
  readonly name: string;
  readonly id: string;
  readonly success: boolean;
  readonly output: string;
  readonly status: "cached" | "running" | "built" | "failed" | "not reached";
  readonly exit_code?: number;
}

export interface JsonResult {
  readonly stages: readonly JsonStep[];
  readonly assembler?: JsonStep;
  readonly tree_id: string;
  readonly output_id: string | null;
  readonly output: string | null;
  readonly success: boolean;
}

/** The document that `--json` prints. */
export async function osbuildJson(args: readonly string[], surroundings: Surroundings): Promise<JsonResult> {
  const { code, stdout, stderr } = await osbuild([...args, "--json"], surroundings);
  if (code !== 0) throw new Error(`osbuild ${args.join(" ")}: exit code ${code}\n${stdout.slice(-3000)}${stderr}`);
  return JSON.parse(stdout);
}

/** The result of each step, by its short name. */
export const statuses = ({ stages, assembler }: JsonResult): readonly string[] =>
  [...stages, ...(assembler === undefined ? [] : [assembler])].map(
    ({ name, status }) => `${name.replace("org.osbuild.", "")} ${status}`,
  );
