import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { assemble, assembled } from "./assemble.ts";
import { addGrub, bootUntil } from "./boot.ts";
import { listing, makeOddTree, mounted, run, scratch } from "./trees.ts";

const uuid = "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e";
const MiB = 1024 ** 2;

/** btrfs counts no links of directories; mkfs.btrfs has its own root directory and forgets the numbers of devices. */
const comparable = (lines: readonly string[]) =>
  lines
    .filter((line) => !/^ d |^# file: {2}|^\/dev\/\w+ is /.test(line))
    .map((line) => (/ d \d+ /.test(line) ? line.replace(/\d+ links/, "") : line));

test("a btrfs image has everything that the tree has", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const options = { filename: "root.img", fs_type: "btrfs", root_fs_uuid: uuid, size: 200 * MiB };
  const image = await assembled("rawfs", tree, `${directory.path}/output`, options);
  run(["btrfs", "check", image]);
  expect(run(["blkid", "-p", "-o", "value", "-s", "UUID", image])).toBe(`${uuid}\n`);
  using root = mounted(image);
  expect(comparable(listing(root.path))).toEqual(comparable(listing(tree)));
});

test("a disk boots from btrfs, and what is in another file system isn't in it", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  addGrub(tree, "/boot/grub2");
  mkdirSync(`${tree}/srv/data`, { recursive: true });
  writeFileSync(`${tree}/srv/data/file`, "content");
  const image = await assembled("qemu", tree, `${directory.path}/output`, {
    filename: "disk",
    format: "raw",
    ptuuid: "0x7e83a7ba",
    size: 240 * MiB,
    partitions: [
      { size: (16 * MiB) / 512, filesystem: { type: "ext4", mountpoint: "/srv" } },
      { filesystem: { type: "btrfs", mountpoint: "/" } },
    ],
  });
  await bootUntil("GRUB on pc has its menu from (hd0,msdos2)/boot/grub2", image, "BIOS");
  using root = mounted(image, 17 * MiB);
  expect(run(["ls", `${root.path}/srv`])).toBe("");
});

test("xfs is made by mkfs.xfs from the tree, with nothing of the clock or of chance", async () => {
  using directory = scratch();
  for (const name of ["tree", "output", "bin"]) mkdirSync(`${directory.path}/${name}`);
  const mkfs = `#!/bin/sh
for last; do :; done
{ echo "$@"; echo "$SOURCE_DATE_EPOCH $DETERMINISTIC_SEED"; } > "$last"
`;
  writeFileSync(`${directory.path}/bin/mkfs.xfs`, mkfs, { mode: 0o755 });
  const step = {
    tree: `${directory.path}/tree`,
    output_dir: `${directory.path}/output`,
    options: { filename: "root.img", fs_type: "xfs", root_fs_uuid: uuid, size: MiB },
    source_epoch: 1767225600,
    id: "5eed",
  };
  const program = new URL("../../assemblers/org.osbuild.rawfs.ts", import.meta.url).pathname;
  const path = `PATH=${directory.path}/bin:/usr/sbin:/usr/bin`;
  run(["env", path, "SOURCE_DATE_EPOCH=1", process.execPath, program], JSON.stringify(step));
  expect(readFileSync(`${directory.path}/output/root.img`, "latin1").slice(0, 300)).toMatch(
    new RegExp(`^-q -m uuid=${uuid} -p ${directory.path}/tree /var/tmp/xfs-\\w+/xfs\n1767225600 1\n`),
  );
});

test("xfs says which mkfs.xfs it needs", async () => {
  using directory = scratch();
  const options = { filename: "root.img", fs_type: "xfs", root_fs_uuid: uuid, size: 400 * MiB };
  mkdirSync(`${directory.path}/tree`);
  const { exitCode, log } = await assemble("rawfs", `${directory.path}/tree`, `${directory.path}/output`, options);
  expect(exitCode).toBe(1);
  expect(log).toMatch(/mkfs\.xfs must be of xfsprogs 6\.17 or later/);
});
