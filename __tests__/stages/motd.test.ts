import { lstat, readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const setMessage = (tree: string, text: string) =>
  runStep({ kind: "stage", name: "org.osbuild.motd", tree, options: { text } });

test.each([
  ["Welcome", "Welcome\n"],
  ["\u001b[1mGrüße\u001b[0m\n\n", "\u001b[1mGrüße\u001b[0m\n\n"],
  ["", ""],
])("motd writes %j as whole lines", async (text, written) => {
  await using tree = await skeleton({ "/etc/motd": "as it was\n" });
  expect(await setMessage(tree.path, text)).toEqual({ exitCode: 0, log: "" });
  expect(await readFile(`${tree.path}/etc/motd`, "utf8")).toBe(written);
});

test("motd replaces a symbolic link instead of writing through it", async () => {
  await using tree = await skeleton({ "/usr/lib/motd": "as it was", "/etc/motd": { link: "../usr/lib/motd" } });
  expect(await setMessage(tree.path, "Welcome")).toEqual({ exitCode: 0, log: "" });
  expect((await lstat(`${tree.path}/etc/motd`)).isFile()).toBe(true);
  expect(await readFile(`${tree.path}/usr/lib/motd`, "utf8")).toBe("as it was");
});
