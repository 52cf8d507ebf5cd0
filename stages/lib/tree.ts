import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fail } from "./step.ts";

/**
 * Where a path of the tree lies, as a program inside the tree would find it: a symbolic link, even one to an absolute
 * path, stays within the tree. What doesn't exist is taken as written.
 */
export function resolveInTree(tree: string, path: string): string {
  let links = 0;
  const rest = path.split("/");
  let at = "/";
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    const next = join(at, name);
    const entry = lstatSync(tree + next, { throwIfNoEntry: false });
    if (!entry?.isSymbolicLink()) {
      at = next;
      continue;
    }
    links += 1;
    if (links > 40) fail(`${path}: too many symbolic links in the tree`);
    const target = readlinkSync(tree + next);
    if (target.startsWith("/")) at = "/";
    rest.unshift(...target.split("/"));
  }
  return tree + at;
}

/** Where an entry of the tree itself lies: its directory is resolved, a link in its own place is not followed. */
export const entryInTree = (tree: string, path: string) => join(resolveInTree(tree, dirname(path)), basename(path));

/** A directory of the tree, made with its parents (root's, 0755) where it is missing; returns where it lies. */
export function makeDirectory(tree: string, path: string): string {
  const directory = resolveInTree(tree, path);
  const entry = lstatSync(directory, { throwIfNoEntry: false });
  if (entry?.isDirectory()) return directory;
  if (entry !== undefined) fail(`${path} of the tree is not a directory`);
  makeDirectory(tree, dirname(directory).slice(tree.length) || "/");
  mkdirSync(directory);
  chmodSync(directory, 0o755);
  return directory;
}

interface Attributes {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

/** Writes a file of the tree, in place of whatever was there, with exactly this mode and owner. */
export function writeFile(
  tree: string,
  path: string,
  text: string,
  { mode = 0o644, uid = 0, gid = 0 }: Attributes = {},
) {
  makeDirectory(tree, dirname(path));
  const file = entryInTree(tree, path);
  rmSync(file, { force: true });
  writeFileSync(file, text, { flag: "wx", mode: 0o600 });
  chownSync(file, uid, gid);
  chmodSync(file, mode);
}

/** Copies a file into the tree, in place of whatever was there: a link in its place is not followed. */
export function copyFile(tree: string, path: string, source: string): void {
  makeDirectory(tree, dirname(path));
  const file = entryInTree(tree, path);
  rmSync(file, { force: true });
  copyFileSync(source, file, constants.COPYFILE_EXCL);
}

/** Copies what is in a directory into one of the tree, likewise; a directory that is made gets the source's mode. */
export function copyDirectory(tree: string, path: string, source: string): void {
  makeDirectory(tree, path);
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [`${source}/${entry.name}`, `${path}/${entry.name}`];
    if (!entry.isDirectory()) {
      copyFile(tree, to, from);
      continue;
    }
    const isNew = !isInTree(tree, to);
    copyDirectory(tree, to, from);
    if (isNew) chmodSync(resolveInTree(tree, to), statSync(from).mode);
  }
}

/** The text of a file of the tree, or nothing where there is no such file. */
export function readText(tree: string, path: string): string | undefined {
  const file = resolveInTree(tree, path);
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, "utf8") : undefined;
}

export const isInTree = (tree: string, path: string) =>
  lstatSync(resolveInTree(tree, path), { throwIfNoEntry: false }) !== undefined;

export const isDebian = (tree: string) => isInTree(tree, "/etc/debian_version");
