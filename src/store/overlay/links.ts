import { linkSync, lutimesSync, unlinkSync } from "node:fs";
import { run } from "../../host/command.ts";
import { type Group, mergeCopies } from "./copies.ts";
import { isWhiteout, type LowerFile, merged, parentOf, placeOf, statOf, topmost } from "./lower.ts";
import { sameContent } from "./same-content.ts";
import { currentOf, type Notes, namesIn, type Staged } from "./touched.ts";

/**
 * Makes the names of one file one file again. overlayfs copies a file up only under the name through which it is
 * changed. Its index, which would keep the names together, is disabled as soon as two layers are squashfs, which has no
 * UUID. All names of a file are in the same layer, and so they are in the new one.
 */
export async function joinLinks(staged: Staged, touched: readonly LowerFile[]): Promise<void> {
  const { tree, upper } = staged;
  const groups: Group[] = [];
  const files = new UpperFiles(upper);
  for (const layer of new Set(touched.map((file) => file.layer))) {
    const inodes = new Set(touched.filter((file) => file.layer === layer).map((file) => file.stats.ino));
    for (const names of await namesOf(layer, inodes)) {
      const group = groupOf(staged, layer, names, files);
      if (group !== undefined) groups.push(group);
    }
  }
  for (const [group, kept] of await mergeCopies(staged, groups)) {
    const inode = statOf(upper, kept)?.ino;
    for (const path of files.sharing(group.changed)) if (statOf(upper, path)?.ino !== inode) relink(tree, kept, path);
    for (const path of group.untouched) relink(tree, kept, path);
  }
}

/** Finds all names of each of these files of a layer. */
async function namesOf(layer: string, inodes: ReadonlySet<bigint>) {
  const argv = ["find", ".", "!", "-type", "d", "-links", "+1", "-printf", "%i %P\\0"];
  const groups = new Map<bigint, string[]>([...inodes].map((inode) => [inode, []]));
  for (const entry of (await run(argv, { cwd: layer, encoding: "latin1" })).split("\0")) {
    const space = entry.indexOf(" ");
    if (space > 0) groups.get(BigInt(entry.slice(0, space)))?.push(`/${entry.slice(space + 1)}`);
  }
  return [...groups.values()];
}

function groupOf(staged: Staged, layer: string, names: readonly string[], files: UpperFiles): Group | undefined {
  const { tree, upper, layers, moved, notes } = staged;
  const shown = names.toSorted().flatMap((name) => topmost(layers, name) ?? []);
  const [original, ...more] = shown.filter((file) => file.layer === layer);
  if (original === undefined) return undefined;
  const [changed, untouched]: [string[], string[]] = [[], []];
  for (const file of [original, ...more]) {
    const path = currentOf(file.path, moved, notes);
    if (path === undefined || statOf(tree, path) === undefined) continue;
    if (statOf(upper, path) === undefined) untouched.push(path);
    else if (isChangedInPlace(staged, path, file)) changed.push(path);
  }
  if (changed.length + untouched.length <= more.length) {
    const known = new Set(changed.map((name) => statOf(upper, name)?.ino));
    changed.push(...files.like(original, notes).filter((name) => !known.has(statOf(upper, name)?.ino)));
  }
  if (changed.length === 0 && untouched[0] !== undefined) {
    copyUp(tree, untouched[0]);
    changed.push(...untouched.splice(0, 1));
  }
  return { original, changed, untouched };
}

/**
 * Whether the stage has changed this very file, rather than replaced it with another. overlayfs records no origin for a
 * file with several names, but a directory keeps its time when a file in it is copied up, and gets a new one when one
 * of its names is given to another file.
 */
function isChangedInPlace({ upper, layers, notes }: Staged, path: string, file: LowerFile): boolean {
  const stats = statOf(upper, path);
  const parent = parentOf(path);
  const directory = statOf(upper, parent);
  if (stats === undefined || directory === undefined || stats.mode >> 12n !== file.stats.mode >> 12n) return false;
  if (notes.has(path, "origin") || !notes.has(parent, "impure")) return false;
  const lowerParent = parentOf(file.path);
  const [before] = merged(layers, lowerParent);
  if (before !== undefined && statOf(before, lowerParent)?.mtimeNs === directory.mtimeNs) return true;
  if (stats.birthtimeNs > directory.mtimeNs) return true;
  // The directory has changed since. A file that was appended to still begins with its old bytes, and one that wasn't
  // written to has its old time, too.
  if (stats.size < file.stats.size) return false;
  if (stats.size === file.stats.size && stats.mtimeNs !== file.stats.mtimeNs) return false;
  return sameContent(placeOf(upper, path), placeOf(file.layer, file.path), file.stats);
}

/** The files of an upper directory, which is searched only when needed. */
class UpperFiles {
  readonly #upper: string;
  #byInode: ReadonlyMap<bigint, readonly string[]> | undefined;
  #byFacts: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(upper: string) {
    this.#upper = upper;
  }

  /** All names of the files with these paths. */
  sharing(paths: readonly string[]): readonly string[] {
    const inodes = new Set(paths.map((path) => statOf(this.#upper, path)?.ino ?? 0n));
    if (inodes.size < 2) return paths;
    this.#byInode ??= this.#group((stats) => stats.ino);
    return [...inodes].flatMap((inode) => this.#byInode?.get(inode) ?? []);
  }

  /** The names that the stage may have moved a file to: the files there have its content and its time. */
  like({ layer, path, stats }: LowerFile, notes: Notes): readonly string[] {
    this.#byFacts ??= this.#group(factsOf);
    return (this.#byFacts.get(factsOf(stats)) ?? []).filter(
      (name) => !notes.has(name, "origin") && sameContent(placeOf(this.#upper, name), placeOf(layer, path), stats),
    );
  }

  #group<Key>(keyOf: (stats: LowerFile["stats"]) => Key): ReadonlyMap<Key, readonly string[]> {
    const groups = new Map<Key, string[]>();
    for (const path of filesBelow(this.#upper)) {
      const stats = statOf(this.#upper, path);
      if (stats === undefined || isWhiteout(stats)) continue;
      const key = keyOf(stats);
      const paths = groups.get(key) ?? [];
      groups.set(key, paths);
      paths.push(path);
    }
    return groups;
  }
}

/** The facts that a file keeps when its name, owner, mode or attributes change. */
const factsOf = ({ mode, size, rdev, mtimeNs }: LowerFile["stats"]) => [mode >> 12n, size, rdev, mtimeNs].join(":");

function filesBelow(directory: string, path = ""): readonly string[] {
  return namesIn(directory, path).flatMap((name) => {
    const below = `${path}/${name}`;
    return statOf(directory, below)?.isDirectory() ? filesBelow(directory, below) : [below];
  });
}

/** Makes overlayfs copy a file up from a layer below. Nothing else changes, because times there are whole seconds. */
export function copyUp(tree: string, path: string): void {
  setTime(tree, path, statOf(tree, path)?.mtimeNs ?? 0n);
}

/** Replaces a file with a hard link to another. Its directory keeps its time. */
function relink(tree: string, file: string, name: string): void {
  const parent = parentOf(name);
  const time = statOf(tree, parent)?.mtimeNs ?? 0n;
  unlinkSync(placeOf(tree, name));
  linkSync(placeOf(tree, file), placeOf(tree, name));
  setTime(tree, parent, time);
}

function setTime(tree: string, path: string, nanoseconds: bigint): void {
  const seconds = Number(nanoseconds / 1_000_000_000n);
  lutimesSync(placeOf(tree, path), seconds, seconds);
}
