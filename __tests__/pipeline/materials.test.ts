import { hash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { arch } from "node:process";
import { afterAll, expect, test } from "@jest/globals";
import { ownLibdir } from "../../src/pipeline/load.ts";
import { formatLock, lockables, withLock } from "../../src/pipeline/lock.ts";
import { materialsOf } from "../../src/pipeline/materials.ts";
import { read } from "./pipelines.ts";

const directory = realpathSync(mkdtempSync(`${tmpdir()}/materials-`));
afterAll(() => rmSync(directory, { recursive: true }));
const write = (name: string, text: string) => writeFileSync(`${directory}/${name}`, text);
const fileOf = (name: string, text: string) => ({ path: `${directory}/${name}`, sha256: hash("sha256", text) });

const file = `${directory}/p.json`;
const materials = async (pipeline: object, ...others: readonly string[]) => {
  const text = JSON.stringify(pipeline);
  write("p.json", text);
  const found = await read(text, { file, libdirs: [ownLibdir] });
  return { text, found, ...(await materialsOf(file, others, found)) };
};

const copy = (options: object) => ({ stages: [{ name: "org.osbuild.copy", options }] });

test("the files are the pipeline, those named beside it, and the regular files that its steps read", async () => {
  mkdirSync(`${directory}/site/cache`, { recursive: true });
  write("site/index.html", "hello");
  write("site/cache/x", "left out");
  write("mirrors.json", "{}");
  write("secret", "outside what the pipeline names");
  symlinkSync("../secret", `${directory}/site/link`);
  const pipeline = copy({ paths: [{ from: "site", to: "/srv" }], exclude: ["cache"] });
  const { text, files } = await materials(pipeline, `${directory}/mirrors.json`);
  expect(files).toEqual([fileOf("mirrors.json", "{}"), fileOf("p.json", text), fileOf("site/index.html", "hello")]);
});

test("the packages are the lock's, with those of build pipelines marked, and the lock is one of the files", async () => {
  const debian = (suite: string) => [{ name: "org.osbuild.debootstrap", options: { suite } }];
  const { found } = await materials({ build: { stages: debian("trixie") }, stages: debian("bookworm") });
  const packageOf = (version: string) => ({
    ...{ name: "bash", version, architecture: "amd64", size: 1, sha256: "a".repeat(64), source: "bash" },
    url: "http://archive.test/bash.deb",
    priority: "required",
  });
  const steps = lockables(found).map(({ key }, index) => ({
    ...{ ...key, architecture: arch, repositories: [] },
    packages: [packageOf(`5.${index}`)],
  }));
  const lock = { version: 1, steps } as const;
  write("p.lock.json", formatLock(lock));
  const { files, packages } = await materialsOf(file, [], withLock(found, lock));
  expect(files).toContainEqual(fileOf("p.lock.json", formatLock(lock)));
  const { size: _, priority: __, ...bash } = packageOf("5.0");
  expect(packages).toEqual([
    { ...bash, inTree: false },
    { ...bash, version: "5.1", inTree: true },
  ]);
});

test("the downloads are those that `sources` know by a checksum, whatever else is written there", async () => {
  const of = async (urls: unknown) =>
    (await materials({ pipeline: { stages: [] }, sources: { "org.osbuild.files": urls } })).downloads;
  expect(await of({ urls: { "sha256:ab": "http://a.test/a", "sha1:cd": { url: "http://a.test/b" } } })).toEqual([
    { url: "http://a.test/a", checksum: "sha256:ab" },
    { url: "http://a.test/b", checksum: "sha1:cd" },
  ]);
  for (const wrong of [null, "x", { urls: "x" }, { urls: { "sha256:ab": null, x: "http://a.test/a" } }])
    expect(await of(wrong)).toEqual([]);
});
