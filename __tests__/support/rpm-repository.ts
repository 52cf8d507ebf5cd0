import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { type LocalServer, serve } from "./local-server.ts";
import { run } from "./run.ts";

const sources = fileURLToPath(new URL("rpm", import.meta.url));

const readGroups =
  'import libcomps; c = libcomps.Comps(); c.fromxml_str("<comps><group><id>a</id></group></comps>"); [g.id for g in c.groups]';
/** Whether dnf can install groups of packages: Debian 13's crashes. */
export const hasGroups = () => spawnSync("/usr/bin/python3", ["-c", readGroups]).signal === null;

export interface RpmRepository extends AsyncDisposable {
  /** The URL `http://127.0.0.1:PORT`. The repository is at `/30/x86_64/`; `/metalink` and `/mirrorlist` refer to it. */
  readonly url: string;
  /** The armored public key that the packages are signed with; also at `/keys/ANYTHING`. */
  readonly key: string;
  /** A key that nothing is signed with. */
  readonly otherKey: string;
  /** The checksum of repomd.xml, as it is written in a pipeline. */
  readonly checksum: string;
  /** The requests so far: paths with their queries. */
  readonly requests: string[];
  /** Failures of a path before it succeeds. */
  readonly faults: LocalServer["faults"];
  /** A package's file by the package's name: its checksum and where it is served. */
  readonly package: (name: string) => { url: string; checksum: string };
  /** Replaces hello by its second release. Only `/snapshot/20260102T000000Z/` still has the first one. */
  readonly moveOn: () => Promise<void>;
}

/**
 * A small RPM distribution, release 30, made with the real tools, signed, and served on this machine, to everybody or
 * to one USER:PASSWORD.
 */
export async function rpmRepository(login?: string): Promise<RpmRepository> {
  const directory = await mkdtemp(`${tmpdir()}/rpm-repository-`);
  const packages = `${directory}/packages`;
  const [key, otherKey] = [await makeKey(directory, "packager"), await makeKey(directory, "stranger")];
  await buildPackages(directory, packages);
  publish(packages, "2026-01-01");
  const repomd = await readFile(`${packages}/repodata/repomd.xml`);
  const checksums = new Map<string, string>();
  for (const name of await readdir(packages)) {
    if (name.endsWith(".rpm")) checksums.set(name, sha256(await readFile(`${packages}/${name}`)));
  }

  const past = "/snapshot/20260102T000000Z/30/x86_64/";
  const server = await serve((path) => {
    if (path.startsWith(past)) return contentOf(`${directory}/past/${path.slice(past.length)}`);
    if (path.startsWith("/keys/")) return key;
    if (path === "/metalink?repo=fedora-30&arch=x86_64")
      return metalink(`${server.url}/30/x86_64/repodata/repomd.xml`, repomd);
    if (path === "/mirrorlist?repo=fedora-30&arch=x86_64") return `# the one mirror\n${server.url}/30/x86_64/\n`;
    if (path.startsWith("/30/x86_64/")) {
      return contentOf(`${packages}/${path.slice("/30/x86_64/".length)}`);
    }
    return undefined;
  }, login);
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
    async moveOn() {
      await cp(packages, `${directory}/past`, { recursive: true });
      await buildPackages(directory, `${directory}/next`, "2");
      await rm(`${packages}/hello-1-1.noarch.rpm`);
      await copyFile(`${directory}/next/hello-1-2.noarch.rpm`, `${packages}/hello-1-2.noarch.rpm`);
      publish(packages, "2026-02-01");
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
  run(["gpg", home, "--batch", "--passphrase", "", "--quick-gen-key", name, "rsa2048", "sign", "never"]);
  const key = run(["gpg", home, "--armor", "--export", name]);
  run(["gpgconf", `--homedir=${directory}/gnupg`, "--kill", "all"]);
  return key;
}

const contentOf = (path: string) => readFile(path).catch(() => undefined);

/** Makes the index. Its revision is its time, as in public repositories. */
function publish(packages: string, day: string): void {
  const revision = `--revision=${Date.parse(day) / 1000}`;
  run(["createrepo_c", "--quiet", revision, `--groupfile=${sources}/comps.xml`, packages]);
  run(["modifyrepo_c", "--mdtype=modules", `${sources}/modules.yaml`, `${packages}/repodata`]);
}

async function buildPackages(directory: string, packages: string, release = "1"): Promise<void> {
  await mkdir(packages);
  run(
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
        hello_release: release,
      }),
      ...["distribution", "tool"].map((name) => `${sources}/${name}.spec`),
    ],
    { env: { SOURCE_DATE_EPOCH: "1556668800" } },
  );
  const files = (await readdir(packages)).map((name) => `${packages}/${name}`);
  run([
    "rpmsign",
    "--addsign",
    ...define({ _gpg_name: "packager", _gpg_path: `${directory}/gnupg`, __gpg: "/usr/bin/gpg" }),
    ...files.filter((file) => !file.includes("/unsigned-")),
  ]);
  run(["gpgconf", `--homedir=${directory}/gnupg`, "--kill", "all"]);
}

const define = (macros: Readonly<Record<string, string>>) =>
  Object.entries(macros).flatMap(([name, value]) => ["--define", `${name} ${value}`]);

const metalink = (url: string, repomd: Buffer) => `<?xml version="1.0" encoding="utf-8"?>
<metalink version="3.0" xmlns="http://www.metalinker.org/">
<files><file name="repomd.xml"><size>${repomd.length}</size>
<verification><hash type="sha256">${sha256(repomd)}</hash></verification>
<resources>
<url protocol="http" type="http" location="US" preference="100">${url}</url>
<url protocol="http" type="http" location="US" preference="90">${url.replace(/30\/.*\/repodata/, "mirror/repodata")}</url>
<url protocol="rsync" type="rsync" location="US" preference="100">rsync${url.slice("http".length)}</url>
</resources>
</file></files></metalink>
`;

const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");
