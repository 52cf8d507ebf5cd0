import { randomBytes } from "node:crypto";
import * as core from "@actions/core";
import type { Problem } from "../errors.ts";
import type { BuildEvent, StepInfo } from "../events.ts";
import { formatSeconds, shortName } from "./format.ts";
import { heartbeat } from "./heartbeat.ts";
import { printable, visibly } from "./problems.ts";
import { ageNote, isRunning, reasonText, sourceText, stepResults } from "./step-results.ts";
import { notSavedText, transferText } from "./traffic.ts";

/** The report of a build in the log of a workflow. */
export interface ActionsReport {
  /** Reports an event that happened at a time, by performance.now(). */
  readonly report: (event: BuildEvent, at: number) => void;
  readonly close: () => void;
}

/**
 * Reports a build in the log of a workflow, with a group for each step that runs and annotations for warnings. All
 * reports of one log print foreign text through one guard.
 */
export function actionsReport(workspace: string, guard: ForeignOutput): ActionsReport {
  const steps = stepResults();
  // The last line of a step's output is foreign, too.
  const alive = heartbeat((text) => guard.print([text]));
  let total = 0;
  const place = (step: StepInfo) => `${step.index}/${total} ${step.depth > 0 ? "build " : ""}${shortName(step.name)}`;
  const title = (step: StepInfo, ...words: readonly string[]) =>
    `${place(step)}: ${words.join(", ")} (${step.id.slice(0, 12)})`;

  function report(event: BuildEvent, at: number): void {
    const before = steps.all();
    steps.add(event);
    switch (event.type) {
      case "planned":
        total = Math.max(0, ...event.steps.map(({ index }) => index));
        return;
      case "step-cached":
        return core.info(title(event.step, sourceText[event.source], ...ageNote(event)));
      case "step-started":
        if (isRunning(event.step, before)) return;
        alive.start(at);
        return core.startGroup(title(event.step, reasonText(event.reason, before)));
      case "output":
        alive.note(event.lines);
        alive.rest();
        return guard.print(event.lines);
      case "step-finished":
        alive.stop();
        guard.resume();
        core.info(`done in ${formatSeconds(event.seconds)}`);
        return core.endGroup();
      case "step-failed":
        alive.stop();
        guard.resume();
        core.endGroup();
        core.info(`${place(event.step)} failed after ${formatSeconds(event.seconds)}. Last lines:`);
        guard.print(event.lines.slice(-40));
        return guard.resume();
      case "warning":
        guard.resume();
        return core.warning(withHint(forWorkflow(event.problem)), placeOf(event.problem, workspace));
      case "installing":
        return core.info(`installing ${event.packages.join(" ")}`);
      case "transferred":
        return core.info(transferText(event));
      case "not-saved":
        return core.info(notSavedText(event));
      case "stored":
        return;
      default:
        event satisfies never;
    }
  }

  function close(): void {
    alive.stop();
    guard.resume();
  }

  return { report, close };
}

/** Words of the command line, each with its replacement in a workflow. */
const names: readonly (readonly [RegExp, string])[] = [
  [/--(store|libdir|build-env|mirrors)\b/g, "the input $1"],
  [/ with --secret id=.*/, " with the input secrets. A workflow gets none for a pull request from a fork"],
  [/, for example with `osbuild store prune`/g, " on the runner"],
  [/`osbuild stages` lists/g, "docs/stages.md lists"],
];
/** Hints with these words don't help in a workflow. */
const terminal = /(^|\s)--(base|build-pipeline|debug-shell|from|save)\b|`osbuild /;

/** Rewords a problem's hint for a workflow: it names inputs instead of options, or is dropped if it doesn't apply. */
export function forWorkflow(problem: Problem): Problem {
  const hint = names.reduce((text, [flag, input]) => text?.replace(flag, input), problem.hint);
  return { ...problem, hint: hint === undefined || terminal.test(hint) ? undefined : hint };
}

/**
 * Annotates a problem at its line of the pipeline file and fails the job. core.setFailed() would add an annotation
 * without a place. Annotations name files relative to the workspace.
 */
export function annotate(problem: Problem, title: string, workspace: string): void {
  core.error(withHint(problem), { title, ...placeOf(problem, workspace) });
  process.exitCode = core.ExitCode.Failure;
}

function placeOf({ at }: Problem, workspace: string): core.AnnotationProperties {
  if (at === undefined) return {};
  const file = fromWorkspace(at.file, workspace);
  return { file, startLine: at.line, startColumn: at.column, endColumn: at.column + at.length };
}

/** A path relative to the workspace, if it is in there. */
export const fromWorkspace = (path: string, workspace: string) =>
  path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path;

/** A problem's message and, on a line of its own, its hint. */
export function withHint(problem: Problem): string {
  const { message, hint } = visibly(problem);
  return hint === undefined ? message : `${message}\n${hint}`;
}

/** Prints foreign text, until `resume()` is called. */
export type ForeignOutput = ReturnType<typeof foreignOutput>;

/**
 * Prints the output of a stage or of a booted machine. The runner obeys workflow commands anywhere in a line, so
 * `stop-commands` turns them off until `resume()` prints a word that nobody can guess.
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

/** Prints a line of ours that has a foreign name in it, which rarely looks like a command. */
export const lineWithName = (line: string) => (/::|##\[/.test(line) ? foreignLine(line) : core.info(printable(line)));

/** Prints a single line of a stage's or a machine's output. */
export function foreignLine(line: string): void {
  const output = foreignOutput();
  output.print([line]);
  output.resume();
}
