import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type AptRepository, aptRepository, aptRepositoryFiles, debPackage } from "../support/apt-repository.ts";
import { debianTree } from "../support/debian-tree.ts";
import { serve } from "../support/local-server.ts";
import { runStep, type StepRun } from "../support/sandbox.ts";
import { skeleton } from "../support/skeleton.ts";

let scratch: string;
let repository: AptRepository;

beforeAll(async () => {
  scratch = await mkdtemp(`${tmpdir()}/apt-`);
  const hello = {
    "DEBIAN/conffiles": "/etc/hello.conf\n",
    "DEBIAN/postinst": `#!/bin/sh
/usr/sbin/policy-rc.d hello start; echo $? > /usr/share/hello.policy
cat /etc/resolv.conf > /usr/share/hello.resolv
touch /run/hello /tmp/hello
`,
    "etc/hello.conf": "the package's\n",
  };
  repository = await aptRepository("test", [
    await debPackage(scratch, "hello", { fields: "Depends: world\nRecommends: extra\n", files: hello }),
    await debPackage(scratch, "world"),
    await debPackage(scratch, "extra"),
  ]);
});

afterAll(async () => {
  await repository[Symbol.asyncDispose]();
  await rm(scratch, { recursive: true });
});

const ours = () => ({
  name: "ours",
  uris: [repository.uri],
  suites: ["test"],
  components: ["main"],
  key: repository.key,
});

/** A Debian without repositories, so that the test's own is the only one. */
async function offlineTree() {
  const tree = await debianTree();
  await writeFile(`${tree.path}/etc/apt/sources.list`, "");
  return tree;
}

async function install(tree: string, options: object, more: Pick<StepRun, "mirrors" | "secrets"> = {}) {
  const state = await mkdtemp(`${scratch}/state-`);
  return { state, ...(await runStep({ kind: "stage", name: "org.osbuild.apt", tree, state, options, ...more })) };
}

const exists = (tree: string, paths: readonly string[]) => paths.filter((path) => existsSync(tree + path));

const installed = async (tree: string) =>
  [...(await readFile(`${tree}/var/lib/dpkg/status`, "utf8")).matchAll(/^Package: (hello|world|extra)$/gm)].map(
    ([, name]) => name,
  );

test("packages are installed with their dependencies, and nothing else", async () => {
  await using tree = await offlineTree();
  const { exitCode, log } = await install(tree.path, { packages: ["hello"], repositories: [ours()] });
  expect({ exitCode, log }).toMatchObject({ exitCode: 0 });
  expect(await installed(tree.path)).toEqual(["hello", "world"]);
  for (const path of ["tmp", "var/cache/apt", "var/lib/apt/lists", "var/log/apt"]) {
    expect([path, await readdir(`${tree.path}/${path}`)]).toEqual([path, []]);
  }
  expect(exists(tree.path, ["/etc/apt/keyrings/ours.asc", "/etc/apt/sources.list.d/ours.sources"])).toEqual([]);
  expect(exists(tree.path, ["/run/hello", "/usr/sbin/policy-rc.d", "/var/lib/dpkg/status-old"])).toEqual([]);
  expect(await readFile(`${tree.path}/etc/machine-id`, "utf8")).toBe("");
  const journal = execFileSync("getfacl", ["--absolute-names", "--numeric", `${tree.path}/var/log/journal`]).toString();
  expect(journal).toMatch(/flags: -s-\nuser::rwx\ngroup::r-x\nother::r-x\n\n$/);
});

test("with a snapshot the tree's Debian archives are those of a time, and its sources stay as they are", async () => {
  await using tree = await offlineTree();
  const own = "deb [trusted=yes] http://archive.test/debian test main\n";
  await writeFile(`${tree.path}/etc/apt/sources.list`, own);
  const snapshot = "http://snapshot.test/{archive}/20260101T000000Z/";
  const mirrors = { "http://snapshot.test/debian/20260101T000000Z/": `${repository.uri}/` };
  const { exitCode, log } = await install(tree.path, { packages: ["hello"], snapshot }, { mirrors });
  expect({ exitCode, log }).toMatchObject({ exitCode: 0 });
  expect(await installed(tree.path)).toEqual(["hello", "world"]);
  expect(await readFile(`${tree.path}/etc/apt/sources.list`, "utf8")).toBe(own);
  await writeFile(`${tree.path}/etc/apt/sources.list`, `deb ${repository.uri} test main\n`);
  expect(await install(tree.path, { packages: ["hello"], snapshot })).toMatchObject({
    exitCode: 1,
    log: expect.stringContaining("the tree's sources name none of Debian's archives"),
  });
});

