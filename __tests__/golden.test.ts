import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { allGoldens, type Builder, openBuilder, readGolden } from "./support/golden.ts";

let builder: Builder | undefined;
beforeAll(async () => {
  builder = await openBuilder();
});
afterAll(async () => builder?.[Symbol.asyncDispose]());

const without = { error: "it fails, and makes no tree: __tests__/stages/error.test.ts" };

const stageOf = (name: string) => name.replace(/\/.*/, "");

test("every stage has a golden tree, or a reason to have none", () => {
  const files = readdirSync(new URL("../stages", import.meta.url));
  const stages = files.flatMap((file) => /^org\.osbuild\.(.+)\.meta\.json$/.exec(file)?.[1] ?? []);
  const told = [...allGoldens.map(({ name }) => stageOf(name)), ...Object.keys(without)];
  expect([...new Set(told)].sort()).toEqual(stages.sort());
});

test.each(allGoldens)("$name does to a tree what its golden says", async (golden) => {
  const { a, b, difference } = readGolden(golden);
  expect(b).toEqual({ ...a, stages: [...a.stages, expect.anything()] });
  expect(b.stages.at(-1)?.name).toBe(`org.osbuild.${stageOf(golden.name)}`);
  // Reviewed a change of a stage? `npm run golden` writes it down.
  expect(await builder?.difference(golden)).toEqual(difference);
});
