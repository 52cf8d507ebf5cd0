import { openAsBlob } from "node:fs";
import { type AttachedDocument, attach } from "./attach.ts";
import { type Descriptor, digestOf, type Manifest, registryClient } from "./client.ts";
import { credentialOf, type Environment } from "./credentials.ts";
import { type ArtifactFile, artifactManifest, emptyConfig, manifestType } from "./manifests.ts";
import { readOciArchive } from "./oci-archive.ts";
import { pinnedName, type TaggedReference } from "./reference.ts";

/** The files of an image, and the documents about it. */
export interface ImageFiles {
  readonly files: readonly ImageFile[];
  readonly documents: readonly AttachedDocument[];
}

interface ImageFile {
  readonly path: string;
  /** The path that tools give the file when they download it. */
  readonly title: string;
  /** Finds out the file's SHA-256, in hex, and its size in bytes. */
  readonly content: () => Promise<{ readonly sha256: string; readonly size: number }>;
}

/** An image in a registry. */
export interface PushedImage {
  /** The name that always means this image: `registry.example/team/image@sha256:…`. */
  readonly reference: string;
  /** The bytes that were uploaded, and those that the registry had. */
  readonly sent: number;
  readonly kept: number;
}

/** The user who pushes. */
interface User {
  /** Docker's configuration is found by it. */
  readonly env: Environment;
  readonly signal: AbortSignal;
}

/** Something that is ready to be pushed. */
interface Prepared {
  readonly manifest: Pick<Manifest, "text" | "mediaType">;
  readonly blobs: readonly (Descriptor & { readonly open: () => Promise<Blob> })[];
}

/** The type of artifacts that are images of machines. */
const artifactType = "application/vnd.osbuild.image.v1";

/**
 * Puts an image into a registry: a container archive as the container image that it holds, anything else as an
 * artifact. The tag is moved last, so it never names an image that isn't whole.
 */
export async function pushImage(
  { files, documents }: ImageFiles,
  target: TaggedReference,
  { env, signal }: User,
): Promise<PushedImage> {
  const { registry, repository, tag } = target;
  const { manifest, blobs } = await prepare(files);
  const client = registryClient({ reference: target, credential: () => credentialOf(registry, env), signal });
  let [sent, kept] = [0, 0];
  for (const blob of blobs) {
    if (await client.pushBlob(blob, await blob.open())) sent += blob.size;
    else kept += blob.size;
  }
  const digest = await client.putManifest(digestOf(manifest.text), manifest);
  const subject = { mediaType: manifest.mediaType, digest, size: Buffer.byteLength(manifest.text) };
  for (const document of documents) await attach(client, subject, document);
  await client.putManifest(tag, manifest);
  return { reference: pinnedName({ registry, repository, digest }), sent, kept };
}

async function prepare(files: readonly ImageFile[]): Promise<Prepared> {
  const [file, ...others] = files;
  const container = file !== undefined && others.length === 0 ? await containerOf(file) : undefined;
  return container ?? artifactOf(files);
}

async function containerOf({ path }: ImageFile): Promise<Prepared | undefined> {
  const archive = await readOciArchive(path);
  if (archive === undefined) return undefined;
  const blobs = archive.blobs.map((blob) => {
    const { start, size } = archive.placeOf(blob);
    return { ...blob, open: async () => (await openAsBlob(path)).slice(start, start + size) };
  });
  return { manifest: archive.manifest, blobs };
}

async function artifactOf(files: readonly ImageFile[]): Promise<Prepared> {
  const described: (ArtifactFile & { readonly path: string })[] = [];
  for (const { path, title, content } of files) {
    const { sha256, size } = await content();
    described.push({ mediaType: "application/octet-stream", digest: `sha256:${sha256}`, size, title, path });
  }
  const text = artifactManifest({ artifactType, files: described.map(({ path: _, ...file }) => file) });
  const config = { ...emptyConfig, open: async () => new Blob(["{}"]) };
  const layers = described.map(({ path, ...file }) => ({ ...file, open: () => openAsBlob(path) }));
  return { manifest: { text, mediaType: manifestType }, blobs: [config, ...layers] };
}
