import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import type { AssemblerInput } from "../../../stages/lib/step.ts";
import { isInTree, resolveInTree } from "../../../stages/lib/tree.ts";
import { writeFileSystem } from "../filesystems/write.ts";
import { makeEmpty, setTime } from "../output.ts";
import { sector } from "../sizes.ts";
import { type Bootloader, installBootloader } from "./bootloader.ts";
import { type Compression, convert, type Format } from "./formats.ts";
import type { PartitionOptions, TableType } from "./layout.ts";
import type { Partition, PartitionTable } from "./partition-table.ts";
import { planPartitions } from "./partitions.ts";
import { writeTable } from "./sfdisk.ts";

/** A disk image to write. */
export interface Disk {
  readonly filename: string;
  readonly format: Format;
  readonly compression: Compression;
  readonly size: number;
  readonly table: TableType;
  /** The table's UUID; for an MBR, its signature: `0x` and up to eight hex digits. */
  readonly ptuuid: string;
  readonly partitions: readonly PartitionOptions[];
  readonly bootloader: Bootloader | undefined;
}

/** Writes a disk image with its partitions, file systems and boot loader. */
export async function writeDisk(step: AssemblerInput<unknown>, disk: Disk): Promise<void> {
  const { filename, format, compression } = disk;
  const { output_dir, source_epoch: epoch, id } = step;
  const path = `${output_dir}/${filename}`;
  if (format === "raw") writeRaw(step, disk, path);
  else {
    const raw = "/var/tmp/disk.img";
    writeRaw(step, disk, raw);
    await convert(raw, { path, format, compression }, { id, epoch });
    rmSync(raw);
  }
  setTime(path, epoch);
}

function writeRaw(step: AssemblerInput<unknown>, disk: Disk, image: string): void {
  const { size, ptuuid, bootloader } = disk;
  const { tree, source_epoch: epoch, id } = step;
  const table = planPartitions({ type: disk.table, ptuuid, size, id }, disk.partitions);
  makeEmpty(image, size);
  writeTable(image, table);
  for (const partition of table.partitions) fill(step, { image, table, partition, size });
  installBootloader({ image, tree, table, epoch }, bootloader);
}

interface Place {
  readonly image: string;
  readonly table: PartitionTable;
  readonly partition: Partition;
  /** The size of the disk. */
  readonly size: number;
}

/** Writes a partition's file system. */
function fill(
  { tree, source_epoch: epoch, id }: AssemblerInput<unknown>,
  { image, table, partition, size }: Place,
): void {
  const { filesystem, number } = partition;
  if (filesystem === undefined) return;
  const mountpoints = table.partitions.flatMap((other) => other.filesystem?.mountpoint ?? []);
  writeFileSystem({
    ...filesystem,
    image,
    offset: partition.start,
    size: partition.size,
    tree: isInTree(tree, filesystem.mountpoint) ? resolveInTree(tree, filesystem.mountpoint) : emptyDirectory(epoch),
    covered: coveredBelow(tree, filesystem.mountpoint, mountpoints),
    epoch,
    id,
    resize: (least) =>
      partition.fillsDisk
        ? `make \`size\` at least ${size - partition.size + least} (now ${size})`
        : `make the size of partition ${number} at least ${Math.ceil(least / sector)} sectors (now ${partition.size / sector})`,
  });
}

/** Paths, in the file system of a mount point, of the nearest mount points below it that the tree has. */
function coveredBelow(tree: string, mountpoint: string, mountpoints: readonly string[]): readonly string[] {
  // The tree's root ends in a slash.
  const placeOf = (path: string) => resolveInTree(tree, path).replace(/\/$/, "");
  const root = placeOf(mountpoint);
  const below = mountpoints
    .filter((other) => isInTree(tree, other))
    .map(placeOf)
    .filter((path) => path !== root && isBelow(path, root));
  return below
    .filter((path) => !below.some((other) => other !== path && isBelow(path, other)))
    .map((path) => path.slice(root.length));
}

const isBelow = (path: string, directory: string) => `${path}/`.startsWith(`${directory}/`);

/** The content of a file system whose mount point isn't in the tree. */
function emptyDirectory(epoch: number): string {
  const path = mkdtempSync("/tmp/empty-");
  chmodSync(path, 0o755);
  setTime(path, epoch);
  return path;
}
