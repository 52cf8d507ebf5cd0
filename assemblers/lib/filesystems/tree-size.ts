import { type BigIntStats, lstatSync, readdirSync } from "node:fs";

/** The room that a tree needs in a file system with blocks of 4 KiB. Hard links count once. */
export interface TreeSize {
  readonly inodes: number;
  /** Blocks if holes take none. The holes of a file depend on the file system that holds the tree. */
  readonly blocks: number;
  /** Blocks if holes are filled, which is the same wherever the tree is. */
  readonly filledBlocks: number;
}

/** The block size of every file system that is written here. */
export const blockSize = 4096;

/** Measures a tree. */
export function measureTree(tree: string): TreeSize {
  let inodes = 1;
  let blocks = 0;
  let filledBlocks = 0;
  const linked = new Set<string>();
  const visit = (directory: string) => {
    // Names are arbitrary bytes, which latin1 keeps.
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

/**
 * An entry of an ext4 directory takes 8 bytes and its name, padded to a multiple of 4. An entry that doesn't fit into
 * the rest of a block begins the next one.
 */
function directoryBlocks(names: readonly string[]): number {
  const bytes = names.reduce((sum, name) => sum + 8 + 4 * Math.ceil(name.length / 4), 24);
  return Math.ceil(bytes / (blockSize - 64));
}

function contentBlocks(stats: BigIntStats): number {
  const size = Number(stats.size);
  if (stats.isFile()) {
    // An inode has room for four extents of up to 128 MiB. ext4 lists more of them in extra blocks.
    const blocks = Math.ceil(size / blockSize);
    return blocks + Math.floor(blocks / (4 * 32768));
  }
  // A short link's target is stored in its inode.
  return stats.isSymbolicLink() && size >= 60 ? 1 : 0;
}
