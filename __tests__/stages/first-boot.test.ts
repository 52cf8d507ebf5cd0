import { existsSync } from "node:fs";
import { readFile, readlink } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { bootAndReport } from "../support/container.ts";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const stage = (name: string, tree: string, options: object) =>
  runStep({ kind: "stage", name: `org.osbuild.${name}`, tree, options });

test("first-boot runs its commands in order, at the first boot only", async () => {
  await using tree = await debianTree();
  const commands = ["/bin/sh -c 'echo one >> /srv/log'", "/bin/sh -c 'echo two >> /srv/log'"];
  expect(await stage("first-boot", tree.path, { commands })).toEqual({ exitCode: 0, log: "" });
  await stage("test", tree.path, { script: "true", poweroff: true });
  for (const _ of ["first", "second"]) {
    expect(await bootAndReport(tree.path)).toContain("osbuild-test: passed");
    expect(await readFile(`${tree.path}/srv/log`, "utf8")).toBe("one\ntwo\n");
  }
});

test("a command that fails at the first boot isn't retried", async () => {
  await using tree = await debianTree();
  await stage("first-boot", tree.path, { commands: ["/bin/false", "/usr/bin/touch /srv/never"] });
  await stage("test", tree.path, { script: "true", poweroff: true });
  expect(await bootAndReport(tree.path)).toContain("failed=osbuild-first-boot.service\n");
  expect(await bootAndReport(tree.path)).toContain("failed=-\n");
  expect(existsSync(`${tree.path}/srv/never`)).toBe(false);
});

test("first-boot's unit is the same as osbuild's, and can wait for the network", async () => {
  await using tree = await skeleton({});
  await stage("first-boot", tree.path, { commands: ["/bin/true"], wait_for_network: true });
  const units = `${tree.path}/usr/lib/systemd/system`;
  const text = [
    "[Unit]\nDescription=OSBuild First Boot Service\nConditionPathExists=/etc/osbuild-first-boot",
    "Wants=network-online.target\nAfter=network-online.target\n",
    "[Service]\nType=oneshot\n",
    "ExecStart=/usr/bin/rm /etc/osbuild-first-boot\nExecStart=/bin/true\n",
  ];
  expect(await readFile(`${units}/osbuild-first-boot.service`, "utf8")).toBe(text.join("\n"));
  expect(await readlink(`${units}/default.target.wants/osbuild-first-boot.service`)).toBe(
    "../osbuild-first-boot.service",
  );
});
