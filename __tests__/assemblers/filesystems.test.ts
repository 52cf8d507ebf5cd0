import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { newerTools } from "../support/debian-tree.ts";
import { run } from "../support/run.ts";
import { assemble, assembled } from "./assemble.ts";
import { addGrub, bootUntil } from "./boot.ts";
import { copyToMemory, digest, listing, makeOddTree, mounted, packed, scratch } from "./trees.ts";

const uuid = "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e";
const MiB = 1024 ** 2;

/** Both count the links of directories differently, and mkfs.btrfs can't set the root's attributes. */
const comparable = (lines: readonly string[]) =>
  lines
    .filter((line) => !/^# file: {2}/.test(line))
    .map((line) => (/ d \d+ /.test(line) ? line.replace(/\d+ links/, "") : line));

/** The sources of the tools: on Debian 12 those for XFS are too old. */
const kinds = [
  { type: "btrfs", of: "the machine", size: 200 * MiB, check: ["btrfs", "check"], buildRoot: () => undefined },
  { type: "btrfs", of: "a newer Debian", size: 200 * MiB, check: ["btrfs", "check"], buildRoot: newerTools },
  { type: "xfs", of: "a newer Debian", size: 320 * MiB, check: ["xfs_repair", "-n"], buildRoot: newerTools },
] as const;

/** A tree with everything that both can store. */
function makeKeptTree(tree: string): void {
  makeOddTree(tree);
  run(["find", `${tree}/dev`, "-type", "b,c", "-delete"]);
  run(["setfacl", "--remove-all", "--remove-default", `${tree}/var/log`]);
  for (let file = 0; file < 600; file++) writeFileSync(`${tree}/usr/${file}`, "small\n".repeat(file));
  run(["find", tree, "-exec", "touch", "--no-dereference", "--date=@1700000000", "{}", "+"]);
}

test.each(kinds)(
  "$type made by the tools of $of contains everything in the tree, and is consistent",
  async ({ type, size, check, buildRoot }) => {
    using directory = scratch();
    const tree = `${directory.path}/tree`;
    makeKeptTree(tree);
    const options = { filename: "root.img", fs_type: type, root_fs_uuid: uuid, size };
    const image = await assembled("rawfs", tree, `${directory.path}/output`, options, buildRoot());
    run([...check, image]);
    expect(run(["blkid", "-p", "-o", "value", "-s", "UUID", image])).toBe(`${uuid}\n`);
    using root = mounted(image);
    expect(comparable(listing(root.path))).toEqual(comparable(listing(tree)));
  },
);

test("btrfs keeps ACLs and device nodes", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const options = { filename: "root.img", fs_type: "btrfs", root_fs_uuid: uuid, size: 200 * MiB };
  using root = mounted(await assembled("rawfs", tree, `${directory.path}/output`, options));
  expect(comparable(listing(root.path))).toEqual(comparable(listing(tree)));
});

test.each(kinds)(
  "$type made by the tools of $of is the same, bit for bit, for a tree from another disk",
  async ({ type, size, buildRoot }) => {
    using directory = scratch();
    const tree = `${directory.path}/tree`;
    makeKeptTree(tree);
    // XFS keeps the order in which the source disk lists attributes.
    if (type === "xfs") for (const file of ["usr/ping", "usr/ping6", 'var/odd names/quote"']) rmSync(`${tree}/${file}`);
    using copy = copyToMemory(tree);
    const options = { filename: "root.img", fs_type: type, root_fs_uuid: uuid, size };
    const sums = [];
    for (const [place, from] of [tree, copy.path].entries()) {
      using shown = packed(from);
      sums.push(digest(await assembled("rawfs", shown.path, `${directory.path}/${place}`, options, buildRoot())));
    }
    expect(sums[1]).toBe(sums[0]);
  },
);

test.each(kinds)(
  "a disk boots from $type made by the tools of $of, which doesn't contain the files of other file systems",
  async ({ type, size, buildRoot }) => {
    using directory = scratch();
    const tree = `${directory.path}/tree`;
    addGrub(tree, "/boot/grub2");
    // The modules of the build root's GRUB would have another version.
    cpSync("/usr/lib/grub/i386-pc", `${tree}/usr/lib/grub/i386-pc`, { recursive: true });
    mkdirSync(`${tree}/srv/data`, { recursive: true });
    writeFileSync(`${tree}/srv/data/file`, "content");
    const options = {
      ...{ filename: "disk", format: "raw", ptuuid: "0x7e83a7ba", size: size + 40 * MiB },
      partitions: [
        { size: (16 * MiB) / 512, filesystem: { type: "ext4", mountpoint: "/srv" } },
        { filesystem: { type, mountpoint: "/" } },
      ],
    };
    const image = await assembled("qemu", tree, `${directory.path}/output`, options, buildRoot());
    await bootUntil("GRUB on pc has its menu from (hd0,msdos2)/boot/grub2", image, "BIOS");
    using root = mounted(image, 17 * MiB);
    expect(run(["ls", `${root.path}/srv`])).toBe("");
  },
);

test("the log names everything that XFS can't store, and the options that it is made with", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const options = { filename: "root.img", fs_type: "xfs", root_fs_uuid: uuid, size: 320 * MiB };
  const logOf = async (buildRoot?: string) =>
    (await assemble("rawfs", tree, `${directory.path}/output`, options, buildRoot)).log;
  expect(await logOf()).toMatch(/^mkfs\.xfs is of xfsprogs \d+\.\d+, and only 6\.17 or later/);
  expect(await logOf(newerTools())).toContain("/var/log has an ACL, which mkfs.xfs can't write: use ext4 or btrfs");

  run(["setfacl", "--remove-all", "--remove-default", `${tree}/var/log`]);
  const left = await assemble("rawfs", tree, `${directory.path}/whole`, options, newerTools());
  expect(left).toEqual({ exitCode: 0, log: expect.stringContaining("/dev is left empty") });
  using root = mounted(`${directory.path}/whole/root.img`);
  expect(run(["ls", `${root.path}/dev`])).toBe("");
  run(["mv", `${tree}/dev/vda`, `${tree}/srv`]);
  expect(await logOf(newerTools())).toContain("/srv is a device node, which mkfs.xfs can't write");
});
