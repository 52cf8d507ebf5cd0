import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { buildOutput } from "../../src/build/build.ts";
import type { BuildContext } from "../../src/build/context.ts";
import type { BuildEvent } from "../../src/events.ts";
import { loadPipeline } from "../../src/pipeline/load.ts";
import { steps } from "../../src/pipeline/pipeline.ts";
import { exportOutput } from "../../src/store/exports.ts";
import { createStore } from "../../src/store/layout.ts";
import { pruneStore } from "../../src/store/maintenance.ts";
import { listContentKeys, readRef, type StoredResult } from "../../src/store/refs.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { directoryRemote } from "../support/directory-cache.ts";
import { scratch } from "../support/store.ts";

const programs: { readonly [path: string]: readonly [script: string, meta?: object] } = {
  "stages/test.base": ["echo base > /run/osbuild/tree/base", { id: false }],
  "stages/test.nightly": ["echo news > /run/osbuild/tree/news", { id: false }],
  "stages/test.more": ["cat /run/osbuild/tree/base > /run/osbuild/tree/more; echo log", { id: false }],
  "stages/test.nothing": ["touch /run/osbuild/tree; cat /run/osbuild/tree/base", { id: false }],
  // A build root for the programs above.
  "stages/test.tools": [
    "cd /run/osbuild/tree; mkdir bin usr; cp /usr/bin/busybox bin; for name in sh cat; do ln -s busybox bin/$name; done",
    { id: false },
  ],
  "stages/test.id": ["sed 's/.*\"id\"://' > /run/osbuild/tree/id"],
  "assemblers/test.image": ["cd /run/osbuild/tree; cat * > /run/osbuild/output/image", { id: false }],
};

const stage = (name: string, options = {}) => ({ name: `test.${name}`, options });
const assembler = stage("image");

/** A machine with a store and the programs above. */
async function place(parent?: string) {
  const directory = await scratch(parent);
  const { path } = directory;
  const write = (name: string, script: string) =>
    writeFileSync(`${path}/lib/${name}`, `#!/bin/sh -e\n${script}\n`, { mode: 0o755 });
  for (const folder of ["stages", "assemblers"]) mkdirSync(`${path}/lib/${folder}`, { recursive: true });
  for (const [name, [script, meta = {}]] of Object.entries(programs)) {
    write(name, script);
    writeFileSync(`${path}/lib/${name}.meta.json`, JSON.stringify(meta));
  }
  const layout = await createStore(`${path}/store`);
  const names = { buildPipeline: undefined, buildEnv: undefined, mirrors: undefined, base: undefined, variables: [] };
  /** Builds a pipeline, and returns how each step ended, the warnings and the image. */
  async function run(pipeline: object, context: Partial<BuildContext> = {}) {
    writeFileSync(`${path}/p.json`, JSON.stringify(pipeline));
    const loaded = await loadPipeline({ pipeline: `${path}/p.json`, libdirs: [`${path}/lib`], ...names }, new Set());
    const results: string[] = [];
    const warnings: string[] = [];
    const report = (event: BuildEvent) => {
      if (event.type === "warning") warnings.push(event.problem.message);
      if (event.type === "step-started") results.push(`${event.step.name.slice(5)} ran`);
      if (event.type === "step-cached") results.push(`${event.step.name.slice(5)} ${event.source}`);
    };
    const { signal } = new AbortController();
    const output = mkdtempSync(`${path}/output-`);
    await buildOutput(loaded, { layout, report, signal, ...context }, (record) => exportOutput(layout, record, output));
    const records = await Promise.all(steps(loaded).map(({ id }) => readRef(layout, id)));
    const image = readFileSync(`${output}/image`, "utf8");
    return { results, warnings, image, records: records as readonly StoredResult[] };
  }
  const comment = (name: string) => write(name, `${programs[name]?.[0]}\n# A comment.`);
  return { path, layout, run, write, comment, [Symbol.asyncDispose]: directory[Symbol.asyncDispose] };
}

test("after a comment in a stage's program that stage runs, and nothing after it", async () => {
  await using here = await place();
  const pipeline = { stages: [stage("base"), stage("more"), stage("id")], assembler };
  const first = await here.run(pipeline);
  here.comment("stages/test.base");
  const second = await here.run(pipeline);
  const rest = ["more same tree", "id same tree", "image same tree"];
  expect([second.results, second.image]).toEqual([["base ran", ...rest], first.image]);
  const bits = ({ records }: typeof first) => records.map(({ object, layers, tree }) => ({ object, layers, tree }));
  expect(bits(second)).toEqual(bits(first));
  // The results are now the new fingerprints', too.
  const third = await here.run(pipeline);
  expect(third.results).toEqual(["base store", "more store", "id store", "image store"]);
  here.write("stages/test.base", "echo other > /run/osbuild/tree/base");
  const changed = await here.run(pipeline);
  expect(changed.results).toEqual(["base ran", "more ran", "id ran", "image ran"]);
  expect(changed.image).not.toBe(first.image);
});

