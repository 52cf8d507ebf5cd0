import type { ErrorObject, FuncKeywordDefinition } from "ajv/dist/2020.js";
import type { SchemaValidateFunction } from "ajv/dist/types/index.js";

const validate: SchemaValidateFunction = (unique: boolean, items: readonly unknown[]) => {
  if (!unique) return true;
  const seen = new Map<string, number>();
  for (const [i, item] of items.entries()) {
    const text = JSON.stringify(item, inOrder);
    const j = seen.get(text);
    if (j !== undefined) {
      validate.errors = [{ keyword: uniqueItems.keyword, params: { i, j } } satisfies Partial<ErrorObject>];
      return false;
    }
    seen.set(text, i);
  }
  return true;
};

/** In place of ajv's own, which compares each item with each, and calls what an object has by the name `valueOf`. */
export const uniqueItems = {
  keyword: "uniqueItems",
  type: "array",
  schemaType: "boolean",
  errors: true,
  validate,
} satisfies FuncKeywordDefinition;

/** Objects that differ in the order of their keys are the same. */
const inOrder = (_: string, value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
