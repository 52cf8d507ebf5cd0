import { randomBytes } from "node:crypto";
import * as core from "@actions/core";
import type { Problem } from "../errors.ts";
import type { BuildEvent, Report, StepInfo } from "../events.ts";
import { formatBytes, formatSeconds, formatTable, shortName } from "./format.ts";
import { printable } from "./problems.ts";
import { timeline } from "./timeline.ts";

/** A pipeline's build in the log of a workflow: a group for each stage that runs, annotations for what is wrong. */
export function actionsReport(workspace: string): { readonly report: Report; readonly close: () => void } {
  const steps = timeline();
  const guard = foreignOutput();
  let total = 0;
  const title = (step: StepInfo) =>
    `${step.index}/${total} ${step.depth > 0 ? "build " : ""}${shortName(step.name)} ${step.id.slice(0, 12)}`;

  function report(event: BuildEvent): void {
    steps.add(event);
    switch (event.type) {
      case "planned":
        total = Math.max(0, ...event.steps.map(({ index }) => index));
        return;
      case "step-cached":
        return core.info(`${title(event.step)}: cached (${sources[event.source]})`);
      case "step-started":
        return core.startGroup(`${title(event.step)}: ${event.reason}`);
      case "output":
        return guard.print(event.lines);
      case "step-finished":
        guard.resume();
        core.info(`done in ${formatSeconds(event.seconds)}`);
        return core.endGroup();
      case "step-failed":
        guard.resume();
        core.endGroup();
        core.info(`${title(event.step)} failed after ${formatSeconds(event.seconds)}. Its last lines:`);
        guard.print(event.lines.slice(-40));
        return guard.resume();
      case "warning":
        guard.resume();
        return core.warning(withHint(event.problem), placeOf(event.problem, workspace));
      case "installing":
        return core.info(`installing ${event.packages.join(" ")}`);
      case "stored":
        return;
      default:
        event satisfies never;
    }
  }

  function close(): void {
    guard.resume();
    const rows = steps
      .outcomes()
      .map(({ step, status, source, reason, seconds, bytes }) => [
        title(step),
        source === undefined ? status : sources[source],
        seconds === undefined ? "" : formatSeconds(seconds),
        bytes === undefined ? "" : formatBytes(bytes),
        reason ?? "",
      ]);
    if (rows.length > 0) core.info(formatTable(columns, rows));
  }

  return { report, close };
}

const columns = [
  { align: "left" },
  { align: "left" },
  { align: "right" },
  { align: "right" },
  { align: "left" },
] as const;

export const sources = { store: "in the store", cache: "from the Actions cache", below: "not needed" } as const;

/** Puts a problem where it belongs: on its line of the pipeline file. Files are named relative to the workspace. */
export function annotate(problem: Problem, title: string, workspace: string): void {
  core.error(withHint(problem), { title, ...placeOf(problem, workspace) });
}

function placeOf({ at }: Problem, workspace: string): core.AnnotationProperties {
  if (at === undefined) return {};
  const file = fromWorkspace(at.file, workspace);
  return { file, startLine: at.line, startColumn: at.column, endColumn: at.column + at.length };
}

/** A path as the repository has it, where it is in the workspace. */
export const fromWorkspace = (path: string, workspace: string) =>
  path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path;

export const withHint = ({ message, hint }: Problem) => (hint === undefined ? message : `${message}\n${hint}`);

/**
 * Prints what a stage, or a machine, printed. The runner obeys workflow commands wherever they stand in a line, so it is told to stop
 * until a word that nobody can guess.
 */
export function foreignOutput() {
  let word: string | undefined;
  return {
    print(lines: readonly string[]): void {
      if (word === undefined) {
        word = randomBytes(16).toString("hex");
        core.info(`::stop-commands::${word}`);
      }
      core.info(lines.map(printable).join("\n"));
    },
    resume(): void {
      if (word !== undefined) core.info(`::${word}::`);
      word = undefined;
    },
  };
}

/** Prints one such line that comes by itself. */
export function foreignLine(line: string): void {
  const output = foreignOutput();
  output.print([line]);
  output.resume();
}
