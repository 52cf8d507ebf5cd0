import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename } from "node:path";
import { BuildError } from "../errors.ts";
import { run } from "../host/command.ts";

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  /** As the package itself says. */
  readonly bytes: number;
}

/** Where a tree's list of packages is from; `rpm, unread`: this machine has no program that can read it. */
export type Database = "dpkg" | "rpm" | "rpm, unread" | "none";

/** A package and the paths that it says are its own. */
export interface Installed extends Package {
  readonly files: readonly string[];
}

export interface PackageList {
  readonly database: Database;
  readonly packages: readonly Installed[];
}

const dpkgStatus = "/var/lib/dpkg/status";
export const dpkgInfo = "/var/lib/dpkg/info/";
const dpkgList = /^\/var\/lib\/dpkg\/info\/(.+)\.list$/;

/** Whether readDpkg() wants to see what is in a file. */
export const isDpkgFile = (path: string) => path === dpkgStatus || dpkgList.test(path);

/** Reads dpkg's database from the texts of its files, by path. */
export function readDpkg(files: ReadonlyMap<string, string>): PackageList {
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
      return {
        name,
        version: field(paragraph, "Version"),
        architecture,
        bytes: Number(field(paragraph, "Installed-Size")) * 1024,
        files: lists.get(name) ?? lists.get(`${name}:${architecture}`) ?? [],
      };
    });
  return { database: "dpkg", packages: packages.sort(byIdentity) };
}

const field = (paragraph: string, name: string) => new RegExp(`^${name}: *(.*)$`, "m").exec(paragraph)?.[1] ?? "";

/** Where RPM keeps its database, now and formerly; /var/lib/rpm is a symbolic link where it isn't the place. */
export const rpmDatabases = ["/usr/lib/sysimage/rpm", "/var/lib/rpm"].flatMap((directory) =>
  ["rpmdb.sqlite", "Packages.db", "Packages"].map((name) => `${directory}/${name}`),
);

/** Reads an RPM database with the machine's own rpm, from a copy: rpm writes even where it only reads. */
export async function readRpm(path: string): Promise<PackageList> {
  const directory = await mkdtemp(`${tmpdir()}/rpm-`);
  try {
    await copyFile(path, `${directory}/${basename(path)}`);
    const format = "%{NAME}\\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{SIZE}\\n[ %{FILENAMES}\\n]\\n";
    const text = await run(["rpm", "--query", "--all", `--dbpath=${directory}`, `--queryformat=${format}`]);
    return { database: "rpm", packages: text.split("\n\n").flatMap(rpmPackage).sort(byIdentity) };
  } catch (error) {
    // Building never needed rpm here, so it may be missing, or too old for this database.
    if (error instanceof BuildError) return { database: "rpm, unread", packages: [] };
    throw error;
  } finally {
    await rm(directory, { recursive: true });
  }
}

function rpmPackage(text: string): readonly Installed[] {
  const [head = "", ...files] = text.split("\n");
  const [name = "", version = "", architecture = "", bytes = ""] = head.split("\t");
  // Keys that packages are signed with are listed as if they were packages.
  if (name === "" || name === "gpg-pubkey") return [];
  return [{ name, version, architecture, bytes: Number(bytes), files: files.map((path) => path.slice(1)) }];
}

function byIdentity(a: Package, b: Package): number {
  const [x, y] = [a, b].map(({ name, architecture, version }) => `${name}\0${architecture}\0${version}`) as [
    string,
    string,
  ];
  return x < y ? -1 : x > y ? 1 : 0;
}
