import { mkdtempSync, rmSync } from "node:fs";
import { capture } from "../../stages/lib/step.ts";
import { settle } from "./btrfs-edit.ts";
import { uncovered } from "./covered.ts";
import { type FileSystem, failToFit, MiB } from "./filesystem.ts";
import { copyInto, makeEmpty } from "./output.ts";
import { blockSize, measureTree } from "./tree-size.ts";

/** Writes a btrfs file system. */
export function writeBtrfs(fileSystem: FileSystem): void {
  const { image, offset, size, uuid, label } = fileSystem;
  const work = mkdtempSync("/var/tmp/btrfs-");
  const tree = uncovered(fileSystem, work);
  // It keeps two copies of what is no content.
  const needed = measureTree(tree).blocks * blockSize * 1.1 + 128 * MiB;
  if (needed > size) failToFit(fileSystem, needed, size, needed);
  const draft = `${work}/btrfs`;
  makeEmpty(draft, size);
  const name = label === undefined ? [] : ["--label", label];
  // What it has to say is on standard output.
  capture(["mkfs.btrfs", "--quiet", "--rootdir", tree, "--uuid", uuid, ...name, draft]);
  settle(draft, { ...fileSystem, tree });
  copyInto(draft, image, offset);
  rmSync(draft);
}
