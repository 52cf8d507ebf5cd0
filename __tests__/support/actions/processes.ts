import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

export interface User {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  readonly home: string;
}

/** The milliseconds that a cancelled step has after each signal, and the processes that are killed in the end. */
export interface Patience {
  readonly interrupt: number;
  readonly terminate: number;
  readonly kill: "tree" | "process";
}

export const githubsPatience: Patience = { interrupt: 7500, terminate: 2500, kill: "tree" };

/** The time that the runner waits for an output that a descendant of the step still holds open. */
const outputPatience = 5000;

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: User | undefined;
  readonly cancel: AbortSignal | undefined;
  readonly patience: Patience;
  readonly onLine: (line: string) => void;
}

/** Runs a program and returns its exit code: 128 plus the signal's number if a signal killed it. */
export async function runProcess([program = "", ...args]: readonly string[], options: ProcessOptions): Promise<number> {
  const { cwd, env, user, cancel, patience, onLine } = options;
  const child = spawn(program, args, { cwd, env, ...credentialsOf(user), stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  for (const stream of [child.stdout, child.stderr]) readLines(stream, onLine);

  const stop = () => void cancelProcess(child, patience, user);
  if (cancel?.aborted) stop();
  cancel?.addEventListener("abort", stop, { once: true });
  const [code, signal] = await ended;
  cancel?.removeEventListener("abort", stop);
  await Promise.race([closed, sleep(outputPatience, undefined, { ref: false })]);
  for (const stream of [child.stdout, child.stderr]) stream.destroy();
  return code ?? 128 + constants.signals[signal ?? "SIGKILL"];
}

async function cancelProcess(child: ChildProcess, patience: Patience, user: User | undefined): Promise<void> {
  const running = () => child.exitCode === null && child.signalCode === null;
  const ended = running() ? once(child, "exit") : Promise.resolve();
  child.kill("SIGINT");
  await Promise.race([ended, sleep(patience.interrupt, undefined, { ref: false })]);
  if (running()) child.kill("SIGTERM");
  await Promise.race([ended, sleep(patience.terminate, undefined, { ref: false })]);
  if (!running() || child.pid === undefined) return;
  killAs(user, patience.kill === "tree" ? treeOf(child.pid) : [child.pid]);
}

/** Kills processes as the user, who can't kill processes that root runs for him. */
export function killAs(user: User | undefined, pids: readonly number[]): void {
  for (const pid of pids) spawnSync("kill", ["-KILL", `${pid}`], { ...credentialsOf(user), stdio: "ignore" });
}

export const credentialsOf = (user: User | undefined) => (user === undefined ? {} : { uid: user.uid, gid: user.gid });

/** A process and its descendants, children first. */
function treeOf(root: number): number[] {
  const children = processIds().filter((pid) => / (\d+)/.exec(statusOf(pid))?.[1] === `${root}`);
  return [...children.flatMap(treeOf), root];
}

/** The state and the parent of a process. The name before them may contain anything. */
const statusOf = (pid: number) => read(() => readFileSync(`/proc/${pid}/stat`, "latin1").replace(/^.*\) /s, ""));

/** A runner's processes: those with its mark in their environment, or with its directory in use. */
export function processesOf(mark: string, directory: string): { pid: number; marked: boolean; command: string }[] {
  return processIds().flatMap((pid) => {
    const marked = read(() => readFileSync(`/proc/${pid}/environ`, "latin1"))
      .split("\0")
      .includes(mark);
    const command = read(() => readFileSync(`/proc/${pid}/cmdline`, "latin1")).replaceAll("\0", " ");
    const within = `${read(() => readlinkSync(`/proc/${pid}/cwd`))}/`.startsWith(`${directory}/`);
    return marked || within || command.includes(directory) ? [{ pid, marked, command }] : [];
  });
}

const processIds = () =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** Reads a file of a process. Empty if the process is already gone. */
function read(look: () => string): string {
  try {
    return look();
  } catch {
    return "";
  }
}

/** Splits output into lines as .NET does, which also ends them at a single carriage return. */
function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    const lines = `${rest}${text}`.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest.replace(/\r$/, ""));
  });
}
