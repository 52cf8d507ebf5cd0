import { expect, test } from "@jest/globals";
import type { Freshness } from "../../src/build/freshness.ts";
import { inOrder, planBuild, stepsToRun } from "../../src/build/plan.ts";
import type { Known } from "../../src/build/usable.ts";
import type { Fingerprint } from "../../src/pipeline/fingerprint.ts";
import { innermostFirst, type Pipeline, type Step, steps } from "../../src/pipeline/pipeline.ts";
import { parseAge } from "../../src/report/age.ts";
import type { ResultHead } from "../../src/store/heads.ts";
import type { StoredResult } from "../../src/store/refs.ts";

const step = (id: string, kind: Step["kind"] = "stage") =>
  ({ id, kind, name: `org.osbuild.${id}`, program: { meta: { network: id === "d" } } }) as Step;

const pipeline = (ids: string, build: Pipeline | null = null) =>
  ({
    stages: [...ids].filter((id) => id !== "I").map((id) => step(id)),
    assembler: ids.endsWith("I") ? step("I", "assembler") : null,
    base: null,
    build: build === null ? null : { runner: null, pipeline: build },
  }) as unknown as Pipeline;

const parts = { program: "p", options: "o", inputs: "i", base: "b" };

/** `stored` has the ids of the results in the store, and `changed` the difference in a stored result's fingerprint. */
function known(all: Pipeline, stored: string, changed: Readonly<{ [id: string]: string }> = {}): Known {
  const every = innermostFirst(all).flatMap(steps);
  return {
    fingerprints: new Map(every.map((one) => [one, { value: one.id, parts } as unknown as Fingerprint])),
    records: new Map(
      [...stored].map((id) => {
        const other = changed[id];
        const record = { id, fingerprint: other === undefined ? id : "other", parts: { ...parts } };
        return [id, (other === undefined ? record : { ...record, parts: { ...parts, [other]: "x" } }) as StoredResult];
      }),
    ),
    undescribed: new Set(),
  };
}

const told = (all: Pipeline, what: Known, wanted: "output" | "tree" = "output") =>
  inOrder(planBuild(all, what, wanted)).map((plan) =>
    plan.steps.map((one) => `${one.step.id}: ${one.type === "run" ? one.reason : one.type}`).join(", "),
  );

test.each([
  ["nothing is stored: everything runs", "", {}, "a: not in the store, b: not in the store, I: not in the store"],
  ["the last result is all that is needed", "I", {}, "a: not needed, b: not needed, I: stored"],
  ["what is stored below the last result is known, and not needed", "abI", {}, "a: stored, b: stored, I: stored"],
  ["the steps above the last result run", "a", {}, "a: stored, b: not in the store, I: not in the store"],
  ["a result that is missing below a stored one isn't made", "b", {}, "a: not needed, b: stored, I: not in the store"],
  ["another program", "abI", { b: "program", I: "base" }, "a: stored, b: program changed, I: base changed"],
  ["other files", "abI", { b: "inputs", I: "base" }, "a: stored, b: files changed, I: base changed"],
  ["options in another order", "abI", { I: "options" }, "a: stored, b: stored, I: options changed"],
  ["another build root", "abI", { a: "root", b: "root", I: "root" }, /^a: build root changed, b: build root changed/],
  ["another library of Node.js", "abI", { I: "runtime" }, "a: stored, b: stored, I: Node.js changed"],
  ["another secret", "abI", { b: "secrets", I: "base" }, "a: stored, b: secrets changed, I: base changed"],
  ["a sound result above a changed one counts", "abI", { a: "program" }, "a: not needed, b: stored, I: stored"],
])("%s", (_, stored, changed, expected) => {
  const all = pipeline("abI");
  const [line] = told(all, known(all, stored, changed as Readonly<{ [id: string]: string }>));
  if (typeof expected === "string") expect(line).toBe(expected);
  else expect(line).toMatch(expected);
});

test("an output whose contents are wanted and unknown is made again from its stored tree", () => {
  const all = pipeline("abI");
  const undescribed = new Set(["I"]);
  expect(told(all, { ...known(all, "bI"), undescribed })).toEqual([
    "a: not needed, b: stored, I: contents not recorded",
  ]);
});

test("a build root is planned only if something runs in it, and only its tree is needed", () => {
  const all = pipeline("abI", pipeline("xyI"));
  expect(told(all, known(all, "I"))).toEqual(["a: not needed, b: not needed, I: stored"]);
  expect(told(all, known(all, "ay"))).toEqual([
    "x: not needed, y: stored",
    "a: stored, b: not in the store, I: not in the store",
  ]);
});

test("if the tree is needed, a stored output isn't enough", () => {
  const all = pipeline("abI");
  expect(told(all, known(all, "aI"), "tree")).toEqual(["a: stored, b: not in the store, I: stored"]);
  expect(stepsToRun(planBuild(all, known(all, "aI"), "tree"))).toBe(1);
});

const hour = 3_600_000;
const started = 1000 * hour;

/** The runs of steps that download, by id, each with its age in hours. */
const runs = (ages: Readonly<{ [id: string]: number }>, refreshed = false) =>
  Object.entries(ages).map(([id, age]) => ({
    ...{ id, fingerprint: id, unpinned: true, refreshed },
    ran: started - age * hour,
  }));

