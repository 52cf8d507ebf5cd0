import { expect, test } from "@jest/globals";
import type { BuildEvent } from "../../src/events.ts";
import { jsonResult } from "../../src/report/json.ts";
import { stepResults } from "../../src/report/step-results.ts";
import { textReport } from "../../src/report/text.ts";
import { read } from "../pipeline/pipelines.ts";

test("a step that starts anew is told once, and one that is interrupted ends its line", () => {
  const step = { id: "a".repeat(64), kind: "stage" as const, name: "org.osbuild.noop", depth: 0, index: 1 };
  let text = "";
  const { report, close } = textReport({ write: (more) => (text += more), paint: (_, plain) => plain }, "normal");
  const start: BuildEvent = { type: "step-started", step, reason: "not in the store" };
  const again: BuildEvent = { type: "output", step, lines: ["once more"] };
  for (const event of [{ type: "planned", steps: [step], toRun: 1 } as const, start, again, start]) report(event);
  close();
  expect(text).toBe("1/1 noop: first build (aaaaaaaaaaaa)\n");
});

test("a step that is known from a tree that holds the same is cached (same tree), in text and in JSON", async () => {
  const pipeline = await read('{"stages": [{"name": "org.osbuild.noop"}]}');
  const [{ id, kind, name } = { id: "", kind: "stage" as const, name: "" }] = pipeline.stages;
  const step = { id, kind, name, depth: 0, index: 1 };
  const events: readonly BuildEvent[] = [
    { type: "planned", steps: [step], toRun: 1 },
    { type: "step-cached", step, source: "same tree", bytes: 4096, ran: null, isUnpinned: false },
  ];
  let text = "";
  const { report, close } = textReport({ write: (more) => (text += more), paint: (_, plain) => plain }, "normal");
  const results = stepResults();
  for (const event of events) {
    report(event);
    results.add(event);
  }
  close();
  expect(text).toBe(`1/1 noop: cached (same tree) (${id.slice(0, 12)})\n`);
  const [{ result }] = results.all() as [ReturnType<typeof results.all>[number]];
  const json = jsonResult(pipeline, { results: new Map([[id, result]]), engine: new Map(), logs: new Map() }, null);
  expect(json).toMatchObject({ stages: [{ status: "cached", reason: "same tree", success: true }] });
});
