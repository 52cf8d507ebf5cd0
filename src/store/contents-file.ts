import type { Contents, Entry, Kind } from "./contents.ts";
import type { Package } from "./packages.ts";

/**
 * Contents as they are kept: rows in place of objects, attributes and kinds by number, and of each path only what
 * differs from the path before.
 */
interface Kept {
  readonly version: 1;
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
    version: 1,
    database,
    packages: packages.map(({ name, version, architecture, bytes }) => [name, version, architecture, bytes]),
    attributes: [...attributes.keys()].map((key) => JSON.parse(key) as Kept["attributes"][number]),
    entries: rows,
  };
  return `${JSON.stringify(kept)}\n`;
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Undefined where it is the text of another version, or was cut short. */
export function decodeContents(text: string): Contents | undefined {
  const kept = parse(text);
  if (kept?.version !== 1) return undefined;
  let before = "";
  const entries = kept.entries.map(([shared, rest, number, size, digest, owning = null]): Entry => {
    const path = before.slice(0, shared) + rest;
    before = path;
    const [kind, mode, owner] = kept.attributes[number] as Kept["attributes"][number];
    return { path, kind, size, mode, owner, digest, package: owning };
  });
  return { database: kept.database, packages: kept.packages.map(packageOf), entries };
}

function parse(text: string): Kept | undefined {
  try {
    return JSON.parse(text) as Kept;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const packageOf = ([name, version, architecture, bytes]: Kept["packages"][number]): Package => ({
  name,
  version,
  architecture,
  bytes,
});
