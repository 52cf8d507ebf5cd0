import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename } from "node:path";
import { BuildError } from "../errors.ts";
import { run } from "../host/command.ts";
import { openBelow } from "../host/plain-file.ts";
import { type CopyrightFiles, licencesOf } from "./copyright.ts";

/** A package that is installed in a tree. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** The installed size that the package declares. */
  readonly bytes: number;
  readonly source: SourcePackage;
  /** The licences that the package states, as it writes them. All of them apply. Empty if it states none. */
  readonly licences: readonly string[];
}

/** The source package that a package was built from. */
export interface SourcePackage {
  readonly name: string;
  readonly version: string;
}

/** The package database of a tree. `rpm, unread` means that this machine has no program that can read it. */
export type Database = "dpkg" | "rpm" | "rpm, unread" | "none";

/** A package and the paths that it claims. */
export interface Installed extends InstalledPackage {
  readonly files: readonly string[];
}

/** The packages of a tree, and the database that lists them. */
export interface PackageList {
  readonly database: Database;
  readonly packages: readonly Installed[];
}

/** The path of dpkg's list of packages. */
export const dpkgStatus = "/var/lib/dpkg/status";
/** The directory in which dpkg keeps its files about each package. */
export const dpkgInfo = "/var/lib/dpkg/info/";
const dpkgList = /^\/var\/lib\/dpkg\/info\/(.+)\.list$/;

/** Whether readDpkg() needs the text of a file. */
export const isDpkgFile = (path: string) => path === dpkgStatus || dpkgList.test(path);

/** Reads dpkg's database from the texts of its files, by path, and licences from the packages' copyright files. */
export function readDpkg(files: ReadonlyMap<string, string>, copyrights: CopyrightFiles): PackageList {
  const status = files.get(dpkgStatus);
  if (status === undefined) return { database: "none", packages: [] };
  const lists = new Map<string, readonly string[]>();
  for (const [path, text] of files) {
    const name = dpkgList.exec(path)?.[1];
    if (name !== undefined) lists.set(name, text.split("\n"));
  }
  const packages = status
    .split(/\n\n+/)
    .filter((paragraph) => field(paragraph, "Status").endsWith(" installed"))
    .map((paragraph) => {
      const [name, architecture] = [field(paragraph, "Package"), field(paragraph, "Architecture")];
      const version = field(paragraph, "Version");
      return {
        name,
        version,
        architecture,
        bytes: Number(field(paragraph, "Installed-Size")) * 1024,
        source: debianSource(field(paragraph, "Source"), { name, version }),
        licences: licencesOf(name, copyrights),
        files: lists.get(name) ?? lists.get(`${name}:${architecture}`) ?? [],
      };
    });
  return { database: "dpkg", packages: packages.sort(byIdentity) };
}

/** Reads dpkg's field Source, `NAME` or `NAME (VERSION)`. It is missing if both are the binary package's own. */
function debianSource(text: string, own: SourcePackage): SourcePackage {
  const [, name = own.name, version = own.version] = /^(\S+)(?: \((.*)\))?$/.exec(text) ?? [];
  return { name, version };
}

const field = (paragraph: string, name: string) => new RegExp(`^${name}: *(.*)$`, "m").exec(paragraph)?.[1] ?? "";

/** The places of RPM's database, new and old. On new systems /var/lib/rpm is a symbolic link, which isn't followed. */
export const rpmDatabases = ["/usr/lib/sysimage/rpm", "/var/lib/rpm"].flatMap((directory) =>
  ["rpmdb.sqlite", "Packages.db", "Packages"].map((name) => `${directory}/${name}`),
);

/**
 * Reads an RPM database, by its path in a tree or a layer, with the machine's own rpm. It reads a copy, because rpm
 * writes even when it only reads.
 */
export async function readRpm(tree: string, path: string): Promise<PackageList> {
  await using database = await openBelow(tree, path.slice(1));
  const directory = await mkdtemp(`${tmpdir()}/rpm-`);
  try {
    await copyFile(`/proc/self/fd/${database.fd}`, `${directory}/${basename(path)}`);
    const tags = ["NAME", "VERSION", "RELEASE", "EPOCH", "ARCH", "SIZE", "SOURCERPM", "LICENSE"];
    const format = `${tags.map((tag) => `%{${tag}}`).join("\\t")}\\n[ %{FILENAMES}\\n]\\n`;
    const text = await run(["rpm", "--query", "--all", `--dbpath=${directory}`, `--queryformat=${format}`]);
    return { database: "rpm", packages: text.split("\n\n").flatMap(rpmPackage).sort(byIdentity) };
  } catch (error) {
    // The build didn't need the host's rpm, so it may be missing, or too old for this database.
    if (error instanceof BuildError) return { database: "rpm, unread", packages: [] };
    throw error;
  } finally {
    await rm(directory, { recursive: true });
  }
}

function rpmPackage(text: string): readonly Installed[] {
  const [head = "", ...files] = text.split("\n");
  const values = head.split("\t").map((value) => (value === "(none)" ? "" : value));
  const [name = "", number = "", release = "", epoch = "", architecture = "", bytes = "", source = "", licence = ""] =
    values;
  // rpm lists signing keys as if they were packages.
  if (name === "" || name === "gpg-pubkey") return [];
  const version = `${epoch === "" ? "" : `${epoch}:`}${number}-${release}`;
  return [
    {
      name,
      version,
      architecture,
      // A package of 4 GiB or more has no SIZE tag.
      bytes: Number(bytes) || 0,
      source: rpmSource(source, { name, version }),
      licences: licence === "" ? [] : [licence],
      files: files.map((path) => path.slice(1)),
    },
  ];
}

/** Reads the file name of a source package, `NAME-VERSION-RELEASE.src.rpm`. */
function rpmSource(file: string, own: SourcePackage): SourcePackage {
  const [, name = own.name, version = own.version] = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(file) ?? [];
  return { name, version };
}

function byIdentity(a: InstalledPackage, b: InstalledPackage): number {
  const [x, y] = [a, b].map(({ name, architecture, version }) => `${name}\0${architecture}\0${version}`) as [
    string,
    string,
  ];
  return x < y ? -1 : x > y ? 1 : 0;
}
