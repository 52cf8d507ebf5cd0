import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { osbuild, osbuildJson, statuses } from "../support/osbuild.ts";
import { scratch } from "../support/store.ts";

const kib = (name: string, size: number) => ({
  name: "test.shell",
  options: { script: `head -c ${size}K /dev/zero > ${name}` },
});
const tar = { name: "org.osbuild.tar", options: { filename: "tree.tar" } };

/** A stage that runs a script in the tree. */
const shell = `#!/usr/bin/env python3
import json, subprocess, sys
given = json.load(sys.stdin)
sys.exit(subprocess.run(["sh", "-euc", given["options"]["script"]], cwd=given["tree"]).returncode)
`;

async function place() {
  const directory = await scratch();
  const cwd = directory.path;
  mkdirSync(`${cwd}/lib/stages`, { recursive: true });
  writeFileSync(`${cwd}/lib/stages/test.shell`, shell, { mode: 0o755 });
  const write = (stages: readonly object[], more: object = { assembler: tar }) =>
    writeFileSync(`${cwd}/web.json`, JSON.stringify({ stages, ...more }, null, 2));
  const words = (args: readonly string[]) => ["-l", "lib", ...args, "web.json"];
  return {
    write,
    run: (...args: readonly string[]) => osbuild(words(args), { cwd }),
    json: (...args: readonly string[]) => osbuildJson(words(args), { cwd }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

test("a build ends after the stage that makes the tree too large, at its line, and so does every one after it", async () => {
  await using here = await place();
  here.write([kib("base", 100), kib("more", 300), kib("last", 1)]);
  const failed = await here.run("--max-size", "200K");
  expect(failed.code).toBe(1);
  expect(failed.stderr.replace(/^ .*\|.*\n/gm, "")).toBe(`\
web.json:10:15: error: the files have 400 KiB, 200 KiB more than allowed: max-size is 200 KiB. What grew most:
  /more: +300 KiB
  hint: make it smaller, or raise max-size
`);
  // The stage itself succeeded, so its result is kept, and still is too large.
  expect(failed.stdout).toMatch(/^2\/4 test.shell: .*, done in .*\n$/m);
  const again = await here.run("--max-size", "200K");
  expect([again.code, again.stdout.includes("done in")]).toEqual([1, false]);
  expect(again.stderr).toContain("web.json:10:15: error: the files have 400 KiB");
  expect(statuses(await here.json("--max-size", "402K"))).toEqual([
    ...["test.shell cached", "test.shell cached"],
    ...["test.shell built", "tar built"],
  ]);
});

test("an image in the store is measured, too, and so is a tree without an image", async () => {
  await using here = await place();
  here.write([kib("base", 100)]);
  await here.json();
  // Its contents weren't recorded, so the image is made again.
  const small = await here.run("--max-size", "50K");
  expect([small.code, small.stderr.includes("  /base: +100 KiB\n")]).toEqual([1, true]);
  expect(statuses(await here.json("--max-size", "100K"))).toEqual(["test.shell cached", "tar built"]);
  const stored = await here.run("--max-size", "50K");
  expect([stored.code, stored.stdout.includes("done in")]).toEqual([1, false]);
  here.write([kib("base", 100)], {});
  expect((await here.run("--max-size", "100K")).code).toBe(0);
  expect((await here.run("--max-size", "99K")).stderr).toContain("1.0 KiB more than allowed");
});

test("growth counts from an earlier image, whatever the steps", async () => {
  await using here = await place();
  here.write([kib("base", 100), kib("other", 10)]);
  const since = (await here.json("--max-size", "1M")).output_id as string;
  const limit = ["--max-growth", "20K", "--since", since];
  here.write([kib("base", 90), kib("other", 40)]);
  expect((await here.run(...limit)).code).toBe(0);
  here.write([kib("base", 91), kib("other", 40)]);
  const { code, stderr } = await here.run(...limit);
  expect(code).toBe(1);
  expect(stderr).toContain(`\
1.0 KiB more than allowed: max-growth is 20 KiB, and ${since.slice(0, 12)} had 110 KiB. What grew most:
  /other: +30 KiB
`);
  const wrong = async (...args: readonly string[]) => (await here.run(...args)).stderr.split("\n")[0];
  expect(await wrong("--max-growth", "20K")).toBe("error: --max-growth needs --since");
  expect(await wrong("--max-growth", "1K", "--since", "0".repeat(64))).toMatch(
    /doesn't know what the output 0+ contains/,
  );
  expect(await wrong("--max-size", "much")).toMatch(/^error: --max-size takes a number that may end in K, M, G or T/);
});
