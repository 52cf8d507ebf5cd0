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
 * The place of a path of the tree, as a program inside the tree would find it: symbolic links, also those to absolute
 * paths, stay within the tree. Names that don't exist are kept as they are.
 */
export function resolveInTree(tree: string, path: string): string {
  let links = 0;
  const rest = path.split("/");
  let at = "/";
  for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
    const next = join(at, name);
    const entry = lstatSync(tree + next, { throwIfNoEntry: false });
    if (!entry?.isSymbolicLink()) {
      const isLast = rest.every((below) => below === "");
      if (entry?.isDirectory() === false && !isLast) fail(`${next} of the tree is not a directory`);
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

/**
 * The place of an entry of the tree: its directory is resolved, but if the entry itself is a link, it isn't followed.
 */
export function entryInTree(tree: string, path: string): string {
  const directory = resolveInTree(tree, dirname(path));
  if (lstatSync(directory, { throwIfNoEntry: false })?.isDirectory() === false)
    fail(`${dirname(path)} of the tree is not a directory`);
  return join(directory, basename(path));
}

/** Makes a directory of the tree and its parents, unless they exist (root's, 0755). Returns its place. */
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

/**
 * The place for a new entry of the tree. Its directory is made if it is missing, and a file or link there is removed.
 */
export function newEntry(tree: string, path: string): string {
  makeDirectory(tree, dirname(path));
  const place = entryInTree(tree, path);
  if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) fail(`${path} of the tree is a directory`);
  rmSync(place, { force: true });
  return place;
}

interface Attributes {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

/** Writes a file of the tree with exactly this mode and owner. It replaces a file or link. */
export function writeFile(
  tree: string,
  path: string,
  text: string,
  { mode = 0o644, uid = 0, gid = 0 }: Attributes = {},
) {
  const file = newEntry(tree, path);
  writeFileSync(file, text, { flag: "wx", mode: 0o600 });
  chownSync(file, uid, gid);
  chmodSync(file, mode);
}

/** Copies a file into the tree. It replaces a file or link. */
export function copyFile(tree: string, path: string, source: string): void {
  const file = newEntry(tree, path);
  copyFileSync(source, file, constants.COPYFILE_EXCL);
}

/** Copies the content of a directory into one of the tree, likewise. New directories get the modes of the source's. */
export function copyDirectory(tree: string, path: string, source: string): void {
  const isNew = !isInTree(tree, path);
  makeDirectory(tree, path);
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const copy = entry.isDirectory() ? copyDirectory : copyFile;
    copy(tree, `${path}/${entry.name}`, `${source}/${entry.name}`);
  }
  if (isNew) chmodSync(resolveInTree(tree, path), statSync(source).mode);
}

/** The text of a file of the tree, if there is such a file. */
export function readText(tree: string, path: string): string | undefined {
  const file = resolveInTree(tree, path);
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, "utf8") : undefined;
}

/** Whether the tree has something at a path. */
export const isInTree = (tree: string, path: string) =>
  lstatSync(resolveInTree(tree, path), { throwIfNoEntry: false }) !== undefined;

/** Whether the tree is a Debian or derived from it. */
export const isDebian = (tree: string) => isInTree(tree, "/etc/debian_version");
