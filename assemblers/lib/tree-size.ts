import { type BigIntStats, lstatSync, readdirSync } from "node:fs";

/** What a tree takes in a file system of 4 KiB blocks, hard links counted once. */
export interface TreeSize {
  readonly inodes: number;
  /** Blocks when holes of files take none; which holes there are depends on the file system that the tree lies in. */
  readonly blocks: number;
  /** Blocks when holes are filled: the same wherever the tree lies. */
  readonly filledBlocks: number;
}

export const blockSize = 4096;

export function measureTree(tree: string): TreeSize {
  let inodes = 1;
  let blocks = 0;
  let filledBlocks = 0;
  const linked = new Set<string>();
  const visit = (directory: string) => {
    // A name is any bytes: as latin1 it survives.
    const names = readdirSync(Buffer.from(directory, "latin1"), "latin1");
    const own = directoryBlocks(names);
    blocks += own;
    filledBlocks += own;
    for (const name of names) {
      const path = `${directory}/${name}`;
      const stats = lstatSync(Buffer.from(path, "latin1"), { bigint: true });
      if (stats.isDirectory()) visit(path);
      else if (stats.nlink > 1n) {
        const link = `${stats.dev} ${stats.ino}`;
        if (linked.has(link)) continue;
        linked.add(link);
      }
      inodes += 1;
      const filled = contentBlocks(stats);
      filledBlocks += filled;
      blocks += Math.min(filled, Math.ceil(Number(stats.blocks) / (blockSize / 512)));
    }
  };
  visit(Buffer.from(tree).toString("latin1"));
  return { inodes, blocks, filledBlocks };
}

/** ext4's directory entry is 8 bytes and the name, in fours; a name that doesn't fit into the rest of a block begins the next. */
function directoryBlocks(names: readonly string[]): number {
  const bytes = names.reduce((sum, name) => sum + 8 + 4 * Math.ceil(name.length / 4), 24);
  return Math.ceil(bytes / (blockSize - 64));
}

function contentBlocks(stats: BigIntStats): number {
  const size = Number(stats.size);
  if (stats.isFile()) {
    // Beyond four extents of 128 MiB, ext4 needs blocks for the list of them.
    const blocks = Math.ceil(size / blockSize);
    return blocks + Math.floor(blocks / (4 * 32768));
  }
  // A short link lies in its inode.
  return stats.isSymbolicLink() && size >= 60 ? 1 : 0;
}
