import { readdirSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { allGoldens, type Builder, openBuilder, readGolden } from "./support/golden.ts";

let builder: Builder | undefined;
beforeAll(async () => {
  builder = await openBuilder();
});
afterAll(async () => builder?.[Symbol.asyncDispose]());

const without = { error: "it fails, and makes no tree: __tests__/stages/error.test.ts" };

const stageOf = (name: string) => name.replace(/\/.*/, "");

test("every stage has a golden tree, or a reason not to have one", () => {
  const files = readdirSync(new URL("../stages", import.meta.url));
  const stages = files.flatMap((file) => /^org\.osbuild\.(.+)\.meta\.json$/.exec(file)?.[1] ?? []);
  const told = [...allGoldens.map(({ name }) => stageOf(name)), ...Object.keys(without)];
  expect([...new Set(told)].sort()).toEqual(stages.sort());
});

test.each(allGoldens)("$name changes a tree as its golden says", async (golden) => {
  const { a, b, differences } = readGolden(golden);
  expect(b).toEqual({ ...a, stages: [...a.stages, expect.anything()] });
  expect(b.stages.at(-1)?.name).toBe(`org.osbuild.${stageOf(golden.name)}`);
  // If the stage was meant to change, `npm run golden` updates the golden.
  const found = await builder?.difference(golden);
  expect(found).toEqual(differences.find((difference) => isDeepStrictEqual(difference, found)) ?? differences[0]);
});
