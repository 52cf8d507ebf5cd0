import { type Command, readArguments, usage } from "./cli/arguments.ts";
import { buildCommand } from "./cli/build.ts";
import { diffCommand } from "./cli/diff.ts";
import { dryRunCommand } from "./cli/dry-run.ts";
import { inspectCommand } from "./cli/inspect.ts";
import { stagesCommand } from "./cli/stages.ts";
import { exportCommand, listCommand, pruneCommand, verifyCommand } from "./cli/store.ts";
import { BuildError, exitCodeOf, failure, hasCode } from "./errors.ts";
import { isRoot, runAsRoot } from "./host/sudo.ts";
import { formatBug, formatProblem } from "./report/problems.ts";

// Nothing that is written may depend on the caller's umask.
process.umask(0o022);
const argv = process.argv.slice(2);
process.exitCode = await main().catch(failed);

async function main(): Promise<number> {
  const command = readArguments(argv);
  if (needsRoot(command) && !isRoot()) return runAsRoot([process.execPath, ...process.argv.slice(1)], process.env);
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => interrupt.abort());
  await execute(command, interrupt.signal);
  return 0;
}

function execute(command: Command, signal: AbortSignal): Promise<void> | void {
  switch (command.type) {
    case "build":
      return command.dryRun ? dryRunCommand(command) : buildCommand(command, signal);
    case "inspect":
      return inspectCommand(command);
    case "stages":
      return stagesCommand(command);
    case "diff":
      return diffCommand(command);
    case "store list":
      return listCommand(command);
    case "store verify":
      return verifyCommand(command);
    case "store prune":
      return pruneCommand(command);
    case "store export":
      return exportCommand(command);
    case "help":
      process.stdout.write(usage);
      return;
    default:
      command satisfies never;
  }
}

function needsRoot(command: Command): boolean {
  if (command.type === "build") return !command.dryRun;
  // Anyone else reads neither all files of a tree nor all their attributes.
  if (command.type === "diff") return true;
  return command.type.startsWith("store ") && command.type !== "store list";
}

function failed(error: unknown): number {
  const expected = error instanceof BuildError ? error : fullDisk(error);
  process.stderr.write(`${expected?.problems.map(formatProblem).join("\n") ?? formatBug(error)}\n`);
  return expected === undefined ? 1 : exitCodeOf(expected);
}

function fullDisk(error: unknown): BuildError | undefined {
  if (!hasCode(error, "ENOSPC") && !hasCode(error, "EDQUOT")) return undefined;
  return failure(
    "HOST",
    `the disk is full: ${(error as Error).message}`,
    "free some space, for example with `osbuild store prune`",
  );
}
