import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

test("zipl writes a menu of the boot loader entries", async () => {
  await using tree = await skeleton({});
  await runStep({ kind: "stage", name: "org.osbuild.zipl", tree: tree.path, options: { timeout: 5 } });
  expect(await readFile(`${tree.path}/etc/zipl.conf`, "utf8")).toBe(
    "[defaultboot]\ndefaultauto\nprompt=1\ntimeout=5\ntarget=/boot\n",
  );
});
