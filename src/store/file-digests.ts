import { hash } from "node:crypto";
import { stat } from "node:fs/promises";
import { scheduler } from "node:timers/promises";
import { ignoreMissing } from "../errors.ts";
import { isUnreadable, readPlain } from "../host/plain-file.ts";
import { fromJson, plain, shaped } from "../json/shape.ts";
import { type FileDigests, shortDigest } from "../tree/contents.ts";
import { sha256Of, walk } from "../tree/walk.ts";
import { type Layout, unlessReadOnly } from "./layout.ts";
import { putFile } from "./put.ts";

// Every layer's files are read once, for the digest of what the layer holds. What an image contains is then known
// without reading all of its files again.

/** The bytes of a packed layer from which on its files' digests are kept. Those of a smaller one are made anew. */
const worthKeeping = 1024 ** 2;

/** The most bytes of a list: enough for a million files. */
const mostBytes = 256 * 1024 ** 2;

/** The beginning of a list's text: the format's version, and the checksum of what follows. */
const head = /^\{"version":1,"sha256":"([0-9a-f]{64})",/;

const listShape = shaped<{ readonly files: Readonly<Record<string, string>> }>({
  files: plain("digests by path", (value) => Object.values(Object(value)).every((each) => typeof each === "string")),
});

/** Keeps the digests of the files of a layer that has been packed. */
export async function keepFileDigests(
  layout: Layout,
  { digest, size }: { readonly digest: string; readonly size: number },
  digests: FileDigests,
): Promise<void> {
  if (size < worthKeeping) return;
  const rest = `"files":${JSON.stringify(Object.fromEntries(digests))}}\n`;
  const text = `{"version":1,"sha256":"${hash("sha256", rest)}",${rest}`;
  await unlessReadOnly(putFile(layout, text, layout.fileDigests(digest)));
}

/**
 * The digests of the files of an object, a layer that a directory shows by itself. They are made if the store has none,
 * such as those of a layer from a cache.
 */
export async function fileDigestsOf(layout: Layout, object: string, directory: string): Promise<FileDigests> {
  const kept = await readKept(layout.fileDigests(object));
  if (kept !== undefined) return kept;
  const made = new Map<string, string>();
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  for (const { path, place, kind } of walk(directory)) {
    if (kind === "directory") await scheduler.yield();
    if (kind === "file" || kind === "hard link")
      made.set(path, shortDigest(await sha256Of(place, buffer, "base64url")));
  }
  const { size } = await stat(layout.object(object));
  await keepFileDigests(layout, { digest: object, size }, made);
  return made;
}

/** Undefined if there are none, or if they are damaged. */
async function readKept(path: string): Promise<FileDigests | undefined> {
  const text = await readPlain(path, mostBytes).catch((error) =>
    isUnreadable(error) ? undefined : ignoreMissing(error),
  );
  const [start = "", sum] = head.exec(text ?? "") ?? [];
  if (text === undefined || sum !== hash("sha256", text.slice(start.length))) return undefined;
  const list = fromJson(listShape, text);
  return list && new Map(Object.entries(list.files));
}
