import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  lchownSync,
  lstatSync,
  lutimesSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { dirname } from "node:path";
import { fail, type StageInput } from "./step.ts";
import { entryInTree, isInTree, makeDirectory } from "./tree.ts";

/** The owner and modes that a copy gets, whatever the source has: a checkout's differ from machine to machine. */
export interface Attributes {
  /** The mode of every file. By default 0755 for executable ones and 0644 for others. */
  readonly mode: number | undefined;
  readonly uid: number;
  readonly gid: number;
}

/** The attributes of files that are root's. */
export const rootOwned: Attributes = { mode: undefined, uid: 0, gid: 0 };

/** Copies a file, a link or a directory of the repository to a path of the tree. A file there is replaced. */
export type Copier = (source: string, target: string, attributes: Attributes) => void;

/** The place of a file or directory of the repository that the options name. */
export function inputOf({ inputs }: Pick<StageInput<unknown>, "inputs">, name: string): string {
  const found = inputs[name];
  if (found === undefined) fail(`${name}: not among the stage's inputs`);
  return found;
}

/** The text of such a file. */
export function inputText(input: Pick<StageInput<unknown>, "inputs">, name: string): string {
  const path = inputOf(input, name);
  if (!lstatSync(path).isFile()) fail(`${name} is not a file`);
  return readFileSync(path, "utf8");
}

/** A script with its interpreter in the first line, without which the kernel and systemd don't run it. */
export const executable = (script: string) => (script.startsWith("#!") ? script : `#!/bin/sh\n${script}`);

/** Copies into a tree; the copies get the time of the source epoch. Excluded parts of a directory are left out. */
export function openCopier(
  { tree, source_epoch }: Pick<StageInput<unknown>, "tree" | "source_epoch">,
  isExcluded: (path: string) => boolean = () => false,
): Copier {
  return (source, target, attributes) => copy(source, target, attributes, "");

  /** `path` is the one in the directory that is copied. */
  function copy(source: string, target: string, attributes: Attributes, path: string): void {
    const entry = lstatSync(source);
    if (entry.isDirectory()) copyDirectory(source, target, attributes, path);
    else if (entry.isSymbolicLink()) copyLink(source, target, attributes);
    else if (entry.isFile()) copyFile(source, target, attributes);
    else fail(`${source}: neither a file, a directory nor a symbolic link`);
  }

  function copyFile(source: string, target: string, attributes: Attributes): void {
    const place = makePlace(target);
    copyFileSync(source, place, constants.COPYFILE_EXCL);
    const executable = (lstatSync(source).mode & 0o111) !== 0;
    own(place, attributes, attributes.mode ?? (executable ? 0o755 : 0o644));
  }

  function copyLink(source: string, target: string, { uid, gid }: Attributes): void {
    const place = makePlace(target);
    symlinkSync(readlinkSync(source), place);
    lchownSync(place, uid, gid);
    lutimesSync(place, source_epoch, source_epoch);
  }

  /** The target's place in the tree. What was there is removed. */
  function makePlace(target: string): string {
    makeDirectory(tree, dirname(target));
    const place = entryInTree(tree, target);
    if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) {
      fail(`${target} is a directory of the tree: end it with / to copy into it`);
    }
    rmSync(place, { force: true });
    return place;
  }

  function copyDirectory(source: string, target: string, attributes: Attributes, path: string): void {
    // A directory that exists already, perhaps behind a link, keeps its mode and owner.
    const isNew = !isInTree(tree, target);
    const place = makeDirectory(tree, target);
    for (const name of readdirSync(source).sort()) {
      const inside = path === "" ? name : `${path}/${name}`;
      if (!isExcluded(inside)) copy(`${source}/${name}`, `${target}/${name}`, attributes, inside);
    }
    if (isNew) own(place, attributes, directoryMode(attributes.mode ?? 0o755));
  }

  function own(place: string, { uid, gid }: Attributes, mode: number): void {
    chownSync(place, uid, gid);
    chmodSync(place, mode);
    utimesSync(place, source_epoch, source_epoch);
  }
}

/** Those who may read a file may search its directory. */
function directoryMode(mode: number): number {
  return (mode & 0o777) | ((mode & 0o444) >> 2);
}
