import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { inShort, libdir, read, said } from "./pipelines.ts";

const directory = mkdtempSync(join(tmpdir(), "libdir-"));
afterAll(() => rmSync(directory, { recursive: true }));
mkdirSync(`${directory}/stages`);

/** What is said of a pipeline, in which spaces count for the columns. */
const of = (text: string, buildEnv?: string) => inShort(() => read(text, buildEnv === undefined ? {} : { buildEnv }));

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
  hint: Seconds since 1970: SOURCE_DATE_EPOCH for every step. No file in the image is later.
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
    '1:53 "options" must be an object or null, not an array (What the program is told; `osbuild stages NAME` lists its options.)',
  ],
  [
    "a timeout of 0",
    '{"stages": [{"name": "org.osbuild.noop", "timeout": 0}]}',
    '1:53 "timeout" must be more than 0, not 0 (Seconds that it may take. Not part of its id.)',
  ],
  [
    "a base that is no id",
    '{"base": "latest"}',
    '1:10 "base" can\'t be "latest" (The id of a tree in the store, 64 hex digits: the first stage starts from it.)',
  ],
  [
    "stages by both names",
    '{"stages": [], "pipeline": []}',
    '1:16 "stages" and "pipeline" can\'t be used together (keep one of them)',
  ],
  [
    "stages beside a wrapped pipeline",
    '{"pipeline": {}, "stages": []}',
    '1:18 unknown key "stages" (the keys are $schema, name, version, runner, pipeline, sources)',
  ],
  [
    "stages beside a runner",
    '{"build": {"runner": "org.osbuild.arch", "stages": []}}',
    '1:42 unknown key "stages" (the keys are name, runner, pipeline)',
  ],
  [
    "a list below a runner",
    '{"build": {"runner": "org.osbuild.arch", "pipeline": []}}',
    '1:54 "pipeline" must be an object or null, not an array (The pipeline that makes the tree to run in.)',
  ],
  [
    "a build that is a name",
    '{"build": "org.osbuild.arch"}',
    '1:11 "build" must be an object or null, not "org.osbuild.arch" (What the steps run in: a pipeline that makes the tree for it, or a runner with such a pipeline. Without it they run on the host\'s /usr.)',
  ],
  [
    "a runner of another system",
    '{"build": {"runner": "org.osbuild.windows"}}',
    '1:22 "runner" can\'t be "org.osbuild.windows" (org.osbuild. and the distribution that the build tree is of: arch, centos9, debian12, fedora30, rhel9, ubuntu2404, …)',
  ],
  [
    "a source-epoch before 1970",
    '{"source-epoch": -1}',
    '1:18 "source-epoch" must be at least 0, not -1 (Seconds since 1970: SOURCE_DATE_EPOCH for every step. No file in the image is later.)',
  ],
  [
    "a source-epoch in milliseconds",
    '{"source-epoch": 1573000000000}',
    '1:18 "source-epoch" must be at most 4294967295, not 1573000000000 (Seconds since 1970: SOURCE_DATE_EPOCH for every step. No file in the image is later.)',
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
    '1:22 unknown stage "x" (`osbuild stages` lists what there is; --libdir adds your own)',
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

/** What is said of a stage's options under this schema. */
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
  ["one key with another", { a: 1 }, { dependentRequired: { a: ["b"] } }, ['"a" needs "b" beside it']],
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
  ["one value", { a: 2 }, { properties: { a: { const: 1 } } }, ['"a" must be 1, not 2']],
  [
    "a value of several",
    { a: "x" },
    { properties: { a: { enum: ["tar", "raw", 1] } } },
    ['"a" can\'t be "x" (it can be tar, raw or 1)'],
  ],
  ["no options at all", { a: 1 }, { additionalProperties: false }, ['own has no option "a" (it takes none)']],
  [
    "an odd key",
    { "a/b~c": [{ d: 1 }] },
    { properties: { "a/b~c": { items: { properties: { d: string } } } } },
    ['"d" must be a string, not 1'],
  ],
])("a schema that asks for %s is explained", async (_, options, schema, problems) => {
  expect(await underSchema(options, { type: "object", ...schema })).toEqual(problems);
});

test("a value that is long isn't repeated", async () => {
  expect(
    await underSchema({ a: "x".repeat(100) }, { properties: { a: { pattern: "^a", description: "An a." } } }),
  ).toEqual(['"a" can\'t be a string (An a.)']);
});

test("a schema that is broken, and a meta.json that isn't JSON, name the program's file", async () => {
  const text = '{"stages": [{"name": "own"}]}';
  const broken = (meta: string) => {
    writeFileSync(`${directory}/stages/own`, "");
    writeFileSync(`${directory}/stages/own.meta.json`, meta);
    return said(() => read(text, { libdirs: [directory] }));
  };
  expect(await broken('{"options": {"type": "strnig"}}')).toContain(
    `error: ${directory}/stages/own.meta.json: its schema is broken: `,
  );
  expect(await broken('{"summary": "x",}')).toContain(
    `${directory}/stages/own.meta.json:1:17: error: there is a comma too many before this`,
  );
});
