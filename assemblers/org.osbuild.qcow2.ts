import { readAssembler } from "../stages/lib/step.ts";
import { writeDisk } from "./lib/disk.ts";
import { defaultSize } from "./lib/ext4.ts";
import type { Compression } from "./lib/formats.ts";
import { derivedNumber } from "./lib/identity.ts";
import { firstPartition, onlyPartition } from "./lib/partitions.ts";

interface Options {
  /** June 2019's name is `target`. */
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
