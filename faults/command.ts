import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Outcome } from "./outcomes.ts";

/** The command line as users have it. */
const program = resolve(import.meta.dirname, "../bin/osbuild.js");

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly hung: boolean;
}

/** In seconds; nothing here takes a tenth of it. */
const patience = 180;

export const osbuild = (...args: readonly string[]): Promise<Ended> => ended(start([program, ...args]));

/** Starts the command line as the leader of a process group of its own. */
export const startOsbuild = (...args: readonly string[]): ChildProcess => start([program, ...args]);

/** The same Node.js with other words. */
export const start = (argv: readonly string[]): ChildProcess =>
  spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "pipe"], detached: true });

/** Waits for the end, and brings it about where it doesn't come. */
export async function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr, hung] = ["", "", false];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const timer = setTimeout(() => {
    hung = true;
    killGroup(child);
  }, patience * 1000);
  const [code] = (await once(child, "close")) as [number | null];
  clearTimeout(timer);
  return { code, stdout, stderr, hung };
}

export function killGroup({ pid }: ChildProcess): void {
  try {
    process.kill(-(pid as number), "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** The end of a command, as far as it can be told from outside: whether its result is right isn't looked at. */
export function judge({ code, stderr, hung }: Ended): Outcome {
  if (hung) return "hung";
  if (/^ +at .*:\d+/m.test(stderr) || stderr.includes("this is a bug")) return "trace";
  if (code === 0) return "right";
  return /^(.*: )?error: \S/m.test(stderr) ? "refused" : "wrong";
}

/** A command's last words, for whoever reads of it. */
export const said = ({ code, stdout, stderr }: Ended) =>
  `exit code ${code}\n${stdout.slice(-1000)}${stderr.slice(-2000)}`;
