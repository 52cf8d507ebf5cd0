import { chmodSync, lchownSync, readlinkSync } from "node:fs";
import { getfattr, parseDump } from "../../../assemblers/lib/getfattr.ts";
import { failure } from "../../errors.ts";
import { run } from "../../host/command.ts";
import { sha256Of } from "../../tree/walk.ts";
import { type LowerFile, placeOf, statOf } from "./lower.ts";
import { type Staged, withoutMarks } from "./touched.ts";

/** A file with several names, and what the stage did with them. */
export interface Group {
  readonly original: LowerFile;
  /** Names of copies that the stage has changed, in the upper directory. */
  readonly changed: readonly string[];
  /** Names that still show the original. */
  readonly untouched: readonly string[];
}

/** Everything about a file except its times, as texts that are equal if the files are. */
interface Version {
  readonly content: string;
  readonly attributes: string;
  readonly owner: string;
  readonly mode: string;
}

/** Merges the copies that overlayfs made of one file into one of them, with the changes made through any name. */
export async function mergeCopies(staged: Staged, groups: readonly Group[]): Promise<ReadonlyMap<Group, string>> {
  const inode = (path: string) => statOf(staged.upper, path)?.ino;
  const several = groups.filter(({ changed }) => new Set(changed.map(inode)).size > 1);
  const originals = await versionsOfOriginals(several);
  const copies = await versionsOf(
    staged.upper,
    several.flatMap(({ changed }) => changed),
  );
  const kept = groups.map((group) => {
    const original = originals.get(group.original);
    return [group, original === undefined ? group.changed[0] : merge(staged, group, original, copies)] as const;
  });
  return new Map(kept.filter((entry): entry is [Group, string] => entry[1] !== undefined));
}

function merge(
  { tree, upper }: Staged,
  { changed }: Group,
  original: Version,
  copies: ReadonlyMap<string, Version>,
): string {
  const age = new Map(changed.map((path) => [path, statOf(upper, path)?.ctimeNs ?? 0n]));
  const newestFirst = changed.toSorted((a, b) => ((age.get(b) ?? 0n) > (age.get(a) ?? 0n) ? 1 : -1));
  /** The names through which a fact was changed, the last change first. */
  const changers = (fact: keyof Version) =>
    newestFirst.filter((path) => copies.get(path)?.[fact] !== original[fact]) as readonly string[];
  const [written = undefined] = changers("content");
  const rival = changers("content").find((path) => copies.get(path)?.content !== copies.get(written ?? "")?.content);
  const [marked = undefined] = changers("attributes");
  const apart =
    written !== undefined && marked !== undefined && !sameBytes(copies, written, marked) ? marked : undefined;
  if (written !== undefined && (rival ?? apart) !== undefined) throw conflict(written, (rival ?? apart) as string);
  const kept = marked ?? written ?? (newestFirst[0] as string);
  const place = placeOf(tree, kept);
  const [owner] = changers("owner").map((path) => copies.get(path)?.owner);
  const [mode] = changers("mode").map((path) => copies.get(path)?.mode);
  if (owner !== undefined && owner !== copies.get(kept)?.owner) {
    const [uid = "", gid = ""] = owner.split(":");
    lchownSync(place, Number(uid), Number(gid));
  }
  if (mode !== undefined && mode !== copies.get(kept)?.mode) chmodSync(place, Number(mode) & 0o7777);
  return kept;
}

const sameBytes = (copies: ReadonlyMap<string, Version>, a: string, b: string) =>
  copies.get(a)?.content === copies.get(b)?.content;

const conflict = (a: string, b: string) =>
  failure(
    "STAGE_FAILED",
    `${a.slice(1)} and ${b.slice(1)} are hard links of one file, and the stage changed each differently`,
    "change the file through one of its names only, or create the hard links in the same stage",
  );

async function versionsOfOriginals(groups: readonly Group[]) {
  const versions = new Map<Group["original"], Version>();
  const originals = groups.map(({ original }) => original);
  for (const layer of new Set(originals.map((file) => file.layer))) {
    const files = originals.filter((file) => file.layer === layer);
    const found = await versionsOf(
      layer,
      files.map(({ path }) => path),
    );
    for (const file of files) versions.set(file, found.get(file.path) as Version);
  }
  return versions;
}

async function versionsOf(directory: string, paths: readonly string[]) {
  if (paths.length === 0) return new Map<string, Version>();
  const dump = await run(["xargs", "--null", ...getfattr(), "--"], {
    cwd: directory,
    input: Buffer.from(paths.map((path) => `${path.slice(1)}\0`).join(""), "latin1"),
    encoding: "latin1",
  });
  const attributes = new Map(parseDump(dump).map((file) => [`/${file.path}`, file.attributes]));
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  const versions = new Map<string, Version>();
  for (const path of paths) {
    const stats = statOf(directory, path);
    if (stats === undefined) continue;
    const own = withoutMarks(attributes.get(path) ?? new Map());
    versions.set(path, {
      content: await contentOf(placeOf(directory, path), stats, buffer),
      attributes: [...own].sort().join("\n"),
      owner: `${stats.uid}:${stats.gid}`,
      mode: String(stats.mode),
    });
  }
  return versions;
}

async function contentOf(place: Buffer, stats: NonNullable<ReturnType<typeof statOf>>, buffer: Buffer) {
  if (stats.isFile()) return sha256Of(place, buffer, "hex");
  return stats.isSymbolicLink() ? readlinkSync(place, "latin1") : String(stats.rdev);
}
