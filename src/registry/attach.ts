import { fromJson, listOf, object, shaped } from "../json/shape.ts";
import { type Descriptor, digestOf, type RegistryClient } from "./client.ts";
import { artifactManifest, emptyConfig, manifestType } from "./manifests.ts";
import { RegistryError } from "./registry-error.ts";

/** A document about an image, such as an SBOM. */
export interface AttachedDocument {
  readonly title: string;
  readonly mediaType: string;
  readonly text: string;
}

const indexType = "application/vnd.oci.image.index.v1+json";
const indexShape = shaped<{ readonly manifests: readonly object[] }>({ manifests: listOf(object) });

/**
 * Attaches a document to an image, as an artifact of which the image is the subject: see "Pushing Manifests with
 * Subject" in OCI's distribution specification 1.1.
 */
export async function attach(client: RegistryClient, subject: Descriptor, document: AttachedDocument): Promise<void> {
  const { title, mediaType, text } = document;
  const layer = { mediaType, digest: digestOf(text), size: Buffer.byteLength(text), title };
  await client.pushBlob(layer, new Blob([text]));
  await client.pushBlob(emptyConfig, new Blob(["{}"]));
  const manifest = artifactManifest({ artifactType: mediaType, files: [layer], subject });
  const { digest, isListed } = await client.putReferrer({ text: manifest, mediaType: manifestType });
  if (isListed) return;
  await list(client, subject, {
    mediaType: manifestType,
    digest,
    size: Buffer.byteLength(manifest),
    artifactType: mediaType,
  });
}

/**
 * Adds an artifact to the list that a registry without an API for referrers has under a tag named after the subject.
 */
async function list(
  client: RegistryClient,
  subject: Descriptor,
  artifact: Descriptor & { readonly artifactType: string },
): Promise<void> {
  const tag = subject.digest.replace(":", "-");
  const found = await client.manifest(tag);
  // GitLab's registry reads this tag as the subject's digest, if there is no such tag.
  const isNew = found === undefined || found.digest === subject.digest;
  const known = isNew ? { manifests: [] } : fromJson(indexShape, found.text);
  if (known === undefined)
    throw new RegistryError(`the tag ${tag}, for what is attached to the image, isn't an index`, { isPassing: false });
  if (known.manifests.some((other) => "digest" in other && other.digest === artifact.digest)) return;
  const index = { schemaVersion: 2, mediaType: indexType, manifests: [...known.manifests, artifact] };
  await client.putManifest(tag, { text: JSON.stringify(index), mediaType: indexType });
}
