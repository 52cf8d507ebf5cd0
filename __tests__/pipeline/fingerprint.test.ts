import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Fingerprint, fingerprints, type Origins } from "../../src/pipeline/fingerprint.ts";
import { chain, steps } from "../../src/pipeline/pipeline.ts";
import { type Given, libdir, read } from "./pipelines.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "fingerprint-"));
  cpSync(libdir, `${directory}/lib`, { recursive: true });
  mkdirSync(`${directory}/app/data`, { recursive: true });
  writeFileSync(`${directory}/app/server`, "one");
  writeFileSync(`${directory}/app/data/table`, "1 2 3");
  writeFileSync(`${directory}/os-release`, 'PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_ID="12"\nID=debian\n');
});
afterEach(() => rmSync(directory, { recursive: true }));

const noop = { name: "org.osbuild.noop" };
const greet = { name: "com.example.greet", options: { text: "Hi", files: ["app", "app/server"] } };
const pipeline = { stages: [noop, greet, noop], assembler: noop };

interface Around extends Given {
  readonly origins?: Partial<Origins>;
  readonly hostRelease?: string;
}

/** The fingerprints of all steps of a chain, in order. */
async function of(value: object | string, { origins, hostRelease = `${directory}/os-release`, ...given }: Around = {}) {
  const libdirs = [`${directory}/lib`];
  const chained = await read(typeof value === "string" ? value : JSON.stringify(value), {
    file: `${directory}/p.json`,
    libdirs,
    ...given,
  });
  const known: Origins = { baseFingerprint: async () => null, archive: null, ...origins };
  const found = await fingerprints(chained, known, [`${directory}/missing`, hostRelease]);
  return chain(chained)
    .flatMap(steps)
    .map((step) => found.get(step) as Fingerprint);
}

const values = async (value: object, around?: Around) =>
  (await of(value, around)).map((fingerprint) => fingerprint.value);

/** The places of the steps whose fingerprint something changes. */
async function changedBy(change: () => unknown): Promise<readonly number[]> {
  const before = await values(pipeline);
  await change();
  const after = await values(pipeline);
  return before.flatMap((value, index) => (value === after[index] ? [] : [index]));
}

const greetAndAfter = [1, 2, 3];

test.each<[string, () => unknown]>([
  ["its program", () => writeFileSync(`${directory}/lib/stages/com.example.greet.ts`, "")],
  ["a module that it imports", () => writeFileSync(`${directory}/lib/stages/lib/greeting.ts`, "")],
  [
    "its meta.json",
    () => writeFileSync(`${directory}/lib/stages/com.example.greet.meta.json`, '{"inputs": ["/files/*"]}'),
  ],
  ["an input's content", () => writeFileSync(`${directory}/app/server`, "two")],
  ["an input that becomes executable", () => chmodSync(`${directory}/app/server`, 0o755)],
  ["a file within an input directory", () => writeFileSync(`${directory}/app/data/table`, "1 2 4")],
  ["a new file within an input directory", () => writeFileSync(`${directory}/app/data/.hidden`, "")],
  [
    "a file there that becomes a directory",
    () => {
      rmSync(`${directory}/app/data/table`);
      mkdirSync(`${directory}/app/data/table`);
    },
  ],
  ["a link within an input directory", () => symlinkSync("server", `${directory}/app/link`)],
])("a step and all that follow have another fingerprint after a change of %s", async (_, change) => {
  expect(await changedBy(change)).toEqual(greetAndAfter);
});

test.each<[string, () => unknown]>([
  ["an input's time", () => utimesSync(`${directory}/app/server`, 1, 1)],
  [
    "the umask of the checkout",
    () => {
      chmodSync(`${directory}/app/server`, 0o600);
      chmodSync(`${directory}/app/data`, 0o700);
    },
  ],
  ["an input's owner", () => chownSync(`${directory}/app/server`, 1000, 1000)],
  ["a file that is no input", () => writeFileSync(`${directory}/README`, "")],
  ["a module that nothing imports", () => writeFileSync(`${directory}/lib/stages/lib/other.ts`, "")],
  [
    "the host's os-release beside its id and version",
    () => writeFileSync(`${directory}/os-release`, "ID='debian'\nVERSION_ID=12\nPRETTY_NAME=Debian\n"),
  ],
])("%s changes no fingerprint", async (_, change) => {
  expect(await changedBy(change)).toEqual([]);
});

