import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { repositoriesOf } from "../../stages/lib/packages/rpm-repositories.ts";
import { hasGroups, type RpmRepository, rpmRepository } from "../support/rpm-repository.ts";
import { runStep, type StepRun } from "../support/sandbox.ts";
import { contents, type Skeleton, skeleton } from "../support/skeleton.ts";

let repository: RpmRepository;
beforeAll(async () => {
  repository = await rpmRepository();
});
afterAll(async () => {
  await repository[Symbol.asyncDispose]();
});

/** Runs the stage, by default with an empty cache. */
async function dnf(tree: Skeleton, options: object, given: Partial<StepRun> = {}) {
  const { state = `${tree.outside}/state`, ...more } = given;
  await mkdir(state, { recursive: true });
  return runStep({ kind: "stage", name: "org.osbuild.dnf", tree: tree.path, options, state, ...more });
}

const installed = (tree: Skeleton, database = "/usr/lib/sysimage/rpm") =>
  execFileSync("rpm", [`--root=${tree.path}`, `--dbpath=${database}`, "-qa", "--qf=%{NAME}\n"], { encoding: "utf8" })
    .split("\n")
    .filter((name) => name !== "" && name !== "gpg-pubkey")
    .sort();

/** The ways in which osbuild's releases have specified a repository and its key. */
const forms: readonly (() => object)[] = [
  () => ({
    fedora: {
      name: "Fedora",
      metalink: `${repository.url}/metalink?repo=fedora-$releasever&arch=$basearch`,
      gpgkey: `${repository.url}/keys/RPM-GPG-KEY-fedora-$releasever-$basearch`,
    },
  }),
  () => [
    {
      mirrorlist: `${repository.url}/mirrorlist?repo=fedora-$releasever&arch=$basearch`,
      checksum: repository.checksum,
      gpgkey: repository.key,
    },
  ],
  () => ({
    fedora: {
      baseurl: [`${repository.url}/$releasever/$basearch/`],
      gpgkey: ["file:///etc/key"],
      checksum: repository.checksum,
    },
  }),
];

test("dnf makes the same tree from the same packages, and leaves nothing of its own in it", async () => {
  const trees: string[] = [];
  const core = hasGroups() ? ["@Core"] : ["filesystem", "release", "hello"];
  for (const form of forms) {
    await using tree = await skeleton({ "/etc/key": repository.key });
    const options = { releasever: "30", basearch: "x86_64", repos: form(), packages: [...core, "grub2-pc", "httpd"] };
    expect(await dnf(tree, options)).toEqual({ exitCode: 0, log: expect.stringContaining("Complete!") });
    await rm(`${tree.path}/etc/key`);
    trees.push(contents(tree));
    expect(installed(tree)).toEqual(["filesystem", "grub2-pc", "hello", "httpd", "httpd-manual", "release"]);
    expect(await readFile(`${tree.path}/var/seen-by-scriptlet`, "utf8")).toBe(`${"f".repeat(32)}\n`);
    expect(await readFile(`${tree.path}/etc/machine-id`, "utf8")).toBe("");
  }
  expect(repository.requests).toContain("/keys/RPM-GPG-KEY-fedora-30-x86_64");
  expect(trees[1]).toBe(trees[0]);
  expect(trees[2]).toBe(trees[0]);
  expect(trees[0]?.replaceAll(/^[0-9a-f]{64} .*$\n?/gm, "").trim()).toBe(
    `
. d 755 0:0
./bin l 777 0:0 usr/bin
./dev d 755 0:0
./etc d 755 0:0
./etc/dnf d 755 0:0
./etc/dnf/modules.d d 755 0:0
./etc/machine-id f 444 0:0
./etc/os-release l 777 0:0 ../usr/lib/os-release
./proc d 555 0:0
./run d 755 0:0
./sys d 555 0:0
./tmp d 1777 0:0
./usr d 755 0:0
./usr/bin d 755 0:0
./usr/bin/hello f 755 0:0
./usr/lib d 755 0:0
./usr/lib/os-release f 644 0:0
./usr/lib/sysimage d 755 0:0
./usr/lib/sysimage/rpm d 755 0:0
./usr/lib/sysimage/rpm/rpmdb.sqlite f 644 0:0
./usr/lib/systemd d 755 0:0
./usr/lib/systemd/system d 755 0:0
./usr/lib/systemd/system/httpd.service f 644 0:0
./usr/share d 755 0:0
./usr/share/httpd-manual f 644 0:0
./var d 755 0:0
./var/seen-by-scriptlet f 644 0:0`.trim(),
  );
});

/** An unnamed repository of the test, whose packages aren't checked. */
const plain = () => [{ baseurl: `${repository.url}/30/x86_64/` }];

