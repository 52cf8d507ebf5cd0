import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { createStore } from "../../src/store/layout.ts";
import { scratch, sh } from "../support/store.ts";

test("unfinished trees and the state of programs are root's alone", async () => {
  await using directory = await scratch();
  const layout = await createStore(`${directory.path}/store`);
  for (const path of [layout.temporary, `${layout.directory}/state`]) expect(statSync(path).mode & 0o777).toBe(0o700);
});

test("a store can't be on a file system that no overlay can write to", async () => {
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

test("a store can't be in a place that is read-only, or a file", async () => {
  await using directory = await scratch();
  const { path } = directory;
  mkdirSync(`${path}/read-only`);
  writeFileSync(`${path}/file`, "");
  await createStore(`${path}/read-only/old`);
  sh('mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"', `${path}/read-only`);
  try {
    for (const place of ["read-only/new", "read-only/old", "file", "file/store"]) {
      const hint = "name another place with --store";
      await expect(createStore(`${path}/${place}`)).rejects.toMatchObject({ code: "HOST", problems: [{ hint }] });
    }
  } finally {
    sh('umount "$1"', `${path}/read-only`);
  }
});
