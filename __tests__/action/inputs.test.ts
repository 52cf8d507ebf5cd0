import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "@jest/globals";
import { pipelinesOf, pushOf } from "../../src/action/inputs.ts";

test("a pattern matches pipelines, but not the locks beside them", async () => {
  const directory = mkdtempSync(`${tmpdir()}/inputs-`);
  for (const name of ["mail.json", "web.json", "web.lock.json"]) writeFileSync(`${directory}/${name}`, "{}");
  expect(await pipelinesOf([`${directory}/*.json`])).toEqual([`${directory}/mail.json`, `${directory}/web.json`]);
  rmSync(directory, { recursive: true });
});

test("an image is pushed under whole names with tags, and only one image", () => {
  const target = { registry: "ghcr.io", repository: "owner/web", tag: "v1" };
  expect(pushOf(["ghcr.io/owner/web:v1", "127.0.0.1:5000/web:v1"], 1)).toEqual([
    target,
    { registry: "127.0.0.1:5000", repository: "web", tag: "v1" },
  ]);
  for (const line of ["ghcr.io/owner/web", "owner/web:v1", "ghcr.io/Owner/web:v1", "ghcr.io/owner/web@sha256:00"])
    expect(() => pushOf([line], 1)).toThrow(`the input push has a line "${line}"`);
  expect(() => pushOf(["ghcr.io/owner/web:v1"], 2)).toThrow("names one image, and there are 2 pipelines");
  expect(pushOf([], 2)).toEqual([]);
});
