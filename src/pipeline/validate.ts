import { hash } from "node:crypto";
import type { Ajv2020, ErrorObject, FuncKeywordDefinition, ValidateFunction } from "ajv/dist/2020.js";
import type { Node } from "jsonc-parser";
import pipelineSchema from "../../schema/pipeline.json" with { type: "json" };
import { failure, type Problem } from "../errors.ts";
import { diskLayout } from "./disk-layout.ts";
import type { Document } from "./document.ts";
import { explain, explainWarnings } from "./explain.ts";
import { metaPath } from "./library.ts";
import { type JsonValue, member, stringMember, toValue } from "./nodes.ts";
import type { Program } from "./program.ts";

/**
 * The digests of values, each with its schema, that are known to be right. Most pipelines were right the last time too,
 * and to load ajv and compile the schemas takes longer than all the rest of an unchanged build.
 */
export type Verdicts = Set<string>;

/** What is wrong with the shape of a pipeline, or with a build environment's when that is what the file holds. */
export async function validateShape(
  document: Document,
  kind: "pipeline" | "build",
  verdicts: Verdicts,
): Promise<readonly Problem[]> {
  const { $defs } = pipelineSchema;
  const errors = await errorsIn(toValue(document.root), { ...$defs[kind], $defs }, "schema/pipeline.json", verdicts);
  const name = kind === "pipeline" ? "a pipeline" : "a build environment";
  return explain(document, document.root, errors, { name });
}

/** What is wrong with a step's options, by the schema in its meta.json. */
export async function validateOptions(
  document: Document,
  step: Node,
  program: Program,
  verdicts: Verdicts,
): Promise<readonly Problem[]> {
  const options = member(step, "options");
  const value = options === undefined ? {} : toValue(options);
  const errors = await errorsIn(value, program.meta.options ?? true, metaPath(program), verdicts);
  // Options that aren't there are missed where the program is named.
  const shown = options ?? stringMember(step, "name") ?? step;
  return explain(document, shown, errors, { name: "the options", program });
}

/** Effects of a step's options that their writer may not expect. */
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

async function errorsIn(
  value: JsonValue,
  schema: object | boolean,
  owner: string,
  verdicts: Verdicts,
): Promise<readonly ErrorObject[]> {
  const digest = hash("sha256", JSON.stringify([schema, value]));
  if (verdicts.has(digest)) return [];
  const validate = await compile(schema, owner);
  if (!validate(value)) return validate.errors ?? [];
  verdicts.add(digest);
  return [];
}

/** `owner` is the file that a broken schema is in. */
export async function compile(schema: object | boolean, owner: string): Promise<ValidateFunction> {
  ajv ??= import(/* webpackMode: "eager" */ "ajv/dist/2020.js").then(({ default: { Ajv2020 } }) =>
    new Ajv2020(options).addKeyword(diskLayout).addKeyword(maxBytes),
  );
  const validator = await ajv;
  try {
    return validator.compile(schema);
  } catch (error) {
    throw failure("INVALID", `${owner}: its schema is broken: ${(error as Error).message}`, undefined, {
      cause: error,
    });
  }
}

/** Some of osbuild's schemas have patterns that are none with the flag `u`, which JSON Schema asks for. */
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

const options = { allErrors: true, verbose: true, strict: false, validateFormats: false, code: { regExp } };

/** File systems limit a name's bytes; JSON Schema counts characters. */
const maxBytes: FuncKeywordDefinition = {
  keyword: "maxBytes",
  type: "string",
  schemaType: "number",
  validate: (limit: number, text: string) => Buffer.byteLength(text) <= limit,
};

/** Loaded when something is new; see Verdicts. */
let ajv: Promise<Ajv2020> | undefined;
