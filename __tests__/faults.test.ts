import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";

test("a few faults of the kinds that have no other short form do no harm", () => {
  const program = resolve(import.meta.dirname, "../faults/faults.ts");
  const { status, stdout } = spawnSync(process.execPath, [program, "--short", "fuzz", "links", "steady"], {
    encoding: "utf8",
  });
  expect(stdout).toMatch(/^\| fuzz +\| +1,000 \|/m);
  expect(stdout).toMatch(/^\| links +\| +2 \|/m);
  expect(status).toBe(0);
});
