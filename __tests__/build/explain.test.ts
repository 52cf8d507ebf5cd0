import { expect, test } from "@jest/globals";
import { explain } from "../../src/build/explain.ts";
import { type PlannedStep, planBuild, type RunningStep } from "../../src/build/plan.ts";
import { fingerprints } from "../../src/pipeline/fingerprint.ts";
import type { StoredResult } from "../../src/store/refs.ts";
import { read } from "../pipeline/pipelines.ts";

/** The changes from the first options of a stage to the second, with these other members of the record. */
async function changes(before: object, after: object, recorded: { details?: object; parts?: object } = {}) {
  const planned = async (options: object) => {
    const pipeline = await read(JSON.stringify({ stages: [{ name: "org.osbuild.noop", options }] }));
    const found = await fingerprints(pipeline, { baseFingerprint: async () => null, archive: null });
    return planBuild(pipeline, { fingerprints: found, records: new Map() }, "output");
  };
  const [old, now] = [await planned(before), await planned(after)];
  const { step, fingerprint } = old.steps[0] as RunningStep;
  const { parts, details, value } = fingerprint;
  const record = {
    kind: "stage",
    name: step.name,
    id: step.id,
    fingerprint: value,
    parts: { ...parts, ...recorded.parts },
    details: recorded.details ?? details,
  } as StoredResult;
  return explain(now.steps[0] as PlannedStep & RunningStep, now, [record]).changes.map(({ what: _, ...rest }) => rest);
}

test("options are compared key by key, and lists by what they have", async () => {
  expect(await changes({ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3, d: 4 } })).toEqual([
    { name: "a.c", before: 2, after: 3 },
    { name: "a.d", after: 4 },
  ]);
  expect(await changes({ p: ["x", "y"] }, { p: ["y", "z", "w"] })).toEqual([
    { name: "p", before: "x" },
    { name: "p", after: "z" },
    { name: "p", after: "w" },
  ]);
  expect(await changes({ p: ["x", "y"] }, { p: ["y", "x"] })).toEqual([
    { name: "p", before: ["x", "y"], after: ["y", "x"] },
  ]);
  expect(await changes({ p: [{ n: 1 }, { n: 2 }] }, { p: [{ n: 1 }, { n: 3 }] })).toEqual([
    { name: "p[1].n", before: 2, after: 3 },
  ]);
});

test("a library of Node.js is named with its versions", async () => {
  expect(await changes({}, {}, { parts: { runtime: { zstd: "1.5.5" } } })).toEqual([
    { name: "Node.js's zstd", before: "1.5.5" },
  ]);
});

test("a record whose details are damaged explains nothing, and breaks nothing", async () => {
  expect(
    await changes({ a: 1 }, { a: 2 }, { details: { options: "{", inputs: { x: 1 }, program: {} } }),
  ).not.toContainEqual(expect.objectContaining({ name: "a" }));
});
