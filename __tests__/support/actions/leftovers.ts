import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { credentialsOf, killAs, processesOf, type User } from "./processes.ts";

/** The things that a job left behind on its runner. */
export interface Leftovers {
  /** Files in RUNNER_TEMP after the runner's user has emptied it as far as possible. */
  readonly temp: readonly string[];
  /** Files in the workspace that don't belong to the user. */
  readonly foreign: readonly string[];
  /** Mount points. */
  readonly mounts: readonly string[];
  /** Command lines of processes. Those with the job's mark have been killed, if the user could. */
  readonly processes: readonly string[];
}

export interface Site {
  readonly directory: string;
  readonly workspace: string;
  readonly temp: string;
  readonly user: User | undefined;
  /** A variable in the environment of all processes of the job. */
  readonly mark: string;
}

/** Cleans up after a job as the runner does, and returns what is left. */
export function endJob({ directory, workspace, temp, user, mark }: Site): Leftovers {
  const processes = processesOf(mark, directory);
  const marked = processes.filter((process) => process.marked).map(({ pid }) => pid);
  killAs(user, marked);
  const paths = readdirSync(temp).map((name) => `${temp}/${name}`);
  // Files of other users stay, and a forgotten mount isn't emptied.
  spawnSync("rm", ["-rf", "--one-file-system", "--", ...paths], { ...credentialsOf(user), cwd: "/", stdio: "ignore" });
  return {
    temp: readdirSync(temp, { recursive: true, encoding: "utf8" }),
    foreign: find(workspace, ["!", "-uid", `${user?.uid ?? 0}`]),
    mounts: mountsBelow(directory),
    processes: processes.map(({ command }) => command),
  };
}

/** Removes everything, as root. */
export function wipe({ directory, mark }: Site): void {
  const pids = processesOf(mark, directory).map(({ pid }) => pid);
  killAs(undefined, pids);
  for (const mount of mountsBelow(directory).toReversed()) spawnSync("umount", ["--lazy", mount]);
  spawnSync("rm", ["-rf", "--one-file-system", "--", directory]);
}

const find = (root: string, tests: readonly string[]) =>
  spawnSync("find", [root, ...tests], { encoding: "utf8" })
    .stdout.split("\n")
    .filter((path) => path !== "");

const mountsBelow = (directory: string) =>
  readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[4] ?? "")
    .filter((mount) => mount.startsWith(`${directory}/`));
