import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type LocalServer, serve } from "./local-server.ts";

const sources = fileURLToPath(new URL("rpm", import.meta.url));

export interface RpmRepository extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`. The repository is at `/30/x86_64/`; `/metalink` and `/mirrorlist` lead there. */
  readonly url: string;
  /** The armored public key that the packages are signed with; also at `/keys/ANYTHING`. */
  readonly key: string;
  /** A key that signed nothing. */
  readonly otherKey: string;
  /** Of repomd.xml, as it stands in a pipeline. */
  readonly checksum: string;
  /** What has been asked for so far: paths with their queries. */
  readonly requests: string[];
  /** What goes wrong at a path before it goes well. */
  readonly faults: LocalServer["faults"];
  /** A package's file by the package's name: its checksum and where it is served. */
  readonly package: (name: string) => { url: string; checksum: string };
}

/** A little RPM distribution, release 30, made with the real tools, signed, and served on this machine. */
export async function rpmRepository(): Promise<RpmRepository> {
  const directory = await mkdtemp(`${tmpdir()}/rpm-repository-`);
  const packages = `${directory}/packages`;
  const [key, otherKey] = [await makeKey(directory, "packager"), await makeKey(directory, "stranger")];
  await buildPackages(directory, packages);
  await run(["createrepo_c", "--quiet", `--groupfile=${sources}/comps.xml`, packages]);
  await run(["modifyrepo_c", "--mdtype=modules", `${sources}/modules.yaml`, `${packages}/repodata`]);
  const repomd = await readFile(`${packages}/repodata/repomd.xml`);
  const checksums = new Map<string, string>();
  for (const name of await readdir(packages)) {
    if (name.endsWith(".rpm")) checksums.set(name, sha256(await readFile(`${packages}/${name}`)));
  }

  const server = await serve((path) => {
    if (path.startsWith("/keys/")) return key;
    if (path === "/metalink?repo=fedora-30&arch=x86_64")
      return metalink(`${server.url}/30/x86_64/repodata/repomd.xml`, repomd);
    if (path === "/mirrorlist?repo=fedora-30&arch=x86_64") return `# the one mirror\n${server.url}/30/x86_64/\n`;
    if (path.startsWith("/30/x86_64/")) {
      return readFile(`${packages}/${path.slice("/30/x86_64/".length)}`).catch(() => undefined);
    }
    return undefined;
  });
  const { url, requests, faults } = server;

  return {
    url,
    key,
    otherKey,
    checksum: `sha256:${sha256(repomd)}`,
    requests,
    faults,
    package(name) {
      const [file, checksum] = [...checksums].find(([file]) => file.startsWith(`${name}-1-`)) ?? [];
      if (file === undefined) throw new Error(`there is no package ${name}`);
      return { url: `${url}/30/x86_64/${file}`, checksum: `sha256:${checksum}` };
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
}

async function makeKey(directory: string, name: string): Promise<string> {
  const home = `--homedir=${directory}/gnupg`;
  await mkdir(`${directory}/gnupg`, { recursive: true, mode: 0o700 });
  await run(["gpg", home, "--batch", "--passphrase", "", "--quick-gen-key", name, "rsa2048", "sign", "never"]);
  const key = await run(["gpg", home, "--armor", "--export", name]);
  await run(["gpgconf", `--homedir=${directory}/gnupg`, "--kill", "all"]);
  return key;
}

async function buildPackages(directory: string, packages: string): Promise<void> {
  await mkdir(packages);
  await run(
    [
      "rpmbuild",
      "-bb",
      "--quiet",
      ...define({
        _topdir: `${directory}/build`,
        _rpmdir: packages,
        _rpmfilename: "%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm",
        _binary_payload: "w1.gzdio",
        use_source_date_epoch_as_buildtime: "1",
        _buildhost: "localhost",
      }),
      `${sources}/distribution.spec`,
    ],
    { SOURCE_DATE_EPOCH: "1556668800" },
  );
  const files = (await readdir(packages)).map((name) => `${packages}/${name}`);
  await run([
    "rpmsign",
    "--addsign",
    ...define({ _gpg_name: "packager", _gpg_path: `${directory}/gnupg`, __gpg: "/usr/bin/gpg" }),
    ...files.filter((file) => !file.includes("/unsigned-")),
  ]);
  await run(["gpgconf", `--homedir=${directory}/gnupg`, "--kill", "all"]);
}

const define = (macros: Readonly<Record<string, string>>) =>
  Object.entries(macros).flatMap(([name, value]) => ["--define", `${name} ${value}`]);

const metalink = (url: string, repomd: Buffer) => `<?xml version="1.0" encoding="utf-8"?>
<metalink version="3.0" xmlns="http://www.metalinker.org/">
<files><file name="repomd.xml"><size>${repomd.length}</size>
<verification><hash type="sha256">${sha256(repomd)}</hash></verification>
<resources><url protocol="http" type="http" location="US" preference="100">${url}</url></resources>
</file></files></metalink>
`;

const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");

async function run([program = "", ...args]: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { stdout } = await promisify(execFile)(program, args, { env: { ...process.env, ...env } });
  return stdout;
}
