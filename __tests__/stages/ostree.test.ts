import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type OstreeRepository, ostreeRepository } from "../support/ostree-repository.ts";
import { runStep } from "../support/sandbox.ts";
import { type Skeleton, skeleton } from "../support/skeleton.ts";

const ostree = (...args: readonly string[]) => execFileSync("ostree", args, { encoding: "utf8" }).trim();

let source: OstreeRepository;
beforeAll(async () => {
  source = await ostreeRepository();
});
afterAll(async () => source[Symbol.asyncDispose]());

/** Every path in the tree with all its metadata except times. */
function contents(tree: Skeleton): readonly string[] {
  const find = (...args: readonly string[]) => execFileSync("find", args, { cwd: tree.path, encoding: "utf8" });
  const entries = find(".", "-printf", "%p %y %m %U:%G %n %l\n");
  return `${entries}${find(".", "-type", "f", "-exec", "sha256sum", "{}", "+")}`.split("\n").sort();
}

const label = (path: string) =>
  execFileSync("getfattr", ["--absolute-names", "--only-values", "--name=security.selinux", path], {
    encoding: "utf8",
  }).replace("\0", "");

const deploy = (tree: Skeleton, options: object) =>
  runStep({
    kind: "stage",
    name: "org.osbuild.ostree",
    tree: tree.path,
    options: { commit: source.commit, osname: "test", ...options },
  });

const options = () => ({
  ref: "test/os",
  remotes: [{ name: "origin", url: source.url, branches: ["test/os"], gpgkeys: [source.key] }],
  mounts: [{ path: "/boot" }, { path: "/boot/efi", mode: 0o700 }],
  rootfs: { uuid: "76A22BF4-F153-4541-B6C7-0332C0DFAEAC" },
  kernel_opts: ["console=ttyS0", "quiet"],
  populate_var: true,
});

test("ostree deploys a commit, to boot and to upgrade from", async () => {
  await using tree = await skeleton({});
  const { exitCode, log } = await deploy(tree, options());
  expect(exitCode === 0 ? "" : log).toBe("");
  // Newer releases leave the system's name out of the entry's.
  const [place = ""] = globSync(`${tree.path}/boot/loader/entries/ostree-1*.conf`);
  const entry = readFileSync(place, "utf8");
  expect(entry).toMatch(/^title Test /m);
  expect(entry).toMatch(/^linux \/ostree\/test-[0-9a-f]{64}\/vmlinuz-5.0$/m);
  expect(entry).toMatch(
    /^options root=UUID=76a22bf4-f153-4541-b6c7-0332c0dfaeac console=ttyS0 quiet ostree=\/ostree\/boot.1\/test\/[0-9a-f]{64}\/0$/m,
  );
  const kernel = entry.match(/^linux (.*)$/m)?.[1];
  expect(statSync(`${tree.path}/boot${kernel}`).nlink).toBe(1);
  expect(statSync(`${tree.path}/boot/efi`).mode & 0o777).toBe(0o700);

  expect(label(`${tree.path}/boot${kernel}`)).toBe("system_u:object_r:test_t:s0");
  const stateRoot = `${tree.path}/ostree/deploy/test`;
  expect(readFileSync(`${stateRoot}/deploy/${source.commit}.0/etc/motd`, "utf8")).toBe("welcome\n");
  expect(label(`${stateRoot}/deploy/${source.commit}.0/etc/motd`)).toBe("system_u:object_r:test_t:s0");
  expect(label(`${stateRoot}/var/home`)).toBe("system_u:object_r:test_t:s0");
  expect(readFileSync(`${stateRoot}/deploy/${source.commit}.0.origin`, "utf8")).toBe("[origin]\nrefspec=test/os\n");
  expect(statSync(`${stateRoot}/var/home`).mode & 0o777).toBe(0o751);
  expect(existsSync(`${stateRoot}/var/cache`)).toBe(false);

  const repository = `--repo=${tree.path}/ostree/repo`;
  expect(ostree("rev-parse", repository, "test/os")).toBe(source.commit);
  expect(ostree("remote", "list", repository, "--show-urls")).toMatch(`origin  ${source.url}`);
  ostree("fsck", repository);
});

test("ostree deploys the same twice", async () => {
  const trees = [];
  for (const _ of [1, 2]) {
    await using tree = await skeleton({});
    expect((await deploy(tree, options())).exitCode).toBe(0);
    trees.push(contents(tree));
  }
  expect(trees[1]).toEqual(trees[0]);
});

test("ostree doesn't deploy a commit without a signature by the given key", async () => {
  await using tree = await skeleton({});
  const [remote] = options().remotes;
  const { exitCode, log } = await deploy(tree, { remotes: [{ ...remote, gpgkeys: [source.otherKey] }] });
  expect({ exitCode, log }).toEqual({
    exitCode: 1,
    log: expect.stringContaining("Can't check signature: public key not found"),
  });
  expect(await deploy(tree, {})).toEqual({
    exitCode: 1,
    log: `${source.commit}: neither the sources nor the remotes say where to pull this commit from`,
  });
});
