import { existsSync, globSync } from "node:fs";
import { basename } from "node:path";
import { capture, fail } from "../step.ts";
import { addresses, cacheDirectory, type DnfRun } from "./dnf-repositories.ts";
import { fileHeaders, type RpmHeader } from "./rpm-headers.ts";

/** A package that was installed, and where it came from. */
export interface Origin {
  readonly header: RpmHeader;
  /** Its file in dnf's cache. */
  readonly file: string;
  /** The repository's id. Undefined for a package that was given by its address. */
  readonly id: string | undefined;
  /** The address, or the path in the repository. */
  readonly location: string;
}

/** The package as dnf takes it. */
export const nevra = ({ name, version, architecture }: RpmHeader): string => `${name}-${version}.${architecture}`;

/** Finds out where installed packages came from. */
export function findOrigins(run: DnfRun, installed: readonly RpmHeader[]): readonly Origin[] {
  if (installed.length === 0) return [];
  const listed = listPackages(run, installed);
  const candidates = installed
    .flatMap((header) =>
      [...(listed.get(nevra(header)) ?? []), ...givenAddresses(run)].map((one) => ({ header, ...one })),
    )
    .flatMap((one) => filesOf(run, one).map((file) => ({ ...one, file })));
  const headers = fileHeaders(candidates.map(({ file }) => file));
  // Two repositories may have different packages of one name and version.
  const right = candidates.filter(({ header }, index) => headers[index]?.digests === header.digests);
  const origins = new Map(right.toReversed().map((one) => [one.header, one]));
  return installed.map(
    (header) => origins.get(header) ?? fail(`${nevra(header)}: it came from no repository, so it can't be locked`),
  );
}

type Place = Pick<Origin, "id" | "location">;

/** The files in dnf's cache that a package may be. */
function filesOf({ cache, dnf5 }: DnfRun, { id, location }: Place): readonly string[] {
  const name = basename(location);
  // In dnf 5's directory of packages that were given by their address, their names begin with a number each.
  if (id === undefined && dnf5) return globSync(`${cache}/@commandline-*/packages/*-${name}`);
  const file = `${cacheDirectory(cache, id ?? "commandline")}/packages/${name}`;
  return existsSync(file) ? [file] : [];
}

/** The repositories that have packages of these names and versions. */
function listPackages(run: DnfRun, headers: readonly RpmHeader[]): ReadonlyMap<string, readonly Place[]> {
  return Map.groupBy(run.dnf5 ? listWithDnf5(run, headers) : listWithDnf4(run, headers), ({ name }) => name);
}

type NamedPlace = Place & { readonly name: string };

function listWithDnf4({ dnf }: DnfRun, headers: readonly RpmHeader[]): readonly NamedPlace[] {
  const format = "--queryformat=%{name}-%{evr}.%{arch}\t%{reponame}\t%{baseurl}\t%{location}";
  const lines = capture([...dnf, "repoquery", "--quiet", "--cacheonly", format, ...headers.map(nevra)]).split("\n");
  return lines.map((line) => {
    const [name = "", id, base = "", path = ""] = line.split("\t");
    return { name, id, location: base === "(none)" ? path : `${base.replace(/\/*$/, "/")}${path}` };
  });
}

/** dnf 5 tells the whole address of a package. */
function listWithDnf5(run: DnfRun, headers: readonly RpmHeader[]): readonly NamedPlace[] {
  const format = "--queryformat=%{name}-%{evr}.%{arch}\t%{repoid}\t%{location}\n";
  const text = capture([...run.dnf, "repoquery", "--quiet", "--cacheonly", format, ...headers.map(nevra)]);
  const lines = text.split("\n").filter((line) => line !== "");
  const bases = basesWithDnf5(run);
  return lines.map((line) => {
    const [name = "", id = "", address = ""] = line.split("\t");
    const base = bases.get(id)?.find((one) => address.startsWith(one)) ?? "";
    return { name, id, location: address.slice(base.length) };
  });
}

/** The addresses of each repository, from its configuration or from its list of mirrors. */
function basesWithDnf5({ dnf, cache }: DnfRun): ReadonlyMap<string, readonly string[]> {
  const repositories: readonly { readonly id: string; readonly base_url: readonly string[] }[] = JSON.parse(
    capture([...dnf, "repo", "info", "--quiet", "--cacheonly", "--json"]),
  );
  return new Map(repositories.map(({ id, base_url }) => [id, addresses(cacheDirectory(cache, id), base_url)]));
}

const givenAddresses = ({ packages }: DnfRun): readonly Place[] =>
  packages.filter((name) => /^https?:\/\//.test(name)).map((location) => ({ id: undefined, location }));

/** The address that dnf takes the packages of a repository from. */
export function baseOf({ dnf }: DnfRun, { header, location }: Origin, id: string): string {
  const query = ["repoquery", "--quiet", "--cacheonly", "--location", `--repo=${id}`, nevra(header)];
  const address = capture([...dnf, ...query])
    .split("\n")
    .find((line) => line.endsWith(`/${location}`));
  return address?.slice(0, -location.length) ?? fail(`${id}: dnf doesn't say where it is`);
}
