import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { bootAndReport } from "../support/container.ts";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const stage = (name: string, tree: string, options: object = {}) =>
  runStep({ kind: "stage", name: `org.osbuild.${name}`, tree, options });

const hostKeys = async (tree: string) =>
  (await readdir(`${tree}/etc/ssh`)).filter((name) => name.startsWith("ssh_host_"));

test("remove-uniqueness makes machines create their own identity when they boot", async () => {
  await using tree = await debianTree();
  await writeFile(`${tree.path}/etc/machine-id`, `${"0".repeat(31)}1\n`);
  await writeFile(`${tree.path}/var/lib/systemd/random-seed`, "seed");
  expect(await stage("remove-uniqueness", tree.path)).toEqual({ exitCode: 0, log: "" });
  expect(await readFile(`${tree.path}/etc/machine-id`, "utf8")).toBe("");
  expect(existsSync(`${tree.path}/var/lib/systemd/random-seed`)).toBe(false);
  expect(await hostKeys(tree.path)).toEqual([]);

  await stage("test", tree.path, { script: "systemctl is-active ssh.service", poweroff: true });
  expect(await bootAndReport(tree.path)).toContain("osbuild-test: passed");
  expect(await readFile(`${tree.path}/etc/machine-id`, "utf8")).toMatch(/^[0-9a-f]{32}\n$/);
  expect(await hostKeys(tree.path)).toContain("ssh_host_ed25519_key");
});

test("remove-uniqueness leaves host keys to packages that create them at boot", async () => {
  await using tree = await skeleton({
    "/usr/sbin/sshd": "",
    "/etc/ssh/ssh_host_rsa_key": "key",
    "/usr/lib/systemd/system/sshd-keygen.target": "",
  });
  await stage("remove-uniqueness", tree.path);
  expect(await hostKeys(tree.path)).toEqual([]);
  expect(existsSync(`${tree.path}/etc/systemd`)).toBe(false);
});
