import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { buildOutput } from "../../src/build/build.ts";
import type { BuildEvent } from "../../src/events.ts";
import { loadPipeline } from "../../src/pipeline/load.ts";
import { exportOutput } from "../../src/store/exports.ts";
import { createStore } from "../../src/store/layout.ts";
import { pruneStore } from "../../src/store/maintenance.ts";
import { osbuild } from "../support/osbuild.ts";
import { scratch } from "../support/store.ts";

async function place() {
  const directory = await scratch();
  const { path } = directory;
  const programs = {
    "stages/test.tree": "echo tree > /run/osbuild/tree/file",
    "assemblers/test.image": "cp /run/osbuild/tree/file /run/osbuild/output/image",
  };
  for (const [name, script] of Object.entries(programs)) {
    mkdirSync(`${path}/lib/${name.split("/")[0]}`, { recursive: true });
    writeFileSync(`${path}/lib/${name}`, `#!/bin/sh -e\n${script}\n`, { mode: 0o755 });
  }
  writeFileSync(
    `${path}/p.json`,
    JSON.stringify({ stages: [{ name: "test.tree" }], assembler: { name: "test.image" } }),
  );
  return { path, [Symbol.asyncDispose]: directory[Symbol.asyncDispose] };
}

test("the results that a build finds or makes can be pruned only after they have been delivered", async () => {
  await using here = await place();
  const { path } = here;
  const layout = await createStore(`${path}/store`);
  const names = { buildPipeline: undefined, buildEnv: undefined, mirrors: undefined, base: undefined, variables: [] };
  const pipeline = await loadPipeline({ pipeline: `${path}/p.json`, libdirs: [`${path}/lib`], ...names }, new Set());
  const prune = () => pruneStore(layout, { maxBytes: 0 }).catch((error: Error) => error.message);
  for (const state of ["new", "unchanged"]) {
    const pruned: ReturnType<typeof prune>[] = [];
    const told: string[] = [];
    const report = ({ type }: BuildEvent) => {
      told.push(type);
      if (type === "planned") pruned.push(prune());
    };
    const { signal } = new AbortController();
    await buildOutput(pipeline, { layout, report, signal }, async (record) => {
      pruned.push(prune());
      await pruned.at(-1);
      await exportOutput(layout, record, `${path}/${state}`);
    });
    const refused = "the store is in use by a build";
    expect(await Promise.all(pruned)).toEqual([refused, refused]);
    expect(told.includes("step-started")).toBe(state === "new");
    expect(readFileSync(`${path}/${state}/image`, "utf8")).toBe("tree\n");
  }
  expect(await prune()).toMatchObject({ refs: 2, objects: 2 });
});

test("unchanged builds, each with a prune at the same time, all succeed", async () => {
  await using here = await place();
  const { path: cwd } = here;
  const build = () => osbuild(["--store=store", "--libdir=lib", "--output=out", "p.json"], { cwd });
  const prune = (...limits: readonly string[]) => osbuild(["store", "prune", "--store=store", ...limits], { cwd });
  await build();
  for (let round = 0; round < 4; round++) {
    rmSync(`${cwd}/out`, { recursive: true, force: true });
    const [built, pruned] = await Promise.all([build(), prune("--max-size=0")]);
    expect(built).toMatchObject({ code: 0, stderr: "" });
    expect(pruned.stderr).toMatch(/^$|^error: the store is in use by a build\n/);
    expect(existsSync(`${cwd}/out/image`)).toBe(true);
  }
});
