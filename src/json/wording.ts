import type { Node } from "jsonc-parser";

/** A value as messages show it. Long strings are shortened; objects and arrays are only named by their type. */
export function shown({ value, type }: Node): string {
  return type === "object" || type === "array" ? kindName(type) : quote(value);
}

/** A type of JSON or JSON Schema, in words. */
export function kindName(type: string): string {
  switch (type) {
    case "integer":
      return "a whole number";
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    default:
      return `${/^[ao]/.test(type) ? "an" : "a"} ${type}`;
  }
}

/** Joins words with commas and a conjunction: `a, b and c`. */
export const list = (words: readonly string[], conjunction: string) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;

/** Showing more of a string than this doesn't help. */
const longest = 60;

/** Puts a value into a message as JSON. Long strings are shortened. */
export const quote = (value: unknown): string =>
  typeof value === "string" && value.length > longest
    ? `${JSON.stringify(value.slice(0, longest))}…`
    : JSON.stringify(value);

/** Names a value by its key, or by its position in a list. */
export function nameOf(node: Node): string {
  const { parent } = node;
  if (parent?.type !== "array") return quote(parent?.children?.[0]?.value);
  return `item ${(parent.children ?? []).indexOf(node) + 1} of ${nameOf(parent)}`;
}
