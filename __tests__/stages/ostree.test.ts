import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { runStep } from "../support/sandbox.ts";
import { type Skeleton, skeleton } from "../support/skeleton.ts";

const ostree = (...args: readonly string[]) => execFileSync("ostree", args, { encoding: "utf8" }).trim();

/** A commit of a little system, in a repository that is served on this machine. */
let source: Skeleton;
let server: Server;
let url: string;
let commit: string;
let key: string;
let otherKey: string;
beforeAll(async () => {
  source = await skeleton({
    "/ostree": { link: "sysroot/ostree" },
    "/sysroot": null,
    "/boot": null,
    "/var": null,
    "/usr/etc/motd": "welcome\n",
    "/usr/etc/selinux/config": "SELINUX=enforcing\nSELINUXTYPE=targeted\n",
    "/usr/etc/selinux/targeted/policy/policy.33": "",
    "/usr/etc/selinux/targeted/contexts/files/file_contexts": "/.*    system_u:object_r:test_t:s0\n",
    "/usr/lib/os-release": "ID=test\nPRETTY_NAME=Test\n",
    "/usr/lib/modules/5.0/vmlinuz": "kernel",
    "/usr/lib/modules/5.0/initramfs.img": "initramfs",
    "/usr/lib/tmpfiles.d/var.conf": "d /var/home 0751 0 0 -\nd /var/cache/other 0755 0 0 -\n",
  });
  const { path, outside } = source;
  const gpg = (...args: readonly string[]) =>
    execFileSync("gpg", [`--homedir=${outside}/gnupg`, "--batch", "--quiet", ...args], { encoding: "utf8" });
  execFileSync("mkdir", ["--mode=700", `${outside}/gnupg`]);
  const makeKey = (name: string) => {
    gpg("--passphrase", "", "--quick-gen-key", name, "rsa2048", "sign", "never");
    return gpg("--armor", "--export", name);
  };
  key = makeKey("tester");
  otherKey = makeKey("stranger");
  const id = gpg("--list-keys", "--with-colons", "tester").match(/^fpr:+(\w+):/m)?.[1];
  ostree("init", `--repo=${outside}/repo`, "--mode=archive");
  commit = ostree(
    ...["commit", `--repo=${outside}/repo`, "--branch=test/os", `--tree=dir=${path}`, "--timestamp=@1500000000"],
    ...[`--gpg-homedir=${outside}/gnupg`, `--gpg-sign=${id}`],
  );
  execFileSync("gpgconf", [`--homedir=${outside}/gnupg`, "--kill", "all"]);
  server = createServer((request, response) => {
    readFile(`${outside}/repo${request.url}`).then(
      (body) => response.end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  url = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await source[Symbol.asyncDispose]();
});

/** Every path of the tree with all that it is, times apart. */
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
    options: { commit, osname: "test", ...options },
  });

const options = () => ({
  ref: "test/os",
  remotes: [{ name: "origin", url, branches: ["test/os"], gpgkeys: [key] }],
  mounts: [{ path: "/boot" }, { path: "/boot/efi", mode: 0o700 }],
  rootfs: { uuid: "76a22bf4-f153-4541-b6c7-0332c0dfaeac" },
  kernel_opts: ["console=ttyS0", "quiet"],
  populate_var: true,
});

test("ostree deploys a commit, to boot and to upgrade from", async () => {
  await using tree = await skeleton({});
  const { exitCode, log } = await deploy(tree, options());
  expect(exitCode === 0 ? "" : log).toBe("");
  const entry = readFileSync(`${tree.path}/boot/loader/entries/ostree-1-test.conf`, "utf8");
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
  expect(readFileSync(`${stateRoot}/deploy/${commit}.0/etc/motd`, "utf8")).toBe("welcome\n");
  expect(label(`${stateRoot}/deploy/${commit}.0/etc/motd`)).toBe("system_u:object_r:test_t:s0");
  expect(label(`${stateRoot}/var/home`)).toBe("system_u:object_r:test_t:s0");
  expect(readFileSync(`${stateRoot}/deploy/${commit}.0.origin`, "utf8")).toBe("[origin]\nrefspec=test/os\n");
  expect(statSync(`${stateRoot}/var/home`).mode & 0o777).toBe(0o751);
  expect(existsSync(`${stateRoot}/var/cache`)).toBe(false);

  const repository = `--repo=${tree.path}/ostree/repo`;
  expect(ostree("rev-parse", repository, "test/os")).toBe(commit);
  expect(ostree("remote", "list", repository, "--show-urls")).toMatch(`origin  ${url}`);
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

test("ostree deploys no commit that its key hasn't signed", async () => {
  await using tree = await skeleton({});
  const [remote] = options().remotes;
  const { exitCode, log } = await deploy(tree, { remotes: [{ ...remote, gpgkeys: [otherKey] }] });
  expect({ exitCode, log }).toEqual({
    exitCode: 1,
    log: expect.stringContaining("Can't check signature: public key not found"),
  });
  expect(await deploy(tree, {})).toEqual({
    exitCode: 1,
    log: `${commit}: neither the sources nor the remotes say where to pull this commit from`,
  });
});
