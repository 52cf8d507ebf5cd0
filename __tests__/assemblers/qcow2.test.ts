import { randomFillSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { run } from "../support/run.ts";
import { assemble, assembled, assembledTwice } from "./assemble.ts";
import { listing, makeOddTree, mounted, scratch } from "./trees.ts";

const uuid = "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e";
const MiB = 1024 ** 2;

/** The disk of a qcow2 image, as a raw image. */
function rawOf(image: string): string {
  run(["qemu-img", "convert", "-O", "raw", image, `${image}.raw`]);
  return `${image}.raw`;
}

test("qcow2 makes a disk that is large enough for the tree", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const options = { filename: "disk.qcow2", root_fs_uuid: uuid };
  const raw = rawOf(await assembled("qcow2", tree, `${directory.path}/output`, options));
  run(["e2fsck", "-fn", `${raw}?offset=${MiB}`]);
  expect(run(["blkid", "-p", "-O", String(MiB), "-o", "value", "-s", "UUID", raw])).toBe(`${uuid}\n`);
  using root = mounted(raw, MiB);
  expect(listing(root.path)).toEqual(listing(tree));
});

test.each([0, 1, 30])("without a size, a tree of %d MiB fits", async (size) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(tree);
  for (let number = 0; number < size * 4; number += 1)
    writeFileSync(`${tree}/${number}`, randomFillSync(Buffer.alloc(MiB / 4)));
  const { log } = await assemble("qcow2", tree, `${directory.path}/output`, { target: "disk.qcow2" });
  expect(log).toBe("");
  const raw = rawOf(`${directory.path}/output/disk.qcow2`);
  run(["e2fsck", "-fn", `${raw}?offset=${MiB}`]);
});

test("a qcow2 image with only a name given is the same for a copy of the tree elsewhere", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const [here, there] = await assembledTwice("qcow2", tree, { filename: "a" });
  expect(there).toBe(here);
});
