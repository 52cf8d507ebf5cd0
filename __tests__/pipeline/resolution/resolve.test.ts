// biome-ignore-all lint/suspicious/noTemplateCurlyInString: pipelines write variables like this.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeEach, expect, test } from "@jest/globals";
import { BuildError } from "../../../src/errors.ts";
import { asWritten } from "../../../src/json/canonical.ts";
import { readDocument } from "../../../src/json/document.ts";
import { loadPipeline } from "../../../src/pipeline/load.ts";
import { resolveAll } from "../../../src/pipeline/resolution/resolve.ts";
import { libdir } from "../pipelines.ts";

const directory = mkdtempSync(join(tmpdir(), "resolve-"));
beforeEach(() => {
  rmSync(directory, { recursive: true });
  mkdirSync(`${directory}/.git`, { recursive: true });
});
afterAll(() => rmSync(directory, { recursive: true }));

type Files = Readonly<Record<string, string>>;

/** Writes files, and returns the path of the first. */
function write(files: Files): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return join(directory, Object.keys(files)[0] as string);
}

const settings = (values: readonly string[]) =>
  values.map((text) => ({ name: text.split("=")[0] as string, value: text.split("=")[1] as string }));

/** The first file as the plain JSON that it stands for. */
async function resolved(files: Files, ...values: readonly string[]): Promise<string> {
  const main = await readDocument(write(files));
  const given = { document: main, buildPipeline: undefined, buildEnv: undefined };
  const { document } = await resolveAll(given, settings(values));
  return asWritten(document, document.root);
}

/** The problems of the first file: `file:line:column message (hint)`. */
async function problemsOf(files: Files, ...values: readonly string[]): Promise<readonly string[]> {
  const names = { buildPipeline: undefined, buildEnv: undefined, mirrors: undefined, base: undefined };
  const pipeline = write(files);
  const variables = settings(values);
  try {
    await loadPipeline({ pipeline, libdirs: [libdir], variables, ...names }, new Set());
    return [];
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return error.problems.map(({ at, message, hint }) => {
      const place = at === undefined ? "" : `${relative(directory, at.file)}:${at.line}:${at.column} `;
      return `${place}${message}${hint === undefined ? "" : ` (${hint})`}`.replaceAll(`${directory}/`, "");
    });
  }
}

const stage = (x: string | number) => `{"name": "org.osbuild.noop", "options": {"x": ${JSON.stringify(x)}}}`;
const pipeline = (...stages: readonly (string | number)[]) => `{"stages": [${stages.map(stage).join(", ")}]}`;

test("the stages of included files come first, in the order of the list, in any language", async () => {
  const files = {
    "images/web.yaml": "include: [../base.json, part.yml]\nstages:\n- name: org.osbuild.noop\n  options: {x: 3}\n",
    "base.json": '{"include": ["more/inner.jsonc"], "stages": [{"name": "org.osbuild.noop", "options": {"x": 1}}]}',
    "more/inner.jsonc": '{"pipeline": [{"name": "org.osbuild.noop", "options": {"x": 0}},]}',
    "images/part.yml": "stages: [{name: org.osbuild.noop, options: {x: 2}}]",
  };
  const [, list] = /^\{"(?:stages|pipeline)": (.*)\}$/.exec(await resolved(files)) ?? [];
  expect(list).toBe(`[${[0, 1, 2, 3].map(stage).join(", ")}]`);
});

test("a file's own keys win over those of the files that it includes, and null drops one", async () => {
  const base = '{"name": "base", "assembler": {"name": "a"}, "source-epoch": 1, "base": null, "stages": []}';
  const own = '{"include": ["b.json"], "assembler": null, "source-epoch": 2}';
  expect(JSON.parse(await resolved({ "a.json": own, "b.json": base }))).toEqual({
    assembler: null,
    "source-epoch": 2,
    base: null,
    stages: [],
  });
});

test("build pipelines and wrapped pipelines include files too", async () => {
  const files = {
    "a.json": '{"pipeline": {"build": {"runner": "r", "pipeline": {"include": ["b.json"]}}, "include": ["b.json"]}}',
    "b.json": pipeline(1),
  };
  expect(JSON.parse(await resolved(files))).toEqual({
    pipeline: { ...JSON.parse(pipeline(1)), build: { runner: "r", pipeline: JSON.parse(pipeline(1)) } },
  });
});

test("a file that several files include is in a pipeline once", async () => {
  const files = {
    "a.json": '{"include": ["b.json", "c.json", "./b.json"], "stages": []}',
    "b.json": `{"include": ["common.json"], "stages": [${stage("b")}]}`,
    "c.json": `{"include": ["common.json"], "stages": [${stage("c")}]}`,
    "common.json": pipeline("common"),
  };
  expect(await resolved(files)).toBe(pipeline("common", "b", "c"));
});

