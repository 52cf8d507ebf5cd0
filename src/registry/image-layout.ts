import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import { failure } from "../errors.ts";
import { type Descriptor, digestOf } from "./client.ts";
import { type ImageParts, manifestType } from "./manifests.ts";

/** The tag of the image in a layout. */
export const layoutTag = "base";

const configType = "application/vnd.oci.image.config.v1+json";
const layerType = "application/vnd.oci.image.layer.v1.tar";

/** The media types of configurations in OCI's and in Docker's manifests. */
export const configTypes: readonly string[] = [configType, "application/vnd.docker.container.image.v1+json"];

/** The media types of layers in OCI's and in Docker's manifests, with their compression. */
export const layerTypes: ReadonlyMap<string, "none" | "gzip" | "zstd"> = new Map([
  [layerType, "none"],
  [`${layerType}+gzip`, "gzip"],
  [`${layerType}+zstd`, "zstd"],
  ["application/vnd.docker.image.rootfs.diff.tar", "none"],
  ["application/vnd.docker.image.rootfs.diff.tar.gzip", "gzip"],
]);

/** The path of a blob in a layout. */
export const blobPath = (directory: string, digest: string) => `${directory}/blobs/${digest.replace(":", "/")}`;

/**
 * Makes a layout of OCI's image specification, with one image, of a directory that has the image's blobs. umoci reads
 * no media types of Docker's, and layers that zstd has compressed only since version 0.5, so these are decompressed.
 * `diffIds` are the digests of the layers' content.
 */
export async function makeLayout(
  directory: string,
  { config, layers }: ImageParts,
  diffIds: readonly string[],
): Promise<void> {
  const readable: Descriptor[] = [];
  for (const [index, layer] of layers.entries())
    readable.push(await readableLayer(directory, layer, diffIds[index] as string));
  const parts = { config: { ...config, mediaType: configType }, layers: readable };
  const text = JSON.stringify({ schemaVersion: 2, mediaType: manifestType, ...parts });
  const annotations = { "org.opencontainers.image.ref.name": layoutTag };
  const manifest = { mediaType: manifestType, digest: digestOf(text), size: Buffer.byteLength(text), annotations };
  await writeFile(blobPath(directory, manifest.digest), text);
  await writeFile(`${directory}/index.json`, JSON.stringify({ schemaVersion: 2, manifests: [manifest] }));
  await writeFile(`${directory}/oci-layout`, JSON.stringify({ imageLayoutVersion: "1.0.0" }));
}

async function readableLayer(directory: string, layer: Descriptor, diffId: string): Promise<Descriptor> {
  const { digest, size, mediaType } = layer;
  const compression = layerTypes.get(mediaType);
  if (compression !== "zstd")
    return { mediaType: compression === "gzip" ? `${layerType}+gzip` : layerType, digest, size };
  const unpacked = `${directory}/unpacked`;
  const content = await decompress(blobPath(directory, digest), unpacked).catch((error) => {
    throw damaged(digest, error.message);
  });
  if (content.digest !== diffId) throw damaged(digest, "it has other content than the image's configuration says");
  await rename(unpacked, blobPath(directory, diffId));
  return { mediaType: layerType, ...content };
}

const damaged = (digest: string, why: string) => failure("STORE", `the layer ${digest} is damaged: ${why}`);

async function decompress(from: string, to: string): Promise<Pick<Descriptor, "digest" | "size">> {
  const sum = createHash("sha256");
  let size = 0;
  async function* counted(parts: AsyncIterable<Buffer>) {
    for await (const part of parts) {
      sum.update(part);
      size += part.length;
      yield part;
    }
  }
  await pipeline(createReadStream(from), createZstdDecompress(), counted, createWriteStream(to));
  return { digest: `sha256:${sum.digest("hex")}`, size };
}
