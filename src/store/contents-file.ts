import { hash } from "node:crypto";
import type { Contents, Entry, Kind } from "./contents.ts";
import type { Package } from "./packages.ts";

/**
 * Contents as they are kept: rows in place of objects, attributes and kinds by number, and of each path only what
 * differs from the path before.
 */
interface Kept {
  readonly database: Contents["database"];
  readonly packages: readonly (readonly [name: string, version: string, architecture: string, bytes: number])[];
  readonly attributes: readonly (readonly [kind: Kind, mode: number, owner: string])[];
  readonly entries: readonly Row[];
}

type Row = readonly [
  shared: number,
  rest: string,
  attributes: number,
  size: number,
  digest: string,
  owning?: number | null,
];

/** A file's first line, which is the sum of the text that follows. */
const head = /^\{"version":2,"sha256":"([0-9a-f]{64})",/;

export function encodeContents({ database, packages, entries }: Contents): string {
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
    packages: packages.map(({ name, version, architecture, bytes }) => [name, version, architecture, bytes]),
    attributes: [...attributes.keys()].map((key) => JSON.parse(key) as Kept["attributes"][number]),
    entries: rows,
  };
  const rest = `${JSON.stringify(kept).slice(1)}\n`;
  return `{"version":2,"sha256":"${hash("sha256", rest)}",${rest}`;
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Whether a text isn't as it was written. One of the first version can't tell. */
export const isDamagedContents = (text: string): boolean => !text.startsWith('{"version":1,') && !isWhole(text);

function isWhole(text: string): boolean {
  const [start = "", sum] = head.exec(text) ?? [];
  return sum === hash("sha256", text.slice(start.length));
}

/** Undefined where it is the text of another version, or damaged. */
export function decodeContents(text: string): Contents | undefined {
  if (!isWhole(text)) return undefined;
  const kept = JSON.parse(text) as Kept;
  let before = "";
  const entries = kept.entries.map(([shared, rest, number, size, digest, owning = null]): Entry => {
    const path = before.slice(0, shared) + rest;
    before = path;
    const [kind, mode, owner] = kept.attributes[number] as Kept["attributes"][number];
    return { path, kind, size, mode, owner, digest, package: owning };
  });
  return { database: kept.database, packages: kept.packages.map(packageOf), entries };
}

const packageOf = ([name, version, architecture, bytes]: Kept["packages"][number]): Package => ({
  name,
  version,
  architecture,
  bytes,
});
