import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { openLibrary } from "../../src/programs/library.ts";
import { inShort, libdir, read, said } from "./pipelines.ts";

const directory = mkdtempSync(join(tmpdir(), "libdir-"));
afterAll(() => rmSync(directory, { recursive: true }));
mkdirSync(`${directory}/stages`);

/** The problems of a pipeline. Its spaces count for the columns. */
const of = (text: string, buildEnv?: string) => inShort(() => read(text, buildEnv === undefined ? {} : { buildEnv }));

test.each(["valueOf", "__proto__"])("the key %s is like any other, anywhere", async (key) => {
  const libdirs = [join(import.meta.dirname, "../..")];
  const own = openLibrary(libdirs);
  for (const kind of ["stage", "assembler"] as const)
    for (const name of await own.names(kind)) {
      const step = { name, options: (await own.find(kind, name))?.meta.example ?? {} };
      const text = withKey(kind === "stage" ? { stages: [step] } : { assembler: step }, key);
      const found = await inShort(() => read(text, { libdirs }));
      expect(found[0]).toContain(`unknown key "${key}"`);
    }
});

/** The JSON text of a value with an additional key in every object. */
function withKey(value: unknown, key: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => withKey(item, key))}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${withKey(item, key)}`);
  return `{${[`"${key}": {}`, ...members]}}`;
}

test("a pipeline can have 2,000 stages", async () => {
  const stages = (count: number) =>
    JSON.stringify({ stages: Array(count).fill({ name: "org.osbuild.noop" }) }, null, 1);
  expect(await of(stages(2000))).toEqual([]);
  expect(await of(stages(2001))).toEqual([
    "6004:12 this is stage 2001, but a pipeline can have at most 2000 (combine some of the stages)",
  ]);
});

test("all problems of all files are reported at once, in the order of their places", async () => {
  const pipeline = `{
  "asembler": null,
  "stages": [
    { "name": "org.osbuild.nop" },
    { "name": "com.example.greet", "options": { "txt": "Hi" } }
  ],
  "assembler": {
    "name": "com.example.disk",
    "options": { "format": "qcow3", "size": 1000 }
  },
  "source-epoch": "now"
}`;
  const env = `{
  "runner": "org.osbuild.debain12",
  "pipeline": { "stages": [{ "nmae": "org.osbuild.noop" }] }
}`;
  expect(await said(() => read(pipeline, { buildEnv: env }))).toBe(
    `p.json:2:3: error: unknown key "asembler"
  2 |   "asembler": null,
    |   ^^^^^^^^^^
  hint: did you mean "assembler"?
p.json:4:15: error: unknown stage "org.osbuild.nop"
  4 |     { "name": "org.osbuild.nop" },
    |               ^^^^^^^^^^^^^^^^^
  hint: did you mean "org.osbuild.noop"?
p.json:5:47: error: com.example.greet needs the option "text"
  5 |     { "name": "com.example.greet", "options": { "txt": "Hi" } }
    |                                               ^^^^^^^^^^^^^^^
  hint: What to say.
p.json:5:49: error: com.example.greet has no option "txt"
  5 |     { "name": "com.example.greet", "options": { "txt": "Hi" } }
    |                                                 ^^^^^
  hint: did you mean "text"?
p.json:9:28: error: "format" can't be "qcow3"
  9 |     "options": { "format": "qcow3", "size": 1000 }
    |                            ^^^^^^^
  hint: did you mean "qcow2"?
p.json:9:45: error: "size" must be a multiple of 512, not 1000
  9 |     "options": { "format": "qcow3", "size": 1000 }
    |                                             ^^^^
  hint: the next one is 1024
p.json:11:19: error: "source-epoch" must be a whole number, not "now"
  11 |   "source-epoch": "now"
     |                   ^^^^^
  hint: Seconds since 1970: SOURCE_DATE_EPOCH for every step. No file in the image is newer.
env.json:2:13: error: "runner" can't be "org.osbuild.debain12"
  2 |   "runner": "org.osbuild.debain12",
    |             ^^^^^^^^^^^^^^^^^^^^^^
  hint: did you mean "org.osbuild.debian12"?
env.json:3:28: error: "name" is missing
  3 |   "pipeline": { "stages": [{ "nmae": "org.osbuild.noop" }] }
    |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  hint: The program's name, such as org.osbuild.hostname.
