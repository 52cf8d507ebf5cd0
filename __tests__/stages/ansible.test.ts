import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { serverTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";

const play = (tree: string, playbook: unknown) =>
  runStep({ kind: "stage", name: "org.osbuild.ansible", tree, options: { playbook } });

const task = { copy: { dest: "/etc/motd", content: "{{ ansible_distribution }}\n", mode: "0640" } };

test.each<[string, unknown]>([
  ["a list of plays", [{ hosts: "all", tasks: [task] }]],
  ["text", `- hosts: osbuild-tree\n  tasks:\n    - copy: ${JSON.stringify(task.copy)}\n`],
])("ansible runs a playbook that is %s, and leaves nothing of its own in the tree", async (_, playbook) => {
  await using tree = await serverTree();
  expect((await play(tree.path, playbook)).exitCode).toBe(0);
  expect(await readFile(`${tree.path}/etc/motd`, "utf8")).toBe("Debian\n");
  expect(await readdir(tree.changes)).toEqual(["etc"]);
  expect(await readdir(`${tree.changes}/etc`)).toEqual(["motd"]);
});

test("ansible fails when a task does", async () => {
  await using tree = await serverTree();
  const { exitCode, log } = await play(tree.path, [{ hosts: "all", tasks: [{ command: "/bin/false" }] }]);
  expect(exitCode).toBe(1);
  expect(log).toContain("non-zero return code");
});
