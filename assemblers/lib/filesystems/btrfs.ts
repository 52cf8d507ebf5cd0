import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { capture } from "../../../stages/lib/step.ts";
import { makeEmpty } from "../output.ts";
import { MiB } from "../sizes.ts";
import { makeReproducible } from "./btrfs-edit.ts";
import type { Range } from "./btrfs-nodes.ts";
import { uncovered } from "./covered.ts";
import { type FileSystem, failToFit } from "./filesystem.ts";
import { blockSize, measureTree } from "./tree-size.ts";

/** Writes a btrfs file system. */
export function writeBtrfs(fileSystem: FileSystem): void {
  const { image, offset, size, uuid, label } = fileSystem;
  const work = mkdtempSync("/var/tmp/btrfs-");
  const tree = uncovered(fileSystem, work);
  // btrfs stores metadata twice (DUP).
  const needed = measureTree(tree).blocks * blockSize * 1.1 + 128 * MiB;
  if (needed > size) failToFit(fileSystem, needed, size, needed);
  const draft = `${work}/btrfs`;
  makeEmpty(draft, size);
  const name = label === undefined ? [] : ["--label", label];
  // Its messages, which go to standard output, are left out of the log.
  capture(["mkfs.btrfs", "--quiet", "--rootdir", tree, "--uuid", uuid, ...name, draft]);
  copyRanges(makeReproducible(draft, { ...fileSystem, tree }), draft, image, offset);
  rmSync(draft);
}

/** Copies parts of a file to an image, in which the file begins at `offset`. */
function copyRanges(ranges: readonly Range[], from: string, image: string, offset: number): void {
  const [source, target] = [openSync(from, "r"), openSync(image, "r+")];
  const buffer = Buffer.alloc(MiB);
  for (const { start, length } of ranges) {
    for (let done = 0; done < length; done += buffer.length) {
      const count = readSync(source, buffer, 0, Math.min(buffer.length, length - done), start + done);
      writeSync(target, buffer, 0, count, offset + start + done);
    }
  }
  closeSync(target);
  closeSync(source);
}
