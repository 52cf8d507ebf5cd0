import { linkSync, lutimesSync, unlinkSync } from "node:fs";
import { run } from "../host/command.ts";
import { type Group, mergeCopies } from "./copies.ts";
import { isWhiteout, type LowerFile, merged, parentOf, placeOf, statOf, topmost } from "./lower.ts";
import { sameContent } from "./same-content.ts";
import { currentOf, type Notes, namesIn, type Staged } from "./touched.ts";

/**
 * Makes the names of one file one file again. Overlayfs copies a file up under the one name that it is changed by; its
 * index, which would keep the names together, it gives up as soon as two layers are squashfs, which have no UUID.
 * A group of names lies in one layer as a whole, and so it does in the new one.
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

/** All names of each of these files of a layer. */
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
 * Whether the stage has changed this very file, or put another in its place. Overlayfs notes nothing of it where the
 * file has several names, but a directory keeps its time when a file in it is copied up, and gets a new one when a name
 * in it is given to another file.
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
  // In a directory that has changed since: appended to, it has its old bytes still; not written to, its old time too.
  if (stats.size < file.stats.size) return false;
  if (stats.size === file.stats.size && stats.mtimeNs !== file.stats.mtimeNs) return false;
  return sameContent(placeOf(upper, path), placeOf(file.layer, file.path), file.stats);
}

/** The files of an upper directory, which are looked for only if need be. */
class UpperFiles {
  readonly #upper: string;
  #byInode: ReadonlyMap<bigint, readonly string[]> | undefined;
  #byFacts: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(upper: string) {
    this.#upper = upper;
  }

  /** All names of these files. */
  sharing(paths: readonly string[]): readonly string[] {
    const inodes = new Set(paths.map((path) => statOf(this.#upper, path)?.ino ?? 0n));
    if (inodes.size < 2) return paths;
    this.#byInode ??= this.#group((stats) => stats.ino);
    return [...inodes].flatMap((inode) => this.#byInode?.get(inode) ?? []);
  }

  /** Names that the stage may have moved a file to: what is there has its content and its time. */
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

/** Identifies a file when it is given another name, owner, mode or attribute. */
const factsOf = ({ mode, size, rdev, mtimeNs }: LowerFile["stats"]) => [mode >> 12n, size, rdev, mtimeNs].join(":");

function filesBelow(directory: string, path = ""): readonly string[] {
  return namesIn(directory, path).flatMap((name) => {
    const below = `${path}/${name}`;
    return statOf(directory, below)?.isDirectory() ? filesBelow(directory, below) : [below];
  });
}

/** Changes nothing, but makes overlayfs copy a file up from a layer below, where times are whole seconds. */
export function copyUp(tree: string, path: string): void {
  setTime(tree, path, statOf(tree, path)?.mtimeNs ?? 0n);
}

/** Makes a name one of another file, in a directory that keeps its time. */
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
