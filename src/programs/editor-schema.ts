import pipelineSchema from "../../schema/pipeline.json" with { type: "json" };
import type { Program } from "./program.ts";

/** A JSON Schema, or a part of one. */
type Schema = { readonly [keyword: string]: unknown };

/**
 * The JSON Schema of pipelines for editors: that of the engine, with the options of all these programs. Steps of other
 * names may have any options, because they may come from another libdir.
 */
export function editorSchema(programs: readonly Program[]): Schema {
  const { $defs, ...rest } = pipelineSchema;
  const options = programs.map((program) => [keyOf(program), optionsOf(program)] as const);
  return {
    ...rest,
    $defs: {
      ...$defs,
      stages: { ...$defs.stages, items: { $ref: "#/$defs/stage" } },
      assembler: {
        description: $defs.assembler.description,
        anyOf: [stepOf(programs.filter(({ kind }) => kind === "assembler")), { type: "null" }],
      },
      // A pipeline of June 2019 ends with a stage that is an assembler.
      stage: stepOf(programs),
      "source-epoch": orVariable($defs["source-epoch"]),
      ...Object.fromEntries(options),
    },
  };
}

const keyOf = ({ kind, name }: Program) => `${kind}-${name}`;

/** A step, whose name decides about its options. Of a stage and an assembler with the same name the stage is meant. */
function stepOf(programs: readonly Program[]): Schema {
  const { step } = pipelineSchema.$defs;
  const first = [...new Map(programs.toReversed().map((program) => [program.name, program])).values()].reverse();
  const name = {
    ...step.properties.name,
    anyOf: [
      { enum: first.map((program) => program.name), enumDescriptions: first.map(({ meta }) => meta.summary ?? "") },
      {},
    ],
  };
  const timeout = orVariable(step.properties.timeout);
  return {
    ...step,
    properties: { ...step.properties, name, timeout },
    allOf: first.map((program) => ({
      if: { required: ["name"], properties: { name: { const: program.name } } },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's.
      then: { ...requiring(program), properties: { options: { $ref: `#/$defs/${keyOf(program)}` } } },
    })),
  };
}

const requiring = ({ meta: { options } }: Program): Schema =>
  (options as { required?: readonly string[] } | undefined)?.required === undefined ? {} : { required: ["options"] };

function optionsOf(program: Program): Schema {
  const { summary, description, options = {}, example } = program.meta;
  const text = [summary, description].filter((part) => part !== undefined).join("\n\n");
  return {
    ...(text === "" ? {} : { description: text }),
    ...(example === undefined ? {} : { examples: [example] }),
    ...transform(options as Schema, `#/$defs/${keyOf(program)}`),
  };
}

/** The engine's own keywords, which editors don't know. */
const own = new Set(["diskLayout", "maxBytes", "maxNameBytes", "unsupported"]);
/** The keywords whose values are schemas by name, lists of schemas, and single schemas. */
const maps = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);
const lists = new Set(["anyOf", "oneOf", "allOf", "prefixItems"]);
const single = new Set(["items", "additionalProperties", "then", "else"]);

/**
 * Moves a schema to another place, and has its values written with variables, too. What only decides about others, such
 * as the condition of an `if`, stays as it is.
 */
function transform(schema: Schema, place: string): Schema {
  const moved = Object.entries(schema).flatMap(([keyword, value]): readonly (readonly [string, unknown])[] => {
    if (own.has(keyword)) return [];
    if (keyword === "$ref") return [[keyword, (value as string).replace(/^#/, place)]];
    if (maps.has(keyword)) return [[keyword, mapped(value as Schema, place)]];
    if (lists.has(keyword)) return [[keyword, (value as readonly unknown[]).map((one) => inner(one, place))]];
    return [[keyword, single.has(keyword) ? inner(value, place) : value]];
  });
  return Object.fromEntries(moved);
}

const mapped = (schemas: Schema, place: string) =>
  Object.fromEntries(Object.entries(schemas).map(([name, one]) => [name, inner(one, place)]));

const inner = (schema: unknown, place: string): unknown =>
  typeof schema === "object" && schema !== null ? orVariable(transform(schema as Schema, place)) : schema;

/** A value or a text with a variable in it. */
function orVariable(schema: Schema): Schema {
  const isScalar =
    schema.enum !== undefined ||
    (schema.type !== undefined && ![schema.type].flat().some((type) => type === "array" || type === "object"));
  if (!isScalar) return schema;
  const { description, default: initial, ...rest } = schema;
  const outside = {
    ...(description === undefined ? {} : { description }),
    ...(initial === undefined ? {} : { default: initial }),
  };
  return { ...outside, anyOf: [rest, { type: "string", pattern: "\\$\\{" }] };
}
