import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Node } from "jsonc-parser";
import { closestMatch } from "leven";
import schema from "../../schema/pipeline.json" with { type: "json" };
import { failure, type Location, type Problem } from "../errors.ts";
import { type Document, keyNode, locationOf, member, nodeAt, toValue } from "./document.ts";
import type { Program } from "./library.ts";

const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, validateFormats: false });

/** What is wrong with the shape of a pipeline, or with a build environment's when that is what the file holds. */
export function validateShape(document: Document, kind: "pipeline" | "build"): readonly Problem[] {
  const validate =
    ajv.getSchema(`pipeline#/$defs/${kind}`) ?? ajv.addSchema(schema, "pipeline").getSchema(`pipeline#/$defs/${kind}`);
  return problemsOf(document, document.root, validate as ValidateFunction);
}

/** What is wrong with a step's options, by the schema in its meta.json. */
export function validateOptions(document: Document, step: Node, program: Program): readonly Problem[] {
  const { options: optionsSchema } = program.meta;
  if (optionsSchema === undefined) return [];
  const options = member(step, "options");
  const validate = compile(program, optionsSchema);
  if (options !== undefined) return problemsOf(document, options, validate);
  if (validate({})) return [];
  const required = requiredOf(validate.errors);
  return [
    {
      message: `${program.name} needs options: ${required.join(", ")}`,
      at: locationOf(document, nodeAt(step, "/name")),
      hint: exampleOf(program),
    },
  ];
}

const requiredOf = (errors: ValidateFunction["errors"]) =>
  (errors ?? []).filter(({ keyword }) => keyword === "required").map(({ params }) => String(params.missingProperty));

const exampleOf = ({ meta }: Program) =>
  meta.example === undefined ? undefined : `for example "options": ${JSON.stringify(meta.example)}`;

function compile(program: Program, optionsSchema: object): ValidateFunction {
  try {
    return ajv.compile(optionsSchema);
  } catch (error) {
    throw failure("INVALID", `${program.path}: the schema in its meta.json is broken: ${(error as Error).message}`);
  }
}

function problemsOf(document: Document, node: Node, validate: ValidateFunction): readonly Problem[] {
  if (validate(toValue(node))) return [];
  const errors = (validate.errors ?? []).filter(({ keyword }) => !combinators.has(keyword));
  // A combinator's own error says nothing that its branches' don't, unless none of them says anything.
  const shown = errors.length > 0 ? errors : (validate.errors ?? []);
  const problems = shown.map((error) => problemOf(document, nodeAt(node, error.instancePath), error));
  return problems.filter((problem, index) => problems.findIndex((other) => same(problem, other)) === index);
}

const combinators = new Set(["if", "anyOf", "oneOf", "allOf", "not"]);

const same = (a: Problem, b: Problem) =>
  a.message === b.message && a.at?.line === b.at?.line && a.at?.column === b.at?.column;

function problemOf(document: Document, node: Node, error: ErrorObject): Problem {
  const at = locationOf(document, node);
  const name = error.instancePath === "" ? "this" : error.instancePath.slice(error.instancePath.lastIndexOf("/") + 1);
  const { params, parentSchema } = error;
  switch (error.keyword) {
    case "additionalProperties":
    case "unevaluatedProperties": {
      const key = String(params.additionalProperty ?? params.unevaluatedProperty);
      return unknownKey(key, Object.keys(parentSchema?.properties ?? {}), pointAt(document, keyNode(node, key)) ?? at);
    }
    case "required":
      return {
        message: `${params.missingProperty} is missing`,
        at,
        hint: describe(parentSchema, params.missingProperty),
      };
    case "type":
      return { message: `${name} must be ${article([params.type].flat().join(" or "))}, not ${typeName(node)}`, at };
    case "enum":
      return oneOf(name, node, params.allowedValues.map(String), at);
    case "const":
      return { message: `${name} must be ${JSON.stringify(params.allowedValue)}`, at };
    case "multipleOf":
      return {
        message: `${name} must be a multiple of ${params.multipleOf}`,
        at,
        hint: `the next one is ${Math.ceil(node.value / params.multipleOf) * params.multipleOf}`,
      };
    case "pattern":
      return {
        message: `${name} can't be ${JSON.stringify(node.value)}`,
        at,
        hint: patternHint(parentSchema, params.pattern),
      };
    default:
      return { message: `${name} ${error.message ?? "is not valid"}`, at, hint: parentSchema?.description };
  }
}

const pointAt = (document: Document, node: Node | undefined): Location | undefined =>
  node === undefined ? undefined : locationOf(document, node);

function unknownKey(key: string, known: readonly string[], at: Location): Problem {
  return {
    message: `unknown key ${JSON.stringify(key)}`,
    at,
    hint: didYouMean(key, known) ?? `known are ${known.join(", ")}`,
  };
}

function oneOf(name: string, node: Node, allowed: readonly string[], at: Location): Problem {
  const hint = didYouMean(String(node.value), allowed) ?? `it must be one of ${allowed.join(", ")}`;
  return { message: `${name} can't be ${JSON.stringify(node.value)}`, at, hint };
}

/** Suggests the known name nearest to a wrong one, if any is near. */
export function didYouMean(wrong: string, known: readonly string[]): string | undefined {
  const nearest = closestMatch(wrong, known, { maxDistance: Math.max(2, Math.floor(wrong.length / 4)) });
  return nearest === undefined ? undefined : `did you mean ${JSON.stringify(nearest)}?`;
}

function describe(parent: ErrorObject["parentSchema"], property: string): string | undefined {
  const description = parent?.properties?.[property]?.description;
  return description === undefined ? undefined : `${property}: ${description}`;
}

const patternHint = (parent: ErrorObject["parentSchema"], pattern: string) =>
  parent?.description ?? `it must match ${pattern}`;

const typeName = (node: Node) => (node.type === "null" ? "null" : article(node.type));

const article = (type: string) => (/^[aeio]/.test(type) ? `an ${type}` : type === "null" ? type : `a ${type}`);
