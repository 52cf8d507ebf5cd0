import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { passingFailure } from "../../../../stages/lib/downloads/failures.ts";
import { aptRepository, debPackage } from "../../../support/apt-repository.ts";
import { debianTree } from "../../../support/debian-tree.ts";
import { dpkg } from "../../../support/golden-repositories.ts";
import { serve } from "../../../support/local-server.ts";
import { ostreeRepository } from "../../../support/ostree-repository.ts";
import { rpmRepository } from "../../../support/rpm-repository.ts";
import { runStep, type StepRun } from "../../../support/sandbox.ts";
import { skeleton } from "../../../support/skeleton.ts";

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(`${tmpdir()}/retries-`);
});
afterAll(() => rm(scratch, { recursive: true }));

async function run(name: string, tree: string, options: object, given: Pick<StepRun, "sources" | "mirrors"> = {}) {
  const state = await mkdtemp(`${scratch}/state-`);
  return runStep({ kind: "stage", name: `org.osbuild.${name}`, tree, options, state, ...given });
}

/** The lines of a log that announce another try. */
const retries = (log: string) => log.split("\n").filter((line) => line.includes("trying again"));

const second = "trying again in 1 s (try 2 of 3)";
const third = "trying again in 3 s (try 3 of 3)";

test("apt retries failures of the server and the network, but not missing files", async () => {
  await using repository = await aptRepository("test", [await debPackage(scratch, "hello")]);
  const { uri, faults } = repository;
  const mirrors = { [uri]: uri };
  await using tree = await debianTree();
  await writeFile(`${tree.path}/etc/apt/sources.list`, `deb [trusted=yes] ${uri} test main\n`);
  faults.set("/pool/hello_1.0_all.deb", [404]);
  const missing = await run("apt", tree.path, { packages: ["hello"] }, { mirrors });
  expect(missing).toEqual({ exitCode: 1, log: expect.stringMatching(/\/hello_1.0_all.deb +404/) });
  const unknown = await run("apt", tree.path, { packages: ["nonesuch"] }, { mirrors });
  expect(unknown).toEqual({ exitCode: 1, log: expect.stringContaining("Unable to locate package nonesuch") });
  expect(retries(missing.log + unknown.log)).toEqual([]);

  faults.set("/dists/test/InRelease", [503, 502]);
  faults.set("/pool/hello_1.0_all.deb", ["cut"]);
  const { exitCode, log } = await run("apt", tree.path, { packages: ["hello"] }, { mirrors });
  expect({ exitCode, log }).toEqual({ exitCode: 0, log: expect.any(String) });
  expect(retries(log)).toEqual([
    `${uri}/dists/test/InRelease: status 503 Service Unavailable: ${second}`,
    `${uri}/dists/test/InRelease: status 502 Bad Gateway: ${third}`,
    expect.stringMatching(/^http:\S+\/pool\/hello_1.0_all.deb: .*: trying again in 1 s \(try 2 of 3\)$/),
  ]);
  expect(await readFile(`${tree.path}/var/lib/dpkg/status`, "utf8")).toContain("Package: hello\n");
});

test("debootstrap starts over when apt has given up, and makes the same tree", async () => {
  await using repository = await aptRepository("test", [await dpkg(scratch)]);
  const options = { suite: "test", variant: "essential", mirror: repository.uri, keyring: repository.key };
  await using smooth = await skeleton({});
  expect((await run("debootstrap", smooth.path, options)).exitCode).toBe(0);
  await using tree = await skeleton({});
  // apt itself tries four times.
  repository.faults.set("/pool/dpkg_1.0_all.deb", [503, 503, 503, 503]);
  const { exitCode, log } = await run("debootstrap", tree.path, options);
  expect({ exitCode, log }).toEqual({ exitCode: 0, log: expect.any(String) });
  expect(retries(log)).toEqual([`${repository.uri}/pool/dpkg_1.0_all.deb: status 503 Service Unavailable: ${second}`]);
  const told = "var/lib/dpkg/told-to-install";
  expect(await readFile(`${tree.path}/${told}`, "utf8")).toBe(await readFile(`${smooth.path}/${told}`, "utf8"));
});

