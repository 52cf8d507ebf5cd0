import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

const entry = (boot: string) => `title Linux (/a/boot/)
linux ${boot}/vmlinuz-6.1
initrd ${boot}/initrd-6.1 ${boot}/early/boot/cpio
options root=UUID=1 x=/y/boot/z
`;

test.each([
  [{}, "/boot"],
  [{ prefix: "" }, ""],
  [{ prefix: "/" }, "/"],
])("fix-bls with %j makes the paths of kernel and initrd begin with %j", async (options, prefix) => {
  await using tree = await skeleton({
    "/boot/loader/entries/a.conf": entry("/run/osbuild/tree/boot"),
    "/boot/loader/entries/b.conf": entry("/boot"),
    "/boot/loader/entries/c.txt": entry("/run/osbuild/tree/boot"),
  });
  const end = await runStep({ kind: "stage", name: "org.osbuild.fix-bls", tree: tree.path, options });
  expect(end).toEqual({ exitCode: 0, log: "" });
  const read = (name: string) => readFile(`${tree.path}/boot/loader/entries/${name}`, "utf8");
  expect(await read("a.conf")).toBe(entry(prefix));
  expect(await read("b.conf")).toBe(entry(prefix));
  expect(await read("c.txt")).toBe(entry("/run/osbuild/tree/boot"));
});
