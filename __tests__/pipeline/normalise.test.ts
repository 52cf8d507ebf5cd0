import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { innermostFirst, type Pipeline } from "../../src/pipeline/pipeline.ts";
import { fixtures, type Given, inShort, read } from "./pipelines.ts";

const era = (name: string) => readFileSync(`${fixtures}/pipelines/${name}.json`, "utf8");
const noop = { name: "org.osbuild.noop" };
const text = JSON.stringify;

/** The structure of a pipeline, without the details of its steps. */
const outline = ({ build, base, stages, assembler }: Pipeline): unknown => ({
  ...(build === null ? {} : { build: [build.runner, build.pipeline && outline(build.pipeline)] }),
  ...(base === null ? {} : { base: base.id }),
  stages: stages.map(({ name }) => name),
  ...(assembler === null ? {} : { assembler: assembler.name }),
});

const outlineOf = async (value: unknown, given: Given = {}) => outline(await read(text(value), given));
const idsOf = async (value: string | object, given: Given = {}) => {
  const { treeId, outputId } = await read(typeof value === "string" ? value : text(value), given);
  return [treeId, outputId];
};

const x1 = { stages: [{ ...noop, options: { x: 1 } }] };
const noopIds = [
  "beda46704765a47e6d4f44aff22168ae36866c9c0e6e11552b775b77776b2969",
  "7a3f428423152989c6fbfac6c74f2a231670a195803fd804fd63b432fbbd0b9f",
];
const builtIds = [
  "334760385b24509cd17152993f95e6a614f56466f73aa129e3faef22452ffca7",
  "101b0ce41b369f9e7bee0defced97634059563f09812e65dde9c033ba9e95a1c",
];

test.each<[string, string, string, string]>([
  [
    "2019-06",
    "with an image-writing stage",
    "7fd090833d1826c387179b8e40b759a7f9c7bb6b402be26dc5450706ee73f979",
    "ed0675904658443480077495b873e628502fc02e1962e43df75b02926fa22ada",
  ],
  [
    "2019-08",
    "with an io.weldr assembler",
    "81a026d0f5aa57f7b4ce3680e6237782aa1ac9de7b98a7344de4614aaf48fc7a",
    "cbe03d010b9c4f4f4ccc776d5afd57ade63ba391bbff0389d68ec26e2b9d5539",
  ],
  [
    "2019-09",
    "with an org.osbuild one",
    "81a026d0f5aa57f7b4ce3680e6237782aa1ac9de7b98a7344de4614aaf48fc7a",
    "030005789ef6de8a9292ac2f669c15810afb430ac4026d5bda86129adbc5a666",
  ],
  [
    "2019-11",
    "with a key inline",
    "948e4cd178659949f2fb03d26d413e7ace2508445ecaf72be785eb85066cc916",
    "6c2e9e324408d627f4bc52dc8e3255e0a01c2d04fb0178950f27f3e2eba7500e",
  ],
])("the example pipeline of %s, %s, has these ids", async (name, _, treeId, outputId) => {
  expect(await idsOf(era(name))).toEqual([treeId, outputId]);
});

test("the smallest pipeline has these ids", async () => {
  expect(await idsOf({ stages: [noop], assembler: noop })).toEqual(noopIds);
});

test.each<[string, object]>([
  ["nested", { build: x1 }],
  ["under a runner", { build: { runner: "org.osbuild.fedora30", pipeline: x1 } }],
  ["under a runner, wrapped", { build: { runner: "org.osbuild.fedora30", pipeline: { pipeline: x1 } } }],
])("the ids depend on the build pipeline: %s", async (_, build) => {
  expect(await idsOf({ ...build, stages: [noop], assembler: noop })).toEqual(builtIds);
});

test("an id is the digest of the name as written, the id before it, and the options, in canonical JSON", async () => {
  const ids = async (stage: object) => (await idsOf({ stages: [stage] }))[0];
  const base = await ids({ ...noop, options: { a: 1, b: 2 } });
  expect(await ids({ ...noop, options: { b: 2, a: 1 } })).toBe(base);
  expect(await ids({ ...noop, options: { a: 1, b: 2 }, timeout: 5, limits: { processes: 64 } })).toBe(base);
  expect(await ids({ ...noop, name: "io.weldr.noop", options: { a: 1, b: 2 } })).not.toBe(base);
  expect(await idsOf('{"stages": [{"name": "org.osbuild.noop", "options": {"a": 1.0, "b": 2}}]}')).not.toEqual([
    base,
    null,
  ]);
});

