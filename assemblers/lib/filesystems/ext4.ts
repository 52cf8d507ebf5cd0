import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { run } from "../../../stages/lib/step.ts";
import { derivedUuid } from "../identity.ts";
import { MiB, wholeMebibytes } from "../sizes.ts";
import { fakeTime, makeReproducible, readSuperblock, removeCovered } from "./ext4-edit.ts";
import { type FileSystem, failToFit } from "./filesystem.ts";
import { blockSize, measureTree } from "./tree-size.ts";

/**
 * The features are listed here because a distribution's own mke2fs.conf would make the bits depend on the build root.
 * GRUB and the kernels of 2019 can read all of them.
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
  // mke2fs can't leave a directory out, so what is covered needs room too until it is removed again.
  const { inodes, blocks } = measureTree(tree);
  const free = freeBlocks(size, inodes);
  if (blocks > free) failToFit(fileSystem, blocks * blockSize, free * blockSize, fittingSize(size, inodes, blocks));
  format(fileSystem, inodes, ["-d", tree]);
  makeReproducible(fileSystem);
  removeCovered(fileSystem);
}

/**
 * The size of a file system for which the pipeline gives none: 1.2 times the tree, or more if ext4 itself needs more.
 */
export function defaultSize(tree: string): number {
  const { inodes, filledBlocks } = measureTree(tree);
  // mke2fs leaves out the journal of a much smaller file system.
  return fittingSize(Math.max(16 * MiB, filledBlocks * blockSize * 1.2), inodes, filledBlocks);
}

/** The smallest size of at least `start`, in whole MiB, whose file system has room for so many blocks and 1 % more. */
function fittingSize(start: number, inodes: number, blocks: number): number {
  const wanted = Math.ceil(blocks * 1.01);
  let size = wholeMebibytes(start);
  for (;;) {
    const missing = wanted - freeBlocks(size, inodes);
    if (missing <= 0) return size;
    size = wholeMebibytes(size + missing * blockSize);
  }
}

/** The free blocks in an empty file system of this size, which mke2fs makes to find out. */
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
    // The image is a hole: its inode tables are zero already, so the kernel needn't zero them at the first boot.
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

/** mke2fs uses its usual ratio unless a tree of many small files needs more inodes. */
function inodeCount(size: number, inodes: number): readonly string[] {
  const wanted = Math.ceil(inodes * 1.1) + 64;
  return wanted > size / (16 * 1024) ? ["-N", String(wanted)] : [];
}
