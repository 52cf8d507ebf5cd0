import { mkdir } from "node:fs/promises";
import { arch } from "node:process";
import { BuildError, failure, type Problem } from "../errors.ts";
import { copyOpened, openPlain, readPlain } from "../host/plain-file.ts";
import { clearAway } from "../host/remove.ts";
import { fromJson, listOf, optional, shaped, string } from "../json/shape.ts";
import { type Descriptor, digestOf } from "./client.ts";
import { eachOf } from "./each-of.ts";
import { blobPath, configTypes, layerTypes, makeLayout } from "./image-layout.ts";
import { type ImageParts, imageManifestShape, manifestDigest } from "./manifests.ts";
import { blobName, type Pull, type PullAnswer } from "./pull.ts";
import { type PinnedReference, pinnedName } from "./reference.ts";

/** An image that has been downloaded. */
export interface PulledImage {
  /** When it was made, in seconds since 1970; 0 if it doesn't say. */
  readonly created: number;
  /** The bytes that were downloaded. */
  readonly bytes: number;
}

interface Platform {
  readonly os: string;
  readonly architecture: string;
}

/** An image for one of several platforms. */
interface Choice {
  readonly digest: string;
  readonly platform?: Platform | undefined;
}

const indexShape = shaped<{ readonly manifests: readonly Choice[] }>({
  manifests: listOf(
    shaped<Choice>({
      digest: manifestDigest,
      platform: optional(shaped<Platform>({ os: string, architecture: string })),
    }),
  ),
});

/** The parts of an image's configuration that matter here. */
interface Config {
  readonly created?: string | undefined;
  /** The digests of the layers' content before it was compressed. */
  readonly rootfs: { readonly diff_ids: readonly string[] };
}

const configShape = shaped<Config>({
  created: optional(string),
  rootfs: shaped<Config["rootfs"]>({ diff_ids: listOf(manifestDigest) }),
});

/** The most bytes of a configuration. */
const mostConfigBytes = 16 * 1024 ** 2;

/** Go's names of architectures, which images have, by Node.js's if they differ. */
const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386", ppc64: "ppc64le" };

/**
 * Downloads a container image to an existing, empty directory, as a layout with that image. Every byte of it is checked
 * against the image's digest. Of an image for several platforms, this machine's is taken.
 */
export async function pullImage(
  image: PinnedReference,
  directory: string,
  pull: Pull,
  warn: (problem: Problem) => void,
): Promise<PulledImage> {
  const parts = await imageManifest(image, pull);
  await mkdir(`${directory}/blobs/sha256`, { recursive: true });
  // An image may have a layer twice, such as one without changes.
  const blobs = [...new Map([parts.config, ...parts.layers].map((blob) => [blob.digest, blob])).values()];
  await eachOf(blobs, (blob) => takeBlob(image, blob, blobPath(directory, blob.digest), pull, warn));
  const text = await readPlain(blobPath(directory, parts.config.digest), mostConfigBytes);
  const config = fromJson(configShape, text);
  if (config?.rootfs.diff_ids.length !== parts.layers.length)
    throw damaged(image, "its configuration doesn't fit its layers");
  await makeLayout(directory, parts, config.rootfs.diff_ids);
  const created = Math.max(0, Math.floor(Date.parse(config.created ?? "") / 1000));
  return { created: Number.isNaN(created) ? 0 : created, bytes: blobs.reduce((sum, { size }) => sum + size, 0) };
}

const damaged = (image: PinnedReference, why: string) => failure("STORE", `${pinnedName(image)} is damaged: ${why}`);

async function imageManifest(image: PinnedReference, pull: Pull): Promise<ImageParts> {
  const text = await manifestOf(image, pull);
  const index = fromJson(indexShape, text);
  const own = index === undefined ? text : await manifestOf({ ...image, digest: chosen(image, index.manifests) }, pull);
  const manifest = fromJson(imageManifestShape, own);
  const isContainer =
    manifest !== undefined &&
    configTypes.includes(manifest.config.mediaType) &&
    manifest.layers.every(({ mediaType }) => layerTypes.has(mediaType));
  if (isContainer) return manifest;
  const hint = "the assembler org.osbuild.oci-archive makes one of a tree, and `osbuild push` puts it into a registry";
  throw failure("INVALID", `${pinnedName(image)} isn't a container image`, hint);
}

function chosen(image: PinnedReference, manifests: readonly Choice[]): string {
  const own = architectures[arch] ?? arch;
  const found = manifests.find(({ platform }) => platform?.os === "linux" && platform.architecture === own);
  if (found !== undefined) return found.digest;
  const others = manifests.flatMap(({ platform }) => (platform === undefined ? [] : platform.architecture)).join(", ");
  const hint = `it has one for ${others || "no platform"}; to take that, name it by its own digest`;
  throw failure("INVALID", `${pinnedName(image)} has no image for linux on ${own}`, hint);
}

async function manifestOf(image: PinnedReference, pull: Pull): Promise<string> {
  const answer = await pull({ type: "pull manifest", image });
  const text = answer.type === "manifest" ? answer.text : refuse(answer);
  if (digestOf(text) !== image.digest) throw damaged(image, "its manifest has another digest");
  return text;
}

/** Throws what the user's process says. */
function refuse(answer: PullAnswer): never {
  throw new BuildError(
    "HOST",
    answer.type === "failed" ? answer.problems : [{ message: "another answer was expected" }],
  );
}

/** Downloads a blob to a file of one's own, and checks it there, because the user's process can still change its own. */
async function takeBlob(
  image: PinnedReference,
  blob: Descriptor,
  path: string,
  pull: Pull,
  warn: (problem: Problem) => void,
): Promise<void> {
  const answer = await pull({ type: "pull blob", image, blob });
  const { directory } = answer.type === "blob" ? answer : refuse(answer);
  try {
    await using file = await openPlain(`${directory}/${blobName}`);
    const isWhole = (await file.stat()).size === blob.size && `sha256:${await copyOpened(file, path)}` === blob.digest;
    if (!isWhole) throw damaged(image, `${blob.digest} has other content`);
  } finally {
    await clearAway(directory, warn);
  }
}