test("options that are absent, null or empty are the same", async () => {
  const written = [noop, { ...noop, options: null }, { ...noop, options: {} }];
  const ids = await Promise.all(written.map((stage) => idsOf({ stages: [stage] })));
  expect(ids).toEqual([
    [noopIds[0], null],
    [noopIds[0], null],
    [noopIds[0], null],
  ]);
});

test("pipelines of June 2019 have their stages under `pipeline`, and the last one writes the image", async () => {
  const pipeline = await read(era("2019-06"));
  expect(outline(pipeline)).toEqual({
    stages: ["io.weldr.dnf", "io.weldr.systemd"],
    assembler: "io.weldr.qcow2",
  });
  expect(pipeline.assembler?.program).toMatchObject({ kind: "assembler", name: "org.osbuild.qcow2" });
  expect(pipeline.assembler?.options).toEqual({ target: "output.qcow2" });
  expect(await read(era("2019-06").replace('"pipeline"', '"stages"'))).toEqual({
    ...pipeline,
    stages: pipeline.stages.map((stage) => ({ ...stage, at: expect.anything() })),
    assembler: { ...pipeline.assembler, at: expect.anything() },
  });
});

test("a program that is also a stage stays a stage at the end of a pipeline", async () => {
  expect(await outlineOf({ stages: [noop] })).toEqual({ stages: [noop.name] });
});

test("the wrapper of release 8 is removed, and its sources with it", async () => {
  const inner = { build: { runner: "org.osbuild.fedora30", pipeline: x1 }, stages: [noop], assembler: noop };
  expect(await idsOf({ pipeline: inner, sources: { "org.osbuild.files": {} } })).toEqual(builtIds);
});

test("the first stage's id depends on the base", async () => {
  const base = "a".repeat(64);
  const [withBase, ownBase] = [
    await read(text({ base, stages: [noop] })),
    await read(text({ stages: [noop] }), { base }),
  ];
  expect(withBase.base).toMatchObject({ id: base, at: { line: 1, column: 9 } });
  expect(ownBase.base).toEqual({ id: base, at: undefined });
  expect(ownBase.treeId).toBe(withBase.treeId);
  expect(withBase.treeId).not.toBe(noopIds[0]);
});

test("--base replaces the pipeline's own base, but not those of its build pipelines", async () => {
  const [own, other, built] = ["a", "b", "c"].map((digit) => digit.repeat(64));
  const pipeline = await read(text({ base: own, build: { base: built }, stages: [noop] }), { base: other as string });
  expect([pipeline.base?.id, pipeline.build?.pipeline?.base?.id]).toEqual([other, built]);
});

test.each<[string, object]>([
  ["no key", {}],
  ["no stages", { stages: [] }],
  ["an empty list under `pipeline`", { pipeline: [] }],
  ["an empty build pipeline", { build: {} }],
  ["a build pipeline without stages", { build: { stages: [] } }],
  ["a build of null", { build: null }],
  ["an assembler of null", { assembler: null }],
  ["a base of null", { base: null }],
  ["an empty pipeline in a wrapper", { pipeline: {} }],
  ["a name", { name: "Example" }],
])("a pipeline with %s has nothing to do", async (_, pipeline) => {
  expect(await read(text(pipeline))).toEqual(await read("{}"));
  expect(await read("{}")).toEqual({
    build: null,
    downloads: {},
    warnings: [],
    base: null,
    stages: [],
    assembler: null,
    sourceEpoch: defaultSourceEpoch,
    treeId: null,
    outputId: null,
  });
});

const env = text({ runner: "org.osbuild.debian12", pipeline: x1 });
const inEnv = ["org.osbuild.debian12", { stages: [noop.name] }];

