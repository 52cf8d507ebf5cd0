import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { createStore, layoutOf } from "../../src/store/layout.ts";
import { readToolDigests, writeToolDigests } from "../../src/store/tools.ts";
import { scratch } from "../support/store.ts";

test("the digests of tools are kept, and whatever is in their place is as good as none", async () => {
  await using directory = await scratch();
  expect(await readToolDigests(layoutOf(`${directory.path}/missing`))).toEqual(new Map());
  const layout = await createStore(`${directory.path}/store`);
  const known = new Map(["a", "b"].map((digit) => [digit.repeat(64), "c".repeat(64)]));
  await writeToolDigests(layout, known);
  expect(await readToolDigests(layout)).toEqual(known);
  writeFileSync(layout.tools, readFileSync(layout.tools, "utf8").slice(0, -2));
  expect([...(await readToolDigests(layout)).keys()]).toEqual(["a".repeat(64)]);
  rmSync(layout.tools);
  mkdirSync(layout.tools);
  expect(await readToolDigests(layout)).toEqual(new Map());
  await writeToolDigests(layout, known);
  expect(await readToolDigests(layout)).toEqual(known);
});
