import { hash } from "node:crypto";
import type { Ajv2020, ErrorObject, FuncKeywordDefinition, ValidateFunction } from "ajv/dist/2020.js";
import type { Node } from "jsonc-parser";
import pipelineSchema from "../../../schema/pipeline.json" with { type: "json" };
import { failure, type Problem } from "../../errors.ts";
import type { Document } from "../../json/document.ts";
import { type JsonValue, member, stringMember, toValue } from "../../json/nodes.ts";
import { metaPath } from "../../programs/library.ts";
import type { Program } from "../../programs/program.ts";
import { diskLayout } from "./disk-layout.ts";
import { explain, explainWarnings } from "./explain.ts";
import { uniqueItems } from "./unique-items.ts";

/**
 * The digests of schemas that are known to be valid, and of values, each with its schema. Most pipelines were valid the
 * last time too, and loading ajv and compiling the schemas takes longer than all the rest of an unchanged build.
 */
export type Verdicts = Set<string>;

/** The kinds of files that users write, by their definition in the schema, and their names in messages. */
const names = { pipeline: "a pipeline", build: "a build environment", mirrors: "a mirrors file" } as const;

/** Each is one object, by which ajv knows what it has compiled. */
const { $defs } = pipelineSchema;
const shapes = {
  pipeline: { ...$defs.pipeline, $defs },
  build: { ...$defs.build, $defs },
  mirrors: { ...$defs.mirrors, $defs },
};

/** Checks the shape of a file against the schema. */
export async function validateShape(
  document: Document,
  kind: keyof typeof names,
  verdicts: Verdicts,
): Promise<readonly Problem[]> {
  const value = withoutOptions(toValue(document.root));
  const errors = await errorsIn(value, shapes[kind], "schema/pipeline.json", verdicts);
  return explain(document, document.root, errors, { name: names[kind] });
}

/**
 * A file with empty options in its steps, which are validated by themselves. So a pipeline in which only options have
 * changed needs no validation.
 */
function withoutOptions(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const { build, pipeline, stages, assembler } = value;
  return {
    ...value,
    ...(build === undefined ? {} : { build: withoutOptions(build) }),
    ...(pipeline === undefined ? {} : { pipeline: withoutOptions(pipeline) }),
    ...(Array.isArray(stages) ? { stages: stages.map(withoutOwnOptions) } : {}),
    ...(assembler === undefined ? {} : { assembler: withoutOwnOptions(assembler) }),
  };
}

const isObject = (value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const withoutOwnOptions = (step: JsonValue): JsonValue =>
  isObject(step) && isObject(step.options) ? { ...step, options: {} } : step;

/** Checks a step's options against the schema in its meta.json. */
export async function validateOptions(
  document: Document,
  step: Node,
  program: Program,
  verdicts: Verdicts,
): Promise<readonly Problem[]> {
  const options = member(step, "options");
  const value = options === undefined ? {} : toValue(options);
  const errors = await errorsIn(value, program.meta.options ?? true, metaPath(program), verdicts);
  // If there are no options at all, the problem is shown at the program's name.
  const shown = options ?? stringMember(step, "name") ?? step;
  return explain(document, shown, errors, { name: "the options", program });
}

/** Finds effects of a step's options that their author may not expect. */
export async function optionWarnings(
  document: Document,
  step: Node,
  { meta, ...program }: Program,
  verdicts: Verdicts,
): Promise<readonly Problem[]> {
  const options = member(step, "options");
  if (options === undefined || meta.warnings === undefined) return [];
  return explainWarnings(
    document,
    options,
    await errorsIn(toValue(options), meta.warnings, metaPath(program), verdicts),
  );
}

/** Whether a value is as a schema says. */
export async function matches(value: JsonValue, schema: object, owner: string, verdicts: Verdicts): Promise<boolean> {
  const opposite = digestOf({ not: schema }, value);
  if (verdicts.has(opposite)) return false;
  if ((await errorsIn(value, schema, owner, verdicts)).length === 0) return true;
  verdicts.add(opposite);
  return false;
}

async function errorsIn(
  value: JsonValue,
  schema: object | boolean,
  owner: string,
  verdicts: Verdicts,
): Promise<readonly ErrorObject[]> {
  const digest = digestOf(schema, value);
  if (verdicts.has(digest)) return [];
  const validate = await compile(schema, owner, verdicts);
  if (!validate(value)) return validate.errors ?? [];
  verdicts.add(digest);
  return [];
}

const digestOf = (schema: object | boolean, value: unknown) => hash("sha256", JSON.stringify([schema, value]));

/** Compiles a schema. `owner` is the file that it comes from. Throws if it isn't valid. */
async function compile(schema: object | boolean, owner: string, verdicts: Verdicts): Promise<ValidateFunction> {
  ajv ??= import("ajv/dist/2020.js").then(({ default: { Ajv2020 } }) =>
    new Ajv2020(options)
      .removeKeyword(uniqueItems.keyword)
      .addKeyword(uniqueItems)
      .addKeyword(diskLayout)
      .addKeyword(maxBytes)
      .addKeyword(maxNameBytes),
  );
  const validator = await ajv;
  const digest = digestOf(metaSchema, schema);
  try {
    if (!verdicts.has(digest)) validator.validateSchema(schema, true);
    verdicts.add(digest);
    return validator.compile(schema);
  } catch (error) {
    throw failure("INVALID", `${owner}: invalid schema: ${(error as Error).message}`, undefined, {
      cause: error,
    });
  }
}

/** JSON Schema requires the flag `u`, but some of osbuild's schemas have patterns that are invalid with it. */
const regExp = Object.assign(
  (pattern: string, flags: string) => {
    try {
      return new RegExp(pattern, flags);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return new RegExp(pattern);
    }
  },
  { code: "new RegExp" },
);

/** The schema of schemas. Compiling it takes longer than all other schemas of a pipeline. */
const metaSchema = { $ref: "https://json-schema.org/draft/2020-12/schema" };

/** Schemas are validated beforehand, unless they are known to be valid. */
const options = {
  allErrors: true,
  verbose: true,
  strict: false,
  validateFormats: false,
  validateSchema: false,
  code: { regExp },
};

/** File systems limit names in bytes, but JSON Schema counts characters. */
const maxBytes: FuncKeywordDefinition = {
  keyword: "maxBytes",
  type: "string",
  schemaType: "number",
  validate: (limit: number, text: string) => Buffer.byteLength(text) <= limit,
};

/** Limits each name in a path. */
const maxNameBytes: FuncKeywordDefinition = {
  keyword: "maxNameBytes",
  type: "string",
  schemaType: "number",
  validate: (limit: number, path: string) => path.split("/").every((name) => Buffer.byteLength(name) <= limit),
};

/** Loaded only when there is something new to validate; see Verdicts. */
let ajv: Promise<Ajv2020> | undefined;
