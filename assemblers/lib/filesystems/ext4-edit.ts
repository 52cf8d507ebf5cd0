import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { fail } from "../../../stages/lib/step.ts";
import { attributedFiles } from "../attributes.ts";
import { readBytes } from "../bytes.ts";
import { bytesOf } from "../getfattr.ts";
import type { FileSystem } from "./filesystem.ts";
import { blockSize } from "./tree-size.ts";

/**
 * The offsets below are those of the kernel's fs/ext4/ext4.h, little-endian: `struct ext4_super_block`, 1024 bytes into
 * the file system, and `struct ext4_group_desc` in the size that the feature 64bit gives it. A number of 64 bits is in
 * two halves. Documentation/filesystems/ext4 describes them.
 */
const superblock = {
  start: 1024,
  size: 1024,
  inodeCount: 0x0,
  blockCount: { low: 0x4, high: 0x150 },
  freeBlockCount: { low: 0xc, high: 0x158 },
  freeInodeCount: 0x10,
} as const;
const groupDescriptor = { size: 64, blockBitmap: { low: 0x0, high: 0x20 }, flags: 0x12 } as const;
/** EXT4_BG_BLOCK_UNINIT: no block of the group was ever used, and its bitmap isn't written. */
const neverUsed = 2;
/** EXT4_ROOT_INO and EXT4_GOOD_OLD_FIRST_INO: mke2fs makes the inodes between them for itself. */
const inodeNumbers = { root: 2, first: 11 } as const;

const readLong = (bytes: Buffer, { low, high }: { readonly low: number; readonly high: number }) =>
  bytes.readUInt32LE(high) * 2 ** 32 + bytes.readUInt32LE(low);

/**
 * Removes all that depends on where the tree is stored, although mke2fs copies it into the file system: the order of
 * extended attributes, the times of access and change, and the number of bytes written. mke2fs before 1.47.1 also takes
 * times from the clock.
 */
export function makeReproducible(fileSystem: FileSystem): void {
  const { image, offset, tree, epoch } = fileSystem;
  const work = mkdtempSync("/tmp/debugfs-");
  edit(fileSystem, [
    ...rootCommands(tree),
    ...attributeCommands(tree, work),
    ...timeCommands(readSuperblock(image, offset).usedInodes, epoch),
    // e2fsprogs only adds to this counter when it isn't zero.
    "ssv kbytes_written 0",
    // Write the copies of the superblock too.
    "close -a",
  ]);
  rmSync(work, { recursive: true });
}

/** mke2fs makes the root directory itself and doesn't copy the tree's. */
function rootCommands(tree: string): readonly string[] {
  const { mode, uid, gid, mtimeMs } = statSync(tree);
  const fields = { mode, uid, gid, mtime: `@${Math.floor(mtimeMs / 1000)}` };
  return Object.entries(fields).map(([name, value]) => `sif <${inodeNumbers.root}> ${name} ${value}`);
}

/** Sets the attributes of files that have several anew, in order. */
function attributeCommands(tree: string, work: string): readonly string[] {
  // debugfs reads lines, so no command can name a file that has a line break in its name.
  const files = attributedFiles(tree).filter(({ path }) => !path.includes("\n"));
  return files.flatMap(({ path, attributes }, file) => [
    ...[...attributes.keys()].map((name) => `ea_rm ${quote(path)} ${quote(name)}`),
    ...[...attributes].map(([name, hex], index) => {
      const valueFile = `${work}/${file}-${index}`;
      writeFileSync(valueFile, bytesOf(hex));
      return `ea_set -f ${valueFile} ${quote(path)} ${quote(name)}`;
    }),
  ]);
}

const quote = (word: string) => `"${word.replaceAll('"', '""')}"`;

