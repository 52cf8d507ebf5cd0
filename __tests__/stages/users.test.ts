import { mkdir, readdir, readFile, readlink, stat, symlink } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { debianTree } from "../support/debian-tree.ts";
import { runStep } from "../support/sandbox.ts";

const addUsers = (tree: string, users: object) =>
  runStep({ kind: "stage", name: "org.osbuild.users", tree, options: { users } });

const line = async (file: string, name: string) =>
  (await readFile(file, "utf8")).split("\n").find((line) => line.startsWith(`${name}:`));

test("users are added with the given properties, and otherwise with useradd's defaults", async () => {
  await using tree = await debianTree();
  const etc = `${tree.path}/etc`;
  const end = await addUsers(tree.path, {
    app: {
      uid: 1500,
      gid: 100,
      groups: ["sudo", "adm"],
      description: "The app",
      home: "/srv/app",
      shell: "/bin/bash",
      password: "$6$salt$hash",
    },
    bob: { password: null },
    sudo: {},
  });
  expect(end).toEqual({ exitCode: 0, log: "" });
  expect(await line(`${etc}/passwd`, "app")).toBe("app:x:1500:100:The app:/srv/app:/bin/bash");
  expect(await line(`${etc}/passwd`, "bob")).toBe("bob:x:1501:1501::/home/bob:/bin/sh");
  expect(await line(`${etc}/passwd`, "sudo")).toBe("sudo:x:1502:27::/home/sudo:/bin/sh");
  expect(await line(`${etc}/group`, "adm")).toBe("adm:x:4:app");
  expect(await line(`${etc}/subuid`, "bob")).toBe("bob:165536:65536");
  // The source epoch in days.
  expect(await line(`${etc}/shadow`, "app")).toBe("app:$6$salt$hash:20454:0:99999:7:::");
  expect(await line(`${etc}/shadow`, "bob")).toBe("bob:!:20454:0:99999:7:::");
  expect(await stat(`${tree.path}/srv/app`)).toMatchObject({ uid: 1500, gid: 100 });
  expect((await readdir(etc)).filter((name) => /-$|lock/.test(name))).toEqual([]);
});

test("users without an id get one in the order in which they are written; a given id may be shared", async () => {
  await using tree = await debianTree();
  expect((await addUsers(tree.path, { zed: {}, amy: {}, admin: { uid: 0, gid: 0, home: "/root" } })).exitCode).toBe(0);
  const added = (await readFile(`${tree.path}/etc/passwd`, "utf8")).split("\n").slice(-4, -1);
  expect(added.map((entry) => entry.split(":", 3).join(":"))).toEqual(["admin:x:0", "zed:x:1000", "amy:x:1001"]);
});

test("only the given properties of an existing user are changed", async () => {
  await using tree = await debianTree();
  await addUsers(tree.path, { bob: { password: "$6$salt$hash", groups: ["sudo"] } });
  expect((await addUsers(tree.path, { bob: { shell: "/bin/bash" } })).exitCode).toBe(0);
  expect(await line(`${tree.path}/etc/passwd`, "bob")).toMatch(/:\/home\/bob:\/bin\/bash$/);
  expect(await line(`${tree.path}/etc/shadow`, "bob")).toMatch(/^bob:\$6\$salt\$hash:/);
  expect(await line(`${tree.path}/etc/group`, "sudo")).toBe("sudo:x:27:bob");

  expect((await addUsers(tree.path, { bob: { password: null } })).exitCode).toBe(0);
  expect(await line(`${tree.path}/etc/shadow`, "bob")).toMatch(/^bob:!\$6\$salt\$hash:/);
  expect((await addUsers(tree.path, { bob: { password: "" } })).exitCode).toBe(0);
  expect(await line(`${tree.path}/etc/shadow`, "bob")).toMatch(/^bob::/);
});

test("keys are added to the user's own, and only the user can read them", async () => {
  await using tree = await debianTree();
  await addUsers(tree.path, {
    bob: { uid: 1500, key: "ssh-ed25519 AAA one\n" },
    root: { key: "ssh-ed25519 AAA root" },
  });
  const end = await addUsers(tree.path, { bob: { key: ["ssh-ed25519 BBB two", "ssh-ed25519 AAA one"] } });
  expect(end).toEqual({ exitCode: 0, log: "" });
  const ssh = `${tree.path}/home/bob/.ssh`;
  expect(await readFile(`${ssh}/authorized_keys`, "utf8")).toBe("ssh-ed25519 AAA one\nssh-ed25519 BBB two\n");
  expect(await stat(ssh)).toMatchObject({ uid: 1500, gid: 1500, mode: 0o40700 });
  expect(await stat(`${ssh}/authorized_keys`)).toMatchObject({ uid: 1500, gid: 1500, mode: 0o100600 });
  expect(await readFile(`${tree.path}/root/.ssh/authorized_keys`, "utf8")).toBe("ssh-ed25519 AAA root\n");
});

test("keys are never written through a link in place of ~/.ssh", async () => {
  await using tree = await debianTree();
  await addUsers(tree.path, { bob: {} });
  await mkdir(`${tree.path}/etc/private`);
  await symlink("/etc/private", `${tree.path}/home/bob/.ssh`);
  const end = await addUsers(tree.path, { bob: { key: "ssh-ed25519 AAA one" } });
  expect(end).toEqual({ exitCode: 1, log: "/home/bob/.ssh of the tree is not a directory" });
  expect(await readlink(`${tree.path}/home/bob/.ssh`)).toBe("/etc/private");
  expect(await stat(`${tree.path}/etc/private`)).toMatchObject({ uid: 0, mode: 0o40755 });
});

test("a home that is a file gets a clear error", async () => {
  await using tree = await debianTree();
  await symlink("/etc/passwd", `${tree.path}/home/ada`);
  expect(await addUsers(tree.path, { ada: { key: "ssh-ed25519 AAA one" } })).toEqual({
    exitCode: 1,
    log: expect.stringMatching(/^\/home\/ada of the tree is not a directory$/m),
  });
});

test("a password's hash stays out of the log", async () => {
  await using tree = await debianTree();
  const end = await addUsers(tree.path, { bob: { groups: ["nonesuch"], password: "$6$salt$secret" } });
  expect(end.exitCode).toBe(1);
  expect(end.log).toContain("group 'nonesuch' does not exist");
  expect(end.log).not.toContain("secret");
});
