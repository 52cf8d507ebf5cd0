import type { BuildEvent, CacheSource, Reason, StepInfo } from "../events.ts";

/** What became of a step. */
export interface Outcome {
  readonly step: StepInfo;
  readonly status: "cached" | "running" | "built" | "failed";
  readonly source?: CacheSource;
  readonly reason?: Reason;
  readonly seconds?: number;
  readonly bytes?: number;
  readonly exitCode?: number;
}

/** Collects what became of each step, in their order. */
export function timeline() {
  const outcomes = new Map<string, Outcome>();
  return {
    add(event: BuildEvent): void {
      const change = changeOf(event);
      if (change === undefined || !("step" in event)) return;
      const before = outcomes.get(event.step.id) ?? { step: event.step, status: "running" };
      outcomes.set(event.step.id, { ...before, ...change });
    },
    outcomes: (): readonly Outcome[] => [...outcomes.values()].sort((a, b) => a.step.index - b.step.index),
  };
}

function changeOf(event: BuildEvent): Partial<Outcome> | undefined {
  switch (event.type) {
    case "step-cached":
      return { status: "cached", source: event.source };
    case "step-started":
      return { status: "running", reason: event.reason };
    case "step-finished":
      return { status: "built", seconds: event.seconds };
    case "step-failed":
      return { status: "failed", seconds: event.seconds, exitCode: event.exitCode };
    case "stored":
      return { bytes: event.bytes };
    case "planned":
    case "output":
    case "warning":
    case "installing":
      return undefined;
    default:
      return event satisfies never;
  }
}
