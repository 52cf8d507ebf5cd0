import { readAssembler } from "../stages/lib/step.ts";
import type { Bootloader } from "./lib/disks/bootloader.ts";
import { writeDisk } from "./lib/disks/disk.ts";
import type { Compression, Format } from "./lib/disks/formats.ts";
import { type WrittenPartition, withNumbers } from "./lib/disks/layout.ts";
import { onlyPartition } from "./lib/disks/partitions.ts";
import type { FileSystemType } from "./lib/filesystems/filesystem.ts";

interface Options {
  readonly format: Format;
  readonly filename: string;
  readonly compression?: Compression;
  readonly ptuuid: string;
  readonly pttype?: "dos" | "mbr" | "gpt";
  readonly size: number;
  readonly partitions?: readonly WrittenPartition[];
  readonly root_fs_uuid?: string;
  readonly root_fs_type?: Exclude<FileSystemType, "vfat">;
  readonly bootloader?: Bootloader;
}

const step = await readAssembler<Options>();
const { format, filename, compression = "zstd", ptuuid, pttype, size, bootloader } = step.options;
const { root_fs_type = "ext4", root_fs_uuid, partitions: written } = step.options;
const partitions = written?.map(withNumbers) ?? [onlyPartition(root_fs_type, root_fs_uuid)];
const table = pttype === "gpt" ? "gpt" : "dos";
await writeDisk(step, { filename, format, compression, size, table, ptuuid, partitions, bootloader });
