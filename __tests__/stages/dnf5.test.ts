import { execFileSync, spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { newerTools } from "../support/debian-tree.ts";
import { hasGroups, type RpmRepository, rpmRepository } from "../support/rpm-repository.ts";
import { runStep, type StepRun } from "../support/sandbox.ts";
import { contents, type Skeleton, skeleton } from "../support/skeleton.ts";

let repository: RpmRepository;
beforeAll(async () => {
  repository = await rpmRepository();
}, 300_000);
afterAll(async () => {
  await repository[Symbol.asyncDispose]();
});

/** Runs the stage with a build root that has only dnf 5, by default with an empty cache. */
async function dnf5(tree: Skeleton, options: object, given: Partial<StepRun> = {}) {
  const { state = `${tree.outside}/state`, ...more } = given;
  await mkdir(state, { recursive: true });
  const step = { kind: "stage", name: "org.osbuild.dnf", tree: tree.path, options, state } as const;
  return runStep({ ...step, buildRoot: newerTools(), ...more });
}

/** Asks which packages would be installed: the answer, or what was said instead of it. */
async function resolve(tree: Skeleton, options: object, given: Partial<StepRun> = {}) {
  const resolveDir = `${tree.outside}/resolved`;
  await mkdir(resolveDir);
  const { exitCode, log } = await dnf5(tree, options, { ...given, resolveDir });
  if (exitCode !== 0) return log.split("\n").at(-1);
  return JSON.parse(await readFile(`${resolveDir}/lock.json`, "utf8"));
}

/** Downloads the packages of a lock. */
async function download(tree: Skeleton, packages: readonly { url: string; sha256: string }[]): Promise<string> {
  const directory = `${tree.outside}/packages`;
  await mkdir(directory);
  for (const { url, sha256 } of packages) {
    await writeFile(`${directory}/${sha256}`, Buffer.from(await (await fetch(url)).arrayBuffer()));
  }
  return directory;
}

const installed = (tree: Skeleton) =>
  execFileSync("rpm", [`--root=${tree.path}`, "--dbpath=/usr/lib/sysimage/rpm", "-qa", "--qf=%{NAME}\n"])
    .toString()
    .split("\n")
    .filter((name) => name !== "" && name !== "gpg-pubkey")
    .sort();

const plain = () => ({ fedora: { baseurl: `${repository.url}/30/x86_64/` } });

test("dnf 5 makes the same tree as dnf 4, at each build and from a lock without network", async () => {
  const metalink = `${repository.url}/metalink?repo=fedora-$releasever&arch=$basearch`;
  const repos = { fedora: { metalink, gpgkey: repository.key } };
  // Debian 13's dnf 4 crashes on groups.
  const core = hasGroups() ? ["@core"] : ["release", "hello"];
  const options = { releasever: "30", basearch: "x86_64", repos, packages: [...core, repository.package("httpd").url] };
  await using tree = await skeleton({});
  expect(await dnf5(tree, options)).toEqual({ exitCode: 0, log: expect.stringContaining("Complete!") });
  const made = contents(tree);

  await using withDnf4 = await skeleton({});
  await dnf5(withDnf4, options, { buildRoot: undefined });
  // dnf 4 makes a directory for modules. The databases are of different versions of rpm.
  const common = (text: string) => text.split("\n").filter((line) => !/\.\/etc\/dnf|rpmdb\.sqlite$/.test(line));
  expect(common(made)).toEqual(common(contents(withDnf4)));
  expect(installed(tree)).toEqual(installed(withDnf4));

  await using again = await skeleton({});
  const { repositories, packages, notes } = await resolve(again, options);
  expect(contents(again)).toBe(made);
  expect(repositories).toEqual([
    {
      url: `${repository.url}/30/x86_64/`,
      suite: "fedora",
      release: repository.checksum.slice("sha256:".length),
      date: "2026-01-01T00:00:00Z",
      mirrors: [`${repository.url}/mirror/`],
    },
  ]);
  expect(packages.map(({ name }: { name: string }) => name).sort()).toEqual(installed(tree));
  expect(packages).toContainEqual({
    name: "httpd",
    version: "1-1",
    architecture: "noarch",
    size: expect.any(Number),
    sha256: repository.package("httpd").checksum.slice("sha256:".length),
    url: repository.package("httpd").url,
    source: "filesystem",
  });

  await using fromLock = await skeleton({});
  const locked = { packages, notes, directory: await download(fromLock, packages) };
  expect(await dnf5(fromLock, options, { locked })).toMatchObject({ exitCode: 0 });
  expect(contents(fromLock)).toBe(made);
}, 300_000);

test("dnf 5 locks packages of a repository that the tree names, and none that nobody vouches for", async () => {
  const { url } = repository;
  const own = `[own]\nname=own\nbaseurl=${url}/30/$basearch\ngpgkey=${url}/keys/own\ngpgcheck=1\n`;
  await using tree = await skeleton({ "/etc/yum.repos.d/own.repo": own });
  const options = { packages: ["httpd-manual"], basearch: "x86_64" };
  expect(await resolve(tree, options, { mirrors: { [url]: url } })).toMatchObject({
    repositories: [{ url: `${url}/30/x86_64/`, suite: "own" }],
    packages: [{ name: "httpd-manual", url: repository.package("httpd-manual").url }],
  });

  await using empty = await skeleton({});
  const unsigned = { repos: plain(), packages: ["unsigned"] };
  expect(await resolve(empty, unsigned)).toBe(
    "unsigned-1-1.noarch: it isn't signed with a key that is known here, so it can't be locked: give its repository a gpgkey, or the checksum of its repomd.xml",
  );
  await using pinned = await skeleton({});
  const repos = { fedora: { ...plain().fedora, checksum: repository.checksum } };
  expect(await resolve(pinned, { ...unsigned, repos })).toMatchObject({ packages: [{ name: "unsigned" }] });
});

test("dnf 5 leaves out weak dependencies and excluded packages, downloads once, and removes packages", async () => {
  await using tree = await skeleton({});
  const options = {
    repos: plain(),
    packages: ["@core", "httpd"],
    exclude_packages: ["rel*"],
    install_weak_deps: false,
  };
  expect(await dnf5(tree, options)).toMatchObject({ exitCode: 0 });
  repository.requests.splice(0);
  await using again = await skeleton({});
  await dnf5(again, options, { state: `${tree.outside}/state` });
  expect(repository.requests).toEqual(["/30/x86_64/repodata/repomd.xml"]);
  expect(contents(again)).toBe(contents(tree));
  expect(installed(tree)).toEqual(["filesystem", "hello", "httpd"]);

  expect(await dnf5(tree, { ...options, packages: ["httpd"], operation: "remove" })).toMatchObject({ exitCode: 0 });
  expect(installed(tree)).toEqual(["filesystem", "hello"]);
});

test("dnf 5 installs nothing that another key has signed, from a repository that has changed, or from a module", async () => {
  await using tree = await skeleton({});
  const end = async (fedora: object, packages = ["hello"]) => {
    const { exitCode, log } = await dnf5(tree, { repos: { fedora: { ...plain().fedora, ...fedora } }, packages });
    expect(exitCode).toBe(1);
    return log;
  };
  expect(await end({ gpgkey: repository.otherKey })).toContain("hello-1-1.noarch");
  const checksum = `sha256:${"0".repeat(64)}`;
  expect((await end({ checksum })).split("\n").at(-1)).toBe(
    `repository fedora: repomd.xml has the checksum ${repository.checksum}, not ${checksum}: the repository has changed`,
  );
  expect(await end({}, ["@tool:1/default"])).toBe(
    "@tool:1/default is a module, which dnf 5 can't install: name its packages, or use a build root with dnf 4, such as Fedora 40's",
  );
  expect(contents(tree)).not.toContain("./usr/bin");
});

test("dnf 5 gets the password and the certificates of a private repository, and nothing else has them", async () => {
  await using closed = await rpmRepository("ci:8lynx-Panther");
  const repos = {
    closed: {
      baseurl: `${closed.url}/30/x86_64/`,
      gpgkey: closed.key,
      username: "ci",
      secrets: { password: "repository", sslclientkey: "key" },
    },
  };
  const key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0IGtleQ==\n-----END PRIVATE KEY-----\n";
  await using tree = await skeleton({});
  const wrong = await dnf5(tree, { repos, packages: ["hello"] }, { secrets: { repository: "another-password", key } });
  expect(wrong).toMatchObject({ exitCode: 1, log: expect.stringContaining("Status code: 401") });

  closed.faults.set("/30/x86_64/repodata/repomd.xml", [503]);
  const right = await dnf5(tree, { repos, packages: ["hello"] }, { secrets: { repository: "8lynx-Panther", key } });
  expect(right).toMatchObject({ exitCode: 0 });
  const search = ["-rl", "-e", "8lynx-Panther", "-e", "c2VjcmV0IGtleQ", tree.path, tree.outside];
  expect(spawnSync("grep", search).stdout.toString()).toBe("");
});
