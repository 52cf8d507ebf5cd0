import type { FileSystemType } from "../filesystems/filesystem.ts";
import { MiB, sector } from "../sizes.ts";

/** The partition tables, by sfdisk's names: an MBR is `dos`. */
export type TableType = "dos" | "gpt";

/** A partition as a pipeline describes it, in sectors. */
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

/** A disk as a pipeline describes it. */
export interface DiskOptions {
  readonly table: TableType;
  /** Its size in bytes. */
  readonly size: number;
  readonly partitions: readonly PartitionOptions[];
}

/** A partition's place, in bytes. */
export interface Place {
  readonly start: number;
  readonly size: number;
}

/** Partitions begin and end at whole MiB unless the pipeline gives their places. */
export const alignment = MiB;

/** The first sector after the table. */
export const firstSector = { dos: 1, gpt: 34 } as const;
/** The bytes at the end of the disk that the table's copy takes. */
export const tail = { dos: 0, gpt: 33 * sector } as const;

/** A partition as a pipeline may write it. osbuild passed numbers on unread, so they may be strings. */
export type WrittenPartition = Omit<PartitionOptions, "start" | "size"> & {
  readonly start?: number | string;
  readonly size?: number | string;
};

/** Makes numbers of strings. */
export const withNumbers = ({ start, size, ...rest }: WrittenPartition): PartitionOptions => ({
  ...rest,
  ...(start === undefined ? {} : { start: Number(start) }),
  ...(size === undefined ? {} : { size: Number(size) }),
});

/** Puts partitions one after the other unless they have places of their own. The last may take all that is left. */
export function layOut({ table, size, partitions }: DiskOptions): readonly Place[] {
  const end = size - tail[table];
  let next = alignment;
  return partitions.map((options) => {
    const start = options.start === undefined ? next : options.start * sector;
    const length = options.size === undefined ? end - start : options.size * sector;
    next = Math.ceil((start + length) / alignment) * alignment;
    return { start, size: length };
  });
}
