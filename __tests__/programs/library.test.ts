import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { BuildError } from "../../src/errors.ts";
import { openLibrary } from "../../src/programs/library.ts";
import { libdir } from "../pipeline/pipelines.ts";

let own: string;
beforeEach(() => {
  own = mkdtempSync(join(tmpdir(), "libdir-"));
  cpSync(libdir, own, { recursive: true });
});
afterEach(() => rmSync(own, { recursive: true }));

const greet = async () => (await openLibrary([own]).find("stage", "com.example.greet"))?.digest;

test("the first libdir that has a program wins; the others provide the rest", async () => {
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

test("stages and assemblers are separate, and io.weldr means org.osbuild", async () => {
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

test("a program's digest doesn't depend on its path or on modules that it doesn't import", async () => {
  const digest = await greet();
  writeFileSync(`${own}/stages/lib/other.ts`, "");
  mkdirSync(`${own}/elsewhere`);
  renameSync(`${own}/stages`, `${own}/elsewhere/stages`);
  expect((await openLibrary([`${own}/elsewhere`]).find("stage", "com.example.greet"))?.digest).toBe(digest);
});

test("a value of the wrong type in a meta.json is an error at its place", async () => {
  const meta = `${own}/stages/com.example.greet.meta.json`;
  const problemOf = async (value: unknown) => {
    writeFileSync(meta, typeof value === "string" ? value : JSON.stringify(value, null, 2));
    const error: BuildError = await openLibrary([own])
      .find("stage", "com.example.greet")
      .then(
        () => undefined,
        (failed) => failed,
      );
    const [problem] = error.problems;
    expect(problem?.at?.file).toBe(meta);
    return `${problem?.at?.line}:${problem?.at?.column} ${problem?.message}`;
  };
  expect(await problemOf({ state: "yes", network: true })).toBe('2:12 "state" must be true or false, not "yes"');
  expect(await problemOf({ requires: ["sh", { programs: "sh" }] })).toBe('5:19 "programs" must be an array, not "sh"');
  expect(await problemOf({ requires: ["sh", { programs: ["sh"] }] })).toBe('4:5 "when" is missing');
  expect(await problemOf({ inputs: [7] })).toBe('3:5 item 1 of "inputs" must be a string or an object, not 7');
  expect(await problemOf({ capabilities: "CAP_SYS_ADMIN" })).toContain('"capabilities" must be an array');
  expect(await problemOf({ options: [] })).toContain('"options" must be an object, not an array');
  expect(await problemOf({ schema_2: { inputs: { required: [1] } } })).toContain(
    'item 1 of "required" must be a string',
  );
  expect(await problemOf({ schema: "x" })).toBe('2:13 "schema" must be an object, not "x"');
  for (const text of ["null", "7", '"schema"', "[]"]) expect(await problemOf(text)).toMatch(/^1:1 a meta.json must be/);
});

test("every built-in program says whether it uses its step's id: only those that name a file system or a disk do", async () => {
  const library = openLibrary([resolve(import.meta.dirname, "../..")]);
  const users: string[] = [];
  for (const kind of ["stage", "assembler"] as const)
    for (const name of await library.names(kind)) {
      const program = await library.find(kind, name);
      expect([name, typeof program?.meta.id]).toEqual([name, "boolean"]);
      if (program?.meta.id) users.push(name.replace("org.osbuild.", ""));
    }
  expect(users.sort()).toEqual(["iso", "qcow2", "qemu", "rawfs"]);
});
