/** A blob, known by its content. */
export interface BlobDescriptor {
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  readonly size: number;
}

/** The text of a manifest, as OCI's image specification describes it. */
export interface ManifestText {
  readonly text: string;
  readonly mediaType: string;
}

/**
 * The place of a remote's entries, with the calls of OCI's distribution specification. An error with the code STORE
 * means that the place lacks a blob, or has a damaged one.
 */
export interface EntryStorage {
  /** Stores a blob, unless the place has it. */
  readonly pushBlob: (descriptor: BlobDescriptor, blob: Blob) => Promise<void>;
  /** Writes a blob to a file that doesn't exist yet. Its size and digest are as described, or there is no file. */
  readonly pullBlob: (descriptor: BlobDescriptor, file: string) => Promise<void>;
  /** The manifest with a tag. Undefined if there is none. */
  readonly manifest: (tag: string) => Promise<Pick<ManifestText, "text"> | undefined>;
  /** Stores a manifest. A tag that names another one is moved. */
  readonly putManifest: (tag: string, manifest: ManifestText) => Promise<unknown>;
}
