import { readAssembler } from "../stages/lib/step.ts";
import { type Bootloader, writeDisk } from "./lib/disk.ts";
import type { Compression, Format } from "./lib/formats.ts";

interface Options {
  readonly format: Format;
  readonly filename: string;
  readonly compression?: Compression;
  readonly ptuuid: string;
  readonly size: number;
  readonly root_fs_uuid: string;
  readonly bootloader?: Bootloader;
}

const step = await readAssembler<Options>();
const { format, filename, compression = "zstd", ptuuid, size, root_fs_uuid: rootUuid, bootloader } = step.options;
await writeDisk(step, { filename, format, compression, size, ptuuid, rootUuid, bootloader });
