import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { osbuild } from "../support/osbuild.ts";
import { rpmRepository } from "../support/rpm-repository.ts";
import { scratch, sh } from "../support/store.ts";
import { cyclonedxErrors, spdxErrors } from "./schemas.ts";

/** Runs a script in the tree. */
const shell = `
import { spawnSync } from "node:child_process";
import { json } from "node:stream/consumers";
const { tree, options } = await json(process.stdin);
process.exit(spawnSync("/bin/sh", ["-euc", options.script], { cwd: tree, stdio: "inherit" }).status ?? 1);
`;

async function place(files: Readonly<Record<string, object>>) {
  const directory = await scratch();
  const cwd = directory.path;
  mkdirSync(`${cwd}/lib/stages`, { recursive: true });
  writeFileSync(`${cwd}/lib/stages/test.shell.ts`, shell);
  writeFileSync(`${cwd}/lib/stages/test.shell.meta.json`, "{}");
  for (const [name, content] of Object.entries(files)) writeFileSync(`${cwd}/${name}`, JSON.stringify(content));
  return {
    cwd,
    run: (...args: readonly string[]) => osbuild(args, { cwd }),
    [Symbol.asyncDispose]: directory[Symbol.asyncDispose],
  };
}

/** Installs a package that is made on the spot, with the real tools. */
const install = (name: string, version: string, control = "", licence = "Expat") => ({
  name: "test.shell",
  options: {
    script: `
      mkdir -p var/lib/dpkg/info var/lib/dpkg/updates etc; touch var/lib/dpkg/status
      printf 'ID=debian\\nVERSION_ID="12"\\n' >etc/os-release
      mkdir -p /tmp/deb/DEBIAN /tmp/deb/usr/share/doc/${name}
      printf 'Package: ${name}\\nVersion: ${version}\\nArchitecture: all\\nMaintainer: some\\nDescription: some\\n${control}' \\
        >/tmp/deb/DEBIAN/control
      printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\\n\\nFiles: *\\nLicense: ${licence}\\n' \\
        >/tmp/deb/usr/share/doc/${name}/copyright
      dpkg-deb --root-owner-group --build /tmp/deb /tmp/some.deb
      dpkg --root="$PWD" --log=/dev/null --force-script-chrootless --install /tmp/some.deb
      rm -f var/lib/dpkg/*-old var/lib/dpkg/lock*`,
  },
});

const debian = {
  stages: [install("base", "1"), install("tool", "2", "Source: tools (2:1)\\n", "GPL-2+"), install("base", "1.1")],
  assembler: { name: "org.osbuild.tar", options: { filename: "web.tar" } },
};

const both = ["--sbom", "spdx", "--sbom", "cyclonedx"];

/** The documents beside an image. Throws unless they are valid. */
function documents(directory: string, image: string) {
  const [spdx, cyclonedx] = ["spdx", "cdx"].map((kind) => readFileSync(`${directory}/${image}.${kind}.json`, "utf8"));
  expect([spdxErrors(spdx as string), cyclonedxErrors(cyclonedx as string)]).toEqual([null, null]);
  return { spdx: spdx as string, cyclonedx: cyclonedx as string };
}

/** The packages in an SPDX document: its URL, licence, and the position of the step that brought it. */
function packages(spdx: string, ids: readonly string[]) {
  const listed: readonly SpdxPackage[] = JSON.parse(spdx).packages;
  return listed.flatMap(({ externalRefs = [], licenseDeclared, annotations = [] }) =>
    externalRefs.map(({ referenceLocator }) => [
      ...[referenceLocator, licenseDeclared],
      ids.indexOf(annotations[0]?.comment.split(" ").at(-1) ?? "") + 1,
    ]),
  );
}

interface SpdxPackage {
  readonly externalRefs?: readonly { readonly referenceLocator: string }[];
  readonly licenseDeclared: string;
  readonly annotations?: readonly { readonly comment: string }[];
}

async function idsOf(inspected: Promise<{ readonly stdout: string }>): Promise<readonly string[]> {
  return JSON.parse((await inspected).stdout).stages.map(({ id }: { id: string }) => id);
}

