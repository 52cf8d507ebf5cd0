import { spawnSync } from "node:child_process";
import { readlink } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";

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

test("systemd fails for a unit that the tree doesn't have", async () => {
  await using tree = await debianTree();
  const options = { enabled_services: ["nonesuch"] };
  const end = await runStep({ kind: "stage", name: "org.osbuild.systemd", tree: tree.path, options });
  expect(end.exitCode).toBe(1);
  expect(end.log).toContain("nonesuch.service does not exist");
});
