import { mkdirSync, writeFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { buildSideBySide, type Candidate, defaultJobs } from "../../src/builder/schedule.ts";
import type { BuildEvent, CacheSource } from "../../src/events.ts";
import { fingerprints } from "../../src/pipeline/fingerprint.ts";
import { loadPipeline } from "../../src/pipeline/load.ts";
import { steps } from "../../src/pipeline/pipeline.ts";
import { scratch } from "../support/store.ts";

const starts = { baseFingerprint: async () => null, archive: null };
const hostname = (name: string) => ({ name: "org.osbuild.hostname", options: { hostname: name } });
const noop = { name: "org.osbuild.noop" };

/** Loads pipelines from files in a directory of their own each. */
async function load(directory: string, pipelines: Readonly<Record<string, object>>) {
  const loaded = new Map<string, Candidate>();
  for (const [name, content] of Object.entries(pipelines)) {
    const own = `${directory}/${name}`;
    mkdirSync(own);
    writeFileSync(`${own}/motd`, name);
    writeFileSync(`${own}/pipeline.json`, JSON.stringify(content));
    const none = { buildEnv: undefined, buildPipeline: undefined, base: undefined, mirrors: undefined };
    const files = { pipeline: `${own}/pipeline.json`, libdirs: [], variables: [], ...none };
    const pipeline = await loadPipeline(files, new Set());
    loaded.set(name, { pipeline, fingerprints: await fingerprints(pipeline, starts) });
  }
  return loaded;
}

/** Starts builds that go on until they are told to end. */
function begin(candidates: ReadonlyMap<string, Candidate>, jobs: number) {
  const order: string[] = [];
  const builds = new Map<string, { readonly hear: (event: BuildEvent) => void; readonly end: () => void }>();
  const all = buildSideBySide(candidates, jobs, (name, hear) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    order.push(name);
    builds.set(name, { hear, end: resolve });
    return promise;
  });
  const step = (name: string, place: number) => {
    const { id, kind, name: program } = steps((candidates.get(name) as Candidate).pipeline)[place] ?? {};
    return { id, kind, name: program, depth: 0, index: place + 1 } as Extract<BuildEvent, { type: "stored" }>["step"];
  };
  return {
    order,
    all,
    stored: (name: string, place: number) =>
      builds.get(name)?.hear({ type: "stored", step: step(name, place), bytes: 1, ran: null }),
    cached: (name: string, place: number, source: CacheSource) => {
      const event = { type: "step-cached", step: step(name, place), source, bytes: 1, ran: null } as const;
      builds.get(name)?.hear({ ...event, isUnpinned: false });
    },
    async end(name: string) {
      builds.get(name)?.end();
      await setImmediate();
    },
  };
}

test("a pipeline starts once the steps that it shares are stored, and one that shares none at once", async () => {
  await using place = await scratch();
  const on = (name: string) => ({ stages: [hostname("base"), hostname(name)] });
  const job = begin(await load(place.path, { a: on("a"), b: on("b"), alone: { stages: [noop] }, c: on("c") }), 4);
  expect(job.order).toEqual(["a", "alone"]);
  job.cached("a", 0, "same tree");
  expect(job.order).toEqual(["a", "alone"]);
  job.stored("a", 0);
  expect(job.order).toEqual(["a", "alone", "b", "c"]);
  for (const name of job.order) await job.end(name);
  await job.all;
});

test("a shared result that the first pipeline doesn't need is made by one of the others", async () => {
  await using place = await scratch();
  const on = (name: string) => ({ stages: [hostname("base"), hostname(name)] });
  const job = begin(await load(place.path, { a: on("a"), b: on("b"), c: on("c") }), 4);
  job.cached("a", 0, "not needed");
  expect(job.order).toEqual(["a", "b"]);
  job.stored("b", 0);
  expect(job.order).toEqual(["a", "b", "c"]);
  for (const name of job.order) await job.end(name);
  await job.all;
});

test("no more run at once than may, and each starts in its order", async () => {
  await using place = await scratch();
  const names = ["a", "b", "c"];
  const job = begin(
    await load(place.path, Object.fromEntries(names.map((name) => [name, { stages: [hostname(name)] }]))),
    2,
  );
  expect(job.order).toEqual(["a", "b"]);
  await job.end("b");
  expect(job.order).toEqual(names);
  for (const name of names) await job.end(name);
  await job.all;
});

test("pipelines whose steps have the same id but other files are built one after another", async () => {
  await using place = await scratch();
  const script = { name: "org.osbuild.script", options: { path: "./motd" } };
  const job = begin(await load(place.path, { a: { stages: [script] }, b: { stages: [script] } }), 2);
  job.stored("a", 0);
  expect(job.order).toEqual(["a"]);
  await job.end("a");
  expect(job.order).toEqual(["a", "b"]);
  await job.end("b");
  await job.all;
});

test("a pipeline waits for the one that makes its base", async () => {
  await using place = await scratch();
  const first = await load(place.path, { a: { stages: [hostname("base"), noop] } });
  const base = steps((first.get("a") as Candidate).pipeline)[0]?.id;
  const second = await load(place.path, { b: { base, stages: [hostname("b")] } });
  const job = begin(new Map([...first, ...second]), 2);
  expect(job.order).toEqual(["a"]);
  job.stored("a", 0);
  expect(job.order).toEqual(["a", "b"]);
  for (const name of job.order) await job.end(name);
  await job.all;
});

test.each([
  { gibibytes: 3, processors: 4, jobs: 1 },
  { gibibytes: 15, processors: 4, jobs: 3 },
  { gibibytes: 64, processors: 2, jobs: 2 },
])("$gibibytes GiB and $processors processors are enough for $jobs", ({ gibibytes, processors, jobs }) => {
  expect(defaultJobs(gibibytes * 1024 ** 3, processors)).toBe(jobs);
});
