import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";

const module = resolve(import.meta.dirname, "../../src/action/post.ts");
const nobody = 65534;

test("the post step of a user who can't become root removes the Action's directory", () => {
  const parent = mkdtempSync(`${tmpdir()}/post-`);
  const directory = `${parent}/osbuild`;
  try {
    mkdirSync(directory);
    writeFileSync(`${directory}/file`, "");
    for (const path of [parent, directory, `${directory}/file`]) chownSync(path, nobody, nobody);
    const script = `const { cleanUp } = await import(${JSON.stringify(module)});
      await cleanUp({ directory: ${JSON.stringify(directory)}, outputs: [] });`;
    const argv = ["--input-type=module", "--eval", script];
    execFileSync(process.execPath, argv, { uid: nobody, gid: nobody, cwd: "/" });
    expect(existsSync(directory)).toBe(false);
  } finally {
    rmSync(parent, { recursive: true });
  }
});