test("no service can start during the installation, and name servers are configured only until it ends", async () => {
  await using tree = await offlineTree();
  const link = "../run/systemd/resolve/stub-resolv.conf";
  await rm(`${tree.path}/etc/resolv.conf`, { force: true });
  await symlink(link, `${tree.path}/etc/resolv.conf`);
  await install(tree.path, { packages: ["hello"], repositories: [ours()] });
  const share = `${tree.path}/usr/share`;
  expect(await readFile(`${share}/hello.policy`, "utf8")).toBe("101\n");
  expect(await readFile(`${share}/hello.resolv`, "utf8")).toBe(await readFile("/etc/resolv.conf", "utf8"));
  expect(await readlink(`${tree.path}/etc/resolv.conf`)).toBe(link);
});

/** The files of packages, named by their SHA-256, and what a lock says about them. */
async function resolved(tree: string, options: object, inputs: Readonly<Record<string, string>> = {}) {
  const resolveDir = await mkdtemp(`${scratch}/resolved-`);
  const end = await runStep({ kind: "stage", name: "org.osbuild.apt", tree, options, inputs, resolveDir });
  expect(end).toMatchObject({ exitCode: 0 });
  const { packages, repositories } = JSON.parse(await readFile(`${resolveDir}/lock.json`, "utf8"));
  const directory = await mkdtemp(`${scratch}/files-`);
  for (const { url, sha256 } of packages) {
    const response = await fetch(url);
    await writeFile(`${directory}/${sha256}`, Buffer.from(await response.arrayBuffer()));
  }
  return { repositories, locked: { packages, directory } };
}

test("a lock's packages are installed without network, as from their repository", async () => {
  await using unlocked = await offlineTree();
  await using asked = await offlineTree();
  await using tree = await offlineTree();
  const options = { packages: ["hello/test"], repositories: [ours()], keep_repositories: true };
  await install(unlocked.path, options);
  const { repositories, locked } = await resolved(asked.path, options);
  expect(locked.packages.map(({ name }: { name: string }) => name)).toEqual(["hello", "world"]);
  expect(repositories).toMatchObject([{ url: `${repository.uri}/`, suite: "test", date: "2026-01-01T00:00:00Z" }]);
  const state = await mkdtemp(`${scratch}/state-`);
  const end = await runStep({ kind: "stage", name: "org.osbuild.apt", tree: tree.path, state, options, locked });
  expect(end).toMatchObject({ exitCode: 0 });
  // Without network there are no name servers.
  const argv = ["--recursive", "--no-dereference", "--exclude=hello.resolv", unlocked.changes, tree.changes];
  const differences = spawnSync("diff", argv, { encoding: "utf8" }).stdout.split("\n");
  // diff doesn't know whiteouts.
  expect(differences.filter((line) => !/special file while .* special file$/.test(line))).toEqual([""]);
});

test("a package of the repository is installed with what it depends on, and with a lock, too", async () => {
  const options = { packages: ["../dist/tool.deb"], repositories: [ours()] };
  const depends = { fields: "Depends: world\n", files: { "usr/share/tool": "tool\n" } };
  const inputs = { "../dist/tool.deb": await debPackage(await mkdtemp(`${scratch}/dist-`), "tool", depends) };
  const run = (tree: string, more: object) =>
    runStep({ kind: "stage", name: "org.osbuild.apt", tree, options, inputs, ...more });
  await using tree = await offlineTree();
  expect(await run(tree.path, { state: await mkdtemp(`${scratch}/state-`) })).toMatchObject({ exitCode: 0 });
  expect(await installed(tree.path)).toEqual(["world"]);
  expect(exists(tree.path, ["/usr/share/tool", "/run/osbuild-packages"])).toEqual(["/usr/share/tool"]);

  await using asked = await offlineTree();
  const { locked } = await resolved(asked.path, options, inputs);
  expect(locked.packages.map(({ name }: { name: string }) => name)).toEqual(["world"]);
  await using again = await offlineTree();
  expect(await run(again.path, { state: await mkdtemp(`${scratch}/state-`), locked })).toMatchObject({ exitCode: 0 });
  expect(exists(again.path, ["/usr/share/tool", "/usr/share/doc"])).toContain("/usr/share/tool");
});

