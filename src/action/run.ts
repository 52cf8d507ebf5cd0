import type { Problem } from "../errors.ts";
import type { BuildEvent, StepInfo } from "../events.ts";
import type { ReportedStep, Result } from "../report/pipeline-report.ts";
import { printable } from "../report/problems.ts";
import type { FoundImage } from "./previous.ts";
import type { BuiltPipeline, LoadedPipeline } from "./protocol.ts";

/** What is known of one pipeline's build, as it goes on. */
export interface Run {
  readonly file: string;
  /** What its image is called after. */
  readonly name: string;
  readonly output: string;
  /** The image before this one. */
  readonly earlier: FoundImage | undefined;
  readonly steps: Map<string, ReportedStep>;
  loaded: LoadedPipeline | undefined;
  built: BuiltPipeline | undefined;
  problems: readonly Problem[];
  /** The last lines of a step that failed. */
  lastLines: readonly string[];
  /** Milliseconds, as performance.now() gives them. */
  started: number;
}

export const newRun = (known: Pick<Run, "file" | "name" | "output" | "earlier">): Run => ({
  ...known,
  steps: new Map(),
  loaded: undefined,
  built: undefined,
  problems: [],
  lastLines: [],
  started: performance.now(),
});

/** The image's file, below the output directory: only its name is known of one that wasn't built. */
export function imageFile({ built, loaded }: Run): string | undefined {
  if (built === undefined) return loaded?.filename ?? undefined;
  return built.files.length === 1 ? built.files[0]?.path : undefined;
}

/** Notes an event of the builder's. */
export function note(run: Run, event: BuildEvent): void {
  switch (event.type) {
    case "planned":
      for (const step of event.steps) set(run, step, { type: "not reached" });
      return;
    case "step-cached":
      return set(run, event.step, { type: "cached", source: event.source, bytes: event.bytes });
    case "step-started": {
      const start = (performance.now() - run.started) / 1000;
      return set(run, event.step, { type: "built", reason: event.reason, start, seconds: 0, bytes: 0 });
    }
    case "step-finished":
      return change(run, event.step, (before) => ({ ...before, seconds: event.seconds }));
    case "stored":
      return change(run, event.step, (before) => ({ ...before, bytes: event.bytes }));
    case "step-failed":
      run.lastLines = event.lines.slice(-20).map(printable);
      return change(run, event.step, ({ reason, start }) => {
        const { seconds, exitCode } = event;
        return { type: "failed", reason, start, seconds, exitCode };
      });
    case "output":
    case "warning":
    case "installing":
      return;
    default:
      event satisfies never;
  }
}

function set(run: Run, step: StepInfo, result: Result): void {
  run.steps.set(step.id, { step, result, log: null });
}

type Built = Extract<Result, { type: "built" }>;

function change(run: Run, step: StepInfo, to: (before: Built) => Result): void {
  const before = run.steps.get(step.id)?.result;
  if (before?.type === "built") set(run, step, to(before));
}
