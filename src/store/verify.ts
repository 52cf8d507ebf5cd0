import { lstat, readdir } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import { removeTree } from "../host/remove.ts";
import { type FileKind, kindOf, walk } from "../tree/walk.ts";
import { hasDamagedContents } from "./integrity.ts";
import { type Folder, folders, type Layout } from "./layout.ts";
import { unmark } from "./marks.ts";
import { hasDigest } from "./objects.ts";
import { readRef, removeRef } from "./refs.ts";
import { openSizes, type Sizes } from "./sizes.ts";
import { lockShared } from "./workspace.ts";

/** Something that is wrong in a store. */
export interface Finding {
  readonly message: string;
  readonly hint: string;
  /** The digest of an object that doesn't match it. */
  readonly object?: string;
  /** Removes it from the store. Undefined if it is whole and the user has to act elsewhere. */
  readonly drop?: () => Promise<void>;
}

/** The number of objects that were read, and what was wrong. */
export interface Verified {
  readonly objects: number;
  readonly findings: readonly Finding[];
}

interface Place {
  readonly names: RegExp;
  readonly kinds: readonly FileKind[];
}

const digest = /^[0-9a-f]{64}$/;
const json = /^[0-9a-f]{64}\.json$/;

/** The files that a store's directories may hold. Unfinished work isn't checked. */
const places: Readonly<Record<Exclude<Folder, "tmp">, readonly Place[]>> = {
  objects: [{ names: digest, kinds: ["file", "directory"] }],
  marks: [{ names: digest, kinds: ["file"] }],
  "file-digests": [{ names: json, kinds: ["file"] }],
  refs: [
    { names: digest, kinds: ["symbolic link"] },
    { names: json, kinds: ["file"] },
  ],
  "by-content": [{ names: digest, kinds: ["symbolic link"] }],
  squashed: [{ names: digest, kinds: ["symbolic link"] }],
  logs: [{ names: digest, kinds: ["file"] }],
  contents: [{ names: json, kinds: ["file"] }],
  state: [
    { names: /\.lock$/, kinds: ["file"] },
    { names: /./, kinds: ["directory"] },
  ],
  sources: [{ names: digest, kinds: ["file"] }],
  javascript: [{ names: json, kinds: ["file"] }],
  exports: [{ names: json, kinds: ["file"] }],
};

type Checked = keyof typeof places;

/** Reads everything in a store and compares each object with its digest. */
export async function verifyStore(layout: Layout): Promise<Verified> {
  await using _kept = await lockShared(layout);
  const findings: Finding[] = [];
  const canHave = openSizes(layout);
  let objects = 0;
  for (const folder of folders) {
    if (folder === "tmp") continue;
    for (const name of await list(layout.folder(folder))) {
      const misfit = await findMisfit(layout, folder, name);
      if (folder === "objects") objects++;
      if (misfit !== undefined) findings.push(misfit);
      else findings.push(...(await lookInto(layout, folder, name, canHave)));
    }
  }
  return { objects, findings };
}

/** Finds a file that isn't the store's, by its name or its kind. It isn't read, because a FIFO would never end. */
async function findMisfit(layout: Layout, folder: Checked, name: string): Promise<Finding | undefined> {
  const path = `${layout.folder(folder)}/${name}`;
  const kind = kindOf(await lstat(path));
  const fitting = places[folder].filter(({ names }) => names.test(name));
  if (fitting.some(({ kinds }) => kinds.includes(kind))) return undefined;
  const drop = async () => {
    if (folder === "objects") await unmark(layout, name);
    await removeTree(path);
  };
  if (fitting.length === 0)
    return {
      message: `${path} doesn't belong to the store`,
      hint: "move it away, or `osbuild store prune` deletes it",
      drop,
    };
  const kinds = fitting.flatMap((place) => place.kinds).join(" or ");
  const of = folder === "objects" ? { object: name } : {};
  return { message: `${path} is a ${kind}, not a ${kinds}`, hint: pruned, ...of, drop };
}

const pruned = "`osbuild store prune` deletes it; what needs it is built again";

async function lookInto(layout: Layout, folder: Checked, name: string, canHave: Sizes): Promise<readonly Finding[]> {
  const id = name.replace(/\.json$/, "");
  switch (folder) {
    case "objects":
      return lookAtObject(layout, name, canHave);
    case "refs":
      return name === id ? lookAtRef(layout, id) : [];
    case "contents":
      return lookAtContents(layout, id);
    case "sources":
      return lookAtSource(layout, name);
    default:
      return [];
  }
}

async function lookAtObject(layout: Layout, digest: string, canHave: Sizes): Promise<readonly Finding[]> {
  const object = layout.object(digest);
  if (await hasDigest(object, digest, (size) => canHave(digest, size))) return findOtherNames(object);
  await unmark(layout, digest);
  return [{ message: `object ${digest} is damaged`, hint: pruned, object: digest, drop: () => removeTree(object) }];
}

/** Finds hard links from outside the store, through which other users could read or change an object. */
async function findOtherNames(object: string): Promise<readonly Finding[]> {
  const names = new Map<number, { path: string; missing: number }>();
  const stats = await lstat(object);
  const files = stats.isDirectory() ? [...walk(object)] : [{ path: "", kind: kindOf(stats), stats }];
  for (const { path, kind, stats } of files) {
    if (kind === "directory" || stats.nlink === 1) continue;
    const known = names.get(stats.ino) ?? { path: `${object}${path}`, missing: stats.nlink };
    names.set(stats.ino, { ...known, missing: known.missing - 1 });
  }
  const elsewhere = [...names.values()].filter(({ missing }) => missing > 0);
  return elsewhere.map(({ path }) => ({
    message: `${path} has a hard link outside the store, through which it can be changed`,
    hint: `find it with \`find MOUNT-POINT -xdev -samefile ${path}\` and delete it`,
  }));
}

/** Checks a ref's link and record. A record without a link isn't a ref: its build was killed before it had both. */
async function lookAtRef(layout: Layout, id: string): Promise<readonly Finding[]> {
  // A record of the wrong kind has a finding of its own.
  if (await isMisfit(layout.record(id))) return [];
  if ((await readRef(layout, id)) !== undefined) return [];
  const message = `ref ${id} is damaged, or one of its objects is missing`;
  return [{ message, hint: pruned, drop: () => removeRef(layout, id) }];
}

const isMisfit = (record: string) =>
  lstat(record).then(
    (stats) => !stats.isFile(),
    () => false,
  );

async function lookAtSource(layout: Layout, digest: string): Promise<readonly Finding[]> {
  const path = layout.source(digest);
  if (await hasDigest(path, digest, () => true)) return [];
  const hint = "`osbuild store prune` deletes it; what needs it downloads it again";
  return [{ message: `${path} is damaged`, hint, drop: () => removeTree(path) }];
}

async function lookAtContents(layout: Layout, id: string): Promise<readonly Finding[]> {
  if (!(await hasDamagedContents(layout, id))) return [];
  const message = `the list of what the image ${id} contains is damaged`;
  return [{ message, hint: pruned, drop: () => removeRef(layout, id) }];
}

async function list(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch((error) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
  return names.sort();
}
