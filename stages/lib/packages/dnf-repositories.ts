import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { LockedRepository } from "../downloads/locked.ts";
import { originOf } from "../downloads/mirrors.ts";
import { sha256 } from "../downloads/sources.ts";
import { fail } from "../step.ts";
import type { NamedRepository } from "./rpm-repositories.ts";

/** An installation with dnf. */
export interface DnfRun {
  readonly tree: string;
  /** The start of the command lines of programs that use the tree's database. */
  readonly prefix: readonly string[];
  /** The start of dnf's own command lines. */
  readonly dnf: readonly string[];
  /** Whether it is dnf 5. */
  readonly dnf5: boolean;
  /** The directory of dnf's cache. */
  readonly cache: string;
  /** The packages that dnf shall install: names and addresses. */
  readonly packages: readonly string[];
  /** The repositories that the options name. There may be others, which the tree names. */
  readonly repositories: readonly NamedRepository[];
  /** The addresses of repositories at the user's mirrors, and those that the pipeline has. */
  readonly redirected: ReadonlyMap<string, string>;
}

/** The most addresses that a lock has for a repository. Public ones have hundreds of mirrors. */
const mostAddresses = 4;

/** The directory of a repository in dnf's cache. */
export function cacheDirectory(cache: string, id: string): string {
  const name = readdirSync(cache).find(
    (one) => one.startsWith(`${id}-`) && /^[0-9a-f]{16}$/.test(one.slice(id.length + 1)),
  );
  return `${cache}/${name}`;
}

/** The repository's index, as dnf has just fetched it. */
export const readIndex = (directory: string): Buffer => readFileSync(`${directory}/repodata/repomd.xml`);

/** Describes a repository for a lock. `base` is the address that dnf takes its packages from. */
export function describeRepository(
  { cache, repositories, redirected }: DnfRun,
  id: string,
  base: string,
): LockedRepository {
  const repository = repositories.find((one) => one.id === id)?.repository ?? {};
  const directory = cacheDirectory(cache, id);
  const all = [base, ...addresses(directory, repository.baseurl)].map((address) => originOf(address, redirected));
  const [url, ...mirrors] = [...new Set(all)]
    .filter((address) => /^https?:\/\/\S+$/.test(address))
    .slice(0, mostAddresses);
  if (url === undefined) fail(`${id}: a repository at ${base} can't be locked, only one at an http or https address`);
  const [snapshot] = [repository.snapshot ?? []].flat();
  const index = readIndex(directory);
  return {
    url,
    suite: id,
    release: sha256(index),
    date: dateOf(id, index.toString()),
    ...(mirrors.length === 0 ? {} : { mirrors }),
    ...(snapshot === undefined ? {} : { snapshot: closed(snapshot) }),
  };
}

/** The addresses of a repository: those of its metalink, those of its list of mirrors, or its own. */
export function addresses(directory: string, baseurl: string | readonly string[] = []): readonly string[] {
  const metalink = textOf(`${directory}/metalink.xml`).matchAll(/>\s*(\w+:\/\/[^\s<]+\/)repodata\/repomd\.xml\s*</g);
  const list = textOf(`${directory}/mirrorlist`).matchAll(/^\s*(\w+:\/\/\S+)/gm);
  const listed = [...metalink, ...list].map(([, address = ""]) => address);
  return (listed.length > 0 ? listed : [baseurl].flat()).map(closed);
}

const closed = (address: string) => address.replace(/\/*$/, "/");

const textOf = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");

/** The time of an index: its revision, which usually is one, or else that of its latest part. */
function dateOf(id: string, index: string): string {
  const numbers = (pattern: RegExp) => [...index.matchAll(pattern)].map(([, digits]) => Number(digits));
  const [revision] = numbers(/<revision>(\d{9,10})<\/revision>/g);
  const seconds = revision ?? Math.max(...numbers(/<timestamp>(\d+)(?:\.\d+)?<\/timestamp>/g));
  if (!Number.isFinite(seconds)) fail(`${id}: the repository's index has no time`);
  return new Date(seconds * 1000).toISOString().replace(/\.\d+/, "");
}
