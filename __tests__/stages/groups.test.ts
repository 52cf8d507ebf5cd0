import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";

test("groups are added with the ids that are given, whatever order they are written in", async () => {
  const files: string[] = [];
  for (const names of [
    ["zoo", "app", "bin", "ant"],
    ["ant", "bin", "app", "zoo"],
  ]) {
    await using tree = await debianTree();
    const ids: Record<string, { gid?: number }> = { zoo: {}, app: { gid: 1000 }, bin: { gid: 55 }, ant: {} };
    const groups = Object.fromEntries(names.map((name) => [name, ids[name]]));
    const end = await runStep({ kind: "stage", name: "org.osbuild.groups", tree: tree.path, options: { groups } });
    expect(end).toEqual({ exitCode: 0, log: "" });
    files.push(await readFile(`${tree.path}/etc/group`, "utf8"));
    expect((await readdir(`${tree.path}/etc`)).filter((name) => /-$|lock/.test(name))).toEqual([]);
  }
  expect(files[0]).toBe(files[1]);
  expect(files[0]).toMatch(/^bin:x:55:$/m);
  expect(files[0]).toMatch(/app:x:1000:\nant:x:1001:\nzoo:x:1002:\n$/);
});
