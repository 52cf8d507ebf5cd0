import type { Ajv2020, ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import type { Node } from "jsonc-parser";
import pipelineSchema from "../../schema/pipeline.json" with { type: "json" };
import { failure, type Problem } from "../errors.ts";
import type { Document } from "./document.ts";
import { explain } from "./explain.ts";
import { fits } from "./fits.ts";
import { metaPath, type Program } from "./library.ts";
import { type JsonValue, member, stringMember, toValue } from "./nodes.ts";

/** What is wrong with the shape of a pipeline, or with a build environment's when that is what the file holds. */
export async function validateShape(document: Document, kind: "pipeline" | "build"): Promise<readonly Problem[]> {
  const { $defs } = pipelineSchema;
  const errors = await errorsIn(toValue(document.root), { ...$defs[kind], $defs }, "schema/pipeline.json");
  const name = kind === "pipeline" ? "a pipeline" : "a build environment";
  return explain(document, document.root, errors, { name });
}

/** What is wrong with a step's options, by the schema in its meta.json. */
export async function validateOptions(document: Document, step: Node, program: Program): Promise<readonly Problem[]> {
  const options = member(step, "options");
  const value = options === undefined ? {} : toValue(options);
  const errors = await errorsIn(value, program.meta.options ?? true, metaPath(program));
  // Options that aren't there are missed where the program is named.
  const shown = options ?? stringMember(step, "name") ?? step;
  return explain(document, shown, errors, { name: "the options", program });
}

async function errorsIn(value: JsonValue, schema: object | boolean, owner: string): Promise<readonly ErrorObject[]> {
  if (fits(value, schema)) return [];
  const validate = await compile(schema, owner);
  return validate(value) ? [] : (validate.errors ?? []);
}

async function compile(schema: object | boolean, owner: string): Promise<ValidateFunction> {
  ajv ??= import(/* webpackMode: "eager" */ "ajv/dist/2020.js").then(({ Ajv2020 }) => new Ajv2020(options));
  const validator = await ajv;
  try {
    return validator.compile(schema);
  } catch (error) {
    throw failure("INVALID", `${owner}: its schema is broken: ${(error as Error).message}`, undefined, {
      cause: error,
    });
  }
}

const options = { allErrors: true, verbose: true, strict: false, validateFormats: false };

/** Loaded when something is wrong; see fits(). */
let ajv: Promise<Ajv2020> | undefined;
