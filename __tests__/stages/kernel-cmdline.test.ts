import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

test.each([
  [{ root_fs_uuid: "76a22bf4", kernel_opts: "ro quiet" }, "root=UUID=76a22bf4 ro quiet"],
  [{ kernel_opts: "ro" }, "ro"],
  [{}, ""],
  [{ root_fs_uuid: "00000000-0000-0000-0000-000000000000", kernel_opts: "ro" }, "ro"],
  [{ root_fs_uuid: "2A9B6A43-6C3C-4F2A-9AD3-2B0C6F0C1F7E" }, "root=UUID=2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e"],
])("kernel-cmdline writes %j as one line", async (options, line) => {
  await using tree = await skeleton({});
  await runStep({ kind: "stage", name: "org.osbuild.kernel-cmdline", tree: tree.path, options });
  expect(await readFile(`${tree.path}/etc/kernel/cmdline`, "utf8")).toBe(line);
});
