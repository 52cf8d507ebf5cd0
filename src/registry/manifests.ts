import { count, listOf, matching, shaped, string } from "../json/shape.ts";
import { type Descriptor, digestOf } from "./client.ts";

/** A digest in a manifest. */
export const manifestDigest = matching(/^sha256:[0-9a-f]{64}$/, "a SHA-256");

/** The JSON of a descriptor. It may have more members. */
export const descriptorShape = shaped<Descriptor>({ mediaType: string, digest: manifestDigest, size: count });

/** The parts of an image that its manifest names. */
export interface ImageParts {
  readonly config: Descriptor;
  /** The lowest first. */
  readonly layers: readonly Descriptor[];
}

/** The JSON of an image's manifest. */
export const imageManifestShape = shaped<ImageParts>({ config: descriptorShape, layers: listOf(descriptorShape) });

/** The media type of an image's manifest, which artifacts have, too. */
export const manifestType = "application/vnd.oci.image.manifest.v1+json";

/**
 * The configuration of an artifact, which has none: see "Guidance for an Empty Descriptor" in OCI's image
 * specification.
 */
export const emptyConfig: Descriptor = {
  mediaType: "application/vnd.oci.empty.v1+json",
  digest: digestOf("{}"),
  size: 2,
};

/** A file of an artifact. */
export interface ArtifactFile extends Descriptor {
  /** The path that tools give it when they download it. */
  readonly title: string;
}

/** The annotation by which tools name a file. */
export const titleAnnotation = "org.opencontainers.image.title";

/** An artifact: files of a type, perhaps about another manifest. */
interface Artifact {
  readonly artifactType: string;
  readonly files: readonly ArtifactFile[];
  readonly subject?: Descriptor;
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * The manifest of an artifact, with a layer for each file: see "Guidelines for Artifact Usage" in the specification.
 */
export const artifactManifest = ({ artifactType, files, subject, annotations }: Artifact): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType,
    config: emptyConfig,
    layers: files.map(({ title, ...layer }) => ({
      ...layer,
      annotations: { [titleAnnotation]: title },
    })),
    ...(subject === undefined ? {} : { subject }),
    ...(annotations === undefined ? {} : { annotations }),
  });
