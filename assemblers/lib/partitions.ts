import { fileSystemId } from "../../stages/lib/filesystem-ids.ts";
import { fail, run } from "../../stages/lib/step.ts";
import type { FileSystemType } from "./filesystem.ts";
import { derivedUuid } from "./identity.ts";
import { alignment, layOut, type PartitionOptions, sector, type TableType } from "./layout.ts";
import { layoutProblems } from "./layout-problems.ts";
import { tableDifferences } from "./partition-table.ts";

/** A partition in its place, in bytes. */
export interface Partition {
  readonly number: number;
  readonly start: number;
  readonly size: number;
  /** Whether it was given what was left. */
  readonly fillsDisk: boolean;
  readonly type: string;
  readonly uuid: string;
  readonly name: string | undefined;
  readonly bootable: boolean;
  readonly filesystem: PartitionFileSystem | undefined;
}

export interface PartitionFileSystem {
  readonly type: FileSystemType;
  readonly uuid: string;
  readonly label: string | undefined;
  readonly mountpoint: string;
}

export interface PartitionTable {
  readonly type: TableType;
  readonly id: string;
  readonly partitions: readonly Partition[];
}

export const firstPartition = alignment;

const types = {
  dos: { linux: "83", system: "ef" },
  gpt: { linux: "0fc63daf-8483-4772-8e79-3d69d8477de4", system: "c12a7328-f81f-11d2-ba4b-00a0c93ec93b" },
} as const;

const biosBoot = "21686148-6449-6e6f-744e-656564454649";

/** A disk's only one, bootable, for the whole tree. */
export const onlyPartition = (type: FileSystemType, uuid: string | undefined): PartitionOptions => ({
  bootable: true,
  filesystem: { type, mountpoint: "/", ...(uuid !== undefined && { uuid }) },
});

/** Whether UEFI firmware looks for a loader in it. */
export const isSystemPartition = ({ type, filesystem }: Partition) =>
  filesystem?.type === "vfat" && (type === types.dos.system || type === types.gpt.system);

/** Whether it is there for GRUB's core image, for which a GPT leaves no other room. */
export const isBiosBootPartition = ({ type }: Partition) => type === biosBoot;

/** Puts partitions in their places, and gives them what the pipeline left out. */
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
  types[type][filesystem?.type === "vfat" ? "system" : "linux"];

function planFileSystem({ filesystem }: PartitionOptions, id: string): PartitionFileSystem | undefined {
  if (filesystem === undefined) return undefined;
  const { type, label, mountpoint } = filesystem;
  const uuid = fileSystemId(filesystem.uuid, type) ?? derivedFileSystemUuid(filesystem, id);
  return { type, uuid, label: label === undefined ? undefined : shortened(label, type), mountpoint };
}

/** As much of a label as the file system has room for: mkfs.fat of osbuild's first years cut it, as mke2fs does. */
function shortened(label: string, type: FileSystemType): string {
  const room = { vfat: 11, ext4: 16, xfs: 12, btrfs: 255 }[type];
  const characters = Array.from(label);
  return characters.length <= room ? label : characters.slice(0, room).join("").trimEnd();
}

/** FAT has a number in place of a UUID. */
function derivedFileSystemUuid({ type, mountpoint }: { type: FileSystemType; mountpoint: string }, id: string): string {
  const uuid = derivedUuid(id, `file system of ${mountpoint}`);
  return type === "vfat" ? `${uuid.slice(0, 4)}-${uuid.slice(4, 8)}`.toUpperCase() : uuid;
}

/** Writes the table into an image, and makes sure that it is there as planned: sfdisk leaves out what it can't write. */
export function writeTable(image: string, table: PartitionTable): void {
  const { type, id, partitions } = table;
  const header = [`label: ${type}`, `label-id: ${id}`, "unit: sectors", ...(type === "gpt" ? ["first-lba: 34"] : [])];
  const lines = partitions.map((partition) => {
    const { start, size, uuid, name, bootable } = partition;
    const place = `start=${start / sector}, size=${size / sector}, type=${partition.type}`;
    const gpt = type === "gpt" ? [`uuid=${uuid}`, ...(name === undefined ? [] : [`name="${escaped(name)}"`])] : [];
    return [place, ...gpt, ...(bootable ? [type === "dos" ? "bootable" : "attrs=LegacyBIOSBootable"] : [])].join(", ");
  });
  run(["sfdisk", "--quiet", "--wipe=never", image], { input: `${[...header, ...lines].join("\n")}\n` });
  const differences = tableDifferences(image, table);
  if (differences.length > 0) fail(`sfdisk wrote another partition table: ${differences.join("; ")}`);
}

/** sfdisk's scripts write these as it prints them itself. */
const escaped = (name: string) =>
  name.replaceAll(/["\\]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`);
