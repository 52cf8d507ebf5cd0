import { expect, test } from "@jest/globals";
import { reasonSince } from "../../src/action/reasons.ts";
import type { StepInfo } from "../../src/events.ts";

/** Steps as `depth name id`. */
const steps = (...texts: readonly string[]): readonly StepInfo[] =>
  texts.map((text, index) => {
    const [depth, name = "", id = ""] = text.split(" ");
    return { kind: "stage", depth: Number(depth), name, id, index: index + 1 };
  });

/** The reason why each of these steps would run, given the steps of the last build. */
const reasons = (previous: readonly StepInfo[], now: readonly StepInfo[]) =>
  now.map((step) => reasonSince(previous, now, step));

test("a step says whether its options, base or build root have changed since the last time", () => {
  const before = steps("1 dnf b1", "0 dnf a1", "0 users a2", "0 tar a3");
  expect(reasons(before, before)).toEqual(Array(4).fill("not in the cache"));
  expect(reasons(before, steps("1 dnf b1", "0 dnf a1", "0 users x2", "0 tar x3"))).toEqual([
    "not in the cache",
    "not in the cache",
    "options changed",
    "base changed",
  ]);
  expect(reasons(before, steps("1 dnf x1", "0 dnf y1", "0 users y2"))).toEqual([
    "options changed",
    "build root changed",
    "build root changed",
  ]);
});

test("a step that hasn't been built before is new", () => {
  const before = steps("0 dnf a1", "0 tar a2");
  expect(reasons(before, steps("0 dnf a1", "0 users x2", "0 tar x3"))).toEqual([
    "not in the cache",
    "new",
    "base changed",
  ]);
  expect(reasons(before, steps("0 dnf a1", "0 tar a2", "0 users x3"))).toEqual([
    "not in the cache",
    "not in the cache",
    "new",
  ]);
  expect(reasons([], steps("0 dnf a1"))).toEqual(["new"]);
});