test("dnf installs only packages that are signed with the given key", async () => {
  await using tree = await skeleton({});
  const signed = (gpgkey: string) => [{ baseurl: `${repository.url}/30/x86_64/`, gpgkey }];
  const wrong = await dnf(tree, { repos: signed(repository.otherKey), packages: ["hello"] });
  expect(wrong).toEqual({ exitCode: 1, log: expect.stringMatching(/Public key for hello.* is not installed/) });
  const unsigned = await dnf(tree, { repos: signed(repository.key), packages: ["unsigned"] });
  expect(unsigned).toEqual({ exitCode: 1, log: expect.stringMatching(/Package unsigned.* is not signed/) });
  expect(existsSync(`${tree.path}/usr/share/unsigned`)).toBe(false);
  expect(existsSync(`${tree.path}/usr/bin/hello`)).toBe(false);
  expect((await dnf(tree, { repos: plain(), packages: ["unsigned"] })).exitCode).toBe(0);
});

test("dnf installs nothing from a repository that has changed", async () => {
  await using tree = await skeleton({});
  const checksum = `sha256:${"0".repeat(64)}`;
  const { exitCode, log } = await dnf(tree, {
    repos: { fedora: { ...plain()[0], checksum } },
    packages: ["hello"],
  });
  expect(exitCode).toBe(1);
  expect(log.split("\n").at(-1)).toBe(
    `repository fedora: repomd.xml has the checksum ${repository.checksum}, not ${checksum}: the repository has changed`,
  );
  expect(existsSync(`${tree.path}/usr/bin`)).toBe(false);
});

/** Asks which packages would be installed: the answer, or what was said instead of it. */
async function resolve(options: object, tree?: Skeleton) {
  await using empty = await skeleton({});
  const resolveDir = `${empty.outside}/resolved`;
  await mkdir(resolveDir);
  const { exitCode, log } = await dnf(tree ?? empty, options, { resolveDir, state: `${empty.outside}/state` });
  if (exitCode !== 0) return log.split("\n").at(-1);
  return JSON.parse(await readFile(`${resolveDir}/lock.json`, "utf8"));
}

test("dnf locks what a signature or a checksum vouches for, with the addresses that a metalink has", async () => {
  const { url, checksum, key } = repository;
  const metalink = `${url}/metalink?repo=fedora-30&arch=x86_64`;
  const signed = { repos: { fedora: { metalink, gpgkey: key } } };
  const { packages, repositories } = await resolve({ ...signed, packages: [repository.package("httpd").url] });
  expect(packages.map((one: { url: string }) => one.url).sort()).toEqual(
    ["filesystem", "hello", "httpd", "httpd-manual"].map((name) => repository.package(name).url),
  );
  expect(repositories).toMatchObject([{ url: `${url}/30/x86_64/`, mirrors: [`${url}/mirror/`], suite: "fedora" }]);

  const pinned = { repos: [{ ...plain()[0], checksum }], packages: ["unsigned"] };
  expect(await resolve(pinned)).toMatchObject({ packages: [{ name: "unsigned" }] });
  expect(await resolve({ ...pinned, repos: plain() })).toBe(
    "unsigned-1-1.noarch: it isn't signed with a key that is known here, so it can't be locked: give its repository a gpgkey, or the checksum of its repomd.xml",
  );

  await using tree = await skeleton({});
  await dnf(tree, { ...signed, packages: ["httpd"] });
  expect(await resolve({ ...signed, packages: ["httpd"], operation: "remove" }, tree)).toBe(
    "httpd-1-1.noarch was replaced or removed: only a step that just adds packages can be locked",
  );
});

test("dnf doesn't install weak dependencies and excluded packages", async () => {
  await using weak = await skeleton({});
  await dnf(weak, { repos: plain(), packages: ["httpd"], install_weak_deps: false });
  expect(installed(weak)).toEqual(["filesystem", "hello", "httpd"]);
  await using excluded = await skeleton({});
  const options = { repos: plain(), exclude_packages: ["rel*", "httpd-manual"] };
  await dnf(excluded, { ...options, packages: [hasGroups() ? "@core" : "filesystem", "httpd"] });
  expect(installed(excluded)).toEqual(["filesystem", "hello", "httpd"]);
});

test("dnf installs a group, or says what to do where the build root's dnf crashes on it", async () => {
  await using tree = await skeleton({});
  const { exitCode, log } = await dnf(tree, { repos: plain(), packages: ["@core"] });
  const says = (text: string) => log.includes(text);
  const crash = "dnf: killed by SIGSEGV: Debian 13's dnf crashes on groups: name packages, or use another build root";
  expect([exitCode, says("Complete!"), says(crash)]).toEqual(hasGroups() ? [0, true, false] : [1, false, true]);
});

