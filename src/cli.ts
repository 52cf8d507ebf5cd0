import { type Command, readArguments, usage } from "./cli/arguments.ts";
import { buildCommand } from "./cli/build.ts";
import { diffCommand } from "./cli/diff.ts";
import { doctorCommand } from "./cli/doctor.ts";
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
  return execute(command, interrupt.signal);
}

/** Returns the exit code. */
async function execute(command: Command, signal: AbortSignal): Promise<number> {
  switch (command.type) {
    case "build":
      await (command.dryRun ? dryRunCommand(command) : buildCommand(command, signal));
      return 0;
    case "inspect":
      await inspectCommand(command);
      return 0;
    case "stages":
      await stagesCommand(command);
      return 0;
    case "diff":
      await diffCommand(command);
      return 0;
    case "doctor":
      return doctorCommand(command);
    case "store list":
      await listCommand(command);
      return 0;
    case "store verify":
      await verifyCommand(command);
      return 0;
    case "store prune":
      await pruneCommand(command);
      return 0;
    case "store export":
      await exportCommand(command);
      return 0;
    case "help":
      process.stdout.write(usage);
      return 0;
    default:
      return command satisfies never;
  }
}

function needsRoot(command: Command): boolean {
  if (command.type === "build") return !command.dryRun;
  // Anyone else reads neither all files of a tree nor all their attributes.
  if (command.type === "diff") return true;
  if (command.type === "doctor") return true;
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
