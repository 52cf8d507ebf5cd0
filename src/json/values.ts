import { getNodePath, type Node } from "jsonc-parser";
import type { Problem } from "../errors.ts";
import { locate, type Source } from "./location.ts";
import { members } from "./nodes.ts";
import { quote } from "./wording.ts";

/** Finds values that the grammar allows but that programs read in different ways. */
export function valueProblems(source: Source, node: Node, warnings: Problem[]): readonly Problem[] {
  const within = (node.children ?? []).flatMap((child) => valueProblems(source, child, warnings));
  if (node.type === "object") {
    // Tools that list a download twice give the same URL for the same checksum, and sources enter no id: warn only.
    if (getNodePath(node)[0] !== "sources") return within.concat(duplicateKeys(source, node, "keep only one of them"));
    for (const twice of duplicateKeys(source, node, "the last one is used")) warnings.push(twice);
  }
  if (node.type !== "number" || Number.isFinite(node.value)) return within;
  return [{ message: "this number is too large", at: locate(source, node.offset, node.length) }];
}

function duplicateKeys(source: Source, node: Node, hint: string): readonly Problem[] {
  const first = new Map<string, number>();
  return members(node).flatMap(([{ value, offset, length }]) => {
    const earlier = first.get(value);
    if (earlier === undefined) {
      first.set(value, offset);
      return [];
    }
    const message = `duplicate key ${quote(value)}, first used on line ${locate(source, earlier, 1).line}`;
    return [{ message, at: locate(source, offset, length), hint }];
  });
}