test("the SBOMs of a dpkg image are beside it, with its time, and the same bytes in another store", async () => {
  await using here = await place({ "web.json": debian });
  const first = await here.run("-l", "lib", ...both, "-o", "one", "web.json");
  expect([first.code, first.stderr]).toEqual([0, ""]);
  expect(first.stdout).toContain(`${here.cwd}/one/web.tar.cdx.json  SBOM\n`);
  const { spdx, cyclonedx } = documents(`${here.cwd}/one`, "web.tar");
  const ids = await idsOf(here.run("inspect", "--json", "-l", "lib", "web.json"));
  expect(packages(spdx, ids)).toEqual([
    ["pkg:deb/debian/base@1.1?arch=all&distro=debian-12", "MIT", 3],
    ["pkg:deb/debian/tool@2?arch=all&distro=debian-12&upstream=tools%402%3A1", "GPL-2.0-or-later", 2],
  ]);
  const [image] = JSON.parse(spdx).packages;
  expect(image.checksums[0].checksumValue).toBe(sh('sha256sum "$1" | cut -c1-64', `${here.cwd}/one/web.tar`).trim());
  for (const name of ["web.tar", "web.tar.spdx.json", "web.tar.cdx.json"])
    expect(statSync(`${here.cwd}/one/${name}`).mtimeMs).toBe(defaultSourceEpoch * 1000);

  await here.run("-l", "lib", ...both, "--store", "other", "-o", "two", "web.json");
  expect(documents(`${here.cwd}/two`, "web.tar")).toEqual({ spdx, cyclonedx });
  // An unchanged build leaves them as they are, and one without SBOMs takes them away.
  const { ino } = statSync(`${here.cwd}/one/web.tar.spdx.json`);
  expect((await here.run("-l", "lib", ...both, "-o", "one", "web.json")).code).toBe(0);
  expect(statSync(`${here.cwd}/one/web.tar.spdx.json`).ino).toBe(ino);
  expect((await here.run("-l", "lib", "-o", "one", "web.json")).code).toBe(0);
  expect(sh('ls "$1"', `${here.cwd}/one`)).toBe("web.tar\n");

  const id = JSON.parse((await here.run("inspect", "--json", "-l", "lib", "web.json")).stdout).output_id;
  expect((await here.run("store", "export", ...both, id, "three")).code).toBe(0);
  expect(documents(`${here.cwd}/three`, "web.tar")).toEqual({ spdx, cyclonedx });
});

test("an image of a build without SBOMs is made again for one, from its stored tree", async () => {
  await using here = await place({ "web.json": debian });
  await here.run("-l", "lib", "-o", "one", "web.json");
  const id = JSON.parse((await here.run("inspect", "--json", "-l", "lib", "web.json")).stdout).output_id;
  const unknown = await here.run("store", "export", "--sbom", "spdx", id, "exported");
  expect([unknown.code, unknown.stderr]).toEqual([
    1,
    expect.stringContaining(`error: the store doesn't know what the output ${id} contains\n`),
  ]);
  const planned = await here.run("-l", "lib", "--dry-run", "--sbom", "spdx", "-o", "two", "web.json");
  expect(planned.stdout.match(/^run .*/gm)).toEqual([expect.stringMatching(/tar .* contents not recorded$/)]);
  const again = await here.run("-l", "lib", "--sbom", "spdx", "-o", "two", "web.json");
  expect(again.stdout.match(/: .*, done in/g)).toEqual([expect.stringMatching(/^: contents not recorded /)]);
  const ids = await idsOf(here.run("inspect", "--json", "-l", "lib", "web.json"));
  const spdx = readFileSync(`${here.cwd}/two/web.tar.spdx.json`, "utf8");
  expect(packages(spdx, ids).map(([, , step]) => step)).toEqual([3, 2]);
});

test("the SBOMs of an RPM image tell which step brought each package", async () => {
  await using repository = await rpmRepository();
  const repos = [{ baseurl: `${repository.url}/30/x86_64/` }];
  const dnf = (name: string) => ({
    name: "org.osbuild.dnf",
    options: { releasever: "30", basearch: "x86_64", repos, packages: [name] },
  });
  const assembler = { name: "org.osbuild.tar", options: { filename: "web.tar" } };
  const pipeline = { stages: [dnf("release"), dnf("hello"), { name: "org.osbuild.noop" }], assembler };
  await using here = await place({ "web.json": pipeline, "mirrors.json": { [repository.url]: repository.url } });
  const given = ["--mirrors", "mirrors.json", "web.json"];
  const built = await here.run(...both, "-o", "out", ...given);
  expect([built.code, built.stderr]).toEqual([0, ""]);
  const { spdx } = documents(`${here.cwd}/out`, "web.tar");
  const ids = await idsOf(here.run("inspect", "--json", ...given));
  const version = "1-1?arch=noarch";
  const found = packages(spdx, ids).map(([purl, ...rest]) => [String(purl).replace(/&.*/, ""), ...rest]);
  expect(found).toEqual([
    [expect.stringMatching(RegExp(`/filesystem@${version.replace("?", "\\?")}$`)), "MIT", 1],
    [expect.stringMatching(RegExp(`/hello@${version.replace("?", "\\?")}$`)), "MIT", 2],
    [expect.stringMatching(RegExp(`/release@${version.replace("?", "\\?")}$`)), "MIT", 1],
  ]);
  expect(JSON.parse(spdx).packages.at(-1).sourceInfo).toBe("built package from: filesystem 1-1");
});

test("an SBOM needs an image and a directory for both", async () => {
  await using here = await place({ "web.json": debian, "tree.json": { stages: debian.stages } });
  const told = async (...args: readonly string[]) => {
    const { code, stderr } = await here.run("-l", "lib", ...args);
    return [code, stderr.replace(/\n +(\d+ )?\|.*/g, "")];
  };
  expect(await told("--sbom", "spdx", "web.json")).toEqual([
    2,
    "error: --sbom writes beside the image\n  hint: name a directory for both with --output\n",
  ]);
  expect(await told("--sbom", "spdx", "-o", "out", "tree.json")).toEqual([
    2,
    expect.stringMatching(/^tree.json:1:\d+: error: --sbom is given, but the pipeline makes no image\n/),
  ]);
  expect(await told("--sbom", "spxd", "web.json")).toEqual([
    2,
    'error: --sbom takes spdx or cyclonedx, not spxd\n  hint: did you mean "spdx"?\n',
  ]);
});
