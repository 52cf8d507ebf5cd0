import { lstatSync, mkdtempSync, rmSync } from "node:fs";
import { basename, matchesGlob, normalize } from "node:path";
import { type ArchivePath, type ArchiveSource, copyFromArchive } from "./lib/downloads/archive.ts";
import type { DownloadInput } from "./lib/downloads/sources.ts";
import { exclusionOf, isPattern } from "./lib/patterns.ts";
import { type Attributes, inputOf, openCopier } from "./lib/repository-files.ts";
import { fail, readStage, run } from "./lib/step.ts";
import { readAccounts } from "./lib/system/accounts.ts";

interface Path {
  readonly from: string;
  readonly to: string;
  readonly unpack?: boolean;
  readonly mode?: string;
  readonly owner?: string | number;
  readonly group?: string | number;
}

type Options =
  | { readonly paths: readonly Path[]; readonly exclude?: readonly string[] }
  | { readonly source: ArchiveSource; readonly paths?: ArchivePath[] };

const step: DownloadInput<Options> = await readStage<Options>();
const { tree, options } = step;
if ("source" in options) await copyFromArchive(step, options.source, options.paths);
else copyAll(options.paths, options.exclude ?? []);

function copyAll(paths: readonly Path[], exclude: readonly string[]): void {
  const copy = openCopier(step, exclusionOf(exclude, matchesGlob));
  for (const path of paths) {
    const attributes = attributesOf(path);
    if (path.unpack) unpack(path, (content) => copy(content, path.to, attributes));
    else for (const name of namesOf(path)) copyOne(name, path.to, (source, target) => copy(source, target, attributes));
  }
}

/** The names that a path stands for: the engine has found them already. */
function namesOf({ from, to }: Path): readonly string[] {
  if (from in step.inputs || !isPattern(from)) return [from];
  if (!to.endsWith("/")) fail(`${from} may match several files: end ${to} with / to copy into it`);
  const pattern = normalize(from);
  return Object.keys(step.inputs)
    .filter((name) => matchesGlob(name, pattern))
    .sort();
}

function copyOne(name: string, to: string, copy: (source: string, target: string) => void): void {
  const source = inputOf(step, name);
  if (name.endsWith("/") && !lstatSync(source).isDirectory()) fail(`${name} is not a directory: leave out the last /`);
  copy(source, to.endsWith("/") && !name.endsWith("/") ? to + basename(name) : to);
}

/** Unpacks an archive of the repository, and copies what is in it as from a directory. */
function unpack({ from }: Path, copy: (content: string) => void): void {
  const archive = inputOf(step, from);
  if (!lstatSync(archive).isFile()) fail(`${from} is not an archive`);
  const content = mkdtempSync("/var/tmp/archive-");
  run(["tar", "--extract", "--no-same-owner", `--directory=${content}`, "--file", archive]);
  copy(content);
  rmSync(content, { recursive: true });
}

function attributesOf({ mode, owner = "root", group = "root" }: Path): Attributes {
  return {
    mode: mode === undefined ? undefined : Number.parseInt(mode, 8),
    uid: accountId("passwd", owner),
    gid: accountId("group", group),
  };
}

function accountId(database: "passwd" | "group", account: string | number): number {
  if (typeof account === "number") return account;
  if (account === "root") return 0;
  const found = readAccounts(tree, database).get(account);
  if (found === undefined) fail(`${account}: not in the tree's /etc/${database}; add it in an earlier stage`);
  return found.id;
}