test("the order in which options name inputs, and their spelling, change no fingerprint", async () => {
  const stage = (files: readonly string[]) => ({ stages: [{ ...greet, options: { files, text: "Hi" } }] });
  expect(await values(stage(["app/server", "app"]))).toEqual(await values(stage(["app", "app/server"])));
  expect(await values({ stages: [{ ...noop, timeout: 9 }] })).toEqual(await values({ stages: [noop] }));
});

test("what an id doesn't tell apart and a program may, the order of keys and the digits of numbers, is in it", async () => {
  const stages = (options: string) => `{"stages": [{"name": "org.osbuild.noop", "options": ${options}}]}`;
  const all = [
    '{"a": 100.0, "b": {"c": 1, "d": 2}}',
    '{"b": {"c": 1, "d": 2}, "a": 100.0}',
    '{"a": 1E2, "b": {"d": 2, "c": 1}}',
  ];
  const pipelines = await Promise.all(all.map((options) => read(stages(options))));
  expect(new Set(pipelines.map(({ treeId }) => treeId)).size).toBe(1);
  const found = await Promise.all(all.map((options) => of(stages(options))));
  expect(new Set(found.map(([first]) => first?.value)).size).toBe(3);
  // Results that were stored before options kept their order count where they are sorted.
  expect(found.map(([first]) => "options" in (first?.parts ?? {}))).toEqual([false, true, true]);
});

test("the host's distribution and version are in every fingerprint that has no build tree", async () => {
  expect(await changedBy(() => writeFileSync(`${directory}/os-release`, "ID=debian\nVERSION_ID=13\n"))).toEqual([
    0, 1, 2, 3,
  ]);
  expect((await of({ stages: [noop] }))[0]?.parts.root).toBe("debian 13");
});

test("a source-epoch is in every fingerprint", async () => {
  const [plain, dated] = [await values({ stages: [noop] }), await values({ stages: [noop], "source-epoch": 1 })];
  expect(dated).not.toEqual(plain);
});

test("what a pipeline runs in is in its fingerprints: the build tree, by id and fingerprint, and the runner", async () => {
  const env = (options: object, runner = "org.osbuild.arch") =>
    JSON.stringify({ runner, pipeline: { stages: [{ ...noop, options }] } });
  const last = async (buildEnv: string) => (await values({ stages: [greet] }, { buildEnv })).at(-1);
  const found = [
    (await values({ stages: [greet] })).at(-1),
    await last(env({})),
    await last(env({ x: 1 })),
    await last(env({}, "org.osbuild.linux")),
    await last('{"runner": "org.osbuild.arch"}'),
  ];
  expect(new Set(found).size).toBe(found.length);
  writeFileSync(`${directory}/lib/stages/org.osbuild.noop`, "changed");
  expect(await last(env({}))).not.toBe(found[1]);
});

test("a build environment that begins like the pipeline itself has fingerprints of its own", async () => {
  const buildEnv = JSON.stringify({ runner: "org.osbuild.arch", pipeline: { stages: [noop] } });
  const [built, own] = await values({ stages: [noop] }, { buildEnv });
  expect(own).not.toBe(built);
});

test("what the first stage starts from is in the fingerprints: the base's own, or the archive's digest", async () => {
  const base = "a".repeat(64);
  const origins = (fingerprint: string): Around => ({ origins: { baseFingerprint: async (id) => id + fingerprint } });
  const onBase = { base, stages: [noop] };
  expect(await values(onBase, origins("1"))).not.toEqual(await values(onBase, origins("2")));
  const archives = await Promise.all(["1", "2"].map((archive) => values({ stages: [noop] }, { origins: { archive } })));
  expect(archives[0]).not.toEqual(archives[1]);
});

test("an assembler's fingerprint builds on the last stage's", async () => {
  const [first, last, image] = await of({ stages: [noop, greet], assembler: noop });
  expect([first, last, image].map((fingerprint) => fingerprint?.parts.base)).toEqual([null, first?.value, last?.value]);
});

test("a machine without os-release says so", async () => {
  await expect(values({ stages: [noop] }, { hostRelease: `${directory}/missing` })).rejects.toThrow("os-release");
});
