import { rmSync } from "node:fs";
import { type AssemblerInput, fail, run } from "../../stages/lib/step.ts";
import { writeExt4 } from "./ext4.ts";
import { type Compression, convert, type Format } from "./formats.ts";
import { grubDirectory, installGrub } from "./grub.ts";
import { makeEmpty, setTime } from "./output.ts";

/** A disk image with one partition. */
export interface Disk {
  readonly filename: string;
  readonly format: Format;
  readonly compression: Compression;
  readonly size: number;
  /** The disk's signature: `0x` and up to eight hex digits. */
  readonly ptuuid: string;
  readonly rootUuid: string;
  /** Without one: GRUB where the tree has it. */
  readonly bootloader: Bootloader | undefined;
}

export interface Bootloader {
  readonly type: "grub2" | "none";
}

const sector = 512;

/** Where partitions begin since disks have sectors of 4 KiB; what lies before is GRUB's. */
export const firstPartition = 2048 * sector;

export async function writeDisk(step: AssemblerInput<unknown>, disk: Disk): Promise<void> {
  const { filename, format, compression } = disk;
  const path = `${step.output_dir}/${filename}`;
  if (format === "raw") writeRaw(step, disk, path);
  else {
    const raw = "/var/tmp/disk.img";
    writeRaw(step, disk, raw);
    await convert(raw, { path, format, compression }, step.id);
    rmSync(raw);
  }
  setTime(path, step.source_epoch);
}

/** One bootable partition, from the first MiB to the end, with the tree. */
function writeRaw(step: AssemblerInput<unknown>, { size, ptuuid, rootUuid, bootloader }: Disk, image: string): void {
  const { tree, source_epoch: epoch, id } = step;
  makeEmpty(image, size);
  const table = [
    "label: dos",
    `label-id: ${ptuuid}`,
    "unit: sectors",
    `start=${firstPartition / sector}, size=${(size - firstPartition) / sector}, type=83, bootable`,
  ];
  run(["sfdisk", "--quiet", "--wipe=never", image], { input: `${table.join("\n")}\n` });
  const directory = bootloader?.type === "none" ? undefined : grubDirectory(tree);
  if (directory !== undefined)
    installGrub({ image, tree, rootUuid, directory, offset: sector, room: firstPartition - sector });
  else if (bootloader?.type === "grub2") fail("the tree has no GRUB for BIOS: add an org.osbuild.grub2 stage");
  const fileSystem = { image, offset: firstPartition, size: size - firstPartition, uuid: rootUuid, tree, epoch, id };
  writeExt4(fileSystem, firstPartition);
}
