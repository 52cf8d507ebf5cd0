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

/** The hint for a text that isn't such a reference. */
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
