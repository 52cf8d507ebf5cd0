import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { LockedPackage, LockedRepository } from "../downloads/locked.ts";
import { type Mirrors, originOf, redirect, redirectedAddresses } from "../downloads/mirrors.ts";
import { sha256 } from "../downloads/sources.ts";
import { fail } from "../step.ts";
import { inPast } from "./debian.ts";
import { type IndexFields, snapshotServices } from "./snapshot-services.ts";

/** A Debian package of a lock. */
export interface DebianPackage extends LockedPackage {
  /** The archive's priority and section: they may differ from those in the package itself, and apt goes by them. */
  readonly priority?: string;
  readonly section?: string;
}

/** Runs apt-get, apt-cache, apt-config or dpkg-deb and returns what it prints. */
type Apt = (argv: readonly string[]) => string;

/** The packages that an apt-get command would download. `apt` has just updated its lists. */
export function plannedPackages(apt: Apt, command: readonly string[]): readonly Planned[] {
  // Otherwise apt prints MD5 sums.
  const options = ["--quiet=2", "--yes", "--print-uris", "--option=Acquire::ForceHash=SHA256"];
  const lines = apt(["apt-get", ...options, ...command]).split("\n");
  // Packages that are files of the user's repository are in its fingerprint, and not in a lock.
  const found = lines.filter((line) => line.startsWith("'") && !/^'(file:)?\//.test(line)).map(parseUri);
  if (found.length === 0) return [];
  const stanzas = parseStanzas(apt(["apt-cache", "show", "--no-all-versions", "--", ...found.map(({ name }) => name)]));
  const bySum = new Map(stanzas.toReversed().map((stanza) => [fieldOf(stanza, "SHA256"), stanza]));
  return found.map(({ url, sha256, name }) => {
    const stanza = bySum.get(sha256);
    if (stanza === undefined)
      fail(`${name}: apt-cache doesn't know the package that apt-get would download from ${url}`);
    return { url, stanza };
  });
}

/** A package to download: its address and what its archive says about it. */
interface Planned {
  readonly url: string;
  readonly stanza: string;
}

/** Reads a line of `--print-uris`. The name is what apt-cache takes: `NAME:ARCHITECTURE=VERSION`. */
function parseUri(line: string) {
  const [, url, file = "", sha256] = /^'([^']+)' (\S+) \d+ SHA256:([0-9a-f]{64})$/.exec(line) ?? [];
  if (url === undefined || sha256 === undefined)
    fail(`apt gives no SHA-256 for a package, so it can't be locked: ${line}`);
  const [name, version, architecture = ""] = decodeURIComponent(file.replace(/\.deb$/, "")).split("_");
  return { url, sha256, name: `${name}${architecture === "all" ? "" : `:${architecture}`}=${version}` };
}

/** A dpkg database in which these packages are installed. */
export const statusOf = (planned: readonly Planned[]): string =>
  planned.map(({ stanza }) => `${stanza}\nStatus: install ok installed\n\n`).join("");

/** The origin of packages. */
export interface Origins {
  /** The directory of apt's lists. */
  readonly lists: string;
  /** The addresses in apt's sources, each with what it was before it was redirected to a mirror. */
  readonly redirected: ReadonlyMap<string, string>;
  /** The step's option: the address of a snapshot service, with `{archive}`. */
  readonly snapshot: string | undefined;
}

