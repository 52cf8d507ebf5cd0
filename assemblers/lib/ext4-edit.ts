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
import { fail } from "../../stages/lib/step.ts";
import { attributedFiles } from "./attributes.ts";
import type { FileSystem } from "./filesystem.ts";
import { blockSize } from "./tree-size.ts";

/** Of a group of blocks, and in it the flag of one in which no block was ever used. */
const descriptorSize = 64;
const neverUsed = 2;

/**
 * What mke2fs takes from the tree although it follows from where that lies: the order of extended attributes, the times
 * of access and change, and how many bytes it took to write it all. Releases before 1.47.1 also take times from the
 * clock.
 */
export function settle(fileSystem: FileSystem): void {
  const { image, offset, tree, epoch } = fileSystem;
  const work = mkdtempSync("/tmp/debugfs-");
  edit(fileSystem, [
    ...rootCommands(tree),
    ...attributeCommands(tree, work),
    ...timeCommands(readSuperblock(image, offset).usedInodes, epoch),
    // From zero it isn't counted on.
    "ssv kbytes_written 0",
    // In the copies of the superblock too.
    "close -a",
  ]);
  rmSync(work, { recursive: true });
}

/** The root directory is mke2fs's own. */
function rootCommands(tree: string): readonly string[] {
  const { mode, uid, gid, mtimeMs } = statSync(tree);
  const fields = { mode, uid, gid, mtime: `@${Math.floor(mtimeMs / 1000)}` };
  return Object.entries(fields).map(([name, value]) => `sif <2> ${name} ${value}`);
}

/** Sets the attributes anew where their order matters. */
function attributeCommands(tree: string, work: string): readonly string[] {
  // debugfs reads lines: a name with a line break in it can't be told to it.
  const files = attributedFiles(tree).filter(({ path }) => !path.includes("\n"));
  return files.flatMap(({ path, attributes }, file) => [
    ...attributes.map(({ name }) => `ea_rm ${quote(path)} ${quote(name)}`),
    ...attributes.map(({ name, value }, index) => {
      const valueFile = `${work}/${file}-${index}`;
      writeFileSync(valueFile, value);
      return `ea_set -f ${valueFile} ${quote(path)} ${quote(name)}`;
    }),
  ]);
}

const quote = (word: string) => `"${word.replaceAll('"', '""')}"`;

/** 2 is the root directory, and from 11 on inodes are given out in order; the ones between are mke2fs's own. */
function timeCommands(usedInodes: number, epoch: number): readonly string[] {
  const inodes = [2, ...Array.from({ length: usedInodes - 10 }, (_, index) => 11 + index)];
  return inodes.flatMap((inode) => [`sif <${inode}> ctime @${epoch}`, `sif <${inode}> atime @${epoch}`]);
}

/** Removes what is below the directories that other file systems are mounted on, and every trace of it. */
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

/** What was in a file is in its blocks still. */
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
    const descriptors = read(1 + Math.floor((group * descriptorSize) / blockSize));
    const descriptor = descriptors.subarray((group * descriptorSize) % blockSize);
    if (descriptor.readUInt16LE(0x12) & neverUsed) continue;
    const bitmap = read(descriptor.readUInt32LE(0) + descriptor.readUInt32LE(0x20) * 2 ** 32);
    for (let index = 0; index < perGroup; index += 1) {
      const inUse = bitmap.readUInt8(index >> 3) & (1 << (index & 7));
      const block = group * perGroup + index;
      if (!inUse && !read(block).equals(zeros)) writeSync(file, zeros, 0, blockSize, offset + block * blockSize);
    }
  }
  closeSync(file);
}

/** Gives debugfs commands to carry out. */
function edit({ image, offset, epoch }: FileSystem, commands: readonly string[]): void {
  const { status, stderr } = spawnSync("debugfs", ["-w", "-f", "-", `${image}?offset=${offset}`], {
    input: Buffer.from(commands.map((command) => `${command}\n`).join(""), "latin1"),
    stdio: ["pipe", "ignore", "pipe"],
    env: { ...process.env, ...fakeTime(epoch) },
    encoding: "utf8",
  });
  // A command that fails doesn't show in the exit code. The first line is debugfs's version.
  const [, ...errors] = stderr.trimEnd().split("\n");
  if (status !== 0 || errors.length > 0) fail(`debugfs: ${errors[0] ?? `exit code ${status}`}`);
}

/** What e2fsprogs has for a clock. */
export const fakeTime = (epoch: number) => ({ E2FSPROGS_FAKE_TIME: String(epoch) });

export function readSuperblock(image: string, offset: number) {
  const superblock = Buffer.alloc(1024);
  const file = openSync(image, "r");
  readSync(file, superblock, 0, superblock.length, offset + 1024);
  closeSync(file);
  return {
    usedInodes: superblock.readUInt32LE(0) - superblock.readUInt32LE(0x10),
    blockCount: superblock.readUInt32LE(0x150) * 2 ** 32 + superblock.readUInt32LE(0x04),
    freeBlocks: superblock.readUInt32LE(0x158) * 2 ** 32 + superblock.readUInt32LE(0x0c),
  };
}
