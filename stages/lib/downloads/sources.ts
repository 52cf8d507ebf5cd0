import { createHash } from "node:crypto";
import { rmSync, statSync, utimesSync } from "node:fs";
import { basename } from "node:path";
import { type SecretsInput, secretLine } from "../secrets.ts";
import { fail, type StageInput } from "../step.ts";
import { type Mirrors, type Repository, redirect } from "./mirrors.ts";
import { isFinal, isPassingStatus } from "./passing.ts";
import { type Failure, withRetries } from "./retries.ts";

/** The document of a stage that downloads: it has the pipeline's `sources` and the user's mirrors too. */
export interface DownloadInput<Options> extends StageInput<Options>, SecretsInput {
  readonly sources?: Sources;
  readonly mirrors?: Mirrors;
  /** The directory for the answer, if the program is only to find out which packages it would install. */
  readonly resolve?: string;
  /** The packages to install, if there is a lock. Then there is no network. */
  readonly locked?: Locked;
}

/** A lock's packages and notes, and the directory that has the packages' files, named by their SHA-256. */
export interface Locked {
  readonly packages: readonly object[];
  readonly notes?: object;
  readonly files: string;
}

/** The addresses of content that options name by its checksum alone. */
export interface Sources {
  readonly "org.osbuild.dnf"?: { readonly repos: Readonly<Record<string, Repository>> };
  readonly "org.osbuild.files"?: { readonly urls: Readonly<Record<string, FileSource>> };
  readonly "org.osbuild.ostree"?: { readonly commits: Readonly<Record<string, { readonly remote: OstreeRemote }>> };
}

type FileSource = string | { readonly url: string; readonly secrets?: unknown };

/** A remote OSTree repository. */
export interface OstreeRemote {
  readonly url: string;
  readonly gpgkeys?: readonly string[];
}

/** A file to download. */
export interface Download {
  readonly url: string;
  /** The value of the request's `Authorization` header. By default it has none. */
  readonly authorization?: string;
}

/**
 * The download of an address, from its mirror if it has one. `token` names a secret with a bearer token (RFC 6750).
 * A mirror doesn't get it.
 */
export function downloadOf(address: string, token: string | undefined, input: DownloadInput<unknown>): Download {
  const url = redirect(address, input.mirrors);
  if (token === undefined || url !== address) return { url };
  return { url, authorization: `Bearer ${secretLine(input, token)}` };
}

/** The URL that the sources have for a file's checksum. */
export function sourceUrl(sources: Sources | undefined, checksum: string): string {
  const source = sources?.["org.osbuild.files"]?.urls[checksum];
  if (source === undefined) fail(`${checksum}: the pipeline's sources have no address for it`);
  if (typeof source === "string") return source;
  if (source.secrets === undefined) return source.url;
  fail(`${source.url}: "secrets" in sources is not supported; name a secret in the step's option "token"`);
}

/** Downloads a file. If a server or the network fails, it tries up to three times. */
export const download = (file: Download): Promise<Buffer> => withRetries(() => get(file));

/** Downloads a file that must have this checksum. */
export async function downloadVerified(file: Download, checksum: string): Promise<Buffer> {
  const data = await download(file);
  if (!matches(data, checksum)) fail(`${file.url}: what is there has another checksum than ${checksum}`);
  return data;
}

async function get({ url, authorization }: Download): Promise<{ readonly value: Buffer } | Failure> {
  try {
    // If the answer leads to another host, fetch doesn't send it the authorization.
    const headers = { ...acceptOf(url), ...(authorization === undefined ? {} : { authorization }) };
    const response = await fetch(url, { headers });
    if (response.ok) return { value: Buffer.from(await response.arrayBuffer()) };
    const problem = `${url}: ${response.status} ${response.statusText}`;
    return isPassingStatus(response.status) ? { problem, passing: problem } : { problem };
  } catch (error) {
    // fetch throws a TypeError if the network fails or the URL is invalid. Its cause is the reason.
    if (!(error instanceof TypeError)) throw error;
    const cause = error.cause instanceof Error ? error.cause : error;
    const problem = `${url}: ${cause.message}`;
    return isFinal(cause) ? { problem } : { problem, passing: problem };
  }
}

/**
 * The header without which GitHub describes a release's asset and doesn't send it:
 * https://docs.github.com/en/rest/releases/assets#get-a-release-asset
 */
const acceptOf = (url: string) =>
  /\/repos\/[^/]+\/[^/]+\/releases\/assets\/\d+$/.test(url) ? { accept: "application/octet-stream" } : {};

/** The SHA-256 of content, in hex. */
export const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

/** Whether data has a checksum: `sha256:…` or one of another algorithm that the schemas allow. */
export function matches(data: Buffer, checksum: string): boolean {
  const [algorithm = "", digest = ""] = checksum.split(":");
  return createHash(algorithm).update(data).digest("hex") === digest.toLowerCase();
}

/**
 * Marks the packages that the tree has as used now, and drops others as `dropWhenOld` does. Files are known by their
 * names.
 */
export function dropUnused(files: readonly string[], used: ReadonlySet<string>): void {
  for (const file of files) {
    if (used.has(basename(file))) utimesSync(file, new Date(), new Date());
    else dropWhenOld(file);
  }
}

/** Drops what no build has used for thirty days, lest the state directory collects every version of every package. */
export function dropWhenOld(path: string): void {
  const thirtyDays = 30 * 24 * 60 * 60 * 1000;
  if (Date.now() - statSync(path).mtimeMs > thirtyDays) rmSync(path, { recursive: true });
}
