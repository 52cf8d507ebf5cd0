import { readFile, stat, symlink, writeFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const setHostname = (tree: string) =>
  runStep({ kind: "stage", name: "org.osbuild.hostname", tree, options: { hostname: "web" } });

test("hostname replaces a symbolic link instead of writing through it", async () => {
  await using tree = await skeleton({ "/etc/other": "as it was" });
  await symlink("other", `${tree.path}/etc/hostname`);
  expect((await setHostname(tree.path)).exitCode).toBe(0);
  expect(await readFile(`${tree.path}/etc/hostname`, "utf8")).toBe("web\n");
  expect(await readFile(`${tree.path}/etc/other`, "utf8")).toBe("as it was");
  expect((await stat(`${tree.path}/etc/hostname`)).mode & 0o7777).toBe(0o644);
});

test("hostname finds /etc within the tree, wherever a link there points", async () => {
  await using tree = await skeleton({ "/etc": { link: "../../../outside/../system/etc" } });
  await writeFile(`${tree.outside}/file`, "");
  expect((await setHostname(tree.path)).exitCode).toBe(0);
  expect(await readFile(`${tree.path}/system/etc/hostname`, "utf8")).toBe("web\n");
});

test("hostname says so if a file is in place of a directory", async () => {
  await using tree = await skeleton({ "/etc": { link: "/usr/etc/deep" }, "/usr/etc": "a file" });
  expect(await setHostname(tree.path)).toEqual({ exitCode: 1, log: "/usr/etc of the tree is not a directory" });
});
