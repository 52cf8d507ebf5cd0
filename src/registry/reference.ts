/** A repository of a registry, and perhaps a tag in it. */
export interface Reference {
  /** The registry's host name, with its port if it has one. */
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | undefined;
}

// The grammar of OCI's distribution specification, and the rule by which Docker tells a host from a first name.
const host = /^(?:localhost|[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+|\[[0-9a-fA-F:]+\]|[a-zA-Z0-9-]+(?=:))(?::\d{1,5})?$/;
const name = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*)*$/;
const longestName = 255;

/** Reads `registry.example/team/images` or `registry.example/team/images:tag`. Undefined if the text is neither. */
export function parseReference(text: string): Reference | undefined {
  const [, registry = "", repository = "", tag] = /^([^/]*)\/([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  if (!host.test(registry) || !name.test(repository) || repository.length > longestName) return undefined;
  return tag === undefined || isTag(tag) ? { registry, repository, tag } : undefined;
}

/** A reference to an image by its tag. */
export interface TaggedReference extends Reference {
  readonly tag: string;
}

/** Reads a reference that has a tag. Undefined if the text isn't one. */
export function parseTagged(text: string): TaggedReference | undefined {
  const reference = parseReference(text);
  return reference?.tag === undefined ? undefined : { ...reference, tag: reference.tag };
}

/** A reference to an image by its digest, so that it always means the same image. */
export interface PinnedReference extends Pick<Reference, "registry" | "repository"> {
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
}

/**
 * Reads `registry.example/team/images@sha256:…`. A tag before the digest means nothing, but tools that update digests
 * go by it. Undefined if the text isn't such a reference.
 */
export function parsePinned(text: string): PinnedReference | undefined {
  const [, named = "", digest = ""] = /^([^@]*)@(sha256:[0-9a-f]{64})$/.exec(text) ?? [];
  const reference = parseReference(named);
  return reference && { registry: reference.registry, repository: reference.repository, digest };
}

/** Names an image by its digest. */
export const pinnedName = ({ registry, repository, digest }: PinnedReference) => `${registry}/${repository}@${digest}`;

/** The hint for a text that isn't a reference with a tag. */
export const taggedForm = "write registry.example/owner/image:tag, in small letters";

/** Whether a manifest can have this tag. */
export const isTag = (text: string) => /^\w[\w.-]{0,127}$/.test(text);

/** Whether a URL's host is this machine: there alone, nobody on the way can read what isn't encrypted. */
export const isLoopback = ({ hostname }: URL) => ["localhost", "127.0.0.1", "[::1]"].includes(hostname);

/** The root of a registry's API. It is encrypted, except on this machine. */
export function apiOf({ registry }: Pick<Reference, "registry">): URL {
  const plain = new URL(`http://${registry}/v2/`);
  return isLoopback(plain) ? plain : new URL(`https://${registry}/v2/`);
}
