import type { JsonValue } from "./nodes.ts";

/**
 * Whether a value surely fits a JSON Schema. Where it doesn't, or a keyword isn't known here, ajv is to judge and its
 * errors to be explained; but most pipelines are right, and to load it and to compile the schemas would take longer
 * than all the rest of an unchanged build.
 */
export function fits(value: JsonValue, schema: unknown): boolean {
  try {
    return satisfies(value, schema, schema);
  } catch (error) {
    if (error instanceof Unsure) return false;
    throw error;
  }
}

class Unsure extends Error {}

function satisfies(value: JsonValue, schema: unknown, root: unknown): boolean {
  if (typeof schema === "boolean") return schema;
  const rules = mapOf(schema);
  const keywords = Object.keys(rules).filter((keyword) => !annotations.has(keyword));
  if (keywords.some((keyword) => !Object.hasOwn(checks, keyword))) throw new Unsure();
  const inner: Inner = (part, partSchema) => satisfies(part, partSchema, root);
  return keywords.every((keyword) => checks[keyword]?.(value, rules[keyword], inner, rules, root));
}

const annotations = new Set([
  "$schema",
  "$defs",
  "title",
  "description",
  "default",
  "examples",
  "format",
  "then",
  "else",
]);

type Inner = (value: JsonValue, schema: unknown) => boolean;
type Rules = Readonly<Record<string, unknown>>;
type Check = (value: JsonValue, rule: unknown, inner: Inner, siblings: Rules, root: unknown) => boolean;

const checks: Readonly<Record<string, Check>> = {
  $ref: (value, rule, inner, _, root) => inner(value, resolve(root, rule)),
  type: (value, rule) => [rule].flat().some((type) => isOf(value, type)),
  enum: (value, rule) => listOf(rule).some((allowed) => isSame(value, allowed)),
  const: (value, rule) => isSame(value, rule),
  anyOf: (value, rule, inner) => listOf(rule).some((form) => inner(value, form)),
  oneOf: (value, rule, inner) => listOf(rule).filter((form) => inner(value, form)).length === 1,
  not: (value, rule, inner) => !inner(value, rule),
  if: (value, rule, inner, { then = true, else: otherwise = true }) =>
    inner(value, inner(value, rule) ? then : otherwise),

  required: ofObjects((value, rule) => listOf(rule).every((key) => Object.hasOwn(value, String(key)))),
  properties: ofObjects((value, rule, inner) =>
    present(value, rule).every(([key, form]) => inner(value[key] as JsonValue, form)),
  ),
  additionalProperties: ofObjects((value, rule, inner, { properties = {} }) =>
    Object.entries(value).every(([key, part]) => Object.hasOwn(mapOf(properties), key) || inner(part, rule)),
  ),
  propertyNames: ofObjects((value, rule, inner) => Object.keys(value).every((key) => inner(key, rule))),
  minProperties: ofObjects((value, rule) => Object.keys(value).length >= numberOf(rule)),
  maxProperties: ofObjects((value, rule) => Object.keys(value).length <= numberOf(rule)),
  dependentSchemas: ofObjects((value, rule, inner) => present(value, rule).every(([, form]) => inner(value, form))),

  items: (value, rule, inner) => !isList(value) || value.every((item) => inner(item, rule)),
  minItems: (value, rule) => !isList(value) || value.length >= numberOf(rule),
  maxItems: (value, rule) => !isList(value) || value.length <= numberOf(rule),
  uniqueItems: (value, rule) => rule === false || !isList(value) || areDifferent(value),

  pattern: (value, rule) => typeof value !== "string" || expression(rule).test(value),
  minLength: (value, rule) => typeof value !== "string" || [...value].length >= numberOf(rule),
  maxLength: (value, rule) => typeof value !== "string" || [...value].length <= numberOf(rule),
  minimum: (value, rule) => typeof value !== "number" || value >= numberOf(rule),
  maximum: (value, rule) => typeof value !== "number" || value <= numberOf(rule),
  exclusiveMinimum: (value, rule) => typeof value !== "number" || value > numberOf(rule),
  multipleOf: (value, rule) => typeof value !== "number" || Number.isInteger(value / numberOf(rule)),
};

type JsonObject = Readonly<Record<string, JsonValue>>;

/** A check that what isn't an object passes. */
function ofObjects(check: (value: JsonObject, rule: unknown, inner: Inner, siblings: Rules) => boolean): Check {
  return (value, rule, inner, siblings) => !isObject(value) || check(value, rule, inner, siblings);
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !isList(value);

/** The rules for those keys that an object has. */
const present = (value: JsonObject, rules: unknown) =>
  Object.entries(mapOf(rules)).filter(([key]) => Object.hasOwn(value, key));

function isOf(value: JsonValue, type: unknown): boolean {
  switch (type) {
    case "object":
      return isObject(value);
    case "array":
      return isList(value);
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    case "string":
    case "number":
    case "boolean":
      return typeof value === type;
    default:
      throw new Unsure();
  }
}

function isSame(value: JsonValue, other: unknown): boolean {
  if (typeof other === "object" && other !== null) throw new Unsure();
  return value === other;
}

function areDifferent(values: readonly JsonValue[]): boolean {
  if (values.some((value) => typeof value === "object" && value !== null)) throw new Unsure();
  return new Set(values).size === values.length;
}

function resolve(root: unknown, reference: unknown): unknown {
  const [, name] = /^#\/\$defs\/([^/~%]+)$/.exec(String(reference)) ?? [];
  const schema = mapOf(mapOf(root).$defs)[name ?? ""];
  if (schema === undefined) throw new Unsure();
  return schema;
}

function expression(pattern: unknown): RegExp {
  try {
    return new RegExp(String(pattern), "u");
  } catch {
    throw new Unsure();
  }
}

function numberOf(rule: unknown): number {
  if (typeof rule !== "number") throw new Unsure();
  return rule;
}

function listOf(rule: unknown): readonly unknown[] {
  if (!Array.isArray(rule)) throw new Unsure();
  return rule;
}

function mapOf(schema: unknown): Rules {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) throw new Unsure();
  return schema as Rules;
}
