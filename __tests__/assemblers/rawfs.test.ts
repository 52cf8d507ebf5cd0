import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { run } from "../support/run.ts";
import { assemble, assembled, assembledTwice } from "./assemble.ts";
import { listing, makeOddTree, mounted, scratch } from "./trees.ts";

const uuid = "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e";
const MiB = 1024 ** 2;

test("a rawfs image contains everything in the tree, in a clean file system", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const options = { filename: "root fs.img", root_fs_uuid: uuid, size: "64MiB" };
  const image = await assembled("rawfs", tree, `${directory.path}/output`, options);

  run(["e2fsck", "-fn", image]);
  expect(run(["blkid", "-p", "-o", "value", "-s", "UUID", image])).toBe(`${uuid}\n`);
  expect(statSync(image)).toMatchObject({ size: 64 * MiB, mtimeMs: defaultSourceEpoch * 1000 });
  expect(statSync(image).blocks * 512).toBeLessThan(8 * MiB);
  using root = mounted(image);
  expect(listing(root.path)).toEqual(listing(tree));
});

test("a rawfs image is the same for a copy of the tree elsewhere", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const [here, there] = await assembledTwice("rawfs", tree, { filename: "a", root_fs_uuid: uuid, size: 64 * MiB });
  expect(there).toBe(here);
});

test("the error for a tree that doesn't fit names a sufficient size", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(tree);
  for (const name of ["a", "b", "c"]) writeFileSync(`${tree}/${name}`, Buffer.alloc(7 * MiB, name));
  const options = { filename: "a", root_fs_uuid: uuid, size: 16 * MiB };
  const { exitCode, log } = await assemble("rawfs", tree, `${directory.path}/small`, options);
  expect(exitCode).toBe(1);
  const least =
    /^the tree needs about 22 MiB, the file system has 12 MiB: make `size` at least (\d+) \(now 16777216\)$/;
  expect(log).toMatch(least);

  const size = Number(least.exec(log)?.[1]);
  const image = await assembled("rawfs", tree, `${directory.path}/large`, { ...options, size });
  run(["e2fsck", "-fn", image]);
});

test("the file system has enough inodes for a tree of many empty files", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(tree);
  for (let number = 0; number < 5000; number += 1) writeFileSync(`${tree}/${number}`, "");
  const options = { filename: "a", root_fs_uuid: uuid, size: 8 * MiB };
  run(["e2fsck", "-fn", await assembled("rawfs", tree, `${directory.path}/output`, options)]);
});

test.each(["rawfs", "tar"])("%s accepts a tree from a file system without attributes", async (name) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(tree);
  writeFileSync(`${tree}/file`, "content");
  run(["mksquashfs", tree, `${directory.path}/squashfs`, "-quiet", "-no-progress"]);
  using stored = mounted(`${directory.path}/squashfs`);
  const options = name === "tar" ? {} : { root_fs_uuid: uuid, size: 8 * MiB };
  await assembled(name, stored.path, `${directory.path}/output`, { filename: "a", ...options });
});