const named = (x: string) => `{"name": "org.osbuild.noop", "as": "${x}", "options": {"x": "${x}"}}`;

test("a file drops and replaces named stages of the files that it includes, and inserts others before and after", async () => {
  const files = {
    "a.json": `{"include": ["b.json"], "stages": [${stage("own")}], "changes": [
      {"drop": "two"}, {"replace": "three", "with": [${named("3a")}, ${stage("3b")}]},
      {"before": "one", "insert": [${stage("first")}]}, {"after": "3a", "insert": [${stage("between")}]}
    ]}`,
    "b.json": `{"include": ["c.json"], "stages": [${named("two")}, ${named("three")}],
      "changes": [{"after": "one", "insert": [${stage(1)}]}]}`,
    "c.json": `{"stages": [${named("one")}]}`,
  };
  const stages = [stage("first"), named("one"), stage(1), named("3a"), stage("between"), stage("3b"), stage("own")];
  expect(await resolved(files)).toBe(`{"stages": [${stages.join(", ")}]}`);
});

test("a step's name isn't in its id", async () => {
  const names = { buildPipeline: undefined, buildEnv: undefined, mirrors: undefined, base: undefined, variables: [] };
  const idOf = async (text: string) =>
    (await loadPipeline({ pipeline: write({ "a.json": text }), libdirs: [libdir], ...names }, new Set())).treeId;
  expect(await idOf(`{"stages": [${named("x")}]}`)).toBe(await idOf(pipeline("x")));
});

const variables = `{
  "text": "a", "whole": 1, "fraction": 1.50, "truth": true,
  "host": {"type": "string", "default": "web", "description": "The name."}, "free": {}
}`;
const use = `{"name": "org.osbuild.noop", "options": {
  "whole": "\${whole}", "fraction": "\${fraction}", "truth": "\${truth}", "text": "\${text}",
  "mixed": "<\${host}-\${whole}\${fraction}\${truth}>$\${host}$$\${host}\${free}"
}}`;

test("variables are replaced: a whole text gets the variable's type, and numbers stay as they are written", async () => {
  const files = { "a.json": `{"variables": ${variables}, "stages": [${use}]}` };
  const options = (await resolved(files, "free=")).replace(/.*"options": (.*)\}\]\}$/, "$1");
  expect(options).toBe(
    '{"whole": 1, "fraction": 1.50, "truth": true, "text": "a", "mixed": "<web-11.50true>${host}$${host}"}',
  );
  const set = ["free=${host}", "whole=-5", "fraction=1e3", "truth=false", "host=x=y"];
  const other = (await resolved(files, ...set.slice(0, 4), "host=db")).replace(/.*"options": (.*)\}\]\}$/, "$1");
  expect(other).toBe(
    '{"whole": -5, "fraction": 1e3, "truth": false, "text": "a", "mixed": "<db--51e3false>${host}$${host}${host}"}',
  );
});

test("a file gives the variables of the files that it includes other values, and a setting wins over both", async () => {
  const files = {
    "a.yaml": "include: [b.yaml]\nvariables: {x: from a}",
    "b.yaml":
      "variables: {x: {type: string, default: from b}, y: {default: 1}}\nstages: [{name: '${x}', timeout: '${y}'}]",
  };
  expect(await resolved(files)).toBe('{"stages": [{"name": "from a", "timeout": 1}]}');
  expect(await resolved(files, "x=set", "y=2")).toBe('{"stages": [{"name": "set", "timeout": 2}]}');
});

test("a pipeline without variables may have ${ in its texts", async () => {
  expect(await resolved({ "a.json": pipeline("${HOME} ${ $${x}") })).toBe(pipeline("${HOME} ${ $${x}"));
});

test("a pipeline that is split and has variables has the ids of the plain one, and its files belong to each part", async () => {
  const names = { buildPipeline: undefined, buildEnv: undefined, mirrors: undefined, base: undefined };
  const load = (files: Files) =>
    loadPipeline(
      { pipeline: write(files), libdirs: [libdir, join(import.meta.dirname, "../../..")], variables: [], ...names },
      new Set(),
    );
  const copy = '{"name": "org.osbuild.copy", "options": {"paths": [{"from": "f", "to": "/f"}]}}';
  const plain = await load({ "parts/plain.json": `{"stages": [${stage(100)}, ${copy}]}`, "parts/f": "" });
  const split = await load({
    "split.yaml": "variables: {x: 100}\ninclude: [parts/one.yaml, parts/two.json]",
    "parts/one.yaml": "stages: [{name: org.osbuild.noop, options: {x: '${x}'}}]",
    "parts/two.json": `{"stages": [${copy}]}`,
  });
  expect(split.treeId).toBe(plain.treeId);
  const steps = ({ stages }: typeof plain) => stages.map(({ optionsText, inputs }) => [optionsText, [...inputs]]);
  expect(steps(split)).toEqual(steps(plain));
});

