import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { allGoldens, type Builder, openBuilder, readGolden } from "./support/golden.ts";

let builder: Builder;
beforeAll(async () => {
  builder = await openBuilder();
});
afterAll(async () => builder[Symbol.asyncDispose]());

/** What a stage makes is the packages of others, as they are today, or the stage makes no tree. */
const without = {
  apt: "what it installs: __tests__/stages/apt.test.ts",
  debootstrap: "what it installs: __tests__/stages/debootstrap.test.ts",
  dnf: "what it installs: __tests__/stages/dnf.test.ts",
  error: "it fails: __tests__/stages/error.test.ts",
  ostree: "what it deploys: __tests__/stages/ostree.test.ts",
  rpm: "what it installs: __tests__/stages/rpm.test.ts",
  yum: "what it installs: __tests__/stages/yum.test.ts",
};

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
  expect(await builder.difference(golden)).toEqual(difference);
});
