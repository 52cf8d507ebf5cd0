import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

test.each([
  [{ root_fs_uuid: "76a22bf4", kernel_opts: "ro quiet" }, "root=UUID=76a22bf4 ro quiet"],
  [{ kernel_opts: "ro" }, "ro"],
  [{}, ""],
])("kernel-cmdline makes of %j one line", async (options, line) => {
  await using tree = await skeleton({});
  await runStep({ kind: "stage", name: "org.osbuild.kernel-cmdline", tree: tree.path, options });
  expect(await readFile(`${tree.path}/etc/kernel/cmdline`, "utf8")).toBe(line);
});
