import { spawnSync } from "node:child_process";
import { readFile, readlink, rename, writeFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

test("systemd enables, disables and masks units and sets the default target", async () => {
  await using tree = await debianTree();
  const { exitCode } = await runStep({
    kind: "stage",
    name: "org.osbuild.systemd",
    tree: tree.path,
    options: {
      enabled_services: ["systemd-networkd"],
      disabled_services: ["ssh"],
      masked_services: ["apt-daily.timer"],
      default_target: "rescue.target",
    },
  });
  expect(exitCode).toBe(0);
  const isEnabled = (unit: string) =>
    spawnSync("systemctl", [`--root=${tree.path}`, "is-enabled", unit], { encoding: "utf8" }).stdout;
  expect(["systemd-networkd", "ssh", "apt-daily.timer"].map(isEnabled)).toEqual([
    "enabled\n",
    "disabled\n",
    "masked\n",
  ]);
  expect(await readlink(`${tree.path}/etc/systemd/system/default.target`)).toMatch(
    /\/systemd\/system\/rescue\.target$/,
  );
});

test("the tree's own systemctl is used", async () => {
  await using tree = await debianTree();
  await rename(`${tree.path}/usr/bin/systemctl`, `${tree.path}/usr/bin/systemctl.real`);
  const own = `#!/bin/sh\necho "$SYSTEMD_OFFLINE $*" >> /usr/share/asked\n`;
  await writeFile(`${tree.path}/usr/bin/systemctl`, own, { mode: 0o755 });
  const options = { enabled_services: ["b", "a"], default_target: "rescue.target" };
  expect(await runStep({ kind: "stage", name: "org.osbuild.systemd", tree: tree.path, options })).toMatchObject({
    exitCode: 0,
  });
  expect(await readFile(`${tree.path}/usr/share/asked`, "utf8")).toBe(
    "1 enable -- b a\n1 set-default -- rescue.target\n",
  );
});

test("a tree without a systemctl whose /etc is a link gets a clear error, and nothing outside changes", async () => {
  for (const link of ["/tmp", "../outside"]) {
    await using tree = await skeleton({ "/usr/lib/systemd/system/multi-user.target": "", "/etc": { link } });
    const options = { default_target: "multi-user.target" };
    const end = await runStep({ kind: "stage", name: "org.osbuild.systemd", tree: tree.path, options });
    expect(end).toEqual({ exitCode: 1, log: "/etc/systemd/system of the tree is behind a symbolic link" });
  }
});

test("systemd fails for a unit that the tree doesn't have", async () => {
  await using tree = await debianTree();
  const options = { enabled_services: ["nonesuch"] };
  const end = await runStep({ kind: "stage", name: "org.osbuild.systemd", tree: tree.path, options });
  expect(end.exitCode).toBe(1);
  expect(end.log).toContain("nonesuch.service does not exist");
});
