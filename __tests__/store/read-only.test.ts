import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { osbuild } from "../support/osbuild.ts";
import { scratch } from "../support/store.ts";

const root = resolve(import.meta.dirname, "../..");

test("a read-only store can be listed, verified and exported from, and used for an unchanged build, but no more", async () => {
  await using directory = await scratch();
  const { path: cwd } = directory;
  const write = (name: string, hostname: string) => {
    const stages = [{ name: "org.osbuild.hostname", options: { hostname } }];
    const assembler = { name: "org.osbuild.tar", options: { filename: "tree.tar" } };
    writeFileSync(`${cwd}/${name}`, JSON.stringify({ stages, assembler }));
  };
  write("p.json", "one");
  write("other.json", "two");
  mkdirSync(`${cwd}/store`);
  const run = (args: readonly string[], prefix: readonly string[] = []) =>
    osbuild(["--libdir", root, ...args], { cwd, prefix });
  const built = JSON.parse((await run(["--json", "--store=store", "p.json"])).stdout);

  const script = 'mount --bind store store; mount -o remount,bind,ro store; exec "$@"';
  const readOnly = ["unshare", "--mount", "--propagation=private", "sh", "-ec", script, "sh"];
  const on = (...args: readonly string[]) => osbuild([...args, "--store=store"], { cwd, prefix: readOnly });

  expect((await on("store", "list")).stdout).toContain(built.output_id);
  expect(await on("store", "verify")).toMatchObject({ code: 0, stdout: "verified 2 objects\n" });
  expect(await on("store", "export", built.output_id, "output")).toMatchObject({ code: 0, stderr: "" });
  expect(await on("store", "export", built.tree_id, "tree")).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(`${cwd}/tree/etc/hostname`, "utf8")).toBe("one\n");
  expect(await on("-o", "again", "p.json")).toMatchObject({ code: 0, stderr: "" });
  expect(readFileSync(`${cwd}/again/tree.tar`).equals(readFileSync(`${cwd}/output/tree.tar`))).toBe(true);

  const refused = (why: string) =>
    expect.stringMatching(RegExp(`^error: the store .*/store is read-only, and ${why}\n`));
  expect(await on("-o", "new", "other.json")).toMatchObject({ code: 1, stderr: refused("it lacks something .*") });
  expect(existsSync(`${cwd}/new`)).toBe(false);
  expect(await on("store", "prune")).toMatchObject({ code: 1, stderr: refused("nothing can be deleted from it") });
  expect(await on("doctor")).toMatchObject({ code: 1, stdout: expect.stringMatching(/^problem .*EROFS/), stderr: "" });
});

test("the doctor says that a store can't be in place of a file, or below one", async () => {
  await using directory = await scratch();
  writeFileSync(`${directory.path}/file`, "");
  for (const store of ["file", "file/store"]) {
    const { code, stdout, stderr } = await osbuild(["doctor", "--store", store], { cwd: directory.path });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/^problem +store: .*\/file is not a directory \(hint: name another place with --store\)\n$/);
  }
});