test("the innermost pipeline runs in --build-env", async () => {
  expect(await outlineOf({ stages: [noop] }, { buildEnv: env })).toEqual({ build: inEnv, stages: [noop.name] });
  const nested = { build: { build: { ...x1, assembler: noop }, stages: [noop] }, stages: [noop] };
  expect(await outlineOf(nested, { buildEnv: env })).toEqual({
    build: [
      null,
      {
        build: [null, { build: inEnv, stages: [noop.name], assembler: noop.name }],
        stages: [noop.name],
      },
    ],
    stages: [noop.name],
  });
});

test("--build-env replaces a runner without a pipeline, and an empty build pipeline", async () => {
  for (const build of [{ runner: "org.osbuild.arch" }, { runner: "org.osbuild.arch", pipeline: null }, { stages: [] }])
    expect(await outlineOf({ build, stages: [noop] }, { buildEnv: env })).toEqual({
      build: inEnv,
      stages: [noop.name],
    });
});

test("a build environment may consist of only a runner", async () => {
  const built = { build: ["org.osbuild.debian12", null], stages: [noop.name] };
  expect(await outlineOf({ stages: [noop] }, { buildEnv: '{"runner": "org.osbuild.debian12"}' })).toEqual(built);
  expect(await outlineOf({ build: { runner: "org.osbuild.debian12" }, stages: [noop] })).toEqual(built);
});

test("the innermost pipeline runs in --build-pipeline, which itself runs in --build-env", async () => {
  const buildPipeline = text({ stages: [noop, noop] });
  expect(await outlineOf({ stages: [noop] }, { buildPipeline, buildEnv: env })).toEqual({
    build: [null, { build: inEnv, stages: [noop.name, noop.name] }],
    stages: [noop.name],
  });
});

test("options of the command line don't change ids, as in osbuild", async () => {
  const pipeline = { stages: [noop], assembler: noop };
  expect(await idsOf(pipeline, { buildEnv: env })).toEqual(noopIds);
  expect(await idsOf(pipeline, { buildPipeline: text(x1) })).toEqual(noopIds);
  expect(await idsOf({ ...pipeline, build: x1 }, { buildEnv: env })).toEqual(builtIds);
});

test("a source-epoch applies to the build pipelines, too, except for one that has its own", async () => {
  const build = { ...x1, build: { ...x1, "source-epoch": 7 } };
  const epochs = async (value: object, given: Given = {}) =>
    innermostFirst(await read(text(value), given)).map(({ sourceEpoch }) => sourceEpoch);
  expect(await epochs({ build, stages: [noop], "source-epoch": 5 })).toEqual([7, 5, 5]);
  expect(await epochs({ stages: [noop], "source-epoch": 5 }, { buildEnv: env })).toEqual([5, 5]);
  expect(await epochs({ stages: [noop] }, { buildEnv: env })).toEqual([defaultSourceEpoch, defaultSourceEpoch]);
  expect(await epochs({ stages: [noop], "source-epoch": 0 })).toEqual([0]);
});

test("a source-epoch is at the end of the text that an id is the digest of", async () => {
  // sha256 of `"org.osbuild.noop"nullnull{}1573000000`
  const treeId = "94b40cf09a136710633cd0179dd6305fdda70edfff162f1bf823e42d49ee1608";
  expect(await idsOf({ stages: [noop], "source-epoch": 1573000000 })).toEqual([treeId, null]);
});

test("a source-epoch changes the ids of its own pipeline, but not those of its build pipeline", async () => {
  const idsIn = async (value: object) => innermostFirst(await read(text(value))).map(({ treeId }) => treeId);
  const build = { ...x1, build: { stages: [noop] } };
  const [innermost, inner, own] = await idsIn({ build, stages: [noop] });
  const dated = await idsIn({ build, stages: [noop], "source-epoch": 5 });
  expect(dated).toEqual([innermost, inner, expect.not.stringMatching(String(own))]);
  const between = await idsIn({ build: { ...build, "source-epoch": 5 }, stages: [noop] });
  expect(between).toEqual([innermost, expect.not.stringMatching(String(inner)), expect.anything()]);
});

test("names that can't be a program's file are unknown", async () => {
  const names = ["lib", "../stages/org.osbuild.noop", "com.example.greet.ts", "com.example.greet.meta.json", ""];
  expect(await inShort(() => read(text({ stages: names.map((name) => ({ name })) })))).toHaveLength(names.length);
});
