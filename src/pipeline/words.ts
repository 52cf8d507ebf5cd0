import type { Node } from "jsonc-parser";

/** A value as a message has it: its kind where it is too long to repeat. */
export function shown(node: Node): string {
  const text = JSON.stringify(node.value);
  return text === undefined || text.length > 60 ? kindName(node.type) : text;
}

/** What a person calls a type of JSON, or of JSON Schema. */
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

/** `"a", "b" and "c"`. */
export const list = (words: readonly string[], conjunction: string) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1)}`;

export const quote = (value: unknown) => JSON.stringify(value);
