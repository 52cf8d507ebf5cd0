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
import { type Fingerprint, fingerprints, type Starts } from "../../src/pipeline/fingerprint.ts";
import type { ToolDigests } from "../../src/pipeline/host-root.ts";
import { innermostFirst, steps } from "../../src/pipeline/pipeline.ts";
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
  readonly starts?: Partial<Starts>;
  readonly hostRelease?: string;
  readonly tools?: ToolDigests;
}

/** The fingerprints of all steps of a pipeline and its build pipelines, in order. */
async function of(
  value: object | string,
  { starts, hostRelease = `${directory}/os-release`, tools, ...given }: Around = {},
) {
  const libdirs = [`${directory}/lib`];
  const chained = await read(typeof value === "string" ? value : JSON.stringify(value), {
    file: `${directory}/p.json`,
    libdirs,
    ...given,
  });
  const known: Starts = { baseFingerprint: async () => null, archive: null, ...starts };
  const found = await fingerprints(chained, known, tools, [`${directory}/missing`, hostRelease]);
  return innermostFirst(chained)
    .flatMap(steps)
    .map((step) => found.get(step) as Fingerprint);
}

const values = async (value: object, around?: Around) =>
  (await of(value, around)).map((fingerprint) => fingerprint.value);

/** The positions of the steps whose fingerprint a change affects. */
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
])("a change of %s changes the fingerprint of the step and all that follow", async (_, change) => {
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

test("the order and the spelling of inputs in options change no fingerprint", async () => {
  const stage = (files: readonly string[]) => ({ stages: [{ ...greet, options: { files, text: "Hi" } }] });
  expect(await values(stage(["app/server", "app"]))).toEqual(await values(stage(["app", "app/server"])));
  expect(await values({ stages: [{ ...noop, timeout: 9, limits: { disk: 9 } }] })).toEqual(
    await values({ stages: [noop] }),
  );
});

test("a fingerprint includes the order of keys and the digits of numbers, which an id leaves out", async () => {
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
  // Results from before options kept their order are valid if the options are sorted.
  expect(found.map(([first]) => "options" in (first?.parts ?? {}))).toEqual([false, true, true]);
});

test("every fingerprint without a build tree includes the host's distribution and version", async () => {
  expect(await changedBy(() => writeFileSync(`${directory}/os-release`, "ID=debian\nVERSION_ID=13\n"))).toEqual([
    0, 1, 2, 3,
  ]);
  expect((await of({ stages: [noop] }))[0]?.parts.root).toBe("debian 13");
});

test("a tool of the host is in the fingerprints of the steps that need it with their options, and of no other", async () => {
  const tool = `${directory}/tool`;
  writeFileSync(
    `${directory}/lib/stages/com.example.greet.meta.json`,
    JSON.stringify({ requires: [{ programs: [tool], when: { required: ["text"] } }] }),
  );
  const before = await values(pipeline);
  const [, plain] = await of({ stages: [noop, { ...greet, options: {} }] });
  expect(plain?.parts.root).toBe("debian 12");
  expect(await changedBy(() => writeFileSync(tool, "1.0"))).toEqual(greetAndAfter);
  expect(await changedBy(() => writeFileSync(tool, "1.1"))).toEqual(greetAndAfter);
  expect(await changedBy(() => utimesSync(tool, 1, 1))).toEqual([]);
  rmSync(tool);
  expect(await values(pipeline)).toEqual(before);
});

test("a library of Node.js whose version changes a program's result is in its fingerprint, and in no other", async () => {
  const before = await values(pipeline);
  const meta = `${directory}/lib/stages/com.example.greet.meta.json`;
  writeFileSync(meta, JSON.stringify({ runtime: ["zstd"] }));
  const [first, greeting] = await of(pipeline);
  expect(first?.value).toBe(before[0]);
  expect(greeting?.parts.runtime).toEqual({ zstd: process.versions["zstd"] });
  expect(process.versions["zstd"]).toMatch(/^\d/);
});

test("a tool whose digest is known is read again only if one of its files has changed", async () => {
  const tool = `${directory}/tool`;
  writeFileSync(tool, "1.0");
  writeFileSync(`${directory}/lib/stages/com.example.greet.meta.json`, JSON.stringify({ requires: [tool] }));
  const tools: ToolDigests = new Map();
  const read = await values(pipeline);
  expect(await values(pipeline, { tools })).toEqual(read);
  const [[state = "", digest = ""] = []] = [...tools];
  expect(await values(pipeline, { tools })).toEqual(read);
  expect([...tools]).toEqual([[state, digest]]);
  tools.set(state, "another");
  expect(await values(pipeline, { tools })).not.toEqual(read);
  writeFileSync(tool, "1.0.1");
  const changed = await values(pipeline, { tools });
  expect(changed).toEqual(await values(pipeline));
  expect(changed).not.toEqual(read);
  expect(tools.size).toBe(2);
});

test("every fingerprint includes the source-epoch", async () => {
  const [plain, dated] = [await values({ stages: [noop] }), await values({ stages: [noop], "source-epoch": 1 })];
  expect(dated).not.toEqual(plain);
});

test("a pipeline's fingerprints include the build tree, by id and fingerprint, and the runner", async () => {
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

test("a build environment that begins like the pipeline itself has different fingerprints", async () => {
  const buildEnv = JSON.stringify({ runner: "org.osbuild.arch", pipeline: { stages: [noop] } });
  const [built, own] = await values({ stages: [noop] }, { buildEnv });
  expect(own).not.toBe(built);
});

test("the fingerprints include the start of the first stage: the base's fingerprint, or the archive's digest", async () => {
  const base = "a".repeat(64);
  const starts = (fingerprint: string): Around => ({ starts: { baseFingerprint: async (id) => id + fingerprint } });
  const onBase = { base, stages: [noop] };
  expect(await values(onBase, starts("1"))).not.toEqual(await values(onBase, starts("2")));
  const archives = await Promise.all(["1", "2"].map((archive) => values({ stages: [noop] }, { starts: { archive } })));
  expect(archives[0]).not.toEqual(archives[1]);
});

test("an assembler's fingerprint depends on the last stage's", async () => {
  const [first, last, image] = await of({ stages: [noop, greet], assembler: noop });
  expect([first, last, image].map((fingerprint) => fingerprint?.parts.base)).toEqual([null, first?.value, last?.value]);
});

test("a machine without os-release says so", async () => {
  await expect(values({ stages: [noop] }, { hostRelease: `${directory}/missing` })).rejects.toThrow("os-release");
});

test("an excluded file doesn't count, and one beside it does", async () => {
  const options = { paths: [{ from: "app/", to: "/srv" }], exclude: ["data/*.log"] };
  const own = { libdirs: [`${import.meta.dirname}/../..`] };
  const fingerprint = async () => (await of({ stages: [{ name: "org.osbuild.copy", options }] }, own))[0]?.value;
  const before = await fingerprint();
  writeFileSync(`${directory}/app/data/x.log`, "");
  expect(await fingerprint()).toBe(before);
  writeFileSync(`${directory}/app/data/x.txt`, "");
  expect(await fingerprint()).not.toBe(before);
});
