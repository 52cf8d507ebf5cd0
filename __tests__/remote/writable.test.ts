import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "@jest/globals";
import { isWritable } from "../../src/remote/writable.ts";

test("a directory that isn't there can't be a remote: it may be on a disk that isn't mounted", async () => {
  const directory = mkdtempSync(`${tmpdir()}/place-`);
  try {
    expect(await isWritable({ type: "directory", path: directory })).toBe(true);
    await expect(isWritable({ type: "directory", path: `${directory}/none` })).rejects.toMatchObject({
      code: "INVALID",
      problems: [{ hint: "make the directory, or mount it" }],
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
