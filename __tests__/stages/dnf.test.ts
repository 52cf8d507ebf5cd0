import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { repositoriesOf } from "../../stages/lib/rpm-repositories.ts";
import { type RpmRepository, rpmRepository } from "../support/rpm-repository.ts";
import { runStep } from "../support/sandbox.ts";
import { type Skeleton, skeleton } from "../support/skeleton.ts";

let repository: RpmRepository;
beforeAll(async () => {
  repository = await rpmRepository();
});
afterAll(async () => {
  await repository[Symbol.asyncDispose]();
});

/** Runs the stage; unless told otherwise with a cache that is empty. */
async function dnf(tree: Skeleton, options: object, { state = `${tree.outside}/state`, ...more } = {}) {
  await mkdir(state, { recursive: true });
  return runStep({ kind: "stage", name: "org.osbuild.dnf", tree: tree.path, options, state, ...more });
}

/** Every path of the tree with all that it is, times apart. */
function contents(tree: Skeleton): string {
  const find = (...args: readonly string[]) => execFileSync("find", args, { cwd: tree.path, encoding: "utf8" });
  const entries =
    find(".", "-printf", "%p %y %m %U:%G %l\n") + find(".", "-type", "f", "-exec", "sha256sum", "{}", "+");
  return entries
    .split("\n")
    .map((line) => line.trimEnd())
    .sort()
    .join("\n");
}

const installed = (tree: Skeleton, database = "/usr/lib/sysimage/rpm") =>
  execFileSync("rpm", [`--root=${tree.path}`, `--dbpath=${database}`, "-qa", "--qf=%{NAME}\n"], { encoding: "utf8" })
    .split("\n")
    .filter((name) => name !== "" && name !== "gpg-pubkey")
    .sort();

/** The ways in which the releases have named one repository and its key. */
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

test("dnf makes the same tree from the same packages, and leaves nothing of itself in it", async () => {
  const trees: string[] = [];
  for (const form of forms) {
    await using tree = await skeleton({ "/etc/key": repository.key });
    const options = { releasever: "30", basearch: "x86_64", repos: form(), packages: ["@Core", "grub2-pc", "httpd"] };
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

/** An unnamed repository of the test's, whose packages are not checked. */
const plain = () => [{ baseurl: `${repository.url}/30/x86_64/` }];

test("dnf installs only what is signed with the key that is given", async () => {
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

test("dnf leaves out weak dependencies and what is excluded", async () => {
  await using weak = await skeleton({});
  await dnf(weak, { repos: plain(), packages: ["httpd"], install_weak_deps: false });
  expect(installed(weak)).toEqual(["filesystem", "hello", "httpd"]);
  await using excluded = await skeleton({});
  await dnf(excluded, { repos: plain(), packages: ["@core", "httpd"], exclude_packages: ["rel*", "httpd-manual"] });
  expect(installed(excluded)).toEqual(["filesystem", "hello", "httpd"]);
});

test("dnf downloads once, and does other things than install; the tree's own rpm finds the database", async () => {
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

test("dnf installs modules of the platform that is given", async () => {
  await using tree = await skeleton({});
  const options = { repos: plain(), packages: ["@tool:1/default"] };
  expect((await dnf(tree, { ...options, module_platform_id: "platform:f29" })).exitCode).toBe(1);
  expect((await dnf(tree, { ...options, module_platform_id: "platform:f30" })).exitCode).toBe(0);
  expect(installed(tree)).toEqual(["tool"]);
});

test("dnf uses the tree's own repositories where none are named", async () => {
  await using tree = await skeleton({
    "/etc/yum.repos.d/own.repo": `[own]\nname=own\nbaseurl=${repository.url}/30/x86_64/\n`,
  });
  expect((await dnf(tree, { packages: ["hello"] })).exitCode).toBe(0);
  expect(installed(tree)).toEqual(["filesystem", "hello"]);
});

test("a mirror is used for every address that begins as it says", () => {
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