/** Answers which packages a step would install, and from which repositories. */
export function answerWith(directory: string, apt: Apt, planned: readonly Planned[], origins: Origins): void {
  const answer = {
    repositories: repositories(apt, origins),
    packages: planned.map((one) => describe(one, origins)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
  };
  writeFileSync(`${directory}/lock.json`, JSON.stringify(answer));
}

const keyOf = ({ name, architecture, version }: DebianPackage) => `${name} ${architecture} ${version}`;

function describe({ url, stanza }: Planned, origins: Origins): DebianPackage {
  const field = (name: string) => fieldOf(stanza, name);
  const [priority, section] = [field("Priority"), field("Section")];
  return {
    name: field("Package"),
    version: field("Version"),
    architecture: field("Architecture"),
    size: Number(field("Size")),
    sha256: field("SHA256"),
    url: originOf(url, origins.redirected),
    source: field("Source") || field("Package"),
    ...(priority === "" ? {} : { priority }),
    ...(section === "" ? {} : { section }),
  };
}

function repositories(apt: Apt, origins: Origins): readonly LockedRepository[] {
  const found = new Map<string, LockedRepository>();
  const serviceOf = snapshotServices(apt);
  for (const { uri, suite, list } of indexes(apt)) {
    const url = originOf(uri, origins.redirected);
    const { release, date, fields } = releaseOf(origins.lists, list, `${url} ${suite}`);
    const snapshot = pastOf(url, origins.snapshot, serviceOf(url, fields));
    found.set(`${url} ${suite}`, { url, suite, release, date, ...(snapshot === undefined ? {} : { snapshot }) });
  }
  return [...found.values()];
}

/** The repositories that apt uses, and the names of their lists of packages. */
const indexes = (apt: Apt) =>
  apt(["apt-get", "indextargets", "--format", "$(REPO_URI)\t$(RELEASE)\t$(FILENAME)", "Created-By: Packages"])
    .split("\n")
    .map((line) => line.split("\t"))
    .flatMap(([uri = "", suite = "", list = ""]) => (uri === "" ? [] : [{ uri, suite, list: basename(list) }]));

/** The address of a repository's past. None is needed if it is of the past itself. */
function pastOf(url: string, option: string | undefined, known: string | undefined): string | undefined {
  if (option === undefined) return known;
  return option.includes("{time}") ? option.replace("{archive}", basename(url)) : undefined;
}

/**
 * Leads the files of apt's sources to the repositories' snapshot services, as they are now: what is locked from there
 * stays there. `apt` has just updated its lists and has to do so again. Returns the services'
 * addresses, each with what it was before it was redirected.
 */
export function useLatest(
  apt: Apt,
  lists: string,
  files: readonly string[],
  mirrors: Mirrors,
): ReadonlyMap<string, string> {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const past = new Map<string, string>();
  const serviceOf = snapshotServices(apt);
  for (const { uri, suite, list } of indexes(apt)) {
    const service = serviceOf(uri, releaseOf(lists, list, `${uri} ${suite}`).fields);
    if (service === undefined)
      fail(
        `${uri} ${suite}: neither its index nor apt names its snapshot service: set snapshot to the address of one, with {time}`,
      );
    past.set(uri, service.replaceAll("{time}", time));
  }
  const moved = (address: string) => {
    const to = past.get(closed(address));
    return to === undefined ? undefined : redirect(to, mirrors);
  };
  for (const file of files) writeFileSync(file, inPast(readFileSync(file, "utf8"), moved));
  return redirectedAddresses([...past.values()], mirrors);
}

/** The index that a list of packages belongs to. Without a signature nobody vouches for what would be locked. */
function releaseOf(lists: string, list: string, repository: string) {
  const signed = readdirSync(lists).filter((name) => /_InRelease$|_Release\.gpg$/.test(name));
  const prefix = (name: string) => name.replace(/(InRelease|Release\.gpg)$/, "");
  const name = signed.filter((one) => list.startsWith(prefix(one))).sort((a, b) => b.length - a.length)[0];
  if (name === undefined) fail(`${repository}: the repository isn't signed, so its packages can't be locked`);
  const content = readFileSync(`${lists}/${name.replace(/\.gpg$/, "")}`);
  const field = (name: string) => fieldOf(content.toString(), name);
  const date = new Date(field("Date"));
  if (Number.isNaN(date.getTime())) fail(`${repository}: its index has no date`);
  const fields: IndexFields = { label: field("Label"), origin: field("Origin"), snapshots: field("Snapshots") };
  return { release: sha256(content), date: `${date.toISOString().slice(0, 19)}Z`, fields };
}

const closed = (address: string) => address.replace(/\/*$/, "/");

/**
 * Makes a repository of a lock's packages in a directory, for `copy:DIRECTORY ./` in apt's sources. `files` has them by
 * their SHA-256, and is where `apt` sees them. `suite` is what the packages' suite is called.
 */
export function layPool(directory: string, files: string, packages: readonly DebianPackage[], suite: string, apt: Apt) {
  const controls = apt([
    "sh",
    "-ec",
    `cd "$0"; for one; do dpkg-deb --field "$one"; echo; done`,
    files,
    ...packages.map(({ sha256 }) => sha256),
  ]);
  const stanzas = parseStanzas(controls);
  const index = packages.map((one, place) => `${stanzaOf(one, stanzas[place] ?? "")}\n`).join("\n");
  const release = `Suite: ${suite}\nCodename: ${suite}\nSHA256:\n ${sha256(index)} ${Buffer.byteLength(index)} Packages\n`;
  mkdirSync(directory, { recursive: true });
  // apt names its own copy after the extension.
  for (const sum of new Set(packages.map((one) => one.sha256)))
    symlinkSync(`${files}/${sum}`, `${directory}/${sum}.deb`);
  writeFileSync(`${directory}/Packages`, index);
  writeFileSync(`${directory}/Release`, release);
}

/** A package's own fields, but with the archive's priority and section, as the archive itself writes them. */
function stanzaOf(locked: DebianPackage, control: string): string {
  const { name, version, architecture, size, priority, section } = locked;
  const found = ["Package", "Version", "Architecture"].map((field) => fieldOf(control, field)).join(" ");
  const expected = `${name} ${version} ${architecture}`;
  if (found !== expected) fail(`the lock says that ${locked.url} is ${expected}, but it is ${found}: lock it again`);
  const fields = [
    ...(priority === undefined ? [] : [`Priority: ${priority}`]),
    ...(section === undefined ? [] : [`Section: ${section}`]),
    `Filename: ${locked.sha256}.deb`,
    `Size: ${size}`,
    `SHA256: ${locked.sha256}`,
  ];
  return `${control.replace(/^(Priority|Section): .*\n?/gm, "").trimEnd()}\n${fields.join("\n")}\n`;
}

const parseStanzas = (text: string): readonly string[] =>
  text
    .split(/\n\n+/)
    .map((stanza) => stanza.trim())
    .filter((stanza) => stanza !== "");

const fieldOf = (stanza: string, name: string) => new RegExp(`^${name}: *(.*)$`, "m").exec(stanza)?.[1] ?? "";

/** The addresses in apt's sources. */
export const addressesIn = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => text.match(/\w+:\/\/\S+/g) ?? []);

/** The files of apt's sources in a directory like /etc/apt. */
export function sourcesIn(directory: string): readonly string[] {
  const parts = `${directory}/sources.list.d`;
  const below = existsSync(parts) ? readdirSync(parts).map((name) => `${parts}/${name}`) : [];
  return [`${directory}/sources.list`, ...below].filter((path) => existsSync(path));
}
