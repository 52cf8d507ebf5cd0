import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";

const runScript = (tree: string, script: string) =>
  runStep({ kind: "stage", name: "org.osbuild.script", tree, options: { script } });

test("script runs in the tree and leaves nothing there but what it made", async () => {
  await using tree = await debianTree();
  const end = await runScript(
    tree.path,
    'set -e; cp "$0" /tmp/copy; pwd > /srv/seen; umask >> /srv/seen; date -u -d @$SOURCE_DATE_EPOCH +%F >> /srv/seen',
  );
  expect(end).toEqual({ exitCode: 0, log: "" });
  expect(await readFile(`${tree.path}/srv/seen`, "utf8")).toBe("/\n0022\n2026-01-01\n");
  expect(await readdir(tree.changes)).toEqual(["srv"]);
});

test("script honours the interpreter on its first line, and fails with it", async () => {
  await using tree = await debianTree();
  const end = await runScript(tree.path, '#!/usr/bin/perl\nprint "perl runs this\\n";\nexit 3;\n');
  expect(end.exitCode).toBe(1);
  expect(end.log).toMatch(/^perl runs this\n.*: exit code 3$/);
});

test("script may not mount, nor reach a network", async () => {
  await using tree = await debianTree();
  expect((await runScript(tree.path, "mount -t tmpfs tmpfs /mnt")).exitCode).toBe(1);
  const { log } = await runScript(tree.path, "cat /proc/net/dev | tail -n +3");
  expect(log).toMatch(/^\s*lo:.*$/);
});
