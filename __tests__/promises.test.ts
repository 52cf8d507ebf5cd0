import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** The rows of the table: a promise, the file of its test, the test's name. */
const rows = [...read("SECURITY.md").matchAll(/^\| (.+?) +\| `(__tests__\/[^`]+)` +\| (.+?) +\|$/gm)].map((row) =>
  row.slice(1),
);

test("every test that SECURITY.md names is there", () => {
  expect(rows.length).toBeGreaterThan(10);
  const isThere = (file: string, name: string) =>
    existsSync(new URL(`../${file}`, import.meta.url)) && read(file).includes(`"${name}"`);
  expect(rows.filter(([, file = "", name = ""]) => !isThere(file, name))).toEqual([]);
});
