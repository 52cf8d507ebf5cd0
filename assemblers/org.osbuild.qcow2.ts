import { readAssembler } from "../stages/lib/step.ts";
import { writeDisk } from "./lib/disks/disk.ts";
import type { Compression } from "./lib/disks/formats.ts";
import { firstPartition, onlyPartition } from "./lib/disks/partitions.ts";
import { defaultSize } from "./lib/filesystems/ext4.ts";
import { derivedNumber } from "./lib/identity.ts";

interface Options {
  /** `target` is the name of this option in June 2019. */
  readonly filename?: string;
  readonly target?: string;
  readonly compression?: Compression;
  readonly size?: number;
  readonly root_fs_uuid?: string;
  readonly partition_table_id?: string;
}

const step = await readAssembler<Options>();
const { tree, options, id } = step;
await writeDisk(step, {
  filename: options.filename ?? options.target ?? "",
  format: "qcow2",
  compression: options.compression ?? "zstd",
  size: options.size ?? defaultSize(tree) + firstPartition,
  table: "dos",
  ptuuid: options.partition_table_id ?? `0x${derivedNumber(id, "disk signature").toString(16)}`,
  partitions: [onlyPartition("ext4", options.root_fs_uuid)],
  bootloader: undefined,
});
