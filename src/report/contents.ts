import type { Contents, Entry } from "../store/contents.ts";
import type { Package } from "../store/packages.ts";
import { formatBytes } from "./format.ts";
import { counted } from "./markup.ts";

/** What has changed from one image's contents to another's. */
export interface Difference {
  /** By name. */
  readonly packages: readonly PackageChange[];
  /** Files that no package that has changed accounts for; those that changed most in size first. */
  readonly files: readonly FileChange[];
  /** How many bytes all files have become more. */
  readonly bytes: number;
}

export interface PackageChange {
  readonly change: "added" | "removed" | "upgraded";
  readonly name: string;
  readonly architecture: string;
  /** Versions; null where it wasn't there. */
  readonly from: string | null;
  readonly to: string | null;
  /** How many bytes it has become more, as the package says. */
  readonly bytes: number;
  /** How many of its files were added, removed or changed. */
  readonly files: number;
}

export interface FileChange {
  readonly change: "added" | "removed" | "changed";
  readonly path: string;
  /** How many bytes it has become more. */
  readonly bytes: number;
  /** Of a file that changed: what did. */
  readonly aspects: readonly Aspect[];
}

export type Aspect = "content" | "mode" | "owner" | "kind";

export function difference(before: Contents, after: Contents): Difference {
  const packages = changedPackages(before, after);
  // What comes with a package that changed is told by the package.
  const counts = new Map(packages.map(({ key }) => [key, 0]));
  const isCounted = ({ packages: list }: Contents, { package: index }: Entry) => {
    const owner = index === null ? undefined : list[index];
    const count = owner === undefined ? undefined : counts.get(keyOf(owner));
    if (owner === undefined || count === undefined) return false;
    counts.set(keyOf(owner), count + 1);
    return true;
  };
  const files = changedFiles(before, after).filter(
    ({ from, to }) => !((to !== undefined && isCounted(after, to)) || (from !== undefined && isCounted(before, from))),
  );
  return {
    packages: packages.map(({ key, ...change }) => ({ ...change, files: counts.get(key) ?? 0 })),
    files: files
      .map(({ from, to }) => fileChange(from, to))
      .sort((a, b) => Math.abs(b.bytes) - Math.abs(a.bytes) || byCode(a.path, b.path)),
    bytes: totalBytes(after) - totalBytes(before),
  };
}

/** Bytes of all files, each counted once whatever the number of its names. */
export const totalBytes = ({ entries }: Contents) =>
  entries.reduce((sum, { kind, size }) => sum + (kind === "file" ? size : 0), 0);

/** Such as `2 packages upgraded, 1 removed; 3 other files changed`. */
export function changeCounts(changes: Difference): string {
  const parts = [tally("package", changes.packages), tally(fileNoun(changes), changes.files)];
  const text = parts.filter((part) => part !== "").join("; ");
  return text === "" ? "no file has changed" : text;
}

/** What to call the files that are told by themselves. */
export const fileNoun = ({ packages }: Difference) => (packages.length > 0 ? "other file" : "file");

function tally(noun: string, changes: readonly { readonly change: string }[]): string {
  const groups = [...Map.groupBy(changes, ({ change }) => change)];
  return groups
    .map(([change, { length }], index) =>
      index === 0 ? `${counted(length, noun)} ${change}` : `${length.toLocaleString("en")} ${change}`,
    )
    .join(", ");
}

/** Bytes with their sign. */
export const formatChange = (bytes: number) =>
  bytes === 0 ? "±0" : `${bytes < 0 ? "−" : "+"}${formatBytes(Math.abs(bytes))}`;

const keyOf = ({ name, architecture }: Package) => `${name}\0${architecture}`;

function changedPackages(before: Contents, after: Contents) {
  const [old, now] = [byKey(before.packages), byKey(after.packages)];
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort(byCode);
  return keys.flatMap((key) => {
    const left = without(old.get(key) ?? [], now.get(key) ?? []);
    const come = without(now.get(key) ?? [], old.get(key) ?? []);
    // RPM can have several versions of one package installed: pair what went with what came.
    return Array.from({ length: Math.max(left.length, come.length) }, (_, index) => ({
      key,
      ...packageChange(left[index], come[index]),
    }));
  });
}

function byKey(packages: readonly Package[]): ReadonlyMap<string, readonly Package[]> {
  return Map.groupBy(packages, keyOf);
}

const without = (some: readonly Package[], others: readonly Package[]) =>
  some.filter(({ version }) => !others.some((other) => other.version === version));

function packageChange(from: Package | undefined, to: Package | undefined): Omit<PackageChange, "files"> {
  const { name, architecture } = (to ?? from) as Package;
  return {
    change: from === undefined ? "added" : to === undefined ? "removed" : "upgraded",
    name,
    architecture,
    from: from?.version ?? null,
    to: to?.version ?? null,
    bytes: (to?.bytes ?? 0) - (from?.bytes ?? 0),
  };
}

interface Pair {
  readonly from: Entry | undefined;
  readonly to: Entry | undefined;
}

/** Directories that came or went are told by what is in them, so only those that are empty count. */
function changedFiles(before: Contents, after: Contents): readonly Pair[] {
  const old = new Map(before.entries.map((entry) => [entry.path, entry]));
  const now = new Map(after.entries.map((entry) => [entry.path, entry]));
  const came = after.entries.filter((entry, index) => !old.has(entry.path) && isEnd(after.entries, index));
  const went = before.entries.filter((entry, index) => !now.has(entry.path) && isEnd(before.entries, index));
  const stayed = before.entries.flatMap((from) => {
    const to = now.get(from.path);
    return to !== undefined && aspectsOf(from, to).length > 0 ? [{ from, to }] : [];
  });
  return [...came.map((to) => ({ from: undefined, to })), ...went.map((from) => ({ from, to: undefined })), ...stayed];
}

/** Whether nothing lies beneath: in the order of a walk that would come next. */
const isEnd = (entries: readonly Entry[], index: number) =>
  entries[index]?.kind !== "directory" || !entries[index + 1]?.path.startsWith(`${entries[index].path}/`);

function aspectsOf(from: Entry, to: Entry): readonly Aspect[] {
  // Which of a file's names is met first says nothing of the file.
  const [before, after] = [from, to].map(({ kind }) => (kind === "hard link" ? "file" : kind));
  if (before !== after) return ["kind"];
  return [
    ...(from.digest !== to.digest || from.size !== to.size ? ["content" as const] : []),
    ...(from.mode !== to.mode ? ["mode" as const] : []),
    ...(from.owner !== to.owner ? ["owner" as const] : []),
  ];
}

function fileChange(from: Entry | undefined, to: Entry | undefined): FileChange {
  return {
    change: from === undefined ? "added" : to === undefined ? "removed" : "changed",
    path: ((to ?? from) as Entry).path,
    bytes: (to?.size ?? 0) - (from?.size ?? 0),
    aspects: from !== undefined && to !== undefined ? aspectsOf(from, to) : [],
  };
}

const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
