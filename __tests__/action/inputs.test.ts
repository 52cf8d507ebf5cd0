import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "@jest/globals";
import { pipelinesOf } from "../../src/action/inputs.ts";

test("a pattern matches pipelines, but not the locks beside them", async () => {
  const directory = mkdtempSync(`${tmpdir()}/inputs-`);
  for (const name of ["mail.json", "web.json", "web.lock.json"]) writeFileSync(`${directory}/${name}`, "{}");
  expect(await pipelinesOf([`${directory}/*.json`])).toEqual([`${directory}/mail.json`, `${directory}/web.json`]);
  rmSync(directory, { recursive: true });
});
