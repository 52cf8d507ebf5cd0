import { expect, test } from "@jest/globals";
import { cells } from "../../bench/table.ts";
import { judge, type Measured } from "../../bench/verdict.ts";

const measured = (runs: readonly number[], beside: readonly number[], goal: number): Measured => ({
  ...{ what: "a build", unit: "s", runs, goal },
  beside: { name: "by hand", runs: beside },
});

test("a run is held against the one of its turn, however the machine's speed changes", () => {
  const { value, spread } = judge(measured([1, 4, 2], [2, 8, 4], 1));
  expect([value, spread]).toEqual([0.5, 0]);
});

test("a goal is missed by more than the noise, and by no less", () => {
  expect(judge(measured([1.2, 1.2, 1.2], [1, 1, 1], 1))).toMatchObject({ isMissed: true });
  expect(judge(measured([1, 1.2, 1.4], [1, 1, 1], 1))).toMatchObject({ isMissed: false });
  expect(judge(measured([1.1, 1.2, 1.3], [1, 1, 1], 1))).toMatchObject({ isMissed: true });
  expect(judge({ ...measured([101, 101, 101], [], 100), beside: null })).toMatchObject({ isMissed: true });
});

test("a row without runs misses its goal", () => expect(judge(measured([], [], 1))).toMatchObject({ isMissed: true }));

test("a line has medians with their spread, and says that a goal is missed", () => {
  expect(cells(measured([0.08, 0.1, 0.09], [0.03, 0.03, 0.03], 2.5))).toEqual([
    ...["a build", "0.090 ± 0.010 s", "by hand", "0.030 ± 0.000 s", "3.00 ± 0.33 ×", "≤ 2.50 ×, missed"],
  ]);
  const peak: Measured = { what: "memory", unit: "MiB", runs: [99.2, 99.4, 103], beside: null, goal: 100 };
  expect(cells(peak)).toEqual(["memory", "99.4 ± 0.2 MiB", "", "", "", "≤ 100 MiB"]);
});
