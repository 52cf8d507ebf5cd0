import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { run } from "../../stages/lib/step.ts";
import { fakeTime, readSuperblock, removeCovered, settle } from "./ext4-edit.ts";
import { type FileSystem, failToFit, MiB, wholeMebibytes } from "./filesystem.ts";
import { derivedUuid } from "./identity.ts";
import { blockSize, measureTree } from "./tree-size.ts";

/**
 * Written out, because a distribution's own mke2fs.conf would make the bits depend on the build root. The features
 * are those that GRUB and the kernels of 2019 read.
 */
const features = [
  ...["sparse_super", "large_file", "filetype", "resize_inode", "dir_index", "ext_attr", "has_journal", "extent"],
  ...["huge_file", "flex_bg", "metadata_csum", "64bit", "dir_nlink", "extra_isize"],
];
const configuration = `[defaults]
  base_features = ${features.join(",")}
  default_mntopts = acl,user_xattr
  enable_periodic_fsck = 0
  inode_size = 256
  inode_ratio = ${16 * 1024}
[fs_types]
${["floppy", "small", "big", "huge"].map((type) => `  ${type} = {\n    inode_size = 256\n  }\n`).join("")}`;

/** Writes an ext4 file system straight into an image. */
export function writeExt4(fileSystem: FileSystem): void {
  const { size, tree } = fileSystem;
  // mke2fs can't leave a directory out: what is covered has its room until it is removed again.
  const { inodes, blocks } = measureTree(tree);
  const free = freeBlocks(size, inodes);
  if (blocks > free) failToFit(fileSystem, blocks * blockSize, free * blockSize, fittingSize(size, inodes, blocks));
  format(fileSystem, inodes, ["-d", tree]);
  settle(fileSystem);
  removeCovered(fileSystem);
}

/** The size of a file system that wasn't given one: 1.2 times the tree, or more where ext4 itself takes more. */
export function defaultSize(tree: string): number {
  const { inodes, filledBlocks } = measureTree(tree);
  // A much smaller one would have no journal.
  return fittingSize(Math.max(16 * MiB, filledBlocks * blockSize * 1.2), inodes, filledBlocks);
}

/** The first size from `start` on, in whole MiB, whose file system has room for so many blocks and a little more. */
function fittingSize(start: number, inodes: number, blocks: number): number {
  const wanted = Math.ceil(blocks * 1.01);
  let size = wholeMebibytes(start);
  for (;;) {
    const missing = wanted - freeBlocks(size, inodes);
    if (missing <= 0) return size;
    size = wholeMebibytes(size + missing * blockSize);
  }
}

/** What an empty file system of this size has left: mke2fs itself knows best. */
function freeBlocks(size: number, inodes: number): number {
  const directory = mkdtempSync("/var/tmp/ext4-");
  const image = `${directory}/empty`;
  writeFileSync(image, "");
  truncateSync(image, size);
  format({ image, offset: 0, size, uuid: derivedUuid("", ""), label: undefined, epoch: 0, id: "" }, inodes, []);
  const { freeBlocks } = readSuperblock(image, 0);
  rmSync(directory, { recursive: true });
  return freeBlocks;
}

type Empty = Pick<FileSystem, "image" | "offset" | "size" | "uuid" | "label" | "epoch" | "id">;

function format(
  { image, offset, size, uuid, label, epoch, id }: Empty,
  inodes: number,
  content: readonly string[],
): void {
  const directory = mkdtempSync("/tmp/mke2fs-");
  writeFileSync(`${directory}/mke2fs.conf`, configuration);
  const extended = [
    `offset=${offset}`,
    `hash_seed=${derivedUuid(id, `hash seed of ${uuid}`)}`,
    // The file is empty: the inode tables are zero already, and the kernel needn't make them so at the first boot.
    ...["nodiscard", "lazy_itable_init=0", "lazy_journal_init=0"],
  ];
  const argv = [
    ...["mke2fs", "-q", "-F", "-b", String(blockSize), "-U", uuid, ...(label === undefined ? [] : ["-L", label])],
    ...["-E", extended.join(","), ...inodeCount(size, inodes), ...content],
    ...[image, String(Math.floor(size / blockSize))],
  ];
  run(argv, { env: { MKE2FS_CONFIG: `${directory}/mke2fs.conf`, ...fakeTime(epoch) } });
  rmSync(directory, { recursive: true });
}

/** The usual ratio, unless a tree of many small files needs more. */
function inodeCount(size: number, inodes: number): readonly string[] {
  const wanted = Math.ceil(inodes * 1.1) + 64;
  return wanted > size / (16 * 1024) ? ["-N", String(wanted)] : [];
}
