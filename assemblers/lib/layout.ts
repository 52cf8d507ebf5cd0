import type { FileSystemType } from "./filesystem.ts";

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

/** A disk as a pipeline describes it. */
export interface DiskOptions {
  readonly table: TableType;
  /** In bytes. */
  readonly size: number;
  readonly partitions: readonly PartitionOptions[];
}

/** A partition's place, in bytes. */
export interface Place {
  readonly start: number;
  readonly size: number;
}

export const sector = 512;

/** Partitions begin and end at a whole MiB unless the pipeline says otherwise. */
export const alignment = 1024 * 1024;

/** Sectors that a table takes at the start of the disk, and bytes that its copy takes at the end. */
export const firstSector = { dos: 1, gpt: 34 } as const;
export const tail = { dos: 0, gpt: 33 * sector } as const;

/** Partitions as a pipeline may have them: osbuild handed the numbers on, so they may be strings. */
export type WrittenPartition = Omit<PartitionOptions, "start" | "size"> & {
  readonly start?: number | string;
  readonly size?: number | string;
};

export const withNumbers = ({ start, size, ...rest }: WrittenPartition): PartitionOptions => ({
  ...rest,
  ...(start === undefined ? {} : { start: Number(start) }),
  ...(size === undefined ? {} : { size: Number(size) }),
});

/** Puts partitions one after the other where they have no place of their own; the last may take what is left. */
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
