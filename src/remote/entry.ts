import { createHash } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { failure } from "../errors.ts";
import { count, fromJson, listOf, oneOf, shaped, string } from "../json/shape.ts";
import type { BlobDescriptor } from "../registry/client.ts";
import { eachOf } from "../registry/each-of.ts";
import {
  type ArtifactFile,
  artifactManifest,
  emptyConfig,
  manifestDigest,
  manifestType,
  titleAnnotation,
} from "../registry/manifests.ts";
import type { EntryStorage } from "./storage.ts";

const artifactType = "application/vnd.osbuild-action.cache-entry.v1";
const fileType = "application/vnd.osbuild-action.cache-file.v1";
const keyAnnotation = "org.osbuild-action.key";

/** The manifest of an entry: its key, and its files as layers. */
interface EntryManifest {
  readonly artifactType: typeof artifactType;
  readonly layers: readonly FileLayer[];
  readonly annotations: { readonly [keyAnnotation]: string };
}

interface FileLayer extends BlobDescriptor {
  readonly annotations: { readonly [titleAnnotation]: string };
}

const manifestShape = shaped<EntryManifest>({
  artifactType: oneOf(artifactType),
  layers: listOf(
    shaped<FileLayer>({
      digest: manifestDigest,
      size: count,
      annotations: shaped<FileLayer["annotations"]>({ [titleAnnotation]: string }),
    }),
  ),
  annotations: shaped<EntryManifest["annotations"]>({ [keyAnnotation]: string }),
});

/** An entry that was found, before its files are fetched. */
export interface FoundEntry {
  readonly key: string;
  readonly layers: readonly FileLayer[];
}

/** Reads the manifest of an entry. Throws unless it is one, and all of its files' paths are below the entry. */
export function parseEntry(text: string): FoundEntry {
  const manifest = fromJson(manifestShape, text);
  if (manifest === undefined || !manifest.layers.map(pathOf).every(isBelow))
    throw failure("STORE", "the manifest is damaged");
  return { key: manifest.annotations[keyAnnotation], layers: manifest.layers };
}

const pathOf = ({ annotations }: FileLayer) => annotations[titleAnnotation];

const isBelow = (path: string) =>
  !path.includes("\0") && path.split("/").every((part) => !["", ".", ".."].includes(part));

/** Fetches an entry's files into an empty directory. */
export const pullEntry = (storage: EntryStorage, { layers }: FoundEntry, directory: string) =>
  eachOf(layers, async (layer) => {
    const file = `${directory}/${pathOf(layer)}`;
    await mkdir(dirname(file), { recursive: true });
    await storage.pullBlob(layer, file);
  });

/** Stores the files of a directory, and the manifest of the entry with this key under each of the tags. */
export async function pushEntry(
  storage: EntryStorage,
  key: string,
  directory: string,
  tags: readonly string[],
): Promise<void> {
  const files = new Map<string, ArtifactFile>();
  const paths = await filesBelow(directory);
  await eachOf(paths, async (path) => {
    const blob = await openAsBlob(`${directory}/${path}`);
    const descriptor = { digest: `sha256:${await sha256Of(blob)}`, size: blob.size };
    await storage.pushBlob(descriptor, blob);
    files.set(path, { mediaType: fileType, ...descriptor, title: path });
  });
  await storage.pushBlob(emptyConfig, new Blob(["{}"]));
  const text = artifactManifest({
    artifactType,
    files: paths.flatMap((path) => files.get(path) ?? []),
    annotations: { [keyAnnotation]: key },
  });
  for (const tag of tags) await storage.putManifest(tag, { text, mediaType: manifestType });
}

async function filesBelow(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(directory, `${parentPath}/${name}`)).sort();
}

async function sha256Of(blob: Blob): Promise<string> {
  const sum = createHash("sha256");
  for await (const bytes of blob.stream()) sum.update(bytes);
  return sum.digest("hex");
}
