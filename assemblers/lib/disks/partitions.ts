import { fileSystemId } from "../../../stages/lib/filesystem-ids.ts";
import { fail } from "../../../stages/lib/step.ts";
import type { FileSystemType } from "../filesystems/filesystem.ts";
import { derivedUuid } from "../identity.ts";
import { alignment, layOut, type PartitionOptions, type TableType } from "./layout.ts";
import { layoutProblems } from "./layout-problems.ts";
import { type Partition, type PartitionFileSystem, type PartitionTable, partitionTypes } from "./partition-table.ts";

/** The place of the first partition, in bytes, unless the pipeline gives it one. */
export const firstPartition = alignment;

/** The only partition of a disk: bootable, with the whole tree. */
export const onlyPartition = (type: FileSystemType, uuid: string | undefined): PartitionOptions => ({
  bootable: true,
  filesystem: { type, mountpoint: "/", ...(uuid !== undefined && { uuid }) },
});

/** Puts partitions in their places, and fills in what the pipeline leaves out. */
export function planPartitions(
  { type, ptuuid, size, id }: { type: TableType; ptuuid: string; size: number; id: string },
  described: readonly PartitionOptions[],
): PartitionTable {
  const disk = { table: type, size, partitions: described };
  const problems = layoutProblems(disk).map(({ message, hint }) => `${message}: ${hint}`);
  if (problems.length > 0) fail(problems.join("\n"));
  const places = layOut(disk);
  const partitions = described.map((options, index): Partition => {
    const number = index + 1;
    const { start = 0, size: length = 0 } = places[index] ?? {};
    return {
      number,
      start,
      size: length,
      fillsDisk: options.size === undefined,
      type: options.type?.toLowerCase() ?? defaultType(type, options),
      uuid: fileSystemId(options.uuid) ?? derivedUuid(id, `partition ${number}`),
      name: options.name,
      bootable: options.bootable ?? false,
      filesystem: planFileSystem(options, id),
    };
  });
  return { type, id: ptuuid, partitions };
}

const defaultType = (type: TableType, { filesystem }: PartitionOptions) =>
  partitionTypes[type][filesystem?.type === "vfat" ? "system" : "linux"];

function planFileSystem({ filesystem }: PartitionOptions, id: string): PartitionFileSystem | undefined {
  if (filesystem === undefined) return undefined;
  const { type, label, mountpoint } = filesystem;
  const uuid = fileSystemId(filesystem.uuid, type) ?? derivedFileSystemUuid(filesystem, id);
  return { type, uuid, label: label === undefined ? undefined : shortened(label, type), mountpoint };
}

/**
 * Cuts a label to the length that the file system has room for. mke2fs does so by itself, and so did the mkfs.fat of
 * osbuild's first years.
 */
function shortened(label: string, type: FileSystemType): string {
  const room = { vfat: 11, ext4: 16, xfs: 12, btrfs: 255 }[type];
  const characters = Array.from(label);
  return characters.length <= room ? label : characters.slice(0, room).join("").trimEnd();
}

/** FAT has a number of 32 bits instead of a UUID. */
function derivedFileSystemUuid({ type, mountpoint }: { type: FileSystemType; mountpoint: string }, id: string): string {
  const uuid = derivedUuid(id, `file system of ${mountpoint}`);
  return type === "vfat" ? `${uuid.slice(0, 4)}-${uuid.slice(4, 8)}`.toUpperCase() : uuid;
}
