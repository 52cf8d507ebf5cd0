import {
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  lchownSync,
  lstatSync,
  lutimesSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { basename, dirname } from "node:path";
import { readAccounts } from "./lib/accounts.ts";
import { type ArchivePath, type ArchiveSource, copyFromArchive } from "./lib/archive.ts";
import type { DownloadInput } from "./lib/sources.ts";
import { fail, readStage } from "./lib/step.ts";
import { entryInTree, isInTree, makeDirectory } from "./lib/tree.ts";

interface Path {
  readonly from: string;
  readonly to: string;
  readonly mode?: string;
  readonly owner?: string | number;
  readonly group?: string | number;
}

interface Attributes {
  readonly mode: number | undefined;
  readonly uid: number;
  readonly gid: number;
}

type Options = { readonly paths: readonly Path[] } | { readonly source: ArchiveSource; readonly paths?: ArchivePath[] };

const step: DownloadInput<Options> = await readStage<Options>();
const { tree, options, inputs, source_epoch } = step;
if ("source" in options) await copyFromArchive(step, options.source, options.paths);
else options.paths.forEach(copyPath);

function copyPath({ from, to, mode, owner = "root", group = "root" }: Path): void {
  const source = inputs[from];
  if (source === undefined) fail(`${from}: not among the stage's inputs`);
  if (from.endsWith("/") && !lstatSync(source).isDirectory()) fail(`${from} is not a directory: leave out the last /`);
  copy(source, to.endsWith("/") && !from.endsWith("/") ? to + basename(from) : to, {
    mode: mode === undefined ? undefined : Number.parseInt(mode, 8),
    uid: accountId("passwd", owner),
    gid: accountId("group", group),
  });
}

function accountId(database: "passwd" | "group", account: string | number): number {
  if (typeof account === "number") return account;
  if (account === "root") return 0;
  const found = readAccounts(tree, database).get(account);
  if (found === undefined) fail(`${account}: not in the tree's /etc/${database}; add it in an earlier stage`);
  return found.id;
}

function copy(source: string, target: string, attributes: Attributes): void {
  const entry = lstatSync(source);
  if (entry.isDirectory()) copyDirectory(source, target, attributes);
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

/** Where the target lies, with nothing there. */
function makePlace(target: string): string {
  makeDirectory(tree, dirname(target));
  const place = entryInTree(tree, target);
  if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) {
    fail(`${target} is a directory of the tree: end it with / to copy into it`);
  }
  rmSync(place, { force: true });
  return place;
}

function copyDirectory(source: string, target: string, attributes: Attributes): void {
  // One that is there already, perhaps as a link to elsewhere in the tree, keeps its mode and owner.
  const isNew = !isInTree(tree, target);
  const place = makeDirectory(tree, target);
  for (const name of readdirSync(source).sort()) copy(`${source}/${name}`, `${target}/${name}`, attributes);
  if (isNew) own(place, attributes, directoryMode(attributes.mode ?? 0o755));
}

/** Who may read a file may look through its directory. */
function directoryMode(mode: number): number {
  return (mode & 0o777) | ((mode & 0o444) >> 2);
}

function own(place: string, { uid, gid }: Attributes, mode: number): void {
  chownSync(place, uid, gid);
  chmodSync(place, mode);
  utimesSync(place, source_epoch, source_epoch);
}
