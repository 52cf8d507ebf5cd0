import type { FileSystemType } from "../filesystems/filesystem.ts";
import type { TableType } from "./layout.ts";

/** A partition table to write. */
export interface PartitionTable {
  readonly type: TableType;
  readonly id: string;
  readonly partitions: readonly Partition[];
}

/** A partition in its place, in bytes. */
export interface Partition {
  readonly number: number;
  readonly start: number;
  readonly size: number;
  /** Whether it takes all that is left of the disk. */
  readonly fillsDisk: boolean;
  readonly type: string;
  readonly uuid: string;
  readonly name: string | undefined;
  readonly bootable: boolean;
  readonly filesystem: PartitionFileSystem | undefined;
}

/** The file system in a partition. */
export interface PartitionFileSystem {
  readonly type: FileSystemType;
  readonly uuid: string;
  readonly label: string | undefined;
  readonly mountpoint: string;
}

/** The types of a Linux file system and of an EFI system partition, by the kind of table. */
export const partitionTypes = {
  dos: { linux: "83", system: "ef" },
  gpt: { linux: "0fc63daf-8483-4772-8e79-3d69d8477de4", system: "c12a7328-f81f-11d2-ba4b-00a0c93ec93b" },
} as const;

/** The type of a GPT's BIOS boot partition, by GRUB's manual. */
const biosBoot = "21686148-6449-6e6f-744e-656564454649";

/** Whether UEFI firmware looks for a boot loader in a partition. */
export const isSystemPartition = ({ type, filesystem }: Partition) =>
  filesystem?.type === "vfat" && (type === partitionTypes.dos.system || type === partitionTypes.gpt.system);

/** Whether a partition is for GRUB's core image: a GPT leaves no other room for it. */
export const isBiosBootPartition = ({ type }: Partition) => type === biosBoot;
