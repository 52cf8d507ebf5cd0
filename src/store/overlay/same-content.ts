import { type BigIntStats, closeSync, constants, openSync, readlinkSync, readSync } from "node:fs";

/** Whether a file begins with the whole content of another, or a symbolic link has the same target. */
export function sameContent(file: Buffer, other: Buffer, stats: BigIntStats): boolean {
  if (stats.isSymbolicLink()) return readlinkSync(file, "latin1") === readlinkSync(other, "latin1");
  return !stats.isFile() || beginsWith(file, other);
}

function beginsWith(file: Buffer, start: Buffer): boolean {
  const files = [file, start].map((path) => openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW));
  const [a = -1, b = -1] = files;
  const [left, right] = [Buffer.allocUnsafe(64 * 1024), Buffer.allocUnsafe(64 * 1024)];
  try {
    for (;;) {
      const length = readSync(b, right);
      if (length === 0) return true;
      // Short reads only happen at the end of a file.
      if (readSync(a, left, 0, length, null) < length) return false;
      if (left.compare(right, 0, length, 0, length) !== 0) return false;
    }
  } finally {
    for (const open of files) closeSync(open);
  }
}
