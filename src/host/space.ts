import { statfs } from "node:fs/promises";

/** Less free space than this counts as none, because a program that ran out of space may have left some blocks. */
const almostNothing = 1024 * 1024;

/** Whether a file system has no free blocks or inodes left. Some, such as btrfs, don't count inodes. */
export async function isFull(path: string): Promise<boolean> {
  const { bfree, bsize, files, ffree } = await statfs(path);
  return bfree * bsize < almostNothing || (files > 0 && ffree === 0);
}
