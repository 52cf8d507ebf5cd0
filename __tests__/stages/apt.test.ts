import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type AptRepository, aptRepository, debPackage } from "../support/apt-repository.ts";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";
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

/** A Debian that knows no repository: the test's own is the only one. */
async function offlineTree() {
  const tree = await debianTree();
  await writeFile(`${tree.path}/etc/apt/sources.list`, "");
  return tree;
}

async function install(tree: string, options: object, mirrors: Readonly<Record<string, string>> = {}) {
  const state = await mkdtemp(`${scratch}/state-`);
  return { state, ...(await runStep({ kind: "stage", name: "org.osbuild.apt", tree, state, options, mirrors })) };
}

const exists = (tree: string, paths: readonly string[]) => paths.filter((path) => existsSync(tree + path));

const installed = async (tree: string) =>
  [...(await readFile(`${tree}/var/lib/dpkg/status`, "utf8")).matchAll(/^Package: (hello|world|extra)$/gm)].map(
    ([, name]) => name,
  );

test("packages come with what they depend on, and with nothing else", async () => {
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

test("no service may start meanwhile, and the host's name servers are known for as long", async () => {
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

test("recommended packages and the repositories stay where that is asked for", async () => {
  await using tree = await offlineTree();
  const options = { packages: ["hello"], repositories: [ours()], recommends: true, keep_repositories: true };
  expect(await install(tree.path, options)).toMatchObject({ exitCode: 0 });
  expect(await installed(tree.path)).toEqual(["extra", "hello", "world"]);
  expect(await readFile(`${tree.path}/etc/apt/keyrings/ours.asc`, "utf8")).toBe(repository.key);
  expect(await readFile(`${tree.path}/etc/apt/sources.list.d/ours.sources`, "utf8")).toBe(
    `Types: deb\nURIs: ${repository.uri}\nSuites: test\nComponents: main\nSigned-By: /etc/apt/keyrings/ours.asc\n`,
  );
});

test("downloads are redirected, and nothing of that stays in the tree", async () => {
  await using tree = await offlineTree();
  const sources = `${tree.path}/etc/apt/sources.list.d`;
  const entry = "deb [trusted=yes] http://packages.test/debian test main\n";
  await writeFile(`${sources}/theirs.list`, entry);
  const end = await install(
    tree.path,
    { packages: ["hello"] },
    {
      "http://packages.test/": "http://127.0.0.1:9/",
      "http://packages.test/debian": repository.uri,
    },
  );
  expect(end).toMatchObject({ exitCode: 0 });
  expect(await installed(tree.path)).toEqual(["hello", "world"]);
  expect(await readFile(`${sources}/theirs.list`, "utf8")).toBe(entry);
  expect(await readdir(sources)).toEqual(["theirs.list"]);
});

test("what an earlier stage configured stays", async () => {
  await using tree = await offlineTree();
  await writeFile(`${tree.path}/etc/hello.conf`, "ours\n");
  expect(await install(tree.path, { packages: ["hello"], repositories: [ours()] })).toMatchObject({ exitCode: 0 });
  expect(await readFile(`${tree.path}/etc/hello.conf`, "utf8")).toBe("ours\n");
});

test("what has been downloaded once is not downloaded again, and goes when it is out of use for a month", async () => {
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

test("a repository that is signed with another key is not installed from", async () => {
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
