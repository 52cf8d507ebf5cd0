import { createHash, hash } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { failure } from "../errors.ts";
import { type Connection, connect, requireFound } from "./connection.ts";
import type { Credential } from "./credentials.ts";
import type { Reference } from "./reference.ts";
import { RegistryError, unreachable } from "./registry-error.ts";
import { type Pauses, retried } from "./retry.ts";

/** A blob or a manifest, as OCI's image specification describes it. */
export interface Descriptor {
  readonly mediaType: string;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  readonly size: number;
}

/** A blob, known by its content. */
export type BlobDescriptor = Omit<Descriptor, "mediaType">;

/** A manifest, byte for byte as the registry has it. */
export interface Manifest {
  readonly text: string;
  readonly mediaType: string;
  readonly digest: string;
}

/**
 * A client of one repository. An error that the registry or the network causes is a RegistryError. One with the code
 * STORE means that a blob isn't there or isn't what it should be.
 */
export interface RegistryClient {
  /** Uploads a blob, unless the repository has it. Returns whether it was uploaded. */
  readonly pushBlob: (descriptor: BlobDescriptor, blob: Blob) => Promise<boolean>;
  /** Downloads a blob to a file that doesn't exist yet. Its size and digest are as described, or there is no file. */
  readonly pullBlob: (descriptor: BlobDescriptor, file: string) => Promise<void>;
  /** The manifest with a tag or a digest. Undefined if there is none. */
  readonly manifest: (tagOrDigest: string) => Promise<Manifest | undefined>;
  /** Uploads a manifest and returns its digest. A tag that names another one is moved. */
  readonly putManifest: (tagOrDigest: string, manifest: Pick<Manifest, "text" | "mediaType">) => Promise<string>;
  /**
   * Uploads a manifest that has a subject, under its digest, and says whether the registry lists it with its subject.
   */
  readonly putReferrer: (
    manifest: Pick<Manifest, "text" | "mediaType">,
  ) => Promise<{ readonly digest: string; readonly isListed: boolean }>;
}

/** A client's repository, and how its user logs in. */
export interface ClientOptions {
  readonly reference: Pick<Reference, "registry" | "repository">;
  /** Finds the user's credential. It is asked for only if the registry demands one. */
  readonly credential: () => Promise<Credential | undefined>;
  readonly signal?: AbortSignal | undefined;
  readonly pauses?: Pauses | undefined;
}

/** Opens a client of a repository, for the API of OCI's distribution specification. */
export function registryClient({ reference, credential, signal, pauses }: ClientOptions): RegistryClient {
  const connection = connect({ reference, credential, signal });
  const again = <Value>(work: () => Promise<Value>) => retried(work, signal, pauses);
  return {
    pushBlob: ({ digest }, blob) => again(() => pushBlob(connection, digest, blob)),
    pullBlob: (descriptor, file) => again(() => pullBlob(connection, descriptor, file)),
    manifest: (tagOrDigest) => again(() => pullManifest(connection, tagOrDigest)),
    putManifest: async (tagOrDigest, manifest) => {
      await again(() => pushManifest(connection, tagOrDigest, manifest));
      return digestOf(manifest.text);
    },
    putReferrer: async (manifest) => {
      const digest = digestOf(manifest.text);
      const headers = await again(() => pushManifest(connection, digest, manifest));
      return { digest, isListed: headers.has("oci-subject") };
    },
  };
}

async function hasBlob({ send }: Connection, digest: string): Promise<boolean> {
  return (await send({ method: "HEAD", to: `blobs/${digest}`, access: "pull" })) !== undefined;
}

/** Uploads a blob in two requests: the first asks for the address of the second, which has all of it. */
async function pushBlob(connection: Connection, digest: string, blob: Blob): Promise<boolean> {
  if (await hasBlob(connection, digest)) return false;
  const { send, name } = connection;
  const access = "pull,push";
  const upload = requireFound(await send({ method: "POST", to: "blobs/uploads/", access }), name);
  await upload.body?.cancel();
  const to = new URL(upload.headers.get("location") ?? "", upload.url);
  to.searchParams.set("digest", digest);
  const headers = { "content-type": "application/octet-stream" };
  const put = await send({ method: "PUT", to, access, headers, body: blob, isLong: true });
  await requireFound(put, `the upload to ${name}`).body?.cancel();
  return true;
}

async function pullBlob({ send, name }: Connection, { digest, size }: BlobDescriptor, file: string): Promise<void> {
  const what = `${name}@${digest}`;
  const response = await send({ method: "GET", to: `blobs/${digest}`, access: "pull", isLong: true });
  if (response === undefined) throw failure("STORE", `${what} isn't there`);
  const sum = createHash("sha256");
  let length = 0;
  await using target = await open(file, "wx");
  try {
    for await (const bytes of bytesOf(response, what)) {
      length += bytes.length;
      if (length > size) throw failure("STORE", `${what} has more than ${size} bytes`);
      sum.update(bytes);
      await target.writeFile(bytes);
    }
    if (length !== size) throw new RegistryError(`${what} ended after ${length} of ${size} bytes`, { isPassing: true });
    if (`sha256:${sum.digest("hex")}` !== digest) throw failure("STORE", `${what} doesn't match its digest`);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

async function* bytesOf(response: Response, what: string): AsyncGenerator<Uint8Array> {
  try {
    if (response.body !== null) yield* response.body;
  } catch (error) {
    throw unreachable(error, `${what} broke off`);
  }
}

/** The least that the distribution specification lets a registry limit manifests to. */
const mostManifestBytes = 4 * 1024 ** 2;

/** Every kind of manifest that a registry may have. */
const manifestTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
].join(", ");

async function pullManifest({ send, name }: Connection, tagOrDigest: string): Promise<Manifest | undefined> {
  const headers = { accept: manifestTypes };
  const what = `the manifest ${name}${tagOrDigest.includes(":") ? "@" : ":"}${tagOrDigest}`;
  const response = await send({ method: "GET", to: `manifests/${tagOrDigest}`, access: "pull", headers });
  if (response === undefined) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of bytesOf(response, what)) {
    length += bytes.length;
    if (length > mostManifestBytes) throw new RegistryError(`${what} is too large`, { isPassing: false });
    parts.push(bytes);
  }
  const text = Buffer.concat(parts).toString();
  const digest = digestOf(text);
  if (tagOrDigest.includes(":") && digest !== tagOrDigest) throw failure("STORE", `${what} doesn't match its digest`);
  return { text, digest, mediaType: response.headers.get("content-type") ?? "" };
}

async function pushManifest(
  { send, name }: Connection,
  tagOrDigest: string,
  { text, mediaType }: Pick<Manifest, "text" | "mediaType">,
): Promise<Headers> {
  const headers = { "content-type": mediaType };
  const body = new Blob([text]);
  const to = `manifests/${tagOrDigest}`;
  const response = requireFound(await send({ method: "PUT", to, access: "pull,push", headers, body }), name);
  await response.body?.cancel();
  return response.headers;
}

/** The digest of a text, as descriptors have it. */
export const digestOf = (text: string) => `sha256:${hash("sha256", text)}`;
