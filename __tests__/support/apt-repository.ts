import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname } from "node:path";
import { type LocalServer, serve } from "./local-server.ts";

export interface AptRepository extends AsyncDisposable {
  readonly uri: string;
  /** The public key that its index is signed with. */
  readonly key: string;
  /** The requested paths. */
  readonly requests: readonly string[];
  /** Failures of a path before it succeeds. */
  readonly faults: LocalServer["faults"];
}

/**
 * Serves packages on this machine as a signed repository with one suite and the component main, to everybody or to one
 * USER:PASSWORD.
 */
export async function aptRepository(suite: string, debs: readonly string[], login?: string): Promise<AptRepository> {
  const { files, key } = aptRepositoryFiles(suite, debs);
  const server = await serve((path) => files.get(decodeURIComponent(path)), login);
  return {
    uri: server.url,
    key,
    requests: server.requests,
    faults: server.faults,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

interface Signed {
  /** The secret key of an earlier repository, by default a new one. */
  readonly secret?: string;
  /** More fields of its index. */
  readonly fields?: readonly string[];
}

/** The files of such a repository, by path, and the keys that its index is signed with. */
export function aptRepositoryFiles(suite: string, debs: readonly string[], { secret, fields = [] }: Signed = {}) {
  const files = new Map<string, Buffer>(debs.map((deb) => [`/pool/${basename(deb)}`, readFileSync(deb)]));
  const packages = Buffer.from(debs.map((deb) => stanza(deb, readFileSync(deb))).join("\n"));
  const index = `main/binary-${architecture()}/Packages`;
  files.set(`/dists/${suite}/${index}`, packages);
  const signed = sign(
    secret,
    [
      `Suite: ${suite}`,
      `Codename: ${suite}`,
      `Architectures: ${architecture()}`,
      "Components: main",
      "Date: Thu, 01 Jan 2026 00:00:00 UTC",
      ...fields,
      "SHA256:",
      ` ${sha256(packages)} ${packages.length} ${index}`,
      "",
    ].join("\n"),
  );
  files.set(`/dists/${suite}/InRelease`, signed.text);
  return { files, key: signed.key, secret: signed.secret };
}

function stanza(deb: string, content: Buffer): string {
  const control = execFileSync("dpkg-deb", ["--field", deb], { encoding: "utf8" });
  return `${control}Filename: pool/${basename(deb)}\nSize: ${content.length}\nSHA256: ${sha256(content)}\n`;
}

const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");

const architecture = () => execFileSync("dpkg", ["--print-architecture"], { encoding: "utf8" }).trim();

function sign(secret: string | undefined, text: string): { text: Buffer; key: string; secret: string } {
  const home = mkdtempSync(`${tmpdir()}/gpg-`);
  const gpg = (args: readonly string[], input = "") =>
    execFileSync("gpg", ["--quiet", "--batch", "--homedir", home, "--passphrase", "", ...args], {
      input,
      stdio: ["pipe", "pipe", "ignore"],
    });
  try {
    if (secret === undefined) gpg(["--quick-generate-key", "Repository of a test <test@example.org>", "ed25519"]);
    else gpg(["--import"], secret);
    const exported = (what: string) => gpg(["--armor", what]).toString();
    return { text: gpg(["--clearsign"], text), key: exported("--export"), secret: exported("--export-secret-keys") };
  } finally {
    execFileSync("gpgconf", ["--homedir", home, "--kill", "all"]);
    rmSync(home, { recursive: true });
  }
}

/** Makes a package with these control fields, and files or maintainer scripts (`DEBIAN/postinst`), in a directory. */
export async function debPackage(
  directory: string,
  name: string,
  {
    version = "1.0",
    fields = "",
    files = {},
  }: { version?: string; fields?: string; files?: Readonly<Record<string, string | Buffer>> } = {},
): Promise<string> {
  const root = await mkdtemp(`${tmpdir()}/package-`);
  const control = `Package: ${name}\nVersion: ${version}\nArchitecture: all\nMaintainer: Test <test@example.org>\nDescription: Test\n`;
  for (const [path, content] of Object.entries({ ...files, "DEBIAN/control": control + fields })) {
    await mkdir(dirname(`${root}/${path}`), { recursive: true });
    await writeFile(`${root}/${path}`, content, { mode: isProgram(content) ? 0o755 : 0o644 });
  }
  // The modes of a temporary directory and of the umask must not end up in the package.
  execFileSync("chmod", ["--recursive", "u=rwX,go=rX", root]);
  const deb = `${directory}/${name}_${version}_all.deb`;
  execFileSync("dpkg-deb", ["--root-owner-group", "--build", root, deb], { stdio: ["ignore", "ignore", "inherit"] });
  await rm(root, { recursive: true });
  return deb;
}

const isProgram = (content: string | Buffer) => /^(#!|\x7fELF)/.test(content.toString("latin1"));
