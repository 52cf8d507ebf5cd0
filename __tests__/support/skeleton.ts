import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";

export interface Skeleton extends AsyncDisposable {
  /** The tree. */
  readonly path: string;
  /** A directory beside the tree, to which a stage must never write. */
  readonly outside: string;
}

/** A tree with these files, by path: a text, `{ link }` for a symbolic link, or null for a directory. */
export async function skeleton(files: Readonly<Record<string, string | { link: string } | null>>): Promise<Skeleton> {
  const directory = await mkdtemp(`${tmpdir()}/skeleton-`);
  const path = `${directory}/tree`;
  const outside = `${directory}/outside`;
  for (const made of [path, outside]) await mkdir(made);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(`${path}${name}`), { recursive: true });
    if (content === null) await mkdir(`${path}${name}`);
    else if (typeof content === "string") await writeFile(`${path}${name}`, content);
    else await symlink(content.link, `${path}${name}`);
  }
  return { path, outside, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

/** Every path in the tree with all its metadata except times. */
export function contents(tree: Skeleton): string {
  const find = (...args: readonly string[]) => execFileSync("find", args, { cwd: tree.path, encoding: "utf8" });
  const entries =
    find(".", "-printf", "%p %y %m %U:%G %l\n") + find(".", "-type", "f", "-exec", "sha256sum", "{}", "+");
  return entries
    .split("\n")
    .map((line) => line.trimEnd())
    .sort()
    .join("\n");
}
