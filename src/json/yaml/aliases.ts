import type { Node } from "jsonc-parser";
import { withChildren } from "../nodes.ts";

/** A value that aliases can repeat. */
export interface Anchored {
  readonly node: Node;
  /** About as many characters as a copy takes. */
  readonly size: number;
  /** The levels of lists and objects in it. */
  readonly levels: number;
}

/** Each copy is limited before it is made, because a few lines of aliases of aliases can stand for anything. */
export function measure(node: Node): Anchored {
  const found = measured.get(node);
  if (found !== undefined) return found;
  const within = (node.children ?? []).map(measure);
  const ownLevel = node.type === "array" || node.type === "object" ? 1 : 0;
  const ownSize = perValue + (typeof node.value === "string" ? node.value.length : 0);
  const all: Anchored = {
    node,
    size: within.reduce((sum, { size }) => sum + size, ownSize),
    levels: within.reduce((most, { levels }) => Math.max(most, levels), 0) + ownLevel,
  };
  measured.set(node, all);
  return all;
}

const perValue = 10;

/** Kept because anchors may be nested in each other. */
const measured = new WeakMap<Node, Anchored>();

/** A copy that can have a parent of its own. It keeps its places. */
export function copyOf({ parent: _, children, ...own }: Node): Node {
  return children === undefined ? own : withChildren(own, children.map(copyOf));
}