test("dnf downloads once, and has other operations than install; the tree's own rpm finds the database", async () => {
  await using tree = await skeleton({});
  const options = { repos: plain(), packages: ["rpm", "httpd"] };
  await dnf(tree, options);
  expect(existsSync(`${tree.path}/usr/lib/sysimage/rpm`)).toBe(false);
  expect(installed(tree, "/var/lib/rpm")).toEqual(["filesystem", "hello", "httpd", "httpd-manual", "rpm"]);

  const { log } = await dnf(tree, { ...options, packages: ["httpd"], operation: "remove" });
  expect(log).toContain("Complete!");
  expect(installed(tree, "/var/lib/rpm")).toEqual(["filesystem", "hello", "httpd-manual", "rpm"]);

  repository.requests.splice(0);
  await using again = await skeleton({});
  await dnf(again, options, { state: `${tree.outside}/state` });
  expect(repository.requests).toEqual(["/30/x86_64/repodata/repomd.xml"]);
  expect(installed(again, "/var/lib/rpm")).toContain("httpd");
});

test("dnf installs modules of the given platform", async () => {
  await using tree = await skeleton({});
  const options = { repos: plain(), packages: ["@tool:1/default"] };
  expect((await dnf(tree, { ...options, module_platform_id: "platform:f29" })).exitCode).toBe(1);
  expect((await dnf(tree, { ...options, module_platform_id: "platform:f30" })).exitCode).toBe(0);
  expect(installed(tree)).toEqual(["tool"]);
});

test("dnf uses the tree's own repositories if none are given", async () => {
  await using tree = await skeleton({
    "/etc/yum.repos.d/own.repo": `[own]\nname=own\nbaseurl=${repository.url}/30/x86_64/\n`,
  });
  const mirrors = { [repository.url]: repository.url };
  expect((await dnf(tree, { packages: ["hello"] }, { mirrors })).exitCode).toBe(0);
  expect(installed(tree)).toEqual(["filesystem", "hello"]);
});

test("a mirror is used for every URL with its prefix", () => {
  const input = { tree: "", inputs: {}, source_epoch: 0, id: "" };
  const repos = {
    fedora: {
      metalink: "https://there/metalink?repo=fedora-$releasever&arch=$basearch",
      gpgkey: "file:///$releasever",
    },
  };
  const options = { releasever: "30", basearch: "s390x", repos };
  const mirrors = { "https://": "http://far/", "https://there/": "http://near/" };
  expect(repositoriesOf({ ...input, options, mirrors })).toEqual([
    {
      id: "fedora",
      repository: { metalink: ["http://near/metalink?repo=fedora-30&arch=s390x"], gpgkey: ["file:///30"] },
    },
  ]);
  const other = { baseurl: "http://here/", checksum: `sha256:${"1".repeat(64)}` };
  const whole = { "https://there/metalink?repo=fedora-30&": other };
  expect(repositoriesOf({ ...input, options, mirrors: whole })).toEqual([{ id: "fedora", repository: other }]);
  expect(repositoriesOf({ ...input, options: {}, mirrors: { "": other } })).toEqual([
    { id: "repo0", repository: other },
  ]);

  const sources = { "org.osbuild.dnf": { repos: { [other.checksum]: { baseurl: "http://source/" } } } };
  expect(repositoriesOf({ ...input, options: { repos: [other.checksum] }, sources })).toEqual([
    { id: "repo0", repository: { baseurl: ["http://source/"], checksum: other.checksum } },
  ]);
});

test("dnf installs a package of the repository with what it needs", async () => {
  await using tree = await skeleton({});
  const response = await fetch(repository.package("httpd").url);
  const file = `${tree.outside}/httpd.rpm`;
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
  const options = { repos: plain(), packages: ["./dist/httpd.rpm"], install_weak_deps: false };
  const end = await dnf(tree, options, { inputs: { "./dist/httpd.rpm": file } });
  expect(end).toMatchObject({ exitCode: 0 });
  expect(installed(tree)).toEqual(["filesystem", "hello", "httpd"]);
});

test("a private repository gets the password and the certificates, and nothing else has them", async () => {
  await using closed = await rpmRepository("ci:8lynx-Panther");
  const repos = {
    closed: {
      baseurl: `${closed.url}/30/x86_64/`,
      gpgkey: closed.key,
      username: "ci",
      secrets: { password: "repository", sslclientkey: "key" },
    },
  };
  await using tree = await skeleton({});
  const options = { releasever: "30", basearch: "x86_64", repos, packages: ["filesystem", "release", "hello"] };
  const key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0IGtleQ==\n-----END PRIVATE KEY-----\n";
  const ended = await dnf(tree, options, { secrets: { repository: "8lynx-Panther", key } });
  expect(ended).toEqual({ exitCode: 0, log: expect.stringContaining("Complete!") });
  expect(installed(tree)).toContain("hello");
  const search = ["-rl", "-e", "8lynx-Panther", "-e", "c2VjcmV0IGtleQ", tree.path, tree.outside];
  expect(spawnSync("grep", search).stdout.toString()).toBe("");

  await using other = await skeleton({});
  const wrong = await dnf(other, options, { secrets: { repository: "another-password", key } });
  expect(wrong).toMatchObject({ exitCode: 1, log: expect.stringContaining("Status code: 401") });
});
