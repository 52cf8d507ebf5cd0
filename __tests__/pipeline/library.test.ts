import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openLibrary } from "../../src/pipeline/library.ts";
import { libdir } from "./pipelines.ts";

let own: string;
beforeEach(() => {
  own = mkdtempSync(join(tmpdir(), "libdir-"));
  cpSync(libdir, own, { recursive: true });
});
afterEach(() => rmSync(own, { recursive: true }));

const greet = async () => (await openLibrary([own]).find("stage", "com.example.greet"))?.digest;

test("the first libdir that has a name wins; the others have the rest", async () => {
  writeFileSync(`${own}/stages/only-here`, "");
  const library = openLibrary([own, libdir]);
  rmSync(`${own}/stages/org.osbuild.dnf`);
  expect((await library.find("stage", "org.osbuild.noop"))?.path).toBe(`${own}/stages/org.osbuild.noop`);
  expect((await library.find("stage", "org.osbuild.dnf"))?.path).toBe(`${libdir}/stages/org.osbuild.dnf`);
  expect((await library.find("stage", "only-here"))?.libdir).toBe(own);
  expect(await library.names("stage")).toEqual([
    "com.example.greet",
    "only-here",
    "org.osbuild.dnf",
    "org.osbuild.grub2",
    "org.osbuild.noop",
    "org.osbuild.systemd",
  ]);
});

test("a libdir may lack a folder, or be missing", async () => {
  expect(await openLibrary([`${own}/missing`, libdir]).names("assembler")).toContain("org.osbuild.qemu");
  expect(await openLibrary([`${own}/missing`]).find("stage", "org.osbuild.noop")).toBeUndefined();
});

test("stages and assemblers are kept apart, and io.weldr is org.osbuild", async () => {
  const library = openLibrary([libdir]);
  expect(await library.find("stage", "org.osbuild.qcow2")).toBeUndefined();
  expect(await library.find("assembler", "io.weldr.qcow2")).toMatchObject({ name: "org.osbuild.qcow2" });
});

test("a program needs no meta.json", async () => {
  expect((await openLibrary([libdir]).find("stage", "org.osbuild.dnf"))?.meta).toEqual({});
});

test("a program's digest changes with its bytes, its meta.json and every module it imports", async () => {
  const digests = [await greet()];
  writeFileSync(`${own}/stages/com.example.greet.meta.json`, "{}");
  digests.push(await greet());
  writeFileSync(`${own}/stages/lib/greeting.ts`, 'import "./accent.ts";\nexport const greeting = String;\n');
  digests.push(await greet());
  writeFileSync(`${own}/stages/lib/accent.ts`, "export {};\n");
  digests.push(await greet());
  writeFileSync(`${own}/stages/lib/accent.ts`, 'import "./greeting.ts";\n');
  digests.push(await greet());
  writeFileSync(`${own}/stages/com.example.greet.ts`, "await import('./lib/accent.ts');\n");
  digests.push(await greet());
  rmSync(`${own}/stages/lib/accent.ts`);
  digests.push(await greet());
  expect(new Set(digests).size).toBe(digests.length);
});

test("a program's digest doesn't change with where it is, or with what it doesn't import", async () => {
  const digest = await greet();
  writeFileSync(`${own}/stages/lib/other.ts`, "");
  mkdirSync(`${own}/elsewhere`);
  renameSync(`${own}/stages`, `${own}/elsewhere/stages`);
  expect((await openLibrary([`${own}/elsewhere`]).find("stage", "com.example.greet"))?.digest).toBe(digest);
});
