import type { BlobDescriptor, Manifest } from "../registry/client.ts";

/**
 * The place of a remote's entries, with the calls of OCI's distribution specification. An error with the code STORE
 * means that the place lacks a blob, or has a damaged one.
 */
export interface EntryStorage {
  /** Stores a blob, unless the place has it. */
  readonly pushBlob: (descriptor: BlobDescriptor, blob: Blob) => Promise<unknown>;
  /** Writes a blob to a file that doesn't exist yet. Its size and digest are as described, or there is no file. */
  readonly pullBlob: (descriptor: BlobDescriptor, file: string) => Promise<void>;
  /** The manifest with a tag. Undefined if there is none. */
  readonly manifest: (tag: string) => Promise<Pick<Manifest, "text"> | undefined>;
  /** Stores a manifest. A tag that names another one is moved. */
  readonly putManifest: (tag: string, manifest: Pick<Manifest, "text" | "mediaType">) => Promise<unknown>;
}
