import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, expect, test } from "@jest/globals";
import { BuildError } from "../../src/errors.ts";
import { startTpm } from "../../src/image/tpm.ts";

const directory = mkdtempSync(`${tmpdir()}/tpm-`);
afterAll(() => rmSync(directory, { recursive: true }));

/** The command lines of this machine's processes that are about the test's directory. */
const processes = () =>
  execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(directory));

test("a TPM ends with its machine", async () => {
  {
    await using tpm = await startTpm(directory);
    expect(existsSync(tpm.socket)).toBe(true);
    expect(processes()).toEqual([expect.stringMatching(/^swtpm socket --tpm2 /)]);
  }
  expect(processes()).toEqual([]);
});

test("a TPM that doesn't start says why", async () => {
  const start = startTpm(`${directory}/missing`);
  await expect(start).rejects.toThrow(BuildError);
  await expect(start).rejects.toThrow(/the machine's TPM doesn't start\n.*\nswtpm: .*No such file or directory/);
});
