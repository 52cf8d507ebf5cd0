import { chmod, readdir, readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const runScript = (tree: string, script: string) =>
  runStep({ kind: "stage", name: "org.osbuild.script", tree, options: { script } });

test("script runs in the tree and leaves nothing of its own there", async () => {
  await using tree = await debianTree();
  const end = await runScript(
    tree.path,
    'set -e; cp "$0" /tmp/copy; pwd > /srv/seen; umask >> /srv/seen; date -u -d @$SOURCE_DATE_EPOCH +%F >> /srv/seen',
  );
  expect(end).toEqual({ exitCode: 0, log: "" });
  expect(await readFile(`${tree.path}/srv/seen`, "utf8")).toBe("/\n0022\n2026-01-01\n");
  expect(await readdir(tree.changes)).toEqual(["srv"]);
});

test("script honours the interpreter on its first line, and fails with its exit code", async () => {
  await using tree = await debianTree();
  const end = await runScript(tree.path, '#!/usr/bin/perl\nprint "perl runs this\\n";\nexit 3;\n');
  expect(end.exitCode).toBe(1);
  expect(end.log).toMatch(/^perl runs this\n.*: exit code 3$/);
});

test("a script of the repository runs with an interpreter of the tree, and reads the files beside it", async () => {
  await using repository = await skeleton({
    "/ci/setup": 'print "$0\\n"; system "cat", "/run/osbuild-script/data/x";\n',
    "/data/x": "x\n",
  });
  await chmod(`${repository.path}/data`, 0o700);
  await using tree = await debianTree();
  const run = (options: object) =>
    runStep({
      ...{ kind: "stage", name: "org.osbuild.script", tree: tree.path, options },
      inputs: {
        "ci/setup": `${repository.path}/ci/setup`,
        "../data/": `${repository.path}/data`,
        data: repository.path,
      },
    });
  const options = { path: "ci/setup", interpreter: "/usr/bin/perl", files: ["../data/"] };
  expect(await run(options)).toEqual({ exitCode: 0, log: "/run/osbuild-script/setup\nx" });
  expect(await readdir(tree.changes)).toEqual([]);
  expect(await run({ script: "ls -ld $(dirname $0)/data | cut -c1-10", files: ["../data/"] })).toMatchObject({
    log: "drwxr-xr-x",
  });
  expect(await run({ ...options, files: ["../data/", "data"] })).toEqual({
    exitCode: 1,
    log: "two files would be data beside the script: rename one of them",
  });
});

test("script may not mount, nor reach a network", async () => {
  await using tree = await debianTree();
  expect((await runScript(tree.path, "mount -t tmpfs tmpfs /mnt")).exitCode).toBe(1);
  const { log } = await runScript(tree.path, "cat /proc/net/dev | tail -n +3");
  expect(log).toMatch(/^\s*lo:.*$/);
});
