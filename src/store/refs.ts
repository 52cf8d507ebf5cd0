import { randomUUID } from "node:crypto";
import { access, readdir, readFile, readlink, rename, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { hasCode } from "../errors.ts";
import type { Layout } from "./layout.ts";

/** What a step's id stands for. */
export interface Record {
  readonly version: 1;
  readonly kind: "stage" | "assembler";
  readonly id: string;
  readonly name: string;
  readonly fingerprint: string;
  /** What the fingerprint was made of, so that a miss can say what has changed. */
  readonly parts: object;
  /** The digest of the object: a stage's layer or an assembler's output. */
  readonly object: string;
  /** A stage's: the objects that its tree is stacked from, the lowest first; the last is its own. */
  readonly layers: readonly string[];
  /** An assembler's: its files. */
  readonly files: readonly OutputFile[];
  /** Bytes of the object on disk. */
  readonly size: number;
  /** Seconds that the program ran. */
  readonly seconds: number;
}

export interface OutputFile {
  /** As text; bytes of a name that aren't UTF-8 as escapes. */
  readonly path: string;
  /** The path as it is, in latin1, where it isn't UTF-8. */
  readonly bytes?: string;
  readonly size: number;
  /** In hex. */
  readonly sha256: string;
}

/** The record of an id, if the ref is whole: record and link agree, and every object is there, as long as it was. */
export async function readRef(layout: Layout, id: string): Promise<Record | undefined> {
  const record = await readRecord(layout, id);
  if (record === undefined) return undefined;
  const object = layout.object(record.object);
  try {
    if (basename(await readlink(layout.ref(id))) !== record.object) return undefined;
    for (const digest of record.layers) await access(layout.object(digest));
    // A machine that lost its power may have kept a file's name and not its end.
    const files: readonly Omit<OutputFile, "sha256">[] =
      record.kind === "stage" ? [{ path: "", size: record.size }] : record.files;
    for (const file of files) if ((await stat(placeOf(object, file))).size !== file.size) return undefined;
    return record;
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EINVAL"].some((code) => hasCode(error, code))) return undefined;
    throw error;
  }
}

const placeOf = (object: string, { path, bytes }: Pick<OutputFile, "path" | "bytes">) =>
  bytes === undefined ? join(object, path) : Buffer.concat([Buffer.from(`${object}/`), Buffer.from(bytes, "latin1")]);

/** The record of an id, whether what it stands for is there or not. */
export async function readRecord(layout: Layout, id: string): Promise<Record | undefined> {
  try {
    const record = JSON.parse(await readFile(layout.record(id), "utf8")) as Record | null;
    return record?.version === 1 && record.id === id ? record : undefined;
  } catch (error) {
    // A file cut short by a full disk is no ref.
    if (hasCode(error, "ENOENT") || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Makes an id stand for an object that is in the store. The record comes first and the link last, each by rename: at no
 * moment does an id stand for something that isn't whole.
 */
export async function writeRef(layout: Layout, record: Record): Promise<void> {
  const unique = `${layout.temporary}/ref-${randomUUID()}`;
  await writeFile(`${unique}.json`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o644 });
  await rename(`${unique}.json`, layout.record(record.id));
  await symlink(layout.refTarget(record.object), unique);
  await rename(unique, layout.ref(record.id));
}

/** Notes that a ref was used: prune takes the least recently used first. */
export async function touchRef(layout: Layout, id: string): Promise<void> {
  const now = new Date();
  await utimes(layout.record(id), now, now).catch((error) => {
    // A store may be another user's, or read-only.
    if (!hasCode(error, "EACCES") && !hasCode(error, "EPERM") && !hasCode(error, "EROFS")) throw error;
  });
}

export async function removeRef(layout: Layout, id: string): Promise<void> {
  for (const path of [layout.ref(id), layout.record(id), layout.log(id), layout.contents(id)])
    await rm(path, { force: true });
}

/** The ids that refs, whole or not, are there for. */
export async function listRefs(layout: Layout): Promise<readonly string[]> {
  const names = await readdir(layout.refs).catch((error) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
  return [...new Set(names.map((name) => name.replace(/\.json$/, "")))].sort();
}
