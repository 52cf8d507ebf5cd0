import { createHash } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { type Failure, isPassingStatus, withRetries } from "./retries.ts";
import { fail, type StageInput } from "./step.ts";

/** What a stage that downloads gets beside its options: the pipeline's `sources`, and the user's mirrors. */
export interface DownloadInput<Options> extends StageInput<Options> {
  readonly sources?: Sources;
  readonly mirrors?: Mirrors;
}

/** Where the content is that options name by a checksum alone. */
export interface Sources {
  readonly "org.osbuild.dnf"?: { readonly repos: Readonly<Record<string, Repository>> };
  readonly "org.osbuild.files"?: { readonly urls: Readonly<Record<string, FileSource>> };
  readonly "org.osbuild.ostree"?: { readonly commits: Readonly<Record<string, { readonly remote: OstreeRemote }>> };
}

type FileSource = string | { readonly url: string; readonly secrets?: unknown };

export interface OstreeRemote {
  readonly url: string;
  readonly gpgkeys?: readonly string[];
}

/** A repository of packages, by the names of dnf.conf(5). */
export interface Repository {
  readonly metalink?: string;
  readonly mirrorlist?: string;
  readonly baseurl?: string | readonly string[];
  readonly gpgkey?: string | readonly string[];
  readonly checksum?: string;
  readonly [option: string]: string | readonly string[] | boolean | number | undefined;
}

/**
 * What to use in the place of addresses, by their beginnings. The rest of the address is appended to a string; a
 * repository stands in for a whole other one, whose keys and checksum are not its own.
 */
export type Mirrors = Readonly<Record<string, string | Repository>>;

export function redirect(address: string, mirrors: Mirrors = {}): string {
  const from = longestBeginning(address, mirrors);
  const to = from === undefined ? undefined : mirrors[from];
  return from === undefined || typeof to !== "string" ? address : to + address.slice(from.length);
}

/** A text with every address in it redirected. */
export const redirectAll = (text: string, mirrors?: Mirrors): string =>
  text.replace(/\w+:\/\/\S+/g, (address) => redirect(address, mirrors));

export function standIn(address: string, mirrors: Mirrors = {}): Repository | undefined {
  const to = mirrors[longestBeginning(address, mirrors) ?? address];
  return typeof to === "object" ? to : undefined;
}

const longestBeginning = (address: string, mirrors: Mirrors) =>
  Object.keys(mirrors)
    .filter((beginning) => address.startsWith(beginning))
    .sort((a, b) => b.length - a.length)[0];

/** The address of a file that is known by its checksum. */
export function sourceUrl(sources: Sources | undefined, checksum: string): string {
  const source = sources?.["org.osbuild.files"]?.urls[checksum];
  if (source === undefined) fail(`${checksum}: the pipeline's sources have no address for it`);
  if (typeof source === "string") return source;
  if (source.secrets !== undefined) fail(`${source.url}: downloads that need a secret are not supported`);
  return source.url;
}

/** Downloads a file; when a server or the network fails, up to three times. */
export const download = (url: string): Promise<Buffer> => withRetries(() => get(url));

async function get(url: string): Promise<{ readonly value: Buffer } | Failure> {
  try {
    const response = await fetch(url);
    if (response.ok) return { value: Buffer.from(await response.arrayBuffer()) };
    const problem = `${url}: ${response.status} ${response.statusText}`;
    return isPassingStatus(response.status) ? { problem, passing: problem } : { problem };
  } catch (error) {
    // What fetch throws when the network fails, or where it can't take the address; the reason is its cause.
    if (!(error instanceof TypeError)) throw error;
    const cause = error.cause instanceof Error ? error.cause : error;
    const problem = `${url}: ${cause.message}`;
    return isFinal(cause) ? { problem } : { problem, passing: problem };
  }
}

/** No such host; or what a certificate or an address is faulted for. */
const isFinal = (cause: Error) =>
  !("code" in cause) || /^(ENOTFOUND$|ERR_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(String(cause.code));

/** `sha256:…`, and the other algorithms that the schemas allow. */
export function matches(data: Buffer, checksum: string): boolean {
  const [algorithm = "", digest = ""] = checksum.split(":");
  return createHash(algorithm).update(data).digest("hex") === digest.toLowerCase();
}

/** What hasn't been used for thirty days leaves the state directory: it would hold every version of every package. */
export function dropWhenOld(path: string): void {
  const thirtyDays = 30 * 24 * 60 * 60 * 1000;
  if (Date.now() - statSync(path).mtimeMs > thirtyDays) rmSync(path, { recursive: true });
}
