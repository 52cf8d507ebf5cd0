import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { arch } from "node:process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import lockSchema from "../../schema/lock.json" with { type: "json" };
import { BuildError } from "../../src/errors.ts";
import { fingerprints } from "../../src/pipeline/fingerprint.ts";
import { loadPipeline, loadUnlocked, type PipelineNames } from "../../src/pipeline/load.ts";
import { formatLock, type LockedStep, lockables, lockFileOf, readLock } from "../../src/pipeline/lock.ts";
import { innermostFirst, steps } from "../../src/pipeline/pipeline.ts";
import { formatProblem } from "../../src/report/problems.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(`${tmpdir()}/lock-`);
});
afterEach(() => rmSync(directory, { recursive: true }));

const debian = (suite: string) => ({ name: "org.osbuild.debootstrap", options: { suite } });
const apt = (name: string) => ({ name: "org.osbuild.apt", options: { packages: [name] } });
const hostname = (name: string) => ({ name: "org.osbuild.hostname", options: { hostname: name } });

const digest = (digit: string) => digit.repeat(64);

const packageOf = (version: string) => ({
  name: "bash",
  version,
  architecture: "amd64",
  size: 1000,
  sha256: digest("a"),
  url: "http://archive.test/debian/bash.deb",
  source: "bash",
  section: "shells",
});

const names = (): PipelineNames => ({
  pipeline: `${directory}/p.json`,
  libdirs: [],
  buildEnv: undefined,
  buildPipeline: undefined,
  base: undefined,
  mirrors: undefined,
  variables: [],
});

const write = (pipeline: object) => writeFileSync(`${directory}/p.json`, `${JSON.stringify(pipeline)}\n`);
const writeLock = (text: string) => writeFileSync(`${directory}/p.lock.json`, text);

/** A lock for each step of the pipeline that can be locked, with a package each. */
async function lockOf(pipeline: object, more: Partial<LockedStep> = {}, version = "1.0") {
  write(pipeline);
  const found = lockables(await loadUnlocked(names(), new Set()));
  const url = "http://archive.test/debian/";
  const repositories = [{ url, suite: "bookworm", release: digest("b"), date: "2026-01-01T00:00:00Z" }];
  const parts = found.map(({ key }) => ({ ...key, repositories, packages: [packageOf(version)], ...more }));
  return formatLock({ version: 1, steps: parts });
}

const load = async () => innermostFirst(await loadPipeline(names(), new Set())).flatMap(steps);

/** The messages of loading, without the directory and the marked lines. */
async function complaint(): Promise<string> {
  const error = await load().then(
    () => undefined,
    (thrown) => thrown,
  );
  if (!(error instanceof BuildError)) throw error ?? new Error("it was accepted");
  const lines = error.problems
    .map((problem) => formatProblem(problem))
    .join("\n")
    .split("\n");
  return lines
    .filter((line) => !/^ +\d* \|/.test(line))
    .join("\n")
    .replaceAll(`${directory}/`, "");
}

test("each step that installs packages gets those of the lock, also in a build pipeline, and no other step does", async () => {
  const pipeline = {
    build: { stages: [debian("bookworm")] },
    stages: [debian("bookworm"), hostname("web"), apt("nginx-light"), apt("nginx-light")],
  };
  writeLock(await lockOf(pipeline));
  expect((await load()).map(({ lock }) => lock?.packages.length)).toEqual([1, 1, undefined, 1, 1]);
  expect((await readLock(`${directory}/p.json`))?.steps.map(({ depth }) => depth)).toEqual([1, 0, 0, 0]);
});

test("a lock has a line for each package, each repository and each note", async () => {
  const text = await lockOf({ stages: [debian("bookworm")] }, { notes: { keys: ["a key"] } });
  expect(text).toContain(`      "packages": [\n        ${JSON.stringify(packageOf("1.0"))}\n      ],\n`);
  expect(text).toContain(`      "notes": {\n        "keys": ["a key"]\n      }\n    }\n`);
  expect(JSON.parse(text)).toMatchObject({ version: 1, steps: [{ architecture: arch }] });
  const validate = new Ajv2020({ validateFormats: false }).compile(lockSchema);
  validate(JSON.parse(text));
  expect(validate.errors).toBeNull();
});

