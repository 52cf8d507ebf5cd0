import type { Contents, ContentsEntry } from "./contents.ts";
import type { InstalledPackage } from "./packages.ts";

/** The changes from one image's contents to another's. */
export interface Changes {
  /** Sorted by name. */
  readonly packages: readonly PackageChange[];
  /** Changed files that don't belong to a changed package. The largest changes in size come first. */
  readonly files: readonly FileChange[];
  /** By how many bytes all files together have grown. */
  readonly bytes: number;
}

/** A package that was added, removed or upgraded. */
export interface PackageChange {
  readonly change: "added" | "removed" | "upgraded";
  readonly name: string;
  readonly architecture: string;
  /** The version before; null if the package was added. */
  readonly from: string | null;
  /** The version after; null if the package was removed. */
  readonly to: string | null;
  /** By how many bytes its declared size has grown. */
  readonly bytes: number;
  /** The number of its files that were added, removed or changed. */
  readonly files: number;
}

/** A file that was added, removed or changed. */
export interface FileChange {
  readonly change: "added" | "removed" | "changed";
  readonly path: string;
  /** By how many bytes it has grown. */
  readonly bytes: number;
  /** The aspects that changed; none for a file that was added or removed. */
  readonly aspects: readonly Aspect[];
}

/** A property of a file that can change. */
export type Aspect = "content" | "mode" | "owner" | "kind";

/** Compares the contents of two images. */
export function changesBetween(before: Contents, after: Contents): Changes {
  const packages = changedPackages(before, after);
  // The entry of a changed package accounts for the package's files.
  const counts = new Map(packages.map(({ key }) => [key, 0]));
  const isCounted = ({ packages: list }: Contents, { package: index }: ContentsEntry) => {
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

/** The size of all files. A file with several names counts once. */
export const totalBytes = ({ entries }: Contents) =>
  entries.reduce((sum, { kind, size }) => sum + (kind === "file" ? size : 0), 0);

/** A package as an SBOM lists it. */
export type ListedPackage = Pick<InstalledPackage, "name" | "version" | "architecture">;

/** Compares the packages of two images, without their sizes and files: at least one of the lists is an SBOM's. */
export function packageChanges(
  before: readonly ListedPackage[],
  after: readonly ListedPackage[],
): readonly PackageChange[] {
  const [old, now] = [before, after].map((packages) => packages.map((each) => ({ ...each, bytes: 0 })));
  const changes = changedPackages({ packages: old ?? [] }, { packages: now ?? [] });
  return changes.map(({ key: _, ...change }) => ({ ...change, files: 0 }));
}

type ComparedPackage = ListedPackage & Pick<InstalledPackage, "bytes">;

const keyOf = ({ name, architecture }: ComparedPackage) => `${name}\0${architecture}`;

interface PackageLists {
  readonly packages: readonly ComparedPackage[];
}

function changedPackages(before: PackageLists, after: PackageLists) {
  const [old, now] = [byKey(before.packages), byKey(after.packages)];
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort(byCode);
  return keys.flatMap((key) => {
    const left = without(old.get(key) ?? [], now.get(key) ?? []);
    const come = without(now.get(key) ?? [], old.get(key) ?? []);
    // RPM can have several versions of one package installed, so pair the removed versions with the added ones.
    return Array.from({ length: Math.max(left.length, come.length) }, (_, index) => ({
      key,
      ...packageChange(left[index], come[index]),
    }));
  });
}

function byKey(packages: readonly ComparedPackage[]): ReadonlyMap<string, readonly ComparedPackage[]> {
  return Map.groupBy(packages, keyOf);
}

const without = (some: readonly ComparedPackage[], others: readonly ComparedPackage[]) =>
  some.filter(({ version }) => !others.some((other) => other.version === version));

function packageChange(
  from: ComparedPackage | undefined,
  to: ComparedPackage | undefined,
): Omit<PackageChange, "files"> {
  const { name, architecture } = (to ?? from) as ComparedPackage;
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
  readonly from: ContentsEntry | undefined;
  readonly to: ContentsEntry | undefined;
}

/** Pairs the changed files. An added or removed directory counts only if it is empty: its files are listed anyway. */
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

/** Whether nothing is below an entry. In the order of the walk its contents would come next. */
const isEnd = (entries: readonly ContentsEntry[], index: number) =>
  entries[index]?.kind !== "directory" || !entries[index + 1]?.path.startsWith(`${entries[index].path}/`);

function aspectsOf(from: ContentsEntry, to: ContentsEntry): readonly Aspect[] {
  // The walk decides which of a file's names counts as the hard link, so that isn't a change.
  const [before, after] = [from, to].map(({ kind }) => (kind === "hard link" ? "file" : kind));
  if (before !== after) return ["kind"];
  return [
    ...(from.digest !== to.digest || from.size !== to.size ? ["content" as const] : []),
    ...(from.mode !== to.mode ? ["mode" as const] : []),
    ...(from.owner !== to.owner ? ["owner" as const] : []),
  ];
}

function fileChange(from: ContentsEntry | undefined, to: ContentsEntry | undefined): FileChange {
  return {
    change: from === undefined ? "added" : to === undefined ? "removed" : "changed",
    path: ((to ?? from) as ContentsEntry).path,
    bytes: (to?.size ?? 0) - (from?.size ?? 0),
    aspects: from !== undefined && to !== undefined ? aspectsOf(from, to) : [],
  };
}

const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
