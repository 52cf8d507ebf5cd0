import { findNodeAtLocation, type Node } from "jsonc-parser";

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The keys and values of an object, in the order in which they are written. */
export const members = (node: Node): readonly (readonly [Node, Node])[] =>
  (node.children ?? []).flatMap(({ children: [key, value] = [] }) => (key && value ? [[key, value] as const] : []));

/** The value of a key of an object; undefined too where it is null: the dialects mean the same by both. */
export function member(node: Node, key: string): Node | undefined {
  const value = findNodeAtLocation(node, [key]);
  return value?.type === "null" ? undefined : value;
}

const typedMember = (type: Node["type"]) => (node: Node, key: string) => {
  const value = member(node, key);
  return value?.type === type ? value : undefined;
};
export const objectMember = typedMember("object");
export const arrayMember = typedMember("array");
export const numberMember = typedMember("number");
export const stringMember = typedMember("string");

/** The node that an RFC 6901 pointer means. */
export function nodeAt(node: Node, pointer: string): Node {
  const segments = pointer.split("/").slice(1);
  const path = segments.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
  return path.reduce<Node>((at, segment) => {
    const found = findNodeAtLocation(at, [at.type === "array" ? Number(segment) : segment]);
    if (found === undefined) throw new Error(`no ${pointer} in the document`);
    return found;
  }, node);
}

/** The value as JavaScript has it; what must keep its spelling is taken from the node itself. */
export function toValue(node: Node): JsonValue {
  switch (node.type) {
    case "object":
      // fromEntries defines its keys: "__proto__" is one like any other.
      return Object.fromEntries(members(node).map(([key, value]) => [key.value, toValue(value)]));
    case "array":
      return (node.children ?? []).map(toValue);
    default:
      return node.value;
  }
}
