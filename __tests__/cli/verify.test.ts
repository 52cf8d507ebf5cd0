import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { expect, test } from "@jest/globals";
import { osbuild } from "../support/osbuild.ts";
import { scratch } from "../support/store.ts";

/** Stages that are the same on every machine and at any time, and some that aren't. */
const stages = {
  "test.steady": "echo steady > steady; mkdir etc",
  "test.date": "date +%s.%N > etc/date",
  "test.inode": "touch etc/file; stat --format=%i etc/file > etc/inode; touch etc/both",
  "test.time": "touch --date='-30 years' etc/old",
  "test.processors": "[ $(nproc) != 1 ]",
};

/** Verifies a pipeline of these stages with a tar archive of their tree. */
async function verify(names: readonly (keyof typeof stages)[], ...options: readonly string[]) {
  await using directory = await scratch();
  const { path } = directory;
  mkdirSync(`${path}/lib/stages`, { recursive: true });
  for (const [name, script] of Object.entries(stages))
    writeFileSync(`${path}/lib/stages/${name}`, `#!/bin/sh -e\ncd /run/osbuild/tree\n${script}\n`, { mode: 0o755 });
  const assembler = { name: "org.osbuild.tar", options: { filename: "tree.tar" } };
  writeFileSync(`${path}/p.json`, JSON.stringify({ stages: names.map((name) => ({ name })), assembler }, null, 1));
  const ended = await osbuild(["verify", "--libdir=lib", "--store=store", ...options, "p.json"], { cwd: path });
  // Both builds have stores of their own, which are gone.
  expect([...readdirSync(`${path}/store/refs`), ...readdirSync(`${path}/store/tmp`)]).toEqual([]);
  return ended;
}

test("a pipeline whose steps give the same bits again passes", async () => {
  const { code, stdout, stderr } = await verify(["test.steady"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/compared 2 steps of two builds: all are the same\ntree\.tar {2}10 KiB {2}sha256:\w{64}\n$/);
});

test("the second build has the variables' values, too", async () => {
  await using directory = await scratch();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the pipeline's.
  const options = { hostname: "${host}" };
  const pipeline = { variables: { host: { type: "string" } }, stages: [{ name: "org.osbuild.hostname", options }] };
  writeFileSync(`${directory.path}/p.json`, JSON.stringify(pipeline));
  const ended = await osbuild(["verify", "--set", "host=web", "p.json"], { cwd: directory.path });
  expect(ended).toMatchObject({ code: 0, stderr: "" });
});

test("the first step that writes the date is named at its line, with the file", async () => {
  const { code, stderr } = await verify(["test.steady", "test.date", "test.inode"]);
  expect(code).toBe(1);
  expect(stderr.replace(/sha256:\w{12}…/g, "DIGEST")).toBe(`\
p.json:7:12: error: test.date doesn't give the same bits again:
  /etc/date: content DIGEST, then DIGEST
  7 |    "name": "test.date"
    |            ^^^^^^^^^^^
  hint: look for what depends on the time, a random number, the order of a directory or the machine
`);
});

test("a step that writes the number of a file's inode is named, and --json has the whole difference", async () => {
  const { code, stdout } = await verify(["test.steady", "test.inode"], "--json");
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    success: false,
    problems: [{ file: "p.json", line: 7, message: expect.stringContaining("\n  /etc/inode: content ") }],
    steps: [
      { name: "test.steady", same: true },
      { name: "test.inode", same: false },
      { name: "org.osbuild.tar", same: false },
    ],
    first_difference: {
      ...{ name: "test.inode", added: {}, deleted: [] },
      changed: { "/etc/inode": { content: [expect.stringMatching(/^sha256:/), expect.stringMatching(/^sha256:/)] } },
    },
  });
});

test("times count, too, and so does a step that fails only the second time", async () => {
  const { stderr } = await verify(["test.steady", "test.time"]);
  expect(stderr).toMatch(/test\.time doesn't give the same bits again:\n {2}\/etc\/old: time \S+Z, then \S+Z\n/);
  const failed = await verify(["test.steady", "test.processors"]);
  // On one processor it fails in both.
  const often =
    availableParallelism() > 1 ? "failed in the second build, but not in the first" : "failed with exit code";
  expect(failed.stderr).toContain(`p.json:7:12: error: test.processors ${often}`);
});

test("a pipeline that starts from a tree in the store, or comes from stdin, is refused", async () => {
  await using directory = await scratch();
  const run = (pipeline: string) => {
    writeFileSync(`${directory.path}/p.json`, JSON.stringify({ base: "0".repeat(64), stages: [] }));
    return osbuild(["verify", pipeline], { cwd: directory.path });
  };
  expect(await run("p.json")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("starts from a tree in the store"),
  });
  expect(await run("-")).toMatchObject({ code: 2, stderr: expect.stringContaining("name a file") });
});
