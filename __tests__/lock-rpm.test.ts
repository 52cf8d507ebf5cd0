import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import lockSchema from "../schema/lock.json" with { type: "json" };
import { osbuild, osbuildJson } from "./support/osbuild.ts";
import { hasGroups, type RpmRepository, rpmRepository } from "./support/rpm-repository.ts";
import { scratch } from "./support/store.ts";

let repository: RpmRepository;
beforeAll(async () => {
  repository = await rpmRepository();
});
afterAll(async () => {
  await repository[Symbol.asyncDispose]();
});

/** A directory with a pipeline of RPM packages. */
async function place() {
  const { path: cwd, ...rest } = await scratch();
  const repos = {
    fedora: {
      baseurl: ["http://rpm.test/$releasever/$basearch", "http://rpm.test/other/"],
      gpgkey: "http://rpm.test/keys/packager",
      snapshot: "http://rpm.test/snapshot/{time}/$releasever/$basearch/",
    },
  };
  const common = { releasever: "30", basearch: "x86_64", repos };
  const module = {
    packages: [...(hasGroups() ? ["@core"] : ["filesystem", "release", "hello"]), "@tool:1/default"],
    module_platform_id: "platform:f30",
  };
  const stages = [
    { name: "org.osbuild.dnf", options: { ...common, ...module } },
    { name: "org.osbuild.yum", options: { ...common, packages: ["httpd"] } },
  ];
  const pipeline = { stages, assembler: { name: "org.osbuild.tar", options: { filename: "tree.tar" } } };
  writeFileSync(`${cwd}/p.json`, `${JSON.stringify(pipeline, null, 2)}\n`);
  const redirect = (mirrors: object) => writeFileSync(`${cwd}/mirrors.json`, JSON.stringify(mirrors));
  redirect({ "http://rpm.test": repository.url });
  const mirrors = ["--mirrors", "mirrors.json"];
  return {
    cwd,
    redirect,
    lock: (...args: readonly string[]) => osbuild(["lock", "p.json", ...mirrors, ...args], { cwd }),
    locked: () => readFileSync(`${cwd}/p.lock.json`, "utf8"),
    /** Builds in a store of its own. */
    async image(store: string, pipeline = "p.json") {
      await osbuildJson([pipeline, ...mirrors, "--store", store, "-o", `${store}-image`], { cwd });
      return readFileSync(`${cwd}/${store}-image/tree.tar`);
    },
    /** The complaint of a build that fails. */
    async fail() {
      const { code, stdout, stderr } = await osbuild(["p.json", ...mirrors, "--store", "failing"], { cwd });
      expect(code).toBe(1);
      return stdout + stderr;
    },
    ...rest,
  };
}

test("a locked image is the same after the repository has moved on, and an unlocked one isn't", async () => {
  await using here = await place();
  const unlocked = await here.image("unlocked");
  expect(await here.lock()).toMatchObject({
    code: 0,
    stdout: "org.osbuild.dnf: 4 packages\norg.osbuild.yum: 2 packages\nwrote p.lock.json\n",
  });
  const lock = JSON.parse(here.locked());
  const validate = new Ajv2020({ validateFormats: false }).compile(lockSchema);
  validate(lock);
  expect(validate.errors).toBeNull();
  const [dnf, yum] = lock.steps;
  expect(dnf.repositories).toEqual([
    {
      url: "http://rpm.test/30/x86_64/",
      suite: "fedora",
      release: repository.checksum.slice("sha256:".length),
      date: "2026-01-01T00:00:00Z",
      mirrors: ["http://rpm.test/other/"],
      snapshot: "http://rpm.test/snapshot/{time}/30/x86_64/",
    },
  ]);
  expect(dnf.packages[1]).toEqual({
    name: "hello",
    version: "1-1",
    architecture: "noarch",
    size: expect.any(Number),
    sha256: repository.package("hello").checksum.slice("sha256:".length),
    url: "http://rpm.test/30/x86_64/hello-1-1.noarch.rpm",
    source: "filesystem",
  });
  expect([Object.keys(dnf.notes), yum.notes]).toEqual([["keys", "modules"], undefined]);

  await repository.moveOn();
  copyFileSync(`${here.cwd}/p.json`, `${here.cwd}/unlocked.json`);
  const newer = await here.image("unlocked-later", "unlocked.json");
  expect(newer.equals(unlocked)).toBe(false);
  repository.requests.splice(0);
  expect((await here.image("locked")).equals(unlocked)).toBe(true);
  expect(repository.requests.filter((path) => path.includes("/hello-"))).toEqual([
    "/30/x86_64/hello-1-1.noarch.rpm",
    "/other/hello-1-1.noarch.rpm",
    "/snapshot/20260101T000000Z/30/x86_64/hello-1-1.noarch.rpm",
    "/snapshot/20260102T000000Z/30/x86_64/hello-1-1.noarch.rpm",
  ]);

  const before = here.locked().split("\n");
  const { stdout } = await here.lock("--update", "--json");
  expect(JSON.parse(stdout).steps.map(({ changes }: { changes: unknown }) => changes)).toEqual([
    [{ name: "hello", architecture: "noarch", before: "1-1", after: "1-2" }],
    [],
  ]);
  const changed = here
    .locked()
    .split("\n")
    .filter((line) => !before.includes(line));
  expect(changed.map((line) => JSON.parse(line.replace(/,$/, "")).name ?? "the index")).toEqual([
    "the index",
    "hello",
    "the index",
  ]);
  expect((await here.image("updated")).equals(newer)).toBe(true);
}, 300_000);

test("a package that is gone is named, and a lock that was edited by hand doesn't build what it doesn't say", async () => {
  await using here = await place();
  await here.lock();
  const text = here.locked();
  const { url } = repository;
  here.redirect({ "http://rpm.test": url, "http://rpm.test/30": `${url}/nowhere` });
  expect(await here.fail()).toContain(
    [
      "p.json:4:15: error: filesystem 1-1, as of 2026-02-01, can't be fetched:",
      `  ${url}/nowhere/x86_64/filesystem-1-1.noarch.rpm: 404 Not Found`,
    ].join("\n"),
  );

  here.redirect({ "http://rpm.test": url });
  const edit = async (from: string, to: string) => {
    writeFileSync(`${here.cwd}/p.lock.json`, text.replace(from, to));
    return here.fail();
  };
  expect(await edit('"version":"1-1"', '"version":"2-1"')).toContain(
    "the lock says that http://rpm.test/30/x86_64/filesystem-1-1.noarch.rpm is filesystem 2-1 noarch, but it is filesystem 1-1 noarch: lock it again",
  );
  expect(await edit('"tool.module":', '"../../passwd":')).toContain(
    "the lock's notes aren't those of this stage: lock it again",
  );
}, 180_000);
