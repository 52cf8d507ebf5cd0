import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { build } from "../../src/build/build.ts";
import { parseDocument } from "../../src/json/document.ts";
import { normalise } from "../../src/pipeline/normalise.ts";
import { openLibrary } from "../../src/programs/library.ts";
import { secretOf } from "../../src/secrets/secret.ts";
import { createStore } from "../../src/store/layout.ts";
import { scratch } from "../support/store.ts";

const secret = "8lynx-Panther";

/** Builds a pipeline of one stage that fails after a script, and returns the error. */
async function failing(directory: string, script: string): Promise<Error> {
  mkdirSync(`${directory}/lib/stages`, { recursive: true });
  const stage = `#!/bin/sh -e\ncd /run/osbuild/tree\n${script}\nexit 3\n`;
  writeFileSync(`${directory}/lib/stages/test.fail`, stage, { mode: 0o755 });
  writeFileSync(`${directory}/lib/stages/test.fail.meta.json`, '{"secrets": ["/token"]}');
  const text = '{"stages": [{"name": "test.fail", "options": {"token": "token"}}]}';
  const sources = { document: parseDocument("test.json", text), secrets: new Map([["token", secretOf(secret)]]) };
  const pipeline = await normalise(sources, openLibrary([`${directory}/lib`]));
  const layout = await createStore(`${directory}/store`);
  const [report, { signal }] = [() => undefined, new AbortController()];
  return build(pipeline, { layout, report, signal, failedTree: `${directory}/tree.tgz` }).then(
    () => new Error("the stage didn't fail"),
    (error: Error) => error,
  );
}

test("the tree of a stage that failed is archived", async () => {
  await using directory = await scratch();
  const error = await failing(directory.path, "echo one > file");
  expect(error.message).toBe("test.fail failed with exit code 3");
  expect(execFileSync("tar", ["-xOzf", `${directory.path}/tree.tgz`, "./file"]).toString()).toBe("one\n");
});

test("a tree that has a secret isn't", async () => {
  await using directory = await scratch();
  const error = await failing(directory.path, "cat /run/osbuild/secrets/token > file");
  expect(error.message).toBe('test.fail has left the secret "token" in the tree: /file');
  expect(existsSync(`${directory.path}/tree.tgz`)).toBe(false);
});