const namesFiles = "name files, relative to this one";
const literally = "write $${ for ${ itself";
const source = "this value comes from --set or the input variables";

test.each<[string, Files, readonly string[], ...string[]]>([
  [
    "a missing file",
    { "a.json": '{"include": ["b.json"]}' },
    [],
    `a.json:1:14 "b.json" doesn't exist (looked in ${directory})`,
  ],
  ["a directory", { "a.json": '{"include": ["d"]}', "d/x": "" }, [], "a.json:1:14 d: is a directory, not a file"],
  [
    "a file outside the repository",
    { "a.json": '{"include": ["../b.json"]}' },
    [],
    `a.json:1:14 "../b.json" is outside the repository (a pipeline can only use files below ${directory})`,
  ],
  [
    "an absolute name",
    { "a.json": '{"include": ["/etc/passwd"]}' },
    [],
    `a.json:1:14 "/etc/passwd" must be relative to the pipeline file (a pipeline can only use files below ${directory})`,
  ],
  [
    "an include that is no list",
    { "a.json": '{"include": "b.json"}' },
    [],
    `a.json:1:13 "include" must be a list, not "b.json" (${namesFiles})`,
  ],
  [
    "an include of a number",
    { "a.json": '{"include": [1]}' },
    [],
    `a.json:1:14 an item of "include" must be a string, not 1 (${namesFiles})`,
  ],
  [
    "a file that includes itself",
    { "a.json": '{"include": ["b.json"]}', "b.json": '{"include": ["./a.json"]}' },
    [],
    "b.json:1:14 a.json includes itself",
  ],
  [
    "a part that is a list",
    { "a.json": '{"include": ["b.json"]}', "b.json": "[]" },
    [],
    "a.json:1:14 b.json must be an object, not an array",
  ],
  [
    "a wrapped part",
    { "a.json": '{"include": ["b.json"]}', "b.json": '{"pipeline": {}}' },
    [],
    'a.json:1:14 b.json is a wrapped pipeline (an included file has its "stages" at its top)',
  ],
  [
    "mistakes in several files",
    { "a.yaml": "include: [b.yaml, c.json]\nstages: []", "b.yaml": "a: 0755", "c.json": "{1}" },
    [],
    'b.yaml:1:4 0755 may be a number or text (write 755 if it is a number, "0755" if it is text)',
    "c.json:1:2 expected a key in double quotes",
  ],
  [
    "unknown programs and keys of several files",
    {
      "a.yaml": "include: [b.yaml]\nstages: [{name: org.osbuild.nop}]",
      "b.yaml": "stages:\n- name: org.osbuild.noo\nextra: 1",
    },
    [],
    'a.yaml:2:17 unknown stage "org.osbuild.nop" (did you mean "org.osbuild.noop"?)',
    'b.yaml:2:9 unknown stage "org.osbuild.noo" (did you mean "org.osbuild.noop"?)',
    'b.yaml:3:1 unknown key "extra" (known keys: $schema, name, runner, include, changes, variables, stages, pipeline, assembler, base, build, source-epoch)',
  ],
  [
    "two files with an assembler",
    { "a.json": '{"include": ["b.json", "c.json"]}', "b.json": '{"assembler": {}}', "c.json": '{"assembler": {}}' },
    [],
    'c.json:1:2 "assembler" is in b.json too, and only one of them can be used (write it in a.json, which wins over both)',
  ],
  [
    "an unknown variable",
    { "a.yaml": "variables: {host: a}\nstages:\n- name: |\n    ${host}\n    x ${hst}" },
    [],
    'a.yaml:5:7 there is no variable "hst" (did you mean "host"?)',
  ],
  [
    "a variable's name that isn't one",
    { "a.yaml": 'variables: {x: a}\nbase: "${x}${x:-y}"' },
    [],
    `a.yaml:2:12 a name and } must follow this (${literally})`,
  ],
  [
    "a variable in a key",
    { "a.yaml": "variables: {x: a}\n${x}: 1" },
    [],
    `a.yaml:2:1 a key can't have a variable in it (${literally})`,
  ],
  [
    "an unused variable",
    { "a.yaml": "variables:\n  x: a\n" },
    [],
    'a.yaml:2:3 nothing uses the variable "x" (use it as ${x}, or remove it)',
  ],
  ["an unknown setting", { "a.json": "{}" }, ["x=1"], 'there is no variable "x" to set'],
  [
    "a mistyped setting",
    { "a.yaml": "variables: {host: a}\nname: '${host}'" },
    ["hots=1"],
    'there is no variable "hots" to set (did you mean "host"?)',
  ],
  [
    "a setting of the wrong type",
    { "a.yaml": "variables: {x: 1}\nname: '${x}'" },
    ["x=0x1"],
    `the variable "x" must be a whole number, not "0x1" (${source})`,
  ],
  [
    "a truth value of the wrong type",
    { "a.yaml": "variables: {x: true}\nname: '${x}'" },
    ["x=yes"],
    `the variable "x" must be true or false, not "yes" (${source})`,
  ],
  [
    "no value",
    { "a.yaml": "variables: {x: {type: string}}\nname: '${x}'" },
    [],
    'a.yaml:1:13 the variable "x" has no value (give it a default, or a value with --set x=… or the input variables)',
  ],
  [
    "a default of the wrong type",
    { "a.yaml": "variables: {x: {type: string, default: 1.10}}\nname: '${x}'" },
    [],
    'a.yaml:1:40 the variable "x" must be a string, not 1.1 (put it in quotes: "1.10")',
  ],
  [
    "another value of the wrong type",
    { "a.yaml": "include: [b.yaml]\nvariables: {x: big}", "b.yaml": "variables: {x: {type: integer}}\nname: '${x}'" },
    [],
    'a.yaml:2:16 the variable "x" must be a whole number, not "big"',
  ],
  [
    "two declarations",
    {
      "a.yaml": "include: [b.yaml]\nvariables: {x: {default: 1}}",
      "b.yaml": "variables: {x: {type: integer}}\nname: '${x}'",
    },
    [],
    'b.yaml:1:13 the variable "x" is already declared in a.yaml, line 2 (write only its value here)',
  ],
  [
    "a wrong declaration",
    { "a.yaml": "variables: {x: {type: text, default: [], descripton: a, description: 1}, 1x: 2, y: []}" },
    [],
    'a.yaml:1:23 "type" can\'t be "text" (it can be string, integer, number or boolean)',
    'a.yaml:1:38 "default" can\'t be an array (a value is a string, a number, true or false)',
    'a.yaml:1:42 unknown key "descripton" (did you mean "description"?)',
    'a.yaml:1:70 "description" must be a string, not 1',
    "a.yaml:1:74 \"1x\" can't be a variable's name (use letters, digits, - and _, and begin with a letter)",
    'a.yaml:1:84 the variable "y" can\'t be an array (a value is a string, a number, true or false)',
  ],
  [
    "variables that are a list",
    { "a.yaml": "variables: [x]" },
    [],
    'a.yaml:1:12 "variables" must be an object, not an array',
  ],
  [
    "variables of a build pipeline",
    { "a.yaml": "build:\n  variables: {x: 1}" },
    [],
    "a.yaml:2:3 a pipeline within another can't have variables (move them to the top of the file)",
  ],
])("%s is a problem", async (_, files, values, ...problems) => {
  expect(await problemsOf(files, ...values)).toEqual(problems);
});

