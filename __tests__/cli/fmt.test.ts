import { chmodSync, chownSync, lstatSync, readdirSync, symlinkSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { place } from "../support/place.ts";

const json = '// A comment.\n{"stages":[\n{"name":"org.osbuild.noop"}, ]}';
const yaml = "# A comment.\nstages:\n- {name: org.osbuild.noop}\n";
const tidy = '{ "stages": [{ "name": "org.osbuild.noop" }] }\n';

test("fmt formats what needs it, and the ids stay", async () => {
  await using here = await place({ "a.jsonc": json, "b.yaml": yaml, "c.json": tidy });
  const ids = async () =>
    Promise.all(["a.jsonc", "b.yaml", "c.json"].map(async (file) => (await here.run("inspect", file)).stdout));
  const before = await ids();
  const files = ["a.jsonc", "b.yaml", "c.json"];
  expect(await here.run("fmt", "--check", ...files)).toEqual({
    code: 1,
    stdout: "a.jsonc is not formatted\nb.yaml is not formatted\n",
    stderr: "",
  });
  expect(here.read("a.jsonc")).toBe(json);
  expect(await here.run("fmt", ...files)).toMatchObject({ code: 0, stdout: "formatted a.jsonc\nformatted b.yaml\n" });
  expect(here.read("a.jsonc")).toBe('// A comment.\n{ "stages": [{ "name": "org.osbuild.noop" }] }\n');
  expect(here.read("b.yaml")).toBe("# A comment.\nstages:\n  - { name: org.osbuild.noop }\n");
  expect(await here.run("fmt", "--check", ...files)).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(await ids()).toEqual(before);
});

test("locks that a pattern of the shell has found aren't touched", async () => {
  const lock = '{"version": 1,\n "steps": []}';
  await using here = await place({ "c.json": tidy, "c.lock.json": lock });
  expect(await here.run("fmt", "c.json", "c.lock.json")).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(here.read("c.lock.json")).toBe(lock);
  expect(await here.run("graph", "c.json", "c.lock.json")).toMatchObject({ code: 0, stderr: "" });
});

test("a file keeps its mode and owner, and a link stays a link", async () => {
  await using here = await place({ "p.yaml": yaml });
  chmodSync(`${here.cwd}/p.yaml`, 0o640);
  chownSync(`${here.cwd}/p.yaml`, 1234, 5678);
  symlinkSync("p.yaml", `${here.cwd}/link.yaml`);
  expect(await here.run("fmt", "link.yaml")).toMatchObject({ code: 0 });
  expect(lstatSync(`${here.cwd}/p.yaml`)).toMatchObject({ mode: 0o100640, uid: 1234, gid: 5678 });
  expect(lstatSync(`${here.cwd}/link.yaml`).isSymbolicLink()).toBe(true);
  expect(readdirSync(here.cwd).sort()).toEqual(["link.yaml", "p.yaml"]);
});

test("a file that can't be read is shown with its place, and the others are formatted", async () => {
  await using here = await place({ "bad.json": '{"stages": [}', "p.yaml": yaml });
  const { code, stdout, stderr } = await here.run("fmt", "bad.json", "gone.yaml", "p.yaml");
  expect([code, stdout]).toEqual([2, "formatted p.yaml\n"]);
  expect(stderr).toContain("bad.json:1:13: error: ");
  expect(stderr).toContain("error: gone.yaml: no such file\n");
  expect(here.read("bad.json")).toBe('{"stages": [}');
});
