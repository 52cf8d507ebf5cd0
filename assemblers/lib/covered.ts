import { mkdirSync } from "node:fs";
import { run } from "../../stages/lib/step.ts";
import type { FileSystem } from "./filesystem.ts";

/**
 * The tree without what is covered, for a tool that can't leave a directory out: through an overlay, which keeps the
 * order of directories where a copy would have that of its disk. It is mounted in `work`, until the container ends.
 */
export function uncovered({ tree, covered }: FileSystem, work: string): string {
  if (covered.length === 0) return tree;
  const [memory, path] = [`${work}/overlay`, `${work}/tree`];
  const upper = `${memory}/upper`;
  mkdirSync(memory);
  run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", memory]);
  for (const directory of [upper, path]) mkdirSync(directory);
  cloneDirectories(tree, upper, [...new Set(covered.flatMap(withParents))].sort());
  for (const directory of covered) run(["setfattr", "--name=trusted.overlay.opaque", "--value=y", upper + directory]);
  const options = `lowerdir=${upper}:${tree},redirect_dir=nofollow,metacopy=off,xino=on,uuid=off`;
  run(["mount", "-t", "overlay", "-o", options, "overlay", path]);
  return path;
}

/** `/a/b` → the root, `/a` and `/a/b`. */
const withParents = (path: string) => path.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/"));

/** Makes directories with everything that those of the same names have, except for what is in them. */
function cloneDirectories(from: string, to: string, paths: readonly string[]): void {
  const archive = `${to}.tar`;
  const attributes = ["--acls", "--xattrs", "--xattrs-include=*"];
  run(
    [
      ...["tar", "--create", `--file=${archive}`, `--directory=${from}`, ...attributes, "--no-recursion"],
      ...["--format=pax", "--null", "--verbatim-files-from", "--files-from=-"],
    ],
    { input: paths.map((path) => `.${path}\0`).join("") },
  );
  run([
    "tar",
    "--extract",
    `--file=${archive}`,
    `--directory=${to}`,
    ...attributes,
    "--same-owner",
    "--preserve-permissions",
  ]);
}
