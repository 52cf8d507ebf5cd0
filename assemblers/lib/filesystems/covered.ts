import { writeFileSync } from "node:fs";
import { request } from "../../../stages/lib/mounts.ts";
import type { FileSystem } from "./filesystem.ts";

/**
 * Shows the tree without what is covered, to a tool that can't leave a directory out. It is an overlay, which keeps the
 * order of directory entries; a copy would have the order of its own disk. It stays mounted in `work` until the
 * container ends.
 */
export function uncovered({ tree, covered }: FileSystem, work: string): string {
  if (covered.length === 0) return tree;
  const directories = [...new Set(covered.flatMap(withParents))].sort();
  writeFileSync(`${work}/directories`, directories.map((path) => `.${path}\0`).join(""));
  writeFileSync(`${work}/covered`, covered.map((path) => `${path}\n`).join(""));
  request("uncover", work, tree);
  return `${work}/tree`;
}

/** `/a/b` → the root, `/a` and `/a/b`. */
const withParents = (path: string) => path.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"));
