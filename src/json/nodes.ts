import { findNodeAtLocation, type Node } from "jsonc-parser";

/** A JSON value as JavaScript represents it. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The keys and values of an object, in the order in which they are written. */
export const members = (node: Node): readonly (readonly [Node, Node])[] =>
  (node.children ?? []).flatMap(({ children: [key, value] = [] }) => (key && value ? [[key, value] as const] : []));

/** The value of a key of an object. A null value counts as missing: the dialects mean the same by both. */
export function member(node: Node, key: string): Node | undefined {
  const value = findNodeAtLocation(node, [key]);
  return value?.type === "null" ? undefined : value;
}

const typedMember = (type: Node["type"]) => (node: Node, key: string) => {
  const value = member(node, key);
  return value?.type === type ? value : undefined;
};
/** The value of a key, if it is an object. The others do the same for their types. */
export const objectMember = typedMember("object");
export const arrayMember = typedMember("array");
export const numberMember = typedMember("number");
export const stringMember = typedMember("string");

/** The node that a JSON Pointer (RFC 6901) refers to. */
export function nodeAt(node: Node, pointer: string): Node {
  const segments = pointer.split("/").slice(1);
  const path = segments.map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
  return path.reduce<Node>((at, segment) => {
    const found = findNodeAtLocation(at, [at.type === "array" ? Number(segment) : segment]);
    if (found === undefined) throw new Error(`no ${pointer} in the document`);
    return found;
  }, node);
}

/** The value as JavaScript represents it. Code that needs the original spelling takes it from the node. */
export function toValue(node: Node): JsonValue {
  switch (node.type) {
    case "object":
      // fromEntries defines properties instead of assigning them, so "__proto__" is a key like any other.
      return Object.fromEntries(members(node).map(([key, value]) => [key.value, toValue(value)]));
    case "array":
      return (node.children ?? []).map(toValue);
    default:
      return node.value;
  }
}

/** Makes a node the parent of others. */
export function withChildren(node: Node, children: Node[]): Node {
  for (const child of children) Object.assign(child, { parent: node });
  return Object.assign(node, { children });
}
