import { mkdtemp, open, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { run } from "../host/command.ts";

/** An image as a machine sees it. */
export interface ImageDisk {
  /** `qcow2`, `raw`, `ext4`, `tar`, `zstd`, … */
  readonly format: string;
  /** The size that a machine sees, in bytes; null if the image isn't a disk. */
  readonly virtualSize: number | null;
  readonly table: "dos" | "gpt" | null;
  readonly partitions: readonly Partition[];
}

/** A partition as its table describes it. */
export interface Partition {
  readonly number: number;
  /** The offset in bytes; `size` is in bytes too. */
  readonly start: number;
  readonly size: number;
  readonly type: string;
  /** The partition label, which only GPT has. */
  readonly name: string | null;
  readonly bootable: boolean;
}

/** Reads an image's format and partitions, without mounts and loop devices. */
export async function readDisk(file: string): Promise<ImageDisk> {
  const path = resolve(file);
  const { format, holds } = await formatOf(path);
  switch (holds) {
    case "virtual disk":
      return readVirtualDisk(path, format);
    case "disk":
      return { format, virtualSize: (await stat(path)).size, ...(await readTable(path)) };
    case "file system":
      return { format, virtualSize: (await stat(path)).size, table: null, partitions: [] };
    case "files":
      return { format, virtualSize: null, table: null, partitions: [] };
  }
}

interface Format {
  readonly format: string;
  readonly holds: "virtual disk" | "disk" | "file system" | "files";
}

/** The magic numbers of the formats, in latin1. */
const formats: readonly (Format & { readonly offset: number; readonly magic: string })[] = [
  { format: "qcow2", offset: 0, magic: "QFI\xfb", holds: "virtual disk" },
  { format: "vmdk", offset: 0, magic: "KDMV", holds: "virtual disk" },
  { format: "vhdx", offset: 0, magic: "vhdxfile", holds: "virtual disk" },
  { format: "vpc", offset: 0, magic: "conectix", holds: "virtual disk" },
  { format: "vdi", offset: 0x40, magic: "\x7f\x10\xda\xbe", holds: "virtual disk" },
  { format: "gzip", offset: 0, magic: "\x1f\x8b", holds: "files" },
  { format: "xz", offset: 0, magic: "\xfd7zXZ\0", holds: "files" },
  { format: "zstd", offset: 0, magic: "\x28\xb5\x2f\xfd", holds: "files" },
  { format: "bzip2", offset: 0, magic: "BZh", holds: "files" },
  { format: "lzip", offset: 0, magic: "LZIP", holds: "files" },
  { format: "lzop", offset: 0, magic: "\x89LZO", holds: "files" },
  { format: "tar", offset: 257, magic: "ustar", holds: "files" },
  { format: "iso9660", offset: 0x8001, magic: "CD001", holds: "file system" },
  { format: "squashfs", offset: 0, magic: "hsqs", holds: "file system" },
  { format: "xfs", offset: 0, magic: "XFSB", holds: "file system" },
  { format: "erofs", offset: 1024, magic: "\xe2\xe1\xf5\xe0", holds: "file system" },
  { format: "ext4", offset: 1080, magic: "\x53\xef", holds: "file system" },
  { format: "btrfs", offset: 0x10040, magic: "_BHRfS_M", holds: "file system" },
  { format: "fat", offset: 0x36, magic: "FAT", holds: "file system" },
  { format: "fat", offset: 0x52, magic: "FAT32", holds: "file system" },
];

/**
 * Detects the format from the file's first bytes. qemu-img isn't asked to detect it, because the content of a raw image
 * could pass for another format that refers to other files.
 */
async function formatOf(path: string): Promise<Format> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(0x11000));
  const start = buffer.toString("latin1", 0, bytesRead);
  return formats.find(({ offset, magic }) => start.startsWith(magic, offset)) ?? { format: "raw", holds: "disk" };
}

async function readVirtualDisk(path: string, format: string): Promise<ImageDisk> {
  const info = JSON.parse(await run(["qemu-img", "info", "-f", format, "--output=json", path])) as {
    readonly "virtual-size": number;
    readonly "backing-filename"?: string;
  };
  const virtualSize = info["virtual-size"];
  // qemu-img would read the backing file too, which may be any file.
  if (info["backing-filename"] !== undefined) return { format, virtualSize, table: null, partitions: [] };
  const directory = await mkdtemp(`${tmpdir()}/disk-`);
  try {
    const start = `${directory}/start`;
    await run(["qemu-img", "dd", "-f", format, "-O", "raw", "bs=1M", "count=1", `if=${path}`, `of=${start}`]);
    // sfdisk checks the table against the disk's size.
    await truncate(start, virtualSize);
    return { format, virtualSize, ...(await readTable(start)) };
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The output of `sfdisk --json`. */
interface PartitionTable {
  readonly label: "dos" | "gpt";
  readonly device: string;
  readonly sectorsize?: number;
  readonly partitions?: readonly {
    /** The device's name with the partition's number. */
    readonly node: string;
    readonly start: number;
    readonly size: number;
    readonly type: string;
    readonly name?: string;
    readonly bootable?: boolean;
  }[];
}

async function readTable(path: string): Promise<Pick<ImageDisk, "table" | "partitions">> {
  if (!(await hasTable(path))) return { table: null, partitions: [] };
  const { partitiontable } = JSON.parse(await run(["sfdisk", "--json", path])) as { partitiontable: PartitionTable };
  const { label, device, sectorsize = 512, partitions = [] } = partitiontable;
  return {
    table: label,
    partitions: partitions.map(({ node, start, size, type, name, bootable }) => ({
      number: Number(/\d*$/.exec(node.slice(device.length))?.[0]),
      start: start * sectorsize,
      size: size * sectorsize,
      type: partitionTypes[type] ?? type,
      name: name ?? null,
      bootable: bootable ?? false,
    })),
  };
}

/** Both kinds of partition table have the signature 0xaa55 at the end of the first sector. */
async function hasTable(path: string): Promise<boolean> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 510);
  return bytesRead === 2 && buffer.readUInt16LE() === 0xaa55;
}

const partitionTypes: Readonly<Record<string, string>> = {
  "5": "Extended",
  "7": "NTFS or exFAT",
  b: "FAT32",
  c: "FAT32",
  e: "FAT16",
  f: "Extended",
  "82": "Linux swap",
  "83": "Linux",
  "8e": "Linux LVM",
  ef: "EFI system",
  fd: "Linux RAID",
  "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F": "Linux swap",
  "0FC63DAF-8483-4772-8E79-3D69D8477DE4": "Linux",
  "21686148-6449-6E6F-744E-656564454649": "BIOS boot",
  "4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709": "Linux root (x86-64)",
  "9E1A2D38-C612-4316-AA26-8B49521E5A8B": "PReP boot",
  "B921B045-1DF0-41C3-AF44-4C6F280D3FAE": "Linux root (ARM64)",
  "BC13C2FF-59E6-4262-A352-B275FD6F7172": "Linux extended boot",
  "C12A7328-F81F-11D2-BA4B-00A0C93EC93B": "EFI system",
  "E6D6D379-F507-44C2-A23C-238F2A3DF928": "Linux LVM",
  "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7": "Windows data",
};
