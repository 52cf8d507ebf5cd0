import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

test.each([
  [{}, ""],
  [{ network: ["ip=dhcp", "rd.neednet=1"] }, "set ignition_network_kcmdline='ip=dhcp rd.neednet=1'\n"],
])("ignition with %j writes what GRUB reads at the first boot", async (options, text) => {
  await using tree = await skeleton({ "/boot": null });
  await runStep({ kind: "stage", name: "org.osbuild.ignition", tree: tree.path, options });
  expect(await readFile(`${tree.path}/boot/ignition.firstboot`, "utf8")).toBe(text);
});
