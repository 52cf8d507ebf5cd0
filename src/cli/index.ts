import { asDiskFull, BuildError, exitCodeOf, hasCode } from "../errors.ts";
import { isRoot, runAsRoot } from "../host/sudo.ts";
import { formatBug, formatProblem } from "../report/problems.ts";
import { isClosed, layoutOf } from "../store/layout.ts";
import { readArguments } from "./arguments.ts";
import { buildCommand } from "./build.ts";
import { painter } from "./color.ts";
import type { Command } from "./command.ts";
import { readSecrets, type SecretSource, variablesFor } from "./secrets.ts";

// Modes must not depend on the caller's umask.
process.umask(0o022);
const argv = process.argv.slice(2);
const interrupt = new AbortController();
let isUnread = false;
for (const stream of [process.stdout, process.stderr]) stream.on("error", endUnread);
const code = await main().catch(failed);
if (!isUnread) process.exitCode = code;

/** Ends quietly when nobody reads the output any more, such as `head` when it has its lines. */
function endUnread(error: Error): void {
  if (!hasCode(error, "EPIPE")) throw error;
  isUnread = true;
  // The shell's code of a program that SIGPIPE ends.
  process.exitCode = 128 + 13;
  interrupt.abort();
}

async function main(): Promise<number> {
  const command = readArguments(argv);
  if (!isRoot() && (await needsRoot(command))) return becomeRoot(command, [process.execPath, ...process.argv.slice(1)]);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => interrupt.abort());
  return execute(await withSecrets(command), interrupt.signal);
}

async function withSecrets(command: Command): Promise<Command> {
  if (!("secretSources" in command)) return command;
  return { ...command, secrets: await readSecrets(command.secretSources, process.env) };
}

function sourcesIn(command: Command): readonly SecretSource[] {
  return "secretSources" in command ? command.secretSources : [];
}

/**
 * Executes a command and returns the exit code. Only its own modules are loaded, which takes longer than many a build.
 */
async function execute(command: Command, signal: AbortSignal): Promise<number> {
  switch (command.type) {
    case "build":
      if (command.dryRun) await (await import("./dry-run.ts")).dryRunCommand(command);
      else await buildCommand(command, signal, process.env);
      return 0;
    case "inspect":
      await (await import("./inspect.ts")).inspectCommand(command);
      return 0;
    case "lock":
      await (await import("./lock.ts")).lockCommand(command, signal, process.env);
      return 0;
    case "verify":
      await (await import("./verify.ts")).verifyCommand(command, signal, process.env);
      return 0;
    case "schema":
      await (await import("./schema.ts")).schemaCommand(command);
      return 0;
    case "stages":
      await (await import("./stages.ts")).stagesCommand(command);
      return 0;
    case "changes":
      await (await import("./changes.ts")).changesCommand(command);
      return 0;
    case "diff":
      await (await import("./diff.ts")).diffCommand(command);
      return 0;
    case "doctor":
      return (await import("./doctor.ts")).doctorCommand(command);
    case "store list":
      await (await import("./store.ts")).listCommand(command);
      return 0;
    case "store verify":
      await (await import("./store.ts")).verifyStoreCommand(command);
      return 0;
    case "store prune":
      await (await import("./store.ts")).pruneCommand(command);
      return 0;
    case "store export":
      await (await import("./store.ts")).exportCommand(command);
      return 0;
    case "completion":
      await (await import("./completion/command.ts")).completionCommand(command);
      return 0;
    case "explain":
      await (await import("./explain.ts")).explainCommand(command);
      return 0;
    case "fmt":
      return (await import("./fmt.ts")).fmtCommand(command);
    case "graph":
      await (await import("./graph.ts")).graphCommand(command);
      return 0;
    case "init":
      await (await import("./init.ts")).initCommand(command);
      return 0;
    case "push":
      await (await import("./push.ts")).pushCommand(command, process.env, signal);
      return 0;
    case "shell":
      await (await import("./shell.ts")).shellCommand(command);
      return 0;
    case "text":
      process.stdout.write(command.text);
      return 0;
    default:
      return command satisfies never;
  }
}

/** Runs this command line as root. */
async function becomeRoot(command: Command, line: readonly string[]): Promise<number> {
  const variables = variablesFor(sourcesIn(command));
  if (!["build", "lock", "verify"].includes(command.type)) return runAsRoot(line, process.env, variables);
  const { runAsRootWithAccess } = await import("./remote.ts");
  const remote = command.type === "build" ? command.remote : undefined;
  return runAsRootWithAccess(remote, line, process.env, variables);
}

async function needsRoot(command: Command): Promise<boolean> {
  switch (command.type) {
    case "text":
    case "completion":
    case "fmt":
    case "init":
    case "push":
    case "schema":
    case "stages":
      return false;
    // These need root only to read a store that belongs to root.
    case "changes":
    case "explain":
    case "graph":
    case "inspect":
    case "store list":
      return isClosed(layoutOf(command.store));
    case "lock":
      return !command.frozen || isClosed(layoutOf(command.store));
    case "build":
      return !command.dryRun || isClosed(layoutOf(command.store));
    // Other users can't read all files of a tree, nor all their attributes.
    case "diff":
    case "doctor":
    case "shell":
    case "verify":
    case "store export":
    case "store prune":
    case "store verify":
      return true;
    default:
      return command satisfies never;
  }
}

function failed(error: unknown): number {
  if (isUnread) return 1;
  const expected = error instanceof BuildError ? error : asDiskFull(error);
  const paint = painter(process.stderr);
  const text = expected?.problems.map((problem) => formatProblem(problem, paint)).join("\n");
  process.stderr.write(`${text ?? formatBug(error)}\n`);
  return expected === undefined ? 1 : exitCodeOf(expected);
}
