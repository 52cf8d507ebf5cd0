import { spawnSync } from "node:child_process";
import { capture, fail } from "../step.ts";

/** A package as its header describes it. */
export interface RpmHeader {
  readonly name: string;
  /** `EPOCH:VERSION-RELEASE`, without an epoch of 0. */
  readonly version: string;
  readonly architecture: string;
  /** The file name of its source package. */
  readonly source: string;
  /** Digests of the header, the same for a file as for the package that was installed from it. */
  readonly digests: string;
}

/**
 * A package of a tree's database. Later ones have higher numbers. Public keys are listed as packages called gpg-pubkey.
 */
export interface InstalledHeader extends RpmHeader {
  readonly instance: number;
}

const tags = [
  "%{NAME}",
  "%{EPOCHNUM}:%{VERSION}-%{RELEASE}",
  "%{ARCH}",
  "%{SOURCERPM}",
  "%{SHA1HEADER} %{SHA256HEADER}",
];

/** The packages that a tree has, in the order in which they were installed. */
export function installedHeaders(prefix: readonly string[], tree: string): readonly InstalledHeader[] {
  const format = `--queryformat=%{DBINSTANCE}\t${tags.join("\t")}\n`;
  return linesOf(capture([...prefix, "rpm", `--root=${tree}`, "--query", "--all", format]))
    .map(([instance = "", ...values]) => ({ instance: Number(instance), ...headerOf(values) }))
    .sort((a, b) => a.instance - b.instance);
}

/** The text of a public key that the tree's rpm knows. */
export function readKey(prefix: readonly string[], tree: string, { instance }: InstalledHeader): string {
  const query = ["--query", "--querybynumber", `${instance}`, "--queryformat=%{DESCRIPTION}"];
  return capture([...prefix, "rpm", `--root=${tree}`, ...query]);
}

/** The headers of packages' files. */
export function fileHeaders(files: readonly string[]): readonly RpmHeader[] {
  if (files.length === 0) return [];
  const format = `--queryformat=${tags.join("\t")}\n`;
  return linesOf(capture(["rpm", "--query", "--package", "--nosignature", format, ...files])).map(headerOf);
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));

const headerOf = ([name = "", version = "", architecture = "", source = "", digests = ""]: readonly string[]) => ({
  name,
  version: version.replace(/^0:/, ""),
  architecture,
  source,
  digests,
});

/** The files among these that are signed with a key that the tree's rpm knows. */
export function signedFiles(prefix: readonly string[], tree: string, files: readonly string[]): ReadonlySet<string> {
  if (files.length === 0) return new Set();
  const [program = "", ...args] = [...prefix, "rpmkeys", `--root=${tree}`, "--checksig", ...files];
  // Its exit code says only whether all of them are.
  const { stdout, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: Number.MAX_SAFE_INTEGER });
  if (error !== undefined) fail(`rpmkeys: ${error.message}`);
  const end = ": digests signatures OK";
  return new Set(
    stdout
      .split("\n")
      .filter((line) => line.endsWith(end))
      .map((line) => line.slice(0, -end.length)),
  );
}
