import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { defaultSourceEpoch } from "../../src/epoch.ts";
import { run } from "../support/run.ts";
import { assemble, assembled, assembledTwice } from "./assemble.ts";
import { addGrub, bootUntil } from "./boot.ts";
import { listing, makeOddTree, mounted, scratch } from "./trees.ts";

const uuid = "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e";
const MiB = 1024 ** 2;
const disk = { filename: "disk", format: "raw", ptuuid: "0x7e83a7ba", root_fs_uuid: uuid, size: 48 * MiB };

test("a disk has the tree in one bootable partition", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const image = await assembled("qemu", tree, `${directory.path}/output`, { ...disk, size: 48 * MiB + 512 });

  expect(JSON.parse(run(["sfdisk", "--json", image])).partitiontable).toMatchObject({
    label: "dos",
    id: "0x7e83a7ba",
    partitions: [{ start: 2048, size: 47 * 2048 + 1, type: "83", bootable: true }],
  });
  expect(statSync(image)).toMatchObject({ size: 48 * MiB + 512, mtimeMs: defaultSourceEpoch * 1000 });
  expect(statSync(image).blocks * 512).toBeLessThan(8 * MiB);
  run(["e2fsck", "-fn", `${image}?offset=${MiB}`]);
  using root = mounted(image, MiB);
  expect(listing(root.path)).toEqual(listing(tree));
});

test.each(["qcow2", "vdi", "vmdk", "vpc", "vhdx"])("a %s image holds the same disk as a raw one", async (format) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const raw = await assembled("qemu", tree, `${directory.path}/raw`, disk);
  const image = await assembled("qemu", tree, `${directory.path}/output`, { ...disk, format });
  expect(statSync(image)).toMatchObject({ mtimeMs: defaultSourceEpoch * 1000 });
  run(["qemu-img", "compare", "-f", "raw", "-F", format, raw, image]);
  if (format !== "vpc") run(["qemu-img", "check", "-f", format, image]);
});

test.each([
  ["raw", {}],
  ["qcow2", {}],
  ["qcow2", { compression: "zlib" }],
  ["qcow2", { compression: "none" }],
  ["vdi", {}],
  ["vmdk", {}],
  ["vpc", {}],
  ["vhdx", {}],
  ["raw.xz", {}],
])("a %s image with %j is the same for a copy of the tree elsewhere", async (format, options) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeOddTree(tree);
  const [here, there] = await assembledTwice("qemu", tree, { ...disk, format, ...options });
  expect(there).toBe(here);
});

test.each([
  ["zstd", {}],
  ["zlib", { compression: "zlib" }],
])("a qcow2 image is compressed with %s", async (type, options) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(tree);
  writeFileSync(`${tree}/text`, "compressible\n".repeat(MiB));
  const image = await assembled("qemu", tree, `${directory.path}/output`, { ...disk, format: "qcow2", ...options });
  const info = JSON.parse(run(["qemu-img", "info", "--output=json", image]));
  expect(info).toMatchObject({ "virtual-size": disk.size, "format-specific": { data: { "compression-type": type } } });
  expect(statSync(image).size).toBeLessThan(3 * MiB);
});

test.each(["raw", "qcow2", "vdi", "vmdk", "vpc", "vhdx"])("a %s disk has exactly the given size", async (format) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(tree);
  const size = 48 * MiB + 512;
  const { exitCode, log } = await assemble("qemu", tree, `${directory.path}/output`, { ...disk, format, size });
  const azure = format === "vpc" ? `Azure takes disks of whole MiB only: the next \`size\` is ${49 * MiB}` : "";
  expect({ exitCode, log }).toEqual({ exitCode: 0, log: azure });
  const info = run(["qemu-img", "info", "--output=json", "-f", format, `${directory.path}/output/disk`]);
  expect(JSON.parse(info)).toMatchObject({ "virtual-size": size });
});

test("the error for a disk that is too small for the tree names a sufficient size", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  mkdirSync(tree);
  writeFileSync(`${tree}/a`, Buffer.alloc(50 * MiB, "a"));
  const { exitCode, log } = await assemble("qemu", tree, `${directory.path}/small`, disk);
  expect({ exitCode, log }).toMatchObject({ exitCode: 1, log: expect.stringContaining(`(now ${disk.size})`) });
  const size = Number(/at least (\d+)/.exec(log)?.[1]);
  await assembled("qemu", tree, `${directory.path}/large`, { ...disk, size });
});

test("GRUB modules of a version that isn't available are refused", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  addGrub(tree, "/boot/grub");
  writeFileSync(`${tree}/boot/grub/i386-pc/normal.mod`, "another version");
  expect(await assemble("qemu", tree, `${directory.path}/output`, disk)).toEqual({
    exitCode: 1,
    log: "neither the tree nor the build root has the GRUB whose modules are in /boot/grub/i386-pc",
  });
});

test.each([
  ["raw", "/boot/grub", "disk"],
  ["qcow2", "/boot/grub2", "qcow2"],
] as const)("a %s disk boots with the tree's GRUB in %s", async (format, path, as) => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  addGrub(tree, path);
  const image = await assembled("qemu", tree, `${directory.path}/output`, { ...disk, format });
  await bootUntil(`GRUB on pc has its menu from (hd0,msdos1)${path}`, image, "BIOS", as);
});

test("bootloader says whether GRUB is required or not allowed", async () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  addGrub(tree, "/boot/grub");
  const bare = await assembled("qemu", tree, `${directory.path}/bare`, { ...disk, bootloader: { type: "none" } });
  expect(readFileSync(bare).subarray(0, 440)).toEqual(Buffer.alloc(440));
  expect(readFileSync(bare).subarray(512, MiB)).toEqual(Buffer.alloc(MiB - 512));

  mkdirSync(`${directory.path}/empty`);
  const bootloader = { type: "grub2" };
  expect(await assemble("qemu", `${directory.path}/empty`, `${directory.path}/none`, { ...disk, bootloader })).toEqual({
    exitCode: 1,
    log: "the tree has no GRUB: add an org.osbuild.grub2 stage",
  });
});