test("other steps and the order of keys may change, but nothing that decides which packages are installed", async () => {
  writeLock(await lockOf({ stages: [debian("bookworm"), hostname("web"), apt("nginx-light")] }));
  write({
    stages: [
      { options: debian("bookworm").options, name: "io.weldr.debootstrap" },
      hostname("mail"),
      apt("nginx-light"),
    ],
  });
  expect((await load()).map(({ lock }) => lock?.packages.length)).toEqual([1, undefined, 1]);
  write({ stages: [debian("trixie"), hostname("web"), apt("nginx-light")] });
  const stale = (name: string) =>
    `error: p.lock.json was made before the options of ${name}, or of a step before it that downloads, were changed\n` +
    "  hint: `osbuild lock p.json` brings it up to date";
  expect(await complaint()).toBe(
    `p.json:1:20: ${stale("org.osbuild.debootstrap")}\np.json:1:145: ${stale("org.osbuild.apt")}`,
  );
});

test("a lock of another pipeline or another architecture is refused", async () => {
  writeLock(await lockOf({ stages: [debian("bookworm")] }));
  write({ stages: [apt("nginx-light")] });
  expect(await complaint()).toMatch(/^p\.json:1:20: error: p\.lock\.json has no packages for org\.osbuild\.apt\n/);
  writeLock(await lockOf({ stages: [debian("bookworm")] }, { architecture: "s390x" }));
  expect(await complaint()).toMatch(
    new RegExp(
      `error: p.lock.json has the packages of org.osbuild.debootstrap for s390x, and this machine is ${arch}\n`,
    ),
  );
});

const renewed = "  hint: `osbuild lock p.json` makes it anew";

test.each<[string, (text: string) => string, string]>([
  ["truncated", (text) => text.slice(0, -20), "p.lock.json:1"],
  ["empty", () => "", "p.lock.json:1:1: error: "],
  [
    "of a later version",
    (text) => text.replace('"version": 1', '"version": 2'),
    'p.lock.json:2:14: error: "version" must be 1, not 2',
  ],
  [
    "without a digest",
    (text) => text.replace(/"sha256":"a+",/, ""),
    'p.lock.json:13:9: error: "sha256" is missing from this lock',
  ],
  [
    "with a local file",
    (text) => text.replace("http://archive.test/debian/bash.deb", "file:///etc/shadow"),
    '"url" must be an http or https URL, not "file:///etc/shadow"',
  ],
  ["a list", () => "[]", "p.lock.json:1:1: error: a lock must be an object, not an array"],
])("a lock that is %s is refused at its place", async (_, change, told) => {
  writeLock(change(await lockOf({ stages: [debian("bookworm")] })));
  const said = await complaint();
  expect(said).toContain(told);
  expect(said.endsWith(renewed)).toBe(true);
});

test("the packages and the notes are in the fingerprint, but neither their repositories nor the mirrors they come from", async () => {
  const values = async () => {
    const pipeline = await loadPipeline(names(), new Set());
    const found = await fingerprints(pipeline, { baseFingerprint: async () => null, archive: null });
    return steps(pipeline).map((step) => found.get(step)?.value);
  };
  const pipeline = { stages: [debian("bookworm"), hostname("web")] };
  const lock = await lockOf(pipeline, { notes: { keys: ["a key"] } });
  const unlocked = await values();
  writeLock(lock);
  const locked = await values();
  writeLock(lock.replace(digest("b"), digest("c")));
  expect(await values()).toEqual(locked);
  writeLock(lock.replace('"version":"1.0"', '"version":"1.1"'));
  const updated = await values();
  writeLock(lock.replace("a key", "another key"));
  const rekeyed = await values();
  for (const index of [0, 1])
    expect(new Set([unlocked, locked, updated, rekeyed].map((all) => all[index])).size).toBe(4);
});

test("a pipeline without a lock, or from standard input, isn't locked", async () => {
  write({ stages: [debian("bookworm")] });
  expect((await load()).map(({ lock }) => lock)).toEqual([undefined]);
  expect(await readLock("-")).toBeUndefined();
  expect(readFileSync(`${directory}/p.json`, "utf8")).toContain("bookworm");
});

test("a pipeline's lock is named after it, in whichever language it is written", () => {
  const names = ["p.json", "p.jsonc", "a.b/p.yaml", "p.yml", "p", "-"];
  const locks = ["p.lock.json", "p.lock.json", "a.b/p.lock.json", "p.lock.json", "p.lock.json", undefined];
  expect(names.map(lockFileOf)).toEqual(locks);
});