env.json:3:30: error: unknown key "nmae"
  3 |   "pipeline": { "stages": [{ "nmae": "org.osbuild.noop" }] }
    |                              ^^^^^^
  hint: did you mean "name"?`,
  );
});

test.each<[string, string, string]>([
  ["a list", "[]", "1:1 a pipeline must be an object, not an array"],
  ["null", "null", "1:1 a pipeline must be an object, not null"],
  ["a string", '"org.osbuild.noop"', '1:1 a pipeline must be an object, not "org.osbuild.noop"'],
  [
    "stages in an object",
    '{"stages": {}}',
    '1:12 "stages" must be an array, not an object (The programs that modify the tree, in order.)',
  ],
  [
    "a stage that is a name only",
    '{"stages": ["org.osbuild.noop"]}',
    '1:13 item 1 of "stages" must be an object, not "org.osbuild.noop"',
  ],
  [
    "a name that is no string",
    '{"stages": [{"name": 5}]}',
    '1:22 "name" must be a string, not 5 (The program\'s name, such as org.osbuild.hostname.)',
  ],
  [
    "options in a list",
    '{"stages": [{"name": "org.osbuild.noop", "options": []}]}',
    '1:53 "options" must be an object or null, not an array (The program\'s options; `osbuild stages NAME` lists them.)',
  ],
  [
    "a timeout of 0",
    '{"stages": [{"name": "org.osbuild.noop", "timeout": 0}]}',
    '1:53 "timeout" must be more than 0, not 0 (The seconds that the step may take. Doesn\'t enter the id.)',
  ],
  [
    "a limit that nothing runs in",
    '{"stages": [{"name": "org.osbuild.noop", "limits": {"processes": 1}}]}',
    '1:66 "processes" must be at least 16, not 1 (How many processes and threads it may have at a time.)',
  ],
  [
    "a base that is no id",
    '{"base": "latest"}',
    '1:10 "base" can\'t be "latest" (What the first stage starts from: the id of a tree in the store, 64 hex digits, or a container image by its digest, such as registry.example/owner/image@sha256:…)',
  ],
  [
    "stages by both names",
    '{"stages": [], "pipeline": []}',
    '1:16 "stages" and "pipeline" can\'t be used together (keep one of them)',
  ],
  [
    "stages beside a wrapped pipeline",
    '{"pipeline": {}, "stages": []}',
    '1:18 unknown key "stages" (known keys: $schema, name, version, runner, pipeline, sources)',
  ],
  [
    "stages beside a runner",
    '{"build": {"runner": "org.osbuild.arch", "stages": []}}',
    '1:42 unknown key "stages" (known keys: name, runner, pipeline)',
  ],
  [
    "a list below a runner",
    '{"build": {"runner": "org.osbuild.arch", "pipeline": []}}',
    '1:54 "pipeline" must be an object or null, not an array (The pipeline that builds the tree to run in.)',
  ],
  [
    "a build that is a name",
    '{"build": "org.osbuild.arch"}',
    '1:11 "build" must be an object or null, not "org.osbuild.arch" (The environment that the steps run in: a pipeline that builds its tree, or a runner with such a pipeline. By default the steps run on the host\'s /usr.)',
  ],
  [
    "a runner of another system",
    '{"build": {"runner": "org.osbuild.windows"}}',
    '1:22 "runner" can\'t be "org.osbuild.windows" (`org.osbuild.` followed by the build tree\'s distribution: arch, centos9, debian12, fedora30, rhel9, ubuntu2404, …)',
  ],
  [
    "a source-epoch before 1970",
    '{"source-epoch": -1}',
    '1:18 "source-epoch" must be at least 0, not -1 (Seconds since 1970: SOURCE_DATE_EPOCH for every step. No file in the image is newer.)',
  ],
  [
    "a source-epoch in milliseconds",
    '{"source-epoch": 1573000000000}',
    '1:18 "source-epoch" must be at most 4294967295, not 1573000000000 (Seconds since 1970: SOURCE_DATE_EPOCH for every step. No file in the image is newer.)',
  ],
  [
    "a name without its prefix",
    '{"stages": [{"name": "noop"}]}',
    '1:22 unknown stage "noop" (did you mean "org.osbuild.noop"?)',
  ],
  [
    "a misspelt alias",
    '{"stages": [{"name": "io.weldr.grub"}]}',
    '1:22 unknown stage "io.weldr.grub" (did you mean "org.osbuild.grub2"?)',
  ],
  [
    "a name like no other",
    '{"stages": [{"name": "x"}]}',
    '1:22 unknown stage "x" (`osbuild stages` lists them all; --libdir adds your own)',
  ],
  [
    "a stage as assembler",
    '{"assembler": {"name": "org.osbuild.dnf"}}',
    '1:24 org.osbuild.dnf is a stage, not an assembler (it belongs in "stages")',
  ],
  [
    "an assembler among the stages",
    '{"stages": [{"name": "org.osbuild.qemu"}, {"name": "org.osbuild.noop"}]}',
    '1:22 org.osbuild.qemu is an assembler, not a stage (it belongs under "assembler")',
  ],
  [
    "options that are all missing",
    '{"assembler": {"name": "com.example.disk"}}',
    '1:24 com.example.disk needs the options "format" and "size" (for example "options": {"format":"raw","size":1024})',
  ],
  [
    "an option that is like no other",
    '{"stages": [{"name": "com.example.greet", "options": {"text": "Hi", "x": 1}}]}',
    '1:69 com.example.greet has no option "x" (its options are text, files)',
  ],
  [
    "an option of another type",
    '{"stages": [{"name": "com.example.greet", "options": {"text": true}}]}',
    '1:63 "text" must be a string, not true (What to say.)',
  ],
  [
    "a size with a unit",
    '{"assembler": {"name": "com.example.disk", "options": {"format": "raw", "size": "3G"}}}',
    '1:81 "size" must be a whole number, not "3G" (The disk\'s size in bytes.)',
  ],
  [
    "a size with a fraction",
    '{"assembler": {"name": "com.example.disk", "options": {"format": "raw", "size": 512.5}}}',
    '1:81 "size" must be a whole number, not 512.5 (The disk\'s size in bytes.)',
  ],
  [
    "an item of another type",
    '{"stages": [{"name": "com.example.greet", "options": {"text": "Hi", "files": [5]}}]}',
    '1:79 item 1 of "files" must be a string, not 5',
  ],
])("%s is a problem", async (_, text, problem) => {
  expect(await of(text)).toEqual([problem]);
});

/** The problems of a stage's options with this schema. */
async function underSchema(options: object, schema: object): Promise<readonly string[]> {
  writeFileSync(`${directory}/stages/own`, "");
  writeFileSync(`${directory}/stages/own.meta.json`, JSON.stringify({ options: schema }));
  const text = JSON.stringify({ stages: [{ name: "own", options }] });
  const problems = await inShort(() => read(text, { libdirs: [directory, libdir] }));
  return problems.map((problem) => problem.slice(problem.indexOf(" ") + 1));
}

const either = { oneOf: [{ required: ["uuid"] }, { required: ["label"] }] };
const string = { type: "string" };

test.each<[string, object, object, readonly string[]]>([
  ["one of two keys", {}, either, ['own: "uuid" or "label" is missing']],
  [
    "only one of two keys",
    { uuid: 1, label: 2 },
    either,
    ['"uuid" and "label" can\'t be used together (keep one of them)'],
  ],
  [
    "not two keys",
    { a: 1, b: 2 },
    { not: { required: ["a", "b"] } },
    ['"a" and "b" can\'t be used together (keep one of them)'],
  ],
  [
    "not one key beside another",
    { a: 1, b: 2 },
    { properties: { b: true }, dependentSchemas: { a: { properties: { b: false } } } },
    ['"b" and "a" can\'t be used together (keep one of them)'],
  ],
  ["one key with another", { a: 1 }, { dependentRequired: { a: ["b"] } }, ['"a" needs "b" too']],
  [
    "one of two types",
    { a: 5 },
    { properties: { a: { anyOf: [string, { type: "array", items: string }] } } },
    ['"a" must be a string or an array, not 5'],
  ],
  [
    "one of two types, one of them described by reference",
    { a: [5] },
    {
      $defs: { key: string },
      properties: { a: { anyOf: [{ $ref: "#/$defs/key" }, { items: { $ref: "#/$defs/key" } }] } },
    },
    ['item 1 of "a" must be a string, not 5'],
  ],
  [
    "keys of a form",
    { "-a": 1 },
    { propertyNames: { pattern: "^[a-z]", description: "A name." } },
    ['"-a" can\'t be a key of the options (A name.)'],
  ],
  [
    "a pattern without a description",
    { a: "b" },
    { properties: { a: { pattern: "^a" } } },
    ['"a" can\'t be "b" (it must match ^a)'],
  ],
  ["something in a list", { a: [] }, { properties: { a: { minItems: 1 } } }, ['"a" is empty']],
  ["something in a string", { a: "" }, { properties: { a: { minLength: 1 } } }, ['"a" is empty']],
  ["a shorter string", { a: "abcd" }, { properties: { a: { maxLength: 3 } } }, ['"a" is longer than 3 characters']],
  [
    "different items",
    { a: [1, 2, 1] },
    { properties: { a: { uniqueItems: true } } },
    ['items 1 and 3 of "a" are the same'],
  ],
  [
    "different items, whatever the names of their keys",
    { a: [{ valueOf: 1 }, { valueOf: 2, b: 3 }, { b: 3, valueOf: 2 }] },
    { properties: { a: { uniqueItems: true } } },
    ['items 2 and 3 of "a" are the same'],
  ],
  ["one value", { a: 2 }, { properties: { a: { const: 1 } } }, ['"a" must be 1, not 2']],
  [
    "a value of several",
    { a: "x" },
    { properties: { a: { enum: ["tar", "raw", 1] } } },
    ['"a" can\'t be "x" (it can be tar, raw or 1)'],
  ],
  ["no options at all", { a: 1 }, { additionalProperties: false }, ['own has no option "a" (it takes no options)']],
  [
    "an odd key",
    { "a/b~c": [{ d: 1 }] },
    { properties: { "a/b~c": { items: { properties: { d: string } } } } },
    ['"d" must be a string, not 1'],
  ],
])("a violation of %s is explained", async (_, options, schema, problems) => {
  expect(await underSchema(options, { type: "object", ...schema })).toEqual(problems);
});

test("a value of YAML that has another type than was meant is explained", async () => {
  writeFileSync(`${directory}/stages/own`, "");
  const options = { properties: { a: { type: "string", description: "An a." }, b: { type: "boolean" } } };
  writeFileSync(`${directory}/stages/own.meta.json`, JSON.stringify({ options }));
  const problems = (a: string, b: string) =>
    inShort(() =>
      read(`stages:\n- name: own\n  options:\n    a: ${a}\n    b: ${b}`, { file: "p.yaml", libdirs: [directory] }),
    );
  expect(await problems("1.10", "no")).toEqual([
    '4:8 "a" must be a string, not 1.10 (put it in quotes: "1.10")',
    '5:8 "b" must be true or false, not "no" (write false: YAML 1.2 reads no as text)',
  ]);
  expect(await problems("True", "ON")).toEqual([
    '4:8 "a" must be a string, not True (put it in quotes: "True")',
    '5:8 "b" must be true or false, not "ON" (write true: YAML 1.2 reads ON as text)',
  ]);
  expect(await problems("[]", "1")).toEqual([
    '4:8 "a" must be a string, not an array (An a.)',
    '5:8 "b" must be true or false, not 1',
  ]);
});

test("a problem of what an alias repeats is reported once, at the original", async () => {
  const text = "stages:\n- &a\n  name: no.such\n- *a\n- *a\n";
  expect(await inShort(() => read(text, { file: "p.yaml" }))).toHaveLength(1);
});

test("a long value is shortened", async () => {
  expect(
    await underSchema({ a: "x".repeat(100) }, { properties: { a: { pattern: "^a", description: "An a." } } }),
  ).toEqual([`"a" can't be "${"x".repeat(60)}"… (An a.)`]);
});

test("a schema that is broken, and a meta.json that isn't JSON, name the program's file", async () => {
  const text = '{"stages": [{"name": "own"}]}';
  const broken = (meta: string) => {
    writeFileSync(`${directory}/stages/own`, "");
    writeFileSync(`${directory}/stages/own.meta.json`, meta);
    return said(() => read(text, { libdirs: [directory] }));
  };
  expect(await broken('{"options": {"type": "strnig"}}')).toContain(
    `error: ${directory}/stages/own.meta.json: invalid schema: `,
  );
  expect(await broken('{"summary": "x", network}')).toContain(
    `${directory}/stages/own.meta.json:1:18: error: not valid JSON: network`,
  );
  expect(await broken('{"summary": "x", /* none */}')).toBe("");
});
