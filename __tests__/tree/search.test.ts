import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { search } from "../../src/tree/search.ts";
import { scratch } from "../support/store.ts";

test("a text is found in any file, also where it lies across two reads", async () => {
  await using directory = await scratch();
  const at = directory.path;
  mkdirSync(`${at}/etc`);
  writeFileSync(`${at}/etc/a`, "…the-secret…");
  writeFileSync(`${at}/etc/none`, "the-secre");
  for (const start of [1024 ** 2 - 5, 1024 ** 2 * 2 - 1])
    writeFileSync(`${at}/large-${start}`, `${"x".repeat(start)}the-secret${"x".repeat(99)}`);
  writeFileSync(`${at}/old`, "another");
  symlinkSync("etc/a", `${at}/link`);
  const texts = new Map([
    ["one", ["the-secret", "in another form"]],
    ["two", ["another"]],
  ]);
  const found = async (since?: number) => (await search(at, texts, since)).map(({ path, key }) => `${path} ${key}`);
  expect(await found()).toEqual(["/etc/a one", "/large-1048571 one", "/large-2097151 one", "/old two"]);
  expect(await found(Date.now() + 60_000)).toEqual([]);
});
