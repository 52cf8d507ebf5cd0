import { expect, test } from "@jest/globals";
import type { BuildEvent, StepInfo } from "../../src/events.ts";
import { engineSeconds } from "../../src/report/spent.ts";
import { stepResults } from "../../src/report/step-results.ts";

const step = (id: string, index: number): StepInfo => ({ kind: "stage", id, name: "test.noop", depth: 0, index });
const [cached, first, second] = [step("a", 1), step("b", 2), step("c", 3)];

/** The engine's time for each step, after a build with these events at these seconds. */
function engineOf(...events: readonly (readonly [number, BuildEvent])[]) {
  let now = 0;
  const results = stepResults(() => now);
  for (const [at, event] of events) {
    now = at;
    results.add(event);
  }
  return Object.fromEntries(engineSeconds(results.all()));
}

const hit = { source: "store", bytes: 0, ran: null, isUnpinned: false } as const;

test("the engine's time is what a step takes beside its program, until the next one starts", () =>
  expect(
    engineOf(
      [0, { type: "planned", steps: [cached, first, second], toRun: 2 }],
      [0, { type: "step-cached", step: cached, ...hit }],
      [1, { type: "step-started", step: first, reason: "new" }],
      [5, { type: "step-finished", step: first, seconds: 3 }],
      [7, { type: "step-started", step: second, reason: "new" }],
      [9, { type: "step-failed", step: second, seconds: 1.5, exitCode: 1, lines: [] }],
    ),
  ).toEqual({ b: 3, c: 0.5 }));

test("it is never negative: another process measures the program's time", () =>
  expect(
    engineOf(
      [1, { type: "step-started", step: first, reason: "new" }],
      [2, { type: "step-finished", step: first, seconds: 1.25 }],
    ),
  ).toEqual({ b: 0 }));