/** The stored results, each with the ages of the downloads in it; null if that isn't known. */
function aged(
  all: Pipeline,
  stored: Readonly<{ [id: string]: Readonly<{ [id: string]: number }> | null }>,
  freshness: Partial<Freshness> = {},
  refreshed = "",
): Known {
  const { fingerprints, records } = known(all, Object.keys(stored).join(""));
  const dated = [...records].map(([id, record]): [string, ResultHead] => {
    const ages = stored[id] ?? null;
    const own = ages === null ? undefined : runs(ages, refreshed.includes(id));
    return [id, { ...record, ran: started - 1000, runs: own }];
  });
  const none = { started, refresh: [], noCache: false, maxAge: undefined };
  return { fingerprints, records: new Map(dated), freshness: { ...none, ...freshness } };
}

const week = { maxAge: parseAge("7d") };
const [old, fresh] = [8 * 24, 6 * 24];

test("what is downloaded stays in use at any age, unless the user limits it", () => {
  const all = pipeline("adbI");
  const stored = { a: {}, d: { d: old }, b: { d: old }, I: { d: old } };
  expect(told(all, aged(all, stored))).toEqual(["a: stored, d: stored, b: stored, I: stored"]);
  expect(told(all, aged(all, stored, week))).toEqual([
    "a: stored, d: older than 7 days, b: base changed, I: base changed",
  ]);
  const newer = { ...stored, d: { d: fresh }, b: { d: fresh } };
  expect(told(all, aged(all, newer, week))).toEqual(["a: stored, d: stored, b: stored, I: base changed"]);
  expect(told(all, aged(all, { I: { d: fresh } }, week))).toEqual([
    "a: not needed, d: not needed, b: not needed, I: stored",
  ]);
});

test("a result of an earlier release, whose age isn't known, is too old; one that follows from no download never is", () => {
  const all = pipeline("adI");
  const stored = { a: null, d: null, I: null };
  expect(told(all, aged(all, stored))).toEqual(["a: stored, d: stored, I: stored"]);
  expect(told(all, aged(all, stored, week))).toEqual(["a: stored, d: age unknown, I: base changed"]);
  const none = pipeline("abI");
  expect(told(none, aged(none, { I: null }, week))).toEqual(["a: not needed, b: not needed, I: stored"]);
});

test("a result that the remote has but that is too old gives the reason", () => {
  const all = pipeline("adI");
  const what = { ...aged(all, { a: {} }, week), tooOld: new Set(["d", "I"]) };
  expect(told(all, what)).toEqual(["a: stored, d: older than 7 days, I: base changed"]);
});

test("an old build root is built again, and what was built in it", () => {
  const all = pipeline("abI", pipeline("xd"));
  const stored = { x: {}, d: { d: old }, a: { d: old }, b: { d: old }, I: { d: old } };
  expect(told(all, aged(all, stored, week))).toEqual([
    "x: stored, d: older than 7 days",
    "a: build root changed, b: build root changed, I: build root changed",
  ]);
});

test("a step to refresh runs, and what follows from it, but not twice in a job", () => {
  const all = pipeline("abI", pipeline("xd"));
  const stored = { x: {}, d: { d: 1 }, a: { d: 1 }, b: { d: 1 }, I: { d: 1 } };
  for (const refresh of [["b"], ["org.osbuild.b"]])
    expect(told(all, aged(all, stored, { refresh }))).toEqual([
      "x: stored, d: stored",
      "a: stored, b: refresh, I: base changed",
    ]);
  expect(told(all, aged(all, stored, { refresh: ["x"] }))).toEqual([
    "x: refresh, d: base changed",
    "a: build root changed, b: build root changed, I: build root changed",
  ]);
  const { records, ...rest } = aged(all, stored, { refresh: ["x"] });
  const again = new Map([...records].map(([id, record]) => [id, { ...record, ran: started + 1 }]));
  expect(told(all, { ...rest, records: again })).toEqual(["a: stored, b: stored, I: stored"]);
});

test("without the cache everything runs", () => {
  const all = pipeline("aI", pipeline("x"));
  expect(told(all, aged(all, { x: {}, a: {}, I: {} }, { noCache: true }))).toEqual([
    "x: no-cache",
    "a: no-cache, I: no-cache",
  ]);
});

test("what was built on a step before it was refreshed is built again, although the build that refreshed it failed", () => {
  const all = pipeline("adbI");
  const stored = { a: {}, d: { d: 1 }, b: { d: 5 }, I: { d: 5 } };
  expect(told(all, aged(all, stored, {}, "d"))).toEqual(["a: stored, d: stored, b: base changed, I: base changed"]);
  expect(told(all, aged(all, { ...stored, b: { d: 1 }, I: { d: 1 } }, {}, "d"))).toEqual([
    "a: stored, d: stored, b: stored, I: stored",
  ]);
  const onBase = { ...pipeline("bI"), base: { id: "d", at: undefined } };
  expect(told(onBase, aged(onBase, { d: { d: 1 }, b: { d: 5 }, I: { d: 5 } }, {}, "d"))).toEqual([
    "b: base changed, I: base changed",
  ]);
  expect(told(onBase, aged(onBase, { d: { d: 1 }, b: { d: 1 }, I: { d: 1 } }, {}, "d"))).toEqual([
    "b: stored, I: stored",
  ]);
  // Two machines may both have downloaded: neither result is better.
  expect(told(all, aged(all, stored))).toEqual(["a: stored, d: stored, b: stored, I: stored"]);
});

test("only a refreshed result, or one that there is already, is replaced", () => {
  const all = pipeline("dbI");
  const replaced = (what: Known) =>
    planBuild(all, what, "output").steps.map((planned) => planned.type === "run" && planned.replaces);
  expect(replaced(aged(all, {}))).toEqual([false, false, false]);
  expect(replaced(aged(all, {}, { refresh: ["b"] }))).toEqual([false, true, true]);
  expect(replaced(aged(all, { d: { d: old } }, week))).toEqual([true, false, false]);
});