test("an include can't leave the repository through a link", async () => {
  write({ "a.json": '{"include": ["b.json"]}' });
  symlinkSync("/etc/passwd", join(directory, "b.json"));
  expect((await problemsOf({ "a.json": '{"include": ["b.json"]}' }))[0]).toContain("is outside the repository");
});

test("more problems than a call can have arguments are no bug", async () => {
  const names = Array.from({ length: 130_000 }, (_, i) => `"${i}": 1`).join(",");
  expect(await problemsOf({ "a.json": `{"variables": {${names}}}` })).toHaveLength(101);
}, 30_000);

test("files that multiply by including each other, and variables that do, are refused", async () => {
  const doubling = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [
      [`l${i}.json`, `{"build": {"include": ["l${i + 1}.json", "r${i + 1}.json"]}}`],
      [`r${i}.json`, `{"build": {"include": ["l${i + 1}.json", "r${i + 1}.json"]}}`],
    ]).flat(),
  );
  const files = { ...doubling, "l30.json": "{}", "r30.json": "{}" };
  expect((await problemsOf({ "a.json": '{"include": ["l0.json"]}', ...files })).join()).toContain(
    "more than 1000 pipelines are included",
  );
  const long = `{"variables": {"x": "${"x".repeat(10_000)}"}, "name": "${"${x}".repeat(200)}"}`;
  expect(await problemsOf({ "a.json": long })).toEqual([
    expect.stringContaining("variables add more than 1000000 characters"),
  ]);
});
