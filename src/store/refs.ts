import { accessSync, readlinkSync, statSync, utimesSync } from "node:fs";
import { readdir, readlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { hasCode } from "../errors.ts";
import { isUnreadable, readPlainSync } from "../host/plain-file.ts";
import { removeTree } from "../host/remove.ts";
import {
  amount,
  boolean,
  count,
  digest,
  either,
  fromJson,
  listOf,
  object,
  oneOf,
  optional,
  plain,
  type Shape,
  shaped,
  string,
} from "../json/shape.ts";
import type { PackageStep } from "../tree/contents.ts";
import { type Layout, unlessReadOnly } from "./layout.ts";
import { putFile, putLink } from "./put.ts";

/** A stored result: what a ref says about a step. */
export interface StoredResult {
  readonly version: 1;
  readonly kind: "stage" | "assembler";
  readonly id: string;
  readonly name: string;
  readonly fingerprint: string;
  /** The fingerprint before it was hashed, so that a miss can say what has changed. */
  readonly parts: object;
  /** The options, and the digests of single files, so that a miss can say exactly what has changed. */
  readonly details?: RecordedDetails | undefined;
  /** The digest of the object: a stage's layer or an assembler's output. */
  readonly object: string;
  /**
   * A stage's layers: the objects that its tree is stacked from, the lowest first. The last is its own, unless it
   * changed nothing.
   */
  readonly layers: readonly string[];
  /** An assembler's files. */
  readonly files: readonly OutputFile[];
  /** The size of the object in bytes. */
  readonly size: number;
  /** The seconds that the program ran for. */
  readonly seconds: number;
  /** The step that made each of the layers; null if that isn't known. Earlier releases didn't record it. */
  readonly makers?: readonly (PackageStep | null)[] | undefined;
  /** The digest of what a stage's tree holds; see content.ts. Records of earlier releases have none. */
  readonly tree?: string | undefined;
  /** The key by which steps on trees that hold the same find this result; see fingerprint.ts. */
  readonly contentKey?: string | undefined;
  /** The start of the program's run, in milliseconds since 1970. Earlier releases didn't record it. */
  readonly ran?: number | undefined;
  /**
   * The runs that the result follows from and that another run may not repeat, its own included. Undefined if any of
   * them is unknown. Those of a pipeline's base count as pinned, because the pipeline can't repeat them.
   */
  readonly runs?: readonly StepRun[] | undefined;
}

/** Details of what a step was made from. What was too much to record is missing. */
export interface RecordedDetails {
  readonly options?: string | undefined;
  /** Digests of the user's files and of the program's, by path. */
  readonly inputs?: object | undefined;
  readonly program?: object | undefined;
}

/**
 * A run that may have another result tomorrow: the step downloads what nothing pins, or its user asked for it again.
 */
export interface StepRun {
  readonly id: string;
  readonly fingerprint: string;
  /** The start, in milliseconds since 1970. */
  readonly ran: number;
  /** Whether it downloaded what nothing pins. */
  readonly unpinned: boolean;
  /** Whether it took the place of a result that was as good as new but for its age. */
  readonly refreshed: boolean;
}

/** The digests of all objects of a result. */
export const objectsOf = ({ object, layers }: StoredResult): readonly string[] => [...new Set([object, ...layers])];

/** A file of an assembler's output. */
export interface OutputFile {
  /** The path as text, with escapes for bytes that aren't UTF-8. */
  readonly path: string;
  /** The path's bytes in latin1, if they aren't UTF-8. */
  readonly bytes?: string;
  readonly size: number;
  /** The digest in hex. */
  readonly sha256: string;
}

/** A relative path that stays below its directory. */
const path = plain<string>("a path", (value) => typeof value === "string" && !/(^|\/)\.{0,2}(\/|$)/.test(value));

/** The members of a record, except for those about the layers below it; see heads.ts. */
export const headMembers = {
  version: oneOf(1),
  kind: oneOf("stage", "assembler"),
  id: digest,
  name: string,
  fingerprint: digest,
  parts: object,
  details: optional(
    shaped<RecordedDetails>({ options: optional(string), inputs: optional(object), program: optional(object) }),
  ),
  object: digest,
  files: listOf(shaped<OutputFile>({ path, bytes: optional(path), size: count, sha256: digest })),
  size: count,
  seconds: amount,
  ran: optional(count),
  runs: optional(
    listOf(shaped<StepRun>({ id: digest, fingerprint: digest, ran: count, unpinned: boolean, refreshed: boolean })),
  ),
};

/** The JSON of a stored result, in the store and in the cache. */
export const recordShape = shaped<StoredResult>({
  ...headMembers,
  layers: listOf(digest),
  makers: optional(listOf(either(shaped<PackageStep>({ name: string, id: digest }), oneOf(null)))),
  tree: optional(digest),
  contentKey: optional(digest),
});

/** The most bytes that a record may have. An output may have hundreds of thousands of files. */
export const mostRecordBytes = 256 * 1024 ** 2;

/**
 * Reads the record of an id if the ref is whole: record and link agree, and every object exists in its full size.
 * Reading many refs one after the other, give them one `requireObject`, because most of their layers are the same.
 */
export async function readRef(
  layout: Layout,
  id: string,
  requireObject = openObjects(layout),
): Promise<StoredResult | undefined> {
  const record = await readRecord(layout, id);
  if (record === undefined) return undefined;
  const requireLayers = () => record.layers.forEach(requireObject);
  return isLinked(layout, record, requireLayers) ? record : undefined;
}

/** Whether an id's link agrees with its record, and the object exists in its full size, and what else is required. */
export function isLinked(
  layout: Layout,
  { id, kind, ...record }: Pick<StoredResult, "id" | "kind" | "object" | "size" | "files">,
  require: () => void = () => undefined,
): boolean {
  const object = layout.object(record.object);
  try {
    if (basename(readlinkSync(layout.ref(id))) !== record.object) return false;
    require();
    // After a power failure a file may exist without its end.
    const files: readonly Omit<OutputFile, "sha256">[] =
      kind === "stage" ? [{ path: "", size: record.size }] : record.files;
    return files.every((file) => statSync(placeOf(object, file)).size === file.size);
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EINVAL", "ELOOP"].some((code) => hasCode(error, code))) return false;
    throw error;
  }
}

/** Throws as access(2) does unless the store has an object. Looks only once for each. */
export function openObjects(layout: Layout): (digest: string) => void {
  const found = new Set<string>();
  return (digest) => {
    if (!found.has(digest)) accessSync(layout.object(digest));
    found.add(digest);
  };
}

const placeOf = (object: string, { path, bytes }: Pick<OutputFile, "path" | "bytes">) =>
  bytes === undefined ? join(object, path) : Buffer.concat([Buffer.from(`${object}/`), Buffer.from(bytes, "latin1")]);

/** Reads the record of an id, even if its objects are missing. */
export async function readRecord(layout: Layout, id: string): Promise<StoredResult | undefined> {
  const found = await findRecord(layout, id);
  return found === "damaged" ? undefined : found;
}

/** Whether a record exists but can't be read, such as one that a full disk has truncated. */
export const isDamagedRecord = async (layout: Layout, id: string) => (await findRecord(layout, id)) === "damaged";

const findRecord = async (layout: Layout, id: string) =>
  parseRecord(recordShape, id, () => readPlainSync(layout.record(id), mostRecordBytes));

/** Reads and parses the record of an id, or a part of it. Undefined if there is none. */
export function parseRecord<Part extends Pick<StoredResult, "id">>(
  shape: Shape<Part>,
  id: string,
  read: () => string,
): Part | "damaged" | undefined {
  try {
    const record = fromJson(shape, read());
    return record?.id === id ? record : "damaged";
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    if (isUnreadable(error)) return "damaged";
    throw error;
  }
}

/**
 * Makes an id refer to an object in the store. The record is written first and the link last, each by a rename, so an
 * id never refers to something incomplete.
 */
export async function writeRef(layout: Layout, record: StoredResult): Promise<void> {
  await putFile(layout, `${JSON.stringify(record, null, 2)}\n`, layout.record(record.id));
  // Another build may write a result of the same step at the same time. The last link has to follow the last record.
  for (let { object } = record, linked = ""; object !== linked; ) {
    await putLink(layout, layout.refTarget(object), layout.ref(record.id));
    linked = object;
    object = (await readRecord(layout, record.id))?.object ?? linked;
  }
  if (record.contentKey === undefined) return;
  await putLink(layout, layout.contentKeyTarget(record.id), layout.contentKey(record.contentKey));
}

/** Reads the record of the result with this content key, even if its objects are missing. */
export async function readByContent(layout: Layout, key: string): Promise<StoredResult | undefined> {
  const id = await readlink(layout.contentKey(key)).then(basename, (error) => {
    if (!["ENOENT", "EINVAL"].some((code) => hasCode(error, code))) throw error;
  });
  const record = id === undefined ? undefined : await readRecord(layout, id);
  // The id may have got another result since.
  return record?.contentKey === key ? record : undefined;
}

/** Lists the content keys that lead to a ref, whether its result has that key or not. */
export const listContentKeys = (layout: Layout): Promise<readonly string[]> => namesIn(layout.byContent);

/** Records that a ref was used: prune deletes the least recently used ones first. */
export async function touchRef(layout: Layout, id: string): Promise<void> {
  const now = new Date();
  const touch = async () => utimesSync(layout.record(id), now, now);
  await unlessReadOnly(touch()).catch((error) => {
    // Another build may just have found it damaged and dropped it.
    if (!hasCode(error, "ENOENT")) throw error;
  });
}

/** Deletes a ref, with the log and the list of contents of its step. */
export async function removeRef(layout: Layout, id: string): Promise<void> {
  for (const path of [layout.ref(id), layout.record(id), layout.log(id), layout.contents(id)]) await removeTree(path);
}

/** Lists the ids of all refs, whole or not. */
export async function listRefs(layout: Layout): Promise<readonly string[]> {
  const names = await namesIn(layout.refs);
  return [...new Set(names.map((name) => name.replace(/\.json$/, "")))].sort();
}

const namesIn = (directory: string): Promise<string[]> =>
  readdir(directory).catch((error) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
