import { lstatSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { run } from "../../stages/lib/step.ts";
import type { FileSystem } from "./filesystem.ts";

/** The tree without what is covered: a copy, in `work`, where something is and the tool can't leave it out. */
export function uncovered({ tree, covered }: FileSystem, work: string): string {
  if (covered.length === 0) return tree;
  const copy = `${work}/tree`;
  run(["cp", "--archive", tree, copy]);
  for (const directory of covered.map((path) => copy + path)) {
    const { atime, mtime } = lstatSync(directory);
    for (const name of readdirSync(directory, "buffer"))
      rmSync(Buffer.concat([Buffer.from(`${directory}/`), name]), { recursive: true });
    utimesSync(directory, atime, mtime);
  }
  return copy;
}