test("recommended packages and the repositories are kept on request", async () => {
  await using tree = await offlineTree();
  const options = { packages: ["hello"], repositories: [ours()], recommends: true, keep_repositories: true };
  expect(await install(tree.path, options)).toMatchObject({ exitCode: 0 });
  expect(await installed(tree.path)).toEqual(["extra", "hello", "world"]);
  expect(await readFile(`${tree.path}/etc/apt/keyrings/ours.asc`, "utf8")).toBe(repository.key);
  expect(await readFile(`${tree.path}/etc/apt/sources.list.d/ours.sources`, "utf8")).toBe(
    `Types: deb\nURIs: ${repository.uri}\nSuites: test\nComponents: main\nSigned-By: /etc/apt/keyrings/ours.asc\n`,
  );
});

test("downloads are redirected, and no trace of that stays in the tree", async () => {
  await using tree = await offlineTree();
  const sources = `${tree.path}/etc/apt/sources.list.d`;
  const entry = "deb [trusted=yes] http://packages.test/debian test main\n";
  await writeFile(`${sources}/theirs.list`, entry);
  const end = await install(
    tree.path,
    { packages: ["hello"] },
    {
      mirrors: {
        "http://packages.test/": "http://127.0.0.1:9/",
        "http://packages.test/debian": repository.uri,
      },
    },
  );
  expect(end).toMatchObject({ exitCode: 0 });
  expect(await installed(tree.path)).toEqual(["hello", "world"]);
  expect(await readFile(`${sources}/theirs.list`, "utf8")).toBe(entry);
  expect(await readdir(sources)).toEqual(["theirs.list"]);
});

