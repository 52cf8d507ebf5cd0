import { hash } from "node:crypto";
import {
  amount,
  count,
  digest,
  either,
  fromJson,
  listOf,
  oneOf,
  optional,
  shaped,
  string,
  tuple,
} from "../json/shape.ts";
import type { Contents, ContentsEntry, ContentsPackage, FileKind, PackageStep } from "./contents.ts";
import type { Distribution } from "./os-release.ts";

/**
 * The compact form in which contents are stored: rows instead of objects, kinds and attributes as indexes into a list,
 * and of each path only the part that differs from the previous path.
 */
interface Kept {
  readonly database: Contents["database"];
  readonly distribution: Distribution | null;
  readonly packages: readonly PackageRow[];
  readonly steps: readonly PackageStep[];
  readonly attributes: readonly (readonly [kind: FileKind, mode: number, owner: string])[];
  readonly entries: readonly Row[];
}

/** The source package is left out if it has the package's own name and version. */
type PackageRow = readonly [
  name: string,
  version: string,
  architecture: string,
  bytes: number,
  step: number | null,
  licences: readonly string[],
  sourceName?: string | undefined,
  sourceVersion?: string | undefined,
];

type Row = readonly [
  shared: number,
  rest: string,
  attributes: number,
  size: number,
  digest: string,
  owning?: number | null | undefined,
];

const kind = oneOf<FileKind>(
  ...(["file", "hard link", "directory", "symbolic link"] as const),
  ...(["character device", "block device", "fifo", "socket"] as const),
);

const keptShape = shaped<Kept>({
  database: oneOf("dpkg", "rpm", "rpm, unread", "none"),
  distribution: either(shaped<Distribution>({ id: string, version: string, name: string }), oneOf(null)),
  packages: listOf(
    tuple<PackageRow>(
      ...([string, string, string, amount, either(count, oneOf(null))] as const),
      ...([listOf(string), optional(string), optional(string)] as const),
    ),
  ),
  steps: listOf(shaped<PackageStep>({ name: string, id: digest })),
  attributes: listOf(tuple<Kept["attributes"][number]>(kind, count, string)),
  entries: listOf(tuple(count, string, count, count, string, optional(either(count, oneOf(null))))),
});

/** The largest size of a contents file, in bytes: enough for a million entries. */
export const mostContentsBytes = 256 * 1024 ** 2;

/** The beginning of the text: the format's version, and the checksum of everything that follows. */
const head = /^\{"version":3,"sha256":"([0-9a-f]{64})",/;

/** Writes contents in their compact form, with a checksum. */
export function encodeContents({ database, distribution, packages, steps, entries }: Contents): string {
  const attributes = new Map<string, number>();
  let before = "";
  const rows = entries.map(({ path, kind, size, mode, owner, digest, package: owning }): Row => {
    const shared = sharedLength(before, path);
    before = path;
    const key = JSON.stringify([kind, mode, owner]);
    const number = attributes.get(key) ?? attributes.size;
    attributes.set(key, number);
    const row = [shared, path.slice(shared), number, size, digest] as const;
    return owning === null ? row : [...row, owning];
  });
  const kept: Kept = {
    database,
    distribution,
    packages: packages.map(rowOf),
    steps,
    attributes: [...attributes.keys()].map((key) => JSON.parse(key) as Kept["attributes"][number]),
    entries: rows,
  };
  const rest = `${JSON.stringify(kept).slice(1)}\n`;
  return `{"version":3,"sha256":"${hash("sha256", rest)}",${rest}`;
}

function rowOf({ name, version, architecture, bytes, source, licences, step }: ContentsPackage): PackageRow {
  const row = [name, version, architecture, bytes, step, licences] as const;
  return source.name === name && source.version === version ? row : [...row, source.name, source.version];
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/**
 * Whether a text was damaged after it was written. A text of an earlier version can't be read, and counts as undamaged.
 */
export const isDamagedContents = (text: string): boolean => !/^\{"version":[12],/.test(text) && !isWhole(text);

function isWhole(text: string): boolean {
  const [start = "", sum] = head.exec(text) ?? [];
  return sum === hash("sha256", text.slice(start.length));
}

/** Reads contents from their compact form. Undefined if the text is damaged or of another version. */
export function decodeContents(text: string): Contents | undefined {
  const kept = isWhole(text) ? fromJson(keptShape, text) : undefined;
  if (kept === undefined || !kept.entries.every((row) => isWithin(kept, row))) return undefined;
  if (!kept.packages.every(([, , , , step]) => step === null || step < kept.steps.length)) return undefined;
  let before = "";
  const entries = kept.entries.map(([shared, rest, number, size, digest, owning = null]): ContentsEntry => {
    const path = before.slice(0, shared) + rest;
    before = path;
    const [kind, mode, owner] = kept.attributes[number] as Kept["attributes"][number];
    return { path, kind, size, mode, owner, digest, package: owning };
  });
  const { database, distribution, steps } = kept;
  return { database, distribution, packages: kept.packages.map(packageOf), steps, entries };
}

/** Whether the indexes in a row refer to attributes and packages that exist. */
const isWithin = ({ attributes, packages }: Kept, [, , number, , , owning = null]: Row) =>
  number < attributes.length && (owning === null || owning < packages.length);

function packageOf(row: PackageRow): ContentsPackage {
  const [name, version, architecture, bytes, step, licences, sourceName = name, sourceVersion = version] = row;
  const source = { name: sourceName, version: sourceVersion };
  return { name, version, architecture, bytes, source, licences, step };
}
