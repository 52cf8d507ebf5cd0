/** A repository of packages, with the option names of dnf.conf(5). */
export interface Repository {
  readonly metalink?: string;
  readonly mirrorlist?: string;
  readonly baseurl?: string | readonly string[];
  readonly gpgkey?: string | readonly string[];
  readonly checksum?: string;
  /** The address that serves its past: `{time}` stands for a time. */
  readonly snapshot?: string | readonly string[];
  /** The names of secrets, by the options whose values they are. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly [option: string]:
    | string
    | readonly string[]
    | boolean
    | number
    | Readonly<Record<string, string>>
    | undefined;
}

/**
 * Mirrors by URL prefix. If the mirror is a string, it replaces the prefix, and the rest of the URL is kept. If it is a
 * repository, it replaces the whole repository, whose keys and checksum don't apply to it.
 */
export type Mirrors = Readonly<Record<string, string | Repository>>;

/** The URL at the mirror that replaces its longest prefix. */
export function redirect(address: string, mirrors: Mirrors = {}): string {
  const from = longestPrefix(address, mirrors);
  const to = from === undefined ? undefined : mirrors[from];
  return from === undefined || typeof to !== "string" ? address : to + address.slice(from.length);
}

/** A text with every URL in it redirected. */
export const redirectAll = (text: string, mirrors?: Mirrors): string =>
  text.replace(/\w+:\/\/\S+/g, (address) => redirect(address, mirrors));

/** The repository that replaces the one at a URL, if there is one. */
export function standIn(address: string, mirrors: Mirrors = {}): Repository | undefined {
  const to = mirrors[longestPrefix(address, mirrors) ?? address];
  return typeof to === "object" ? to : undefined;
}

/** The addresses of repositories before and after they are redirected. */
export function redirectedAddresses(addresses: readonly string[], mirrors?: Mirrors): ReadonlyMap<string, string> {
  const closed = (address: string) => address.replace(/\/*$/, "/");
  return new Map(addresses.map((address) => [closed(redirect(address, mirrors)), closed(address)]));
}

/** The URL as it was before its repository's address was redirected. */
export function originOf(url: string, redirected: ReadonlyMap<string, string>): string {
  const [mirror = ""] = [...redirected.keys()].filter((key) => url.startsWith(key)).sort((a, b) => b.length - a.length);
  return (redirected.get(mirror) ?? "") + url.slice(mirror.length);
}

const longestPrefix = (address: string, mirrors: Mirrors) =>
  Object.keys(mirrors)
    .filter((prefix) => address.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0];
