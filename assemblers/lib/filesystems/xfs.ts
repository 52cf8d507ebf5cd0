import { lstatSync, mkdtempSync, rmSync } from "node:fs";
import { capture, fail, run } from "../../../stages/lib/step.ts";
import { aclFiles } from "../attributes.ts";
import { editBytes, readBytes } from "../bytes.ts";
import { crc32c } from "../crc32c.ts";
import { copyInto, makeEmpty } from "../output.ts";
import { deviceNodes } from "../special-files.ts";
import { uncovered } from "./covered.ts";
import type { FileSystem } from "./filesystem.ts";

/**
 * The features are listed here because the defaults of mkfs.xfs differ from release to release. GRUB and the kernels of
 * 2019 can read all of them. `concurrency=0`: by default mkfs.xfs makes more groups on a machine with more processors.
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

/** Earlier releases take a list of files, which can't express attributes, times, hard links and names with spaces. */
function requireVersion(): void {
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(capture(["mkfs.xfs", "-V"])) ?? [];
  if (Number(major) > 6 || (Number(major) === 6 && Number(minor) >= 17)) return;
  fail(
    `mkfs.xfs is of xfsprogs ${major}.${minor}, and only 6.17 or later fills a file system from a directory: run it in a build tree that has one, as of Debian 14 (forky)`,
  );
}

/** mkfs.xfs opens every file, and opening a device node opens the device. */
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

/** mkfs.xfs would write ACLs as ordinary attributes, which mean nothing to the kernel. */
function requireNoAcls(tree: string): void {
  const [first] = aclFiles(tree);
  if (first !== undefined) fail(`${first} has an ACL, which mkfs.xfs can't write: use ext4 or btrfs`);
}

/** Offsets in the superblock and in an inode of version 3, by the kernel's fs/xfs/libxfs/xfs_format.h. */
const superblock = { size: 512, rootInode: 56, inodeSize: 104 } as const;
const inodeOffsets = { mtime: 40, crc: 100 } as const;

/**
 * Gives the root directory the tree's time; mkfs.xfs sets it to the epoch. Its inode is in the first group, where an
 * inode's number tells its place.
 */
function setRootTime(draft: string, seconds: number): void {
  const header = readBytes(draft, 0, superblock.size);
  const size = header.readUInt16BE(superblock.inodeSize);
  const place = Number(header.readBigUInt64BE(superblock.rootInode)) * size;
  editBytes(draft, place, size, (inode) => {
    inode.writeInt32BE(seconds, inodeOffsets.mtime);
    inode.writeInt32BE(0, inodeOffsets.mtime + 4);
    inode.writeUInt32LE(0, inodeOffsets.crc);
    inode.writeUInt32LE(crc32c(inode), inodeOffsets.crc);
  });
}
