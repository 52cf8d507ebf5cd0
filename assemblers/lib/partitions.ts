import { fail, run } from "../../stages/lib/step.ts";
import type { FileSystemType } from "./filesystem.ts";
import { derivedUuid } from "./identity.ts";

export type TableType = "dos" | "gpt";

/** A partition as a pipeline describes it: in sectors. */
export interface PartitionOptions {
  readonly start?: number;
  readonly size?: number;
  readonly type?: string;
  readonly uuid?: string;
  readonly name?: string;
  readonly bootable?: boolean;
  readonly filesystem?: {
    readonly type: FileSystemType;
    readonly uuid?: string;
    readonly label?: string;
    readonly mountpoint: string;
  };
}

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

export const sector = 512;

/** Where partitions begin and end unless the pipeline says otherwise: at a whole MiB. */
const alignment = 1024 * 1024;
export const firstPartition = alignment;

/** GPT keeps a copy of itself at the end of the disk. */
const tail = { dos: 0, gpt: 33 * sector } as const;

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

/** Puts partitions one after the other where they have no place of their own; the last may take what is left. */
export function planPartitions(
  { type, ptuuid, size, id }: { type: TableType; ptuuid: string; size: number; id: string },
  described: readonly PartitionOptions[],
): PartitionTable {
  const end = size - tail[type];
  let next = alignment;
  const partitions = described.map((options, index): Partition => {
    const number = index + 1;
    const start = options.start === undefined ? next : options.start * sector;
    const length = options.size === undefined ? end - start : options.size * sector;
    if (length <= 0 || start + length > end) {
      const least = start + Math.max(length, alignment) + tail[type];
      fail(`partition ${number} would end beyond the disk: make \`size\` at least ${least} (now ${size})`);
    }
    next = Math.ceil((start + length) / alignment) * alignment;
    return {
      number,
      start,
      size: length,
      fillsDisk: options.size === undefined,
      type: options.type?.toLowerCase() ?? defaultType(type, options),
      uuid: options.uuid ?? derivedUuid(id, `partition ${number}`),
      name: options.name,
      bootable: options.bootable ?? false,
      filesystem: planFileSystem(options, id),
    };
  });
  checkMountpoints(partitions);
  return { type, id: ptuuid, partitions };
}

const defaultType = (type: TableType, { filesystem }: PartitionOptions) =>
  types[type][filesystem?.type === "vfat" ? "system" : "linux"];

function planFileSystem({ filesystem }: PartitionOptions, id: string): PartitionFileSystem | undefined {
  if (filesystem === undefined) return undefined;
  const { type, uuid = derivedFileSystemUuid(filesystem, id), label, mountpoint } = filesystem;
  return { type, uuid, label, mountpoint };
}

/** FAT has a number in place of a UUID. */
function derivedFileSystemUuid({ type, mountpoint }: { type: FileSystemType; mountpoint: string }, id: string): string {
  const uuid = derivedUuid(id, `file system of ${mountpoint}`);
  return type === "vfat" ? `${uuid.slice(0, 4)}-${uuid.slice(4, 8)}`.toUpperCase() : uuid;
}

function checkMountpoints(partitions: readonly Partition[]): void {
  const mountpoints = partitions.flatMap(({ filesystem }) => filesystem?.mountpoint ?? []);
  const twice = mountpoints.find((path, index) => mountpoints.indexOf(path) !== index);
  if (twice !== undefined) fail(`two partitions have the mount point ${twice}`);
  if (!mountpoints.includes("/")) fail("no partition has the mount point /: the tree would not be in the image");
}

/** Writes the table into an image. */
export function writeTable(image: string, { type, id, partitions }: PartitionTable): void {
  const header = [`label: ${type}`, `label-id: ${id}`, "unit: sectors", ...(type === "gpt" ? ["first-lba: 34"] : [])];
  const lines = partitions.map((partition) => {
    const { start, size, uuid, name, bootable } = partition;
    const place = `start=${start / sector}, size=${size / sector}, type=${partition.type}`;
    const gpt = type === "gpt" ? [`uuid=${uuid}`, ...(name === undefined ? [] : [`name="${name}"`])] : [];
    return [place, ...gpt, ...(bootable ? [type === "dos" ? "bootable" : "attrs=LegacyBIOSBootable"] : [])].join(", ");
  });
  run(["sfdisk", "--quiet", "--wipe=never", image], { input: `${[...header, ...lines].join("\n")}\n` });
}