test("with the snapshot latest, a lock names the packages of the service that the archive's index names", async () => {
  const fields = ["Snapshots: http://snapshot.test/@SNAPSHOTID@"];
  const world = await debPackage(scratch, "world");
  const { files, key } = aptRepositoryFiles("test", [world], { fields });
  await using server = await serve((path) => files.get(path.replace(/^\/\d{8}T\d{6}Z\//, "/")));
  await using tree = await offlineTree();
  const resolveDir = await mkdtemp(`${scratch}/resolved-`);
  const repositories = [{ ...ours(), uris: ["http://archive.test"], key }];
  const options = { packages: ["world"], snapshot: "latest", repositories };
  const mirrors = { "http://archive.test": server.url, "http://snapshot.test": server.url };
  const end = await runStep({ kind: "stage", name: "org.osbuild.apt", tree: tree.path, options, resolveDir, mirrors });
  expect(end).toMatchObject({ exitCode: 0 });
  const lock = JSON.parse(await readFile(`${resolveDir}/lock.json`, "utf8"));
  const [, time] = /^http:\/\/snapshot\.test\/(\d{8}T\d{6}Z)\/$/.exec(lock.repositories[0].url) ?? [];
  expect(lock.packages).toMatchObject([{ url: `http://snapshot.test/${time}/pool/world_1.0_all.deb` }]);
});

test("the configuration of an earlier stage is kept", async () => {
  await using tree = await offlineTree();
  await writeFile(`${tree.path}/etc/hello.conf`, "ours\n");
  expect(await install(tree.path, { packages: ["hello"], repositories: [ours()] })).toMatchObject({ exitCode: 0 });
  expect(await readFile(`${tree.path}/etc/hello.conf`, "utf8")).toBe("ours\n");
});

test("a package is downloaded once, and removed from the cache after a month without use", async () => {
  const state = `${scratch}/state`;
  await mkdir(`${state}/archives`, { recursive: true });
  const options = { packages: ["world"], repositories: [ours()] };
  for (const name of ["old", "new"]) await writeFile(`${state}/archives/${name}_1.0_all.deb`, "");
  const longAgo = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
  await utimes(`${state}/archives/old_1.0_all.deb`, longAgo, longAgo);
  const downloads = () => repository.requests.filter((path) => path.endsWith("/world_1.0_all.deb")).length;
  const before = downloads();
  for (const _ of ["first", "second"]) {
    await using tree = await offlineTree();
    await runStep({ kind: "stage", name: "org.osbuild.apt", tree: tree.path, state, options });
    expect(await installed(tree.path)).toEqual(["world"]);
  }
  expect(downloads() - before).toBe(1);
  const kept = (await readdir(`${state}/archives`)).filter((name) => name.endsWith(".deb"));
  expect(kept.sort()).toEqual(["new_1.0_all.deb", "world_1.0_all.deb"]);
});

/** Damages a file without changing its size and time. */
const harm = (path: string) =>
  execFileSync("sh", [
    "-ec",
    'touch -r "$1" "$1.time"; printf harm | dd of="$1" bs=1 seek=70 conv=notrunc status=none; touch -r "$1.time" "$1"; rm "$1.time"',
    "sh",
    path,
  ]);

test("a kept package or list that was damaged is downloaded again", async () => {
  const state = `${scratch}/harmed`;
  await mkdir(state);
  const options = { packages: ["world"], repositories: [ours()] };
  const build = async () => {
    await using tree = await offlineTree();
    const { exitCode, log } = await runStep({
      kind: "stage",
      name: "org.osbuild.apt",
      tree: tree.path,
      state,
      options,
    });
    expect({ exitCode, log }).toMatchObject({ exitCode: 0 });
    expect(await installed(tree.path)).toEqual(["world"]);
  };
  await build();
  const [list] = (await readdir(`${state}/lists`)).filter((name) => name.endsWith("_Packages"));
  const kept = [`${state}/archives/world_1.0_all.deb`, `${state}/lists/${list}`];
  const bytes = await Promise.all(kept.map((path) => readFile(path)));
  kept.forEach(harm);
  await build();
  expect(await Promise.all(kept.map((path) => readFile(path)))).toEqual(bytes);
});

test("a repository that is signed with another key isn't used", async () => {
  await using tree = await offlineTree();
  await using other = await aptRepository("test", []);
  const end = await install(tree.path, { packages: ["hello"], repositories: [{ ...ours(), key: other.key }] });
  expect(end.exitCode).toBe(1);
  expect(end.log).toContain("NO_PUBKEY");
});

test("a tree without apt is refused", async () => {
  await using tree = await skeleton({});
  const { exitCode, log } = await install(tree.path, { packages: ["hello"] });
  expect({ exitCode, log }).toEqual({
    exitCode: 1,
    log: "the tree has no apt: make it with a larger variant than essential",
  });
});

test("a private archive gets the password, and nothing else has it", async () => {
  const login = "ci:8lynx-Panther";
  await using closed = await aptRepository("test", [await debPackage(scratch, "world")], login);
  const options = {
    packages: ["world"],
    repositories: [{ ...ours(), uris: [closed.uri], key: closed.key }],
    auth: [{ machine: closed.uri, login: "ci", password: "archive" }],
  };
  await using tree = await offlineTree();
  const ended = await install(tree.path, options, { secrets: { archive: "8lynx-Panther\n" } });
  expect(ended).toMatchObject({ exitCode: 0 });
  expect(await installed(tree.path)).toEqual(["world"]);
  expect(spawnSync("grep", ["-rl", "8lynx-Panther", tree.changes, ended.state]).stdout.toString()).toBe("");

  await using other = await offlineTree();
  const wrong = await install(other.path, options, { secrets: { archive: "another-password" } });
  expect(wrong).toMatchObject({ exitCode: 1, log: expect.stringMatching(/401 +Unauthorized/) });
  expect(wrong.log).not.toContain("another-password");
});
