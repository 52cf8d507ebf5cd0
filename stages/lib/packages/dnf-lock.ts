import { spawnSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import type { LockedPackage, LockedRepository } from "../downloads/locked.ts";
import { originOf } from "../downloads/mirrors.ts";
import { sha256 } from "../downloads/sources.ts";
import { fail } from "../step.ts";
import { changedModules, type DnfNotes, type Modules, readModules } from "./dnf-notes.ts";
import { findOrigins, nevra, type Origin } from "./dnf-packages.ts";
import { type DnfRun, describeRepository } from "./dnf-repositories.ts";
import { type InstalledHeader, installedHeaders, type RpmHeader, readKey, signedFiles } from "./rpm-headers.ts";
import type { NamedRepository } from "./rpm-repositories.ts";

/**
 * Returns a function that answers which packages were installed since. Only an installation tells for sure which
 * packages dnf installs, and in which order.
 */
export function openAnswer(run: DnfRun, directory: string): () => void {
  const { prefix, tree } = run;
  requireDnf(run);
  const before = installedHeaders(prefix, tree);
  const modules = readModules(tree);
  return () => {
    const after = installedHeaders(prefix, tree);
    const gone = without(before, after)[0];
    if (gone !== undefined)
      fail(`${nevra(gone)} was replaced or removed: only a step that just adds packages can be locked`);
    const added = without(after, before);
    const origins = findOrigins(
      run,
      added.filter((header) => !isKey(header)),
    );
    requireSigned(run, origins);
    const repositories = describeRepositories(run, origins);
    const answer = {
      repositories: [...repositories.values()],
      packages: origins.map((origin) => describe(run, origin, repositories)),
      ...notesOf(run, added.filter(isKey), modules),
    };
    writeFileSync(`${directory}/lock.json`, JSON.stringify(answer));
  };
}

/** yum doesn't tell where packages are from. */
function requireDnf({ dnf, dnf5 }: DnfRun): void {
  if (dnf5) return;
  const [program = "", ...args] = dnf;
  // It then fails to look for itself among the build root's packages, because it can't write to its own cache.
  const [version = ""] = spawnSync(program, [...args, "--version"], { encoding: "utf8" }).stdout.split("\n");
  if (version.startsWith("4.")) return;
  fail(`packages can be locked only with dnf, and the build root has yum ${version}: use a build root with dnf`);
}

function without(headers: readonly InstalledHeader[], others: readonly InstalledHeader[]): readonly InstalledHeader[] {
  const known = new Set(others.map(({ instance }) => instance));
  return headers.filter(({ instance }) => !known.has(instance));
}

const isKey = ({ name }: RpmHeader) => name === "gpg-pubkey";

/** Fails if nobody vouches for one of the packages: neither its own signature nor that of its repository's index. */
function requireSigned({ prefix, tree, repositories }: DnfRun, origins: readonly Origin[]): void {
  const verified = new Set(repositories.filter(hasVerifiedIndex).map(({ id }) => id));
  const doubtful = origins.filter(({ id }) => id === undefined || !verified.has(id));
  const signed = signedFiles(
    prefix,
    tree,
    doubtful.map(({ file }) => file),
  );
  const unsigned = doubtful.find(({ file }) => !signed.has(file));
  if (unsigned === undefined) return;
  const how = "give its repository a gpgkey, or the checksum of its repomd.xml";
  fail(`${nevra(unsigned.header)}: it isn't signed with a key that is known here, so it can't be locked: ${how}`);
}

const hasVerifiedIndex = ({ repository: { checksum, repo_gpgcheck } }: NamedRepository) =>
  checksum !== undefined || /^(1|true|yes|on)$/i.test(String(repo_gpgcheck));

/** Describes the repositories that packages came from, by their ids. */
function describeRepositories(run: DnfRun, origins: readonly Origin[]): ReadonlyMap<string, LockedRepository> {
  const described = new Map<string, LockedRepository>();
  for (const { id, base } of origins)
    if (id !== undefined && base !== "" && !described.has(id)) described.set(id, describeRepository(run, id, base));
  return described;
}

const isAddress = (location: string) => /^\w+:\/\//.test(location);

function describe(
  { redirected }: DnfRun,
  { header, file, id, location }: Origin,
  repositories: ReadonlyMap<string, LockedRepository>,
): LockedPackage {
  const { name, version, architecture, source } = header;
  return {
    name,
    version,
    architecture,
    size: statSync(file).size,
    sha256: sha256(readFileSync(file)),
    url: isAddress(location) ? originOf(location, redirected) : `${repositories.get(id ?? "")?.url}${location}`,
    source: sourceOf(source, version),
  };
}

/** The name of a source package, with its version if that differs. The epoch isn't in the name of its file. */
function sourceOf(file: string, version: string): string {
  const [, name = file, own = version] = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(file) ?? [];
  return own === version.replace(/^\d+:/, "") ? name : `${name} (${own})`;
}

function notesOf({ prefix, tree }: DnfRun, keys: readonly InstalledHeader[], before: Modules | undefined) {
  const modules = changedModules(before, readModules(tree));
  const notes: DnfNotes = {
    ...(keys.length === 0 ? {} : { keys: keys.map((key) => readKey(prefix, tree, key)) }),
    ...(modules === undefined ? {} : { modules }),
  };
  return Object.keys(notes).length === 0 ? {} : { notes };
}