test("a nightly run without news ends there, under new ids, except for a program that gets its id", async () => {
  await using here = await place();
  const nightly = (night: number, ...more: readonly object[]) =>
    here.run({ stages: [stage("base"), stage("nightly", { night }), stage("more"), ...more], assembler });
  const first = await nightly(1);
  const second = await nightly(2);
  const stopped = ["base store", "nightly ran", "more same tree", "image same tree"];
  expect([second.results, second.image]).toEqual([stopped, first.image]);
  expect(second.records.map(({ id }) => id)).not.toEqual(first.records.map(({ id }) => id));
  const [, , more] = second.records;
  expect(readFileSync(here.layout.log(more?.id as string), "utf8")).toBe("log\n");
  const [one, other] = [await nightly(3, stage("id")), await nightly(4, stage("id"))];
  expect(one.results.slice(1)).toEqual(["nightly ran", "more same tree", "id ran", "image ran"]);
  expect(other.results.slice(1)).toEqual(["nightly ran", "more same tree", "id ran", "image ran"]);
  expect(other.image).not.toBe(one.image);
});

test("a step that changes nothing adds no layer, and what follows needn't run for it", async () => {
  await using here = await place();
  const without = await here.run({ stages: [stage("base"), stage("more")], assembler });
  const within = await here.run({
    stages: [stage("base"), stage("nothing"), stage("more"), stage("nothing")],
    assembler,
  });
  expect(within.results).toEqual(["base store", "nothing ran", "more same tree", "nothing ran", "image same tree"]);
  const [base, more] = without.records;
  expect(within.records.map(({ layers }) => layers)).toEqual(
    [base, base, more, more, { layers: [] }].map((record) => record?.layers),
  );
  // A tree needs a layer, even if its first step changes nothing.
  here.write("stages/test.nothing", "true");
  const first = await here.run({ stages: [stage("nothing"), stage("base"), stage("more")], assembler });
  expect(first.results).toEqual(["nothing ran", "base same tree", "more same tree", "image same tree"]);
  expect(first.image).toBe(without.image);
  expect((await verifyStore(here.layout)).findings).toEqual([]);
});

test("a step's build root counts by what it holds", async () => {
  await using here = await place();
  const pipeline = { build: { stages: [stage("tools")] }, stages: [stage("base"), stage("more")], assembler };
  await here.run(pipeline);
  here.comment("stages/test.tools");
  const second = await here.run(pipeline);
  expect(second.results).toEqual(["tools ran", "base same tree", "more same tree", "image same tree"]);
  here.write("stages/test.tools", `${programs["stages/test.tools"]?.[0]}; echo > new`);
  expect((await here.run(pipeline)).results).toEqual(["tools ran", "base ran", "more ran", "image ran"]);
});

test("prune deletes content keys that lead nowhere, and a damaged result isn't used but built again", async () => {
  await using here = await place();
  const pipeline = { stages: [stage("base"), stage("more")], assembler };
  const first = await here.run(pipeline);
  here.comment("stages/test.base");
  await here.run(pipeline);
  expect(await listContentKeys(here.layout)).toHaveLength(4);
  expect(await verifyStore(here.layout)).toMatchObject({ findings: [] });
  await pruneStore(here.layout, {});
  expect(await listContentKeys(here.layout)).toHaveLength(3);

  const [, more] = first.records;
  truncateSync(here.layout.object(more?.object as string), 10);
  here.write("stages/test.base", "echo base > /run/osbuild/tree/base # once more");
  const mended = await here.run(pipeline);
  expect(mended.warnings).toEqual([
    expect.stringMatching(/^object [0-9a-f]{64} of the store is damaged, .* test\.more$/),
  ]);
  expect([mended.results, mended.image]).toEqual([["base ran", "more ran", "image same tree"], first.image]);
  await pruneStore(here.layout, { maxBytes: 0 });
  expect(readdirSync(here.layout.byContent)).toEqual([]);
});

test("results of earlier releases, whose content isn't known, are used by id alone", async () => {
  await using here = await place();
  const first = await here.run({ stages: [stage("base"), stage("more")], assembler });
  const [base] = first.records;
  const { tree: _, contentKey: __, ...old } = base as StoredResult;
  writeFileSync(here.layout.record(old.id), JSON.stringify(old));
  const second = await here.run({ stages: [stage("base"), stage("nothing"), stage("more")], assembler });
  expect(second.results).toEqual(["base store", "nothing ran", "more ran", "image ran"]);
});

