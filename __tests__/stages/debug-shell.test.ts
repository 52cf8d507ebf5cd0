import { spawnSync } from "node:child_process";
import { readlink } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";

test("debug-shell adds a valid unit that is started at boot", async () => {
  await using tree = await debianTree();
  const options = { tty: "/dev/ttyS0" };
  const end = await runStep({ kind: "stage", name: "org.osbuild.debug-shell", tree: tree.path, options });
  expect(end).toEqual({ exitCode: 0, log: "" });
  const unit = "osbuild-debug-shell.service";
  const verify = ["--man=no", `--root=${tree.path}`, "verify", unit];
  expect(spawnSync("systemd-analyze", verify, { encoding: "utf8" })).toMatchObject({
    status: 0,
    stdout: "",
    stderr: "",
  });
  expect(await readlink(`${tree.path}/etc/systemd/system/sysinit.target.wants/${unit}`)).toBe(`../${unit}`);
});