test("dnf is retried after its own retries, which have no pauses, but not for a missing package", async () => {
  await using repository = await rpmRepository();
  const { url, faults } = repository;
  const repos = [{ baseurl: `${url}/30/x86_64/` }];
  const hello = repository.package("hello").url.slice(url.length);
  const repomd = "/30/x86_64/repodata/repomd.xml";
  await using tree = await skeleton({});
  faults.set(hello, [404, 404, 404, 404]);
  const missing = await run("dnf", tree.path, { repos, packages: ["hello"] });
  expect(missing).toEqual({ exitCode: 1, log: expect.stringContaining(`Status code: 404 for ${url}${hello}`) });
  expect(retries(missing.log)).toEqual([]);

  await using other = await skeleton({});
  faults.set(repomd, [503, 503, 503, 503]);
  faults.set(hello, ["cut", 503, 503, 503]);
  const { exitCode, log } = await run("dnf", other.path, { repos, packages: ["hello"] });
  expect({ exitCode, log }).toEqual({ exitCode: 0, log: expect.any(String) });
  expect(retries(log)).toEqual([
    `${url}${repomd}: status 503: ${second}`,
    `${url}${hello}: Transferred a partial file: ${second}`,
  ]);
});

test("ostree is retried, but not for a missing commit", async () => {
  await using repository = await ostreeRepository();
  const { url, commit, key, faults } = repository;
  const object = `/objects/${commit.slice(0, 2)}/${commit.slice(2)}.commit`;
  const options = { commit, osname: "test", ref: "test/os", remotes: [{ name: "origin", url, gpgkeys: [key] }] };
  await using tree = await skeleton({});
  faults.set(object, [404]);
  const missing = await run("ostree", tree.path, options);
  expect(missing).toEqual({ exitCode: 1, log: expect.stringContaining("HTTP 404") });
  expect(retries(missing.log)).toEqual([]);
  await using other = await skeleton({});
  faults.set(object, [503, "cut"]);
  const { exitCode, log } = await run("ostree", other.path, options);
  expect({ exitCode, log }).toEqual({ exitCode: 0, log: expect.any(String) });
  expect(retries(log)).toEqual([
    `${url}: status 503: ${second}`,
    `${url}${object}: Transferred a partial file: ${third}`,
  ]);
});

test("a file of the sources is tried three times, but only once if the server doesn't have it", async () => {
  const content = "not an archive";
  await using server = await serve((path) => (path === "/app.tar" ? content : undefined));
  const copy = async (path: string) => {
    const checksum = `sha256:${createHash("sha256").update(content).digest("hex")}`;
    const sources = { "org.osbuild.files": { urls: { [checksum]: `${server.url}${path}` } } };
    await using tree = await skeleton({});
    return await run("copy", tree.path, { source: { checksum } }, { sources });
  };
  server.faults.set("/app.tar", [503, "cut"]);
  const { log } = await copy("/app.tar");
  expect(retries(log)).toEqual([
    `${server.url}/app.tar: 503 Service Unavailable: ${second}`,
    expect.stringMatching(/\/app.tar: .*: trying again in 3 s \(try 3 of 3\)$/),
  ]);
  expect(log).toMatch(/This does not look like a tar archive/);
  expect(await copy("/other.tar")).toEqual({ exitCode: 1, log: `${server.url}/other.tar: 404 Not Found` });
  server.faults.set("/app.tar", [500, 500, 500]);
  const { exitCode, log: last } = await copy("/app.tar");
  expect([exitCode, retries(last).length, last.split("\n").at(-1)]).toEqual([
    1,
    2,
    `${server.url}/app.tar: 500 Internal Server Error`,
  ]);
});

test.each([
  [
    "E: Failed to fetch http://deb.test/a.deb  Temporary failure resolving 'deb.test'",
    /^http:\/\/deb.test\/a.deb: Temp/,
  ],
  [
    "E: Failed to fetch http://deb.test/a.deb  Could not connect to deb.test:80 (127.0.0.1). - connect (111: Connection refused)",
    /refused/,
  ],
  ["W: Failed to fetch http://deb.test/InRelease  Could not resolve 'deb.test'", undefined],
  [
    "E: Failed to fetch http://deb.test/InRelease  The following signatures couldn't be verified: NO_PUBKEY 00",
    undefined,
  ],
  ["E: Failed to fetch http://deb.test/503.deb  404  Not Found [IP: 127.0.0.1 503]", undefined],
  ["  - Curl error (60): SSL peer certificate was not OK for https://rpm.test/repomd.xml []", undefined],
  [
    "  - Curl error (28): Timeout was reached for https://rpm.test/repomd.xml []",
    /^https:\/\/rpm.test\/repomd.xml: Timeout/,
  ],
  ["gpg: keyserver receive failed: No keyserver available", /^the server: No/],
  ["gpg: keyserver receive failed: No data", undefined],
  ["Setting up hello: 503 Service Unavailable", undefined],
])("%s", (line, expected) => {
  const found = passingFailure(`Reading package lists...\n${line}\n`);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(expected);
});
