import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fits } from "../../src/pipeline/fits.ts";
import type { JsonValue } from "../../src/pipeline/nodes.ts";

const root = resolve(import.meta.dirname, "../..");
const json = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));

/** All programs that have options, with an example of them. */
const programs = ["stages", "assemblers"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith(".meta.json"))
    .map((file) => ({ name: `${folder}/${file}`, ...json(`${folder}/${file}`) }))
    .filter(({ options, example }) => options !== undefined && example !== undefined),
);

const pipelines = readdirSync(join(root, "samples"))
  .filter((file) => file.endsWith(".json"))
  .map((file) => json(`samples/${file}`));

/** A value, and what it becomes when any part of it is lost or becomes something else. */
function* variants(value: JsonValue): Generator<JsonValue> {
  yield value;
  yield* [null, true, 0, -1, 0.5, 513, 2 ** 40, "", "x", "a b\n", "../..", [], [1], {}, { x: 1 }];
  if (Array.isArray(value)) {
    yield [...value, ...value];
    for (const [index, item] of value.entries()) for (const other of variants(item)) yield value.with(index, other);
  } else if (typeof value === "object" && value !== null) {
    yield { ...value, x: 1 };
    for (const [key, part] of Object.entries(value)) {
      const { [key]: _, ...others } = value as { [key: string]: JsonValue };
      yield others;
      for (const other of variants(part)) yield { ...others, [key]: other };
    }
  }
}

const judge = (schema: object) =>
  new Ajv2020({ strict: false, validateFormats: false }).compile(schema) as (value: JsonValue) => boolean;

test.each(programs)("no variant of $name's example fits that ajv refuses", ({ options, example }) => {
  const accepts = judge(options);
  expect([...variants(example)].filter((value) => fits(value, options) && !accepts(value))).toEqual([]);
});

test("of variants of the samples, those fit that ajv accepts", () => {
  const schema = json("schema/pipeline.json");
  const accepts = judge(schema);
  for (const pipeline of pipelines) {
    const all = [...variants(pipeline)];
    expect(all.filter((value) => fits(value, schema))).toEqual(all.filter(accepts));
  }
});

test("for the samples' own options ajv isn't asked", () => {
  const steps = pipelines.flatMap(({ stages = [], assembler }) => [
    ...stages.map((step: object) => ({ folder: "stages", ...step })),
    ...(assembler === undefined ? [] : [{ folder: "assemblers", ...assembler }]),
  ]);
  for (const { folder, name, options = {} } of steps)
    expect([name, fits(options, json(`${folder}/${name}.meta.json`).options)]).toEqual([name, true]);
});

test.each<[string, JsonValue, unknown]>([
  ["an unknown keyword", [1], { contains: { const: 1 } }],
  [
    "an unknown keyword beside one that is turned around",
    { a: 1 },
    { not: { additionalProperties: false, patternProperties: { a: true } } },
  ],
  ["an unknown type", "a", { type: "strnig" }],
  ["a pattern that is none", "(", { pattern: "(" }],
  ["a reference to nothing", 1, { $ref: "#/$defs/a" }],
  ["a reference to elsewhere", 1, { $ref: "other.json" }],
  ["no list where there should be one", { a: 1 }, { required: "a" }],
  ["objects to compare", [{}, { a: 1 }], { uniqueItems: true }],
  ["no schema", 1, 5],
])("where there is %s, ajv is to judge", (_, value, schema) => {
  expect(fits(value, schema)).toBe(false);
});