/** mke2fs numbers the tree's files in order. */
function timeCommands(usedInodes: number, epoch: number): readonly string[] {
  const { root, first } = inodeNumbers;
  const inodes = [root, ...Array.from({ length: usedInodes - (first - 1) }, (_, index) => first + index)];
  return inodes.flatMap((inode) => [`sif <${inode}> ctime @${epoch}`, `sif <${inode}> atime @${epoch}`]);
}

/** Removes what is in the directories that other file systems are mounted on, and every trace of it. */
export function removeCovered(fileSystem: FileSystem): void {
  const { tree, covered } = fileSystem;
  const commands = covered.flatMap((path) => removalCommands(tree, Buffer.from(path).toString("latin1")));
  if (commands.length === 0) return;
  edit(fileSystem, commands);
  eraseFreeBlocks(fileSystem);
}

function removalCommands(tree: string, directory: string): readonly string[] {
  return readdirSync(Buffer.from(tree + directory, "latin1"), { encoding: "latin1", withFileTypes: true }).flatMap(
    (entry) => {
      const path = `${directory}/${entry.name}`;
      if (path.includes("\n")) fail(`a line break in ${JSON.stringify(path)}: it can't be left out of a file system`);
      return entry.isDirectory() ? [...removalCommands(tree, path), `rmdir ${quote(path)}`] : [`rm ${quote(path)}`];
    },
  );
}

/** Removing a file leaves its content in the blocks that become free. */
function eraseFreeBlocks({ image, offset }: FileSystem): void {
  const file = openSync(image, "r+");
  const read = (block: number) => {
    const bytes = Buffer.alloc(blockSize);
    readSync(file, bytes, 0, blockSize, offset + block * blockSize);
    return bytes;
  };
  const zeros = Buffer.alloc(blockSize);
  const { blockCount } = readSuperblock(image, offset);
  const perGroup = blockSize * 8;
  for (let group = 0; group * perGroup < blockCount; group += 1) {
    // The descriptors follow the superblock's block.
    const descriptors = read(1 + Math.floor((group * groupDescriptor.size) / blockSize));
    const descriptor = descriptors.subarray((group * groupDescriptor.size) % blockSize);
    if (descriptor.readUInt16LE(groupDescriptor.flags) & neverUsed) continue;
    const bitmap = read(readLong(descriptor, groupDescriptor.blockBitmap));
    for (let index = 0; index < perGroup; index += 1) {
      const inUse = bitmap.readUInt8(index >> 3) & (1 << (index & 7));
      const block = group * perGroup + index;
      if (!inUse && !read(block).equals(zeros)) writeSync(file, zeros, 0, blockSize, offset + block * blockSize);
    }
  }
  closeSync(file);
}

/** Has debugfs carry out commands. */
function edit({ image, offset, epoch }: FileSystem, commands: readonly string[]): void {
  const { status, stderr } = spawnSync("debugfs", ["-w", "-f", "-", `${image}?offset=${offset}`], {
    input: Buffer.from(commands.map((command) => `${command}\n`).join(""), "latin1"),
    stdio: ["pipe", "ignore", "pipe"],
    env: { ...process.env, ...fakeTime(epoch) },
    encoding: "utf8",
  });
  // A command that fails doesn't change the exit code. The first line is debugfs's version.
  const [, ...errors] = stderr.trimEnd().split("\n");
  if (status !== 0 || errors.length > 0) fail(`debugfs: ${errors[0] ?? `exit code ${status}`}`);
}

/** Environment in which the programs of e2fsprogs take the epoch for the current time. */
export const fakeTime = (epoch: number) => ({ E2FSPROGS_FAKE_TIME: String(epoch) });

/** The counters in a file system's superblock. */
export function readSuperblock(image: string, offset: number) {
  const bytes = readBytes(image, offset + superblock.start, superblock.size);
  return {
    usedInodes: bytes.readUInt32LE(superblock.inodeCount) - bytes.readUInt32LE(superblock.freeInodeCount),
    blockCount: readLong(bytes, superblock.blockCount),
    freeBlocks: readLong(bytes, superblock.freeBlockCount),
  };
}
