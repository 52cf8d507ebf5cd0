import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { CommandError, run } from "../host/command.ts";
import type { ImageDisk, Partition } from "./disk.ts";
import type { Architecture } from "./firmware.ts";

/**
 * The architecture that a disk boots on: that of the loader in its ESP that UEFI starts without any setting, or x64
 * without an ESP, because only that has a BIOS. A disk with several loaders boots on this machine's own, if it can.
 */
export async function architectureOf(image: string, disk: ImageDisk): Promise<Architecture> {
  const system = disk.partitions.find(({ type }) => type === "EFI system");
  if (system === undefined) return "x64";
  const names = await loadersIn(image, disk.format, system);
  const found = architectures.filter((architecture) => names.includes(loaders[architecture]));
  return found.find((architecture) => architecture === process.arch) ?? found[0] ?? "x64";
}

/** The loaders' names, by the UEFI specification, section 3.5.1.1. */
const loaders = { x64: "bootx64.efi", arm64: "bootaa64.efi" } as const;
const architectures = ["x64", "arm64"] as const;

/** The names of the files in the ESP's directory for loaders, in lower case. */
async function loadersIn(image: string, format: string, { start, size }: Partition): Promise<readonly string[]> {
  const directory = await mkdtemp(`${tmpdir()}/esp-`);
  try {
    const partition = `${directory}/esp`;
    const disk = { driver: format, file: { driver: "file", filename: image } };
    // A backing file could be any file of this machine.
    const file = format === "qcow2" ? { ...disk, backing: null } : disk;
    const source = `json:${JSON.stringify({ driver: "raw", offset: start, size, file })}`;
    await run(["qemu-img", "convert", "-O", "raw", source, partition]);
    return await filesIn(partition, "/EFI/BOOT");
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The names of a FAT directory's files, in lower case; none if there is no such directory. */
async function filesIn(fileSystem: string, directory: string): Promise<readonly string[]> {
  try {
    // mtools refuses file systems whose geometry is unusual.
    const env = { MTOOLS_SKIP_CHECK: "1" };
    const listed = await run(["mdir", "-b", "-i", fileSystem, `::${directory}`], { env });
    return listed.split("\n").map((path) => path.trim().split("/").at(-1)?.toLowerCase() ?? "");
  } catch (error) {
    if (error instanceof CommandError) return [];
    throw error;
  }
}
