import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { fail, run } from "../../stages/lib/step.ts";
import { attributedFiles } from "./attributes.ts";
import { derivedUuid } from "./identity.ts";
import { blockSize, measureTree } from "./tree-size.ts";

/** A file system to write: where in an image, with what, and what its bits follow from. */
export interface FileSystem {
  readonly image: string;
  readonly offset: number;
  readonly size: number;
  readonly uuid: string;
  readonly tree: string;
  readonly epoch: number;
  readonly id: string;
}

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

const MiB = 1024 * 1024;

/**
 * Writes an ext4 file system with a tree's content straight into an image. `around` is what the option `size` counts
 * beside it.
 */
export function writeExt4(fileSystem: FileSystem, around: number): void {
  const { size, tree } = fileSystem;
  const needs = measureTree(tree);
  const free = freeBlocks(size, needs.inodes);
  if (needs.blocks > free) {
    const least = fittingSize(size, needs.inodes, needs.blocks) + around;
    fail(
      `the tree needs about ${mebibytes(needs.blocks)}, the file system has ${mebibytes(free)}: ` +
        `make \`size\` at least ${least} (now ${size + around})`,
    );
  }
  format(fileSystem, needs.inodes, ["-d", tree]);
  settle(fileSystem);
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

const wholeMebibytes = (bytes: number) => Math.ceil(bytes / MiB) * MiB;

const mebibytes = (blocks: number) => `${Math.ceil((blocks * blockSize) / MiB)} MiB`;

/** What an empty file system of this size has left: mke2fs itself knows best. */
function freeBlocks(size: number, inodes: number): number {
  const directory = mkdtempSync("/var/tmp/ext4-");
  const image = `${directory}/empty`;
  writeFileSync(image, "");
  truncateSync(image, size);
  const nil = derivedUuid("", "");
  format({ image, offset: 0, size, uuid: nil, epoch: 0, id: "" }, inodes, []);
  const { freeBlocks } = readSuperblock(image, 0);
  rmSync(directory, { recursive: true });
  return freeBlocks;
}

function format(
  { image, offset, size, uuid, epoch, id }: Omit<FileSystem, "tree">,
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
  run(
    [
      ...[
        "mke2fs",
        "-q",
        "-F",
        "-b",
        String(blockSize),
        "-U",
        uuid,
        "-E",
        extended.join(","),
        ...inodeCount(size, inodes),
        ...content,
        image,
      ],
      String(Math.floor(size / blockSize)),
    ],
    { env: { MKE2FS_CONFIG: `${directory}/mke2fs.conf`, ...fakeTime(epoch) } },
  );
  rmSync(directory, { recursive: true });
}

/** The usual ratio, unless a tree of many small files needs more. */
function inodeCount(size: number, inodes: number): readonly string[] {
  const wanted = Math.ceil(inodes * 1.1) + 64;
  return wanted > size / (16 * 1024) ? ["-N", String(wanted)] : [];
}

/**
 * What mke2fs takes from the tree although it follows from where that lies: the order of extended attributes, and the
 * times of access and change. Releases before 1.47.1 also take times from the clock.
 */
function settle({ image, offset, tree, epoch }: FileSystem): void {
  const work = mkdtempSync("/tmp/debugfs-");
  const commands = [
    ...rootCommands(tree),
    ...attributeCommands(tree, work),
    ...timeCommands(readSuperblock(image, offset).usedInodes, epoch),
  ];
  const { status, stderr } = spawnSync("debugfs", ["-w", "-f", "-", `${image}?offset=${offset}`], {
    input: Buffer.from(commands.map((command) => `${command}\n`).join(""), "latin1"),
    stdio: ["pipe", "ignore", "pipe"],
    env: { ...process.env, ...fakeTime(epoch) },
    encoding: "utf8",
  });
  // A command that fails doesn't show in the exit code. The first line is debugfs's version.
  const [, ...errors] = stderr.trimEnd().split("\n");
  if (status !== 0 || errors.length > 0) fail(`debugfs: ${errors[0] ?? `exit code ${status}`}`);
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

/** What e2fsprogs has for a clock. */
const fakeTime = (epoch: number) => ({ E2FSPROGS_FAKE_TIME: String(epoch) });

function readSuperblock(image: string, offset: number) {
  const superblock = Buffer.alloc(1024);
  const file = openSync(image, "r");
  readSync(file, superblock, 0, superblock.length, offset + 1024);
  closeSync(file);
  return {
    usedInodes: superblock.readUInt32LE(0) - superblock.readUInt32LE(0x10),
    freeBlocks: superblock.readUInt32LE(0x158) * 2 ** 32 + superblock.readUInt32LE(0x0c),
  };
}
