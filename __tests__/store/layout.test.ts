import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { createStore } from "../../src/store/layout.ts";
import { scratch, sh } from "../support/store.ts";

/** Runs a script as an unprivileged user, and returns its exit code. */
const asNobody = (script: string, ...args: readonly string[]) =>
  spawnSync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", script, "sh", ...args]).status;

test("only root can read a store, and one of an earlier release becomes private", async () => {
  await using directory = await scratch();
  const path = `${directory.path}/store`;
  sh('chmod 755 "$1"; mkdir -p "$2/objects" "$2/refs" "$2/logs"', directory.path, path);
  sh('echo secret > "$1/objects/old"; touch "$1/lock"; chown 65534 "$1/refs" "$1/lock"', path);
  expect(asNobody('cat "$1/objects/old" && flock "$1/lock" true', path)).toBe(0);
  await createStore(path);
  const folders = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders).toHaveLength(13);
  for (const name of [...folders.map((folder) => folder.name), "lock"]) {
    expect(statSync(`${path}/${name}`)).toMatchObject({ uid: 0, gid: 0 });
    expect(asNobody('cat "$1" || ls "$1/"', `${path}/${name}`)).not.toBe(0);
  }
  expect(asNobody('cat "$1/objects/old" || flock "$1/lock" true', path)).not.toBe(0);
});

test("a store can't be on a file system that can't hold an overlay's upper directory", async () => {
  await using directory = await scratch();
  const { path } = directory;
  for (const name of ["lower", "upper", "work", "merged"]) mkdirSync(`${path}/${name}`);
  sh('cd "$1"; mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay merged', path);
  try {
    await expect(createStore(`${path}/merged/store`)).rejects.toMatchObject({
      code: "HOST",
      problems: [
        {
          message: expect.stringContaining(`${path}/merged/store lies on overlay`),
          hint: "put the store on ext4, xfs, btrfs or tmpfs with --store",
        },
      ],
    });
  } finally {
    sh('umount "$1/merged"', path);
  }
});

test("a store can't be created on a read-only file system or in place of a file", async () => {
  await using directory = await scratch();
  const { path } = directory;
  mkdirSync(`${path}/read-only`);
  writeFileSync(`${path}/file`, "");
  await createStore(`${path}/read-only/old`);
  sh('mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"', `${path}/read-only`);
  try {
    for (const place of ["read-only/new", "read-only", "file", "file/store"]) {
      const hint = "name another place with --store";
      await expect(createStore(`${path}/${place}`)).rejects.toMatchObject({ code: "HOST", problems: [{ hint }] });
    }
    // An existing store can still be read.
    await createStore(`${path}/read-only/old`);
  } finally {
    sh('umount "$1"', `${path}/read-only`);
  }
});

test("a file that has another name elsewhere keeps its mode and its owner", async () => {
  await using directory = await scratch();
  const { path } = directory;
  sh('mkdir "$1/store"; echo mine > "$1/mine"; chmod 640 "$1/mine"; chown 65534 "$1/mine"', path);
  for (const name of ["lock", ".gitignore", "CACHEDIR.TAG"]) sh('ln "$1/mine" "$1/store/$2"', path, name);
  await createStore(`${path}/store`);
  expect(statSync(`${path}/mine`)).toMatchObject({ uid: 65534, mode: 0o100640 });
});
