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
  /** The repository's address that dnf takes its packages from. Empty if that isn't known. */
  readonly base: string;
  /** The path in the repository, or the address if the base isn't known. */
  readonly location: string;
}

/** The package as dnf takes it. */
export const nevra = ({ name, version, architecture }: RpmHeader): string => `${name}-${version}.${architecture}`;

/** Finds out where installed packages came from. */
export function findOrigins(run: DnfRun, installed: readonly RpmHeader[]): readonly Origin[] {
  if (installed.length === 0) return [];
  const candidates = [...listed(run, installed), ...givenAddresses(run)].flatMap((place) =>
    filesOf(run, place).map((file) => ({ ...place, file })),
  );
  const headers = fileHeaders(candidates.map(({ file }) => file));
  // Two repositories may have the same package: the first counts.
  const found = new Map(candidates.map((one, index) => [headers[index]?.digests, one] as const).toReversed());
  return installed.map((header) => {
    const place = found.get(header.digests);
    return place === undefined
      ? fail(`${nevra(header)}: it came from no repository, so it can't be locked`)
      : { header, ...place };
  });
}

type Place = Pick<Origin, "id" | "base" | "location">;

/** The files in dnf's cache that a package may be. */
function filesOf({ cache, dnf5 }: DnfRun, { id, location }: Place): readonly string[] {
  const name = basename(location);
  // In dnf 5's directory of packages that were given by their address, their names begin with a number each.
  if (id === undefined && dnf5) return globSync(`${cache}/@commandline-*/packages/*-${name}`);
  const file = `${cacheDirectory(cache, id ?? "commandline")}/packages/${name}`;
  return existsSync(file) ? [file] : [];
}

/** The places of all packages of these names and versions. dnf tells whole addresses. */
function listed(run: DnfRun, headers: readonly RpmHeader[]): readonly Place[] {
  const bases = run.dnf5 ? basesWithDnf5(run) : basesWithDnf4(run);
  return [...bases].flatMap(([id, ofRepository]) => {
    const query = ["repoquery", "--quiet", "--cacheonly", `--repo=${id}`, ...locationOf(run), ...headers.map(nevra)];
    const addresses = capture([...run.dnf, ...query])
      .split("\n")
      .filter((line) => line !== "");
    return addresses.map((address) => {
      const base = ofRepository.find((one) => address.startsWith(one)) ?? "";
      return { id, base, location: address.slice(base.length) };
    });
  });
}

const locationOf = ({ dnf5 }: DnfRun) => (dnf5 ? ["--queryformat=%{location}\n"] : ["--location"]);

/** The addresses of each repository, from its configuration or from its list of mirrors. */
type Bases = ReadonlyMap<string, readonly string[]>;

function basesWithDnf4({ dnf, cache }: DnfRun): Bases {
  const [, ...repositories] = capture([...dnf, "repoinfo", "--quiet", "--cacheonly"]).split(/^Repo-id +: /m);
  return new Map(
    repositories.map((text) => {
      const id = text.slice(0, text.indexOf("\n"));
      const base = /^Repo-baseurl +: (.*)$/m.exec(text)?.[1] ?? "";
      return [id, addresses(cacheDirectory(cache, id), base.split(/, /))];
    }),
  );
}

function basesWithDnf5({ dnf, cache }: DnfRun): Bases {
  const repositories: readonly { readonly id: string; readonly base_url: readonly string[] }[] = JSON.parse(
    capture([...dnf, "repo", "info", "--quiet", "--cacheonly", "--json"]),
  );
  return new Map(repositories.map(({ id, base_url }) => [id, addresses(cacheDirectory(cache, id), base_url)]));
}

const givenAddresses = ({ packages }: DnfRun): readonly Place[] =>
  packages.filter((name) => /^https?:\/\//.test(name)).map((location) => ({ id: undefined, base: "", location }));
