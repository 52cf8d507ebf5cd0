import { writeFileSync } from "node:fs";
import { type Mirrors, type Repository, redirect, redirectedAddresses, standIn } from "../downloads/mirrors.ts";
import type { DownloadInput } from "../downloads/sources.ts";
import { secretFile, secretLine } from "../secrets.ts";
import { fail } from "../step.ts";
import { keyFiles } from "./rpm-keys.ts";

/** The options that tell which repositories to install from. */
export interface RepositoryOptions {
  /** An object by id, or a list, as releases of osbuild differ. In a list, a checksum stands for one of the sources. */
  readonly repos?: Readonly<Record<string, Repository>> | readonly (Repository | string)[];
  readonly releasever?: string;
  readonly basearch?: string;
}

/** A repository with its id. */
export interface NamedRepository {
  readonly id: string;
  readonly repository: Repository;
}

/** The repositories to install from. Variables are expanded and mirrors applied. */
export function repositoriesOf(input: DownloadInput<RepositoryOptions>): readonly NamedRepository[] {
  return named(input).map(({ id, repository }) => ({
    id,
    repository: atMirror(expandVariables(repository, input.options), input.mirrors),
  }));
}

/** The addresses of the repositories at the user's mirrors, and those that the pipeline has. */
export function addressesBehindMirrors(input: DownloadInput<RepositoryOptions>): ReadonlyMap<string, string> {
  const addresses = named(input).flatMap(({ repository }) =>
    valuesOf(expandVariables(repository, input.options).baseurl),
  );
  return redirectedAddresses(addresses, input.mirrors);
}

function named({ options: { repos }, sources, mirrors }: DownloadInput<RepositoryOptions>): readonly NamedRepository[] {
  if (repos === undefined) {
    // Every URL begins with the empty prefix, so its mirror also replaces repositories that the pipeline doesn't name.
    const repository = standIn("", mirrors);
    return repository === undefined ? [] : [{ id: "repo0", repository }];
  }
  if (!isList(repos)) return Object.entries(repos).map(([id, repository]) => ({ id, repository }));
  return repos.map((item, index) => {
    const repository = typeof item === "string" ? sources?.["org.osbuild.dnf"]?.repos[item] : item;
    if (repository === undefined) fail(`${item}: the pipeline's sources have no repository of this checksum`);
    return {
      id: `repo${index}`,
      repository: typeof item === "string" ? { ...repository, checksum: item } : repository,
    };
  });
}

const isList = (repos: object): repos is readonly (Repository | string)[] => Array.isArray(repos);

/** dnf would do this too, but mirrors and keys are looked up before it runs. */
function expandVariables(repository: Repository, { releasever, basearch = hostArchitecture }: RepositoryOptions) {
  const expand = (text: string) =>
    text.replace(
      /\$\{?(releasever|basearch)\b\}?/g,
      (all, name) => (name === "basearch" ? basearch : releasever) ?? all,
    );
  return changed(repository, ["metalink", "mirrorlist", "baseurl", "gpgkey", "snapshot"], expand);
}

const names: Readonly<Record<string, string>> = { x64: "x86_64", arm64: "aarch64", ppc64: "ppc64le" };
const hostArchitecture = names[process.arch] ?? process.arch;

function atMirror(repository: Repository, mirrors?: Mirrors): Repository {
  const [address = ""] = valuesOf(repository.metalink ?? repository.mirrorlist ?? repository.baseurl);
  return (
    standIn(address, mirrors) ??
    changed(repository, ["metalink", "mirrorlist", "baseurl"], (text) => redirect(text, mirrors))
  );
}

function changed(repository: Repository, names: readonly string[], change: (text: string) => string): Repository {
  const entries = Object.entries(repository).map(([name, value]) => [
    name,
    names.includes(name) && (typeof value === "string" || Array.isArray(value)) ? valuesOf(value).map(change) : value,
  ]);
  return Object.fromEntries(entries);
}

const valuesOf = (value: string | readonly string[] = []) => [value].flat();

/** The sections of dnf's configuration for the repositories. Keys and certificates are written to files. */
export async function repositoryConfiguration(
  repositories: readonly NamedRepository[],
  input: DownloadInput<unknown>,
): Promise<string> {
  const { tree, mirrors } = input;
  const sections: string[] = [];
  for (const { id, repository } of repositories) {
    const { checksum: _, snapshot: __, gpgkey, secrets = {}, ...rest } = repository;
    const keys = await keyFiles(valuesOf(gpgkey), tree, mirrors);
    const options = {
      name: id,
      ...(keys.length === 0 ? {} : { gpgkey: keys.map((file) => `file://${file}`), gpgcheck: true }),
      ...rest,
    };
    const lines = Object.entries(options).map(([name, value]) => `${name}=${formatted(value, `${id}-${name}`)}\n`);
    const hidden = Object.entries(secrets).map(([name, secret]) => `${name}=${hiddenValue(input, name, secret)}\n`);
    sections.push(`[${id}]\n${lines.join("")}${hidden.join("")}`);
  }
  return sections.join("");
}

/** The value of an option that is secret. A certificate or its key is the path of the secret's own file. */
const hiddenValue = (input: DownloadInput<unknown>, name: string, secret: string): string =>
  name.startsWith("ssl") ? secretFile(input, secret) : secretLine(input, secret);

function formatted(value: Repository[string], name: string): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  const text = [value].flat().join(" ");
  if (!text.startsWith("-----BEGIN ")) return text;
  // The text is a certificate or its key.
  writeFileSync(`/tmp/${name}.pem`, text, { mode: 0o600 });
  return `/tmp/${name}.pem`;
}
