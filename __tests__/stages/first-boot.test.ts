import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { bootAndReport } from "../support/container.ts";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";

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

test("a command that fails at the first boot is not tried again", async () => {
  await using tree = await debianTree();
  await stage("first-boot", tree.path, { commands: ["/bin/false", "/usr/bin/touch /srv/never"] });
  await stage("test", tree.path, { script: "true", poweroff: true });
  expect(await bootAndReport(tree.path)).toContain("failed=osbuild-first-boot.service\n");
  expect(await bootAndReport(tree.path)).toContain("failed=-\n");
  expect(existsSync(`${tree.path}/srv/never`)).toBe(false);
});

test("first-boot can wait for the network", async () => {
  await using tree = await debianTree();
  await stage("first-boot", tree.path, { commands: ["/bin/true"], wait_for_network: true });
  const unit = await readFile(`${tree.path}/etc/systemd/system/osbuild-first-boot.service`, "utf8");
  expect(unit).toMatch(/^Wants=network-online.target\nAfter=network-online.target$/m);
});
