import { closeSync, lstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { capture, fail, run } from "../../stages/lib/step.ts";
import { aclFiles } from "./attributes.ts";
import { uncovered } from "./covered.ts";
import { crc32c } from "./crc32c.ts";
import { deviceNodes } from "./devices.ts";
import type { FileSystem } from "./filesystem.ts";
import { copyInto, makeEmpty } from "./output.ts";

/**
 * Written out, because what mkfs.xfs chooses differs from release to release. The features are those that GRUB and the
 * kernels of 2019 read; and by itself it makes more groups where there are more processors.
 */
const features = [
  ...["-m", "crc=1,finobt=1,reflink=1,rmapbt=0,bigtime=0,inobtcount=0,metadir=0"],
  ...["-i", "size=512,sparse=1,nrext64=0,exchange=0", "-n", "parent=0"],
  ...["-d", "concurrency=0", "-l", "concurrency=0"],
];

/** Writes an XFS file system. */
export function writeXfs(fileSystem: FileSystem): void {
  const { image, offset, size, uuid, label, epoch } = fileSystem;
  requireVersion();
  const work = mkdtempSync("/var/tmp/xfs-");
  const tree = uncovered(withoutDevices(fileSystem), work);
  requireNoAcls(tree);
  const draft = `${work}/xfs`;
  makeEmpty(draft, size);
  const name = label === undefined ? [] : ["-L", label];
  const env = { SOURCE_DATE_EPOCH: String(epoch), DETERMINISTIC_SEED: "1" };
  run(["mkfs.xfs", "-q", ...features, "-m", `uuid=${uuid}`, ...name, "-p", tree, draft], { env });
  setRootTime(draft, Math.floor(lstatSync(tree).mtimeMs / 1000));
  copyInto(draft, image, offset);
  rmSync(draft);
}

/** Earlier ones take lists of files, which have no attributes, times, links or names with spaces. */
function requireVersion(): void {
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(capture(["mkfs.xfs", "-V"])) ?? [];
  if (Number(major) > 6 || (Number(major) === 6 && Number(minor) >= 17)) return;
  fail(
    `mkfs.xfs is of xfsprogs ${major}.${minor}, and only 6.17 or later fills a file system from a directory: run it in a build tree that has one, as of Debian 14 (forky)`,
  );
}

/** mkfs.xfs opens every file, and a device node leads to a device. */
function withoutDevices(fileSystem: FileSystem): FileSystem {
  const { tree, covered } = fileSystem;
  const isCovered = (path: string) => covered.some((directory) => path.startsWith(`${directory}/`));
  const devices = deviceNodes(tree).filter(({ path }) => !isCovered(path));
  const elsewhere = devices.find(({ path }) => !path.startsWith("/dev/"));
  if (elsewhere !== undefined)
    fail(`${elsewhere.path} is a device node, which mkfs.xfs can't write: use ext4 or btrfs`);
  if (devices.length === 0) return fileSystem;
  console.log("mkfs.xfs can't write device nodes: /dev is left empty, as the kernel fills it at every boot");
  return { ...fileSystem, covered: [...covered.filter((path) => !path.startsWith("/dev/")), "/dev"] };
}

/** It would write them as attributes that mean nothing. */
function requireNoAcls(tree: string): void {
  const [first] = aclFiles(tree);
  if (first !== undefined) fail(`${first} has an ACL, which mkfs.xfs can't write: use ext4 or btrfs`);
}

/** The root directory has the epoch for its time, whatever the tree's is. It is the first inode of the first group. */
function setRootTime(draft: string, seconds: number): void {
  const file = openSync(draft, "r+");
  const superblock = Buffer.alloc(512);
  readSync(file, superblock, 0, superblock.length, 0);
  const inode = Buffer.alloc(superblock.readUInt16BE(inodeSizeOffset));
  const place = Number(superblock.readBigUInt64BE(rootInodeOffset)) * inode.length;
  readSync(file, inode, 0, inode.length, place);
  inode.writeInt32BE(seconds, mtimeOffset);
  inode.writeInt32BE(0, mtimeOffset + 4);
  inode.writeUInt32LE(0, crcOffset);
  inode.writeUInt32LE(crc32c(inode), crcOffset);
  writeSync(file, inode, 0, inode.length, place);
  closeSync(file);
}

// Of the superblock, and of an inode of version 3: the kernel's fs/xfs/libxfs/xfs_format.h.
const [rootInodeOffset, inodeSizeOffset] = [56, 104];
const [mtimeOffset, crcOffset] = [40, 100];