test("another machine takes from the cache what an equal tree was built into, and saves it under its own ids", async () => {
  await using here = await place();
  const cache = `${here.path}/cache`;
  const pipeline = { stages: [stage("base"), stage("more"), stage("id")], assembler };
  const build = async (machine: typeof here) => {
    const { remote, warnings, done } = directoryRemote(machine.layout, cache, "all");
    const built = await machine.run(pipeline, { remote });
    await done();
    expect(warnings).toEqual([]);
    return built;
  };
  const first = await build(here);
  const seen = [];
  for (const _ of ["fresh", "again"]) {
    await using there = await place(here.path);
    there.comment("stages/test.base");
    const { results, image } = await build(there);
    expect(image).toBe(first.image);
    expect((await verifyStore(there.layout)).findings).toEqual([]);
    seen.push(results);
  }
  expect(seen).toEqual([
    ["base ran", "more same tree", "id same tree", "image same tree"],
    ["base not needed", "more not needed", "id not needed", "image cache"],
  ]);
});

test("an entry of the cache is believed for its own key alone", async () => {
  await using here = await place();
  const cache = `${here.path}/cache`;
  const pipeline = { stages: [stage("base"), stage("more")], assembler };
  const first = directoryRemote(here.layout, cache, "all");
  const { records } = await here.run(pipeline, { remote: first.remote });
  await first.done();
  // An entry found by id leaves no content key behind, and one with another's content key is refused.
  await using there = await place(here.path);
  const { remote, warnings, done } = directoryRemote(there.layout, cache, "all");
  expect((await there.run(pipeline, { remote })).results).toEqual([
    "base not needed",
    "more not needed",
    "image cache",
  ]);
  expect(await listContentKeys(there.layout)).toEqual([]);
  const entries = readdirSync(cache).filter((name) => name.includes("by-content"));
  const [one = "", other = ""] = records.map(({ contentKey }) =>
    entries.find((name) => name.includes(`-by-content-${contentKey}-`)),
  );
  cpSync(`${cache}/${other}`, `${cache}/${one}`, { recursive: true });
  expect(await remote.fetchSame({ contentKey: records[0]?.contentKey as string, name: "base" })).toBeUndefined();
  expect(warnings).toEqual(["an entry of the cache is not used: the entry belongs to another step"]);
  await done();
});

test("an image whose contents are required and not recorded is made again on its tree, from store or cache", async () => {
  await using here = await place();
  const cache = `${here.path}/cache`;
  const pipeline = { stages: [stage("base"), stage("nothing"), stage("more")], assembler };
  const build = async (machine: typeof here, contents: BuildContext["contents"]) => {
    const { remote, done, warnings } = directoryRemote(machine.layout, cache, "all");
    const { results, image } = await machine.run(pipeline, { remote, contents });
    await done();
    expect(warnings).toEqual([]);
    return { results, image };
  };
  const first = await build(here, undefined);
  await using there = await place(here.path);
  const again = await build(there, "required");
  expect(again.results).toEqual(["base not needed", "nothing not needed", "more cache", "image ran"]);
  expect(again.image).toBe(first.image);
  // The new entry has taken the place of the old one.
  await using last = await place(here.path);
  expect((await build(last, "required")).results.at(-1)).toBe("image cache");
  // A comment leads to the same tree, but not to an image that isn't described.
  here.comment("stages/test.base");
  expect((await build(here, "required")).results).toEqual([
    ...["base ran", "nothing same tree", "more same tree", "image ran"],
  ]);
});

test("which step made a layer is known of trees from the cache, too", async () => {
  await using here = await place();
  const cache = `${here.path}/cache`;
  const names = (records: readonly StoredResult[]) => records.at(-2)?.makers?.map((maker) => maker?.name);
  const machines = [here, await place(here.path)];
  const told = [];
  for (const [index, machine] of machines.entries()) {
    const { remote, done } = directoryRemote(machine.layout, cache, "all");
    const last = stage("id", { index });
    const { results, records } = await machine.run(
      { stages: [stage("base"), stage("nothing"), stage("more"), last], assembler },
      { remote },
    );
    await done();
    told.push([results.slice(0, 3), names(records)]);
  }
  const makers = ["test.base", "test.more", "test.id"];
  expect(told).toEqual([
    [["base ran", "nothing ran", "more ran"], makers],
    [["base not needed", "nothing not needed", "more cache"], makers],
  ]);
  await machines[1]?.[Symbol.asyncDispose]();
});
