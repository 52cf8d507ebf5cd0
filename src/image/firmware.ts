import { access, constants } from "node:fs/promises";
import { failure, hasCode } from "../errors.ts";
import type { ImageDisk } from "./disk.ts";

/** The architectures that images are booted for, by Node.js's names. */
export type Architecture = "x64" | "arm64";

/** The firmware that starts a machine's disk. With Secure Boot, it has Microsoft's keys and starts signed loaders only. */
export type Firmware = "BIOS" | "UEFI" | "UEFI with Secure Boot";

/** The firmware to boot a disk with: UEFI only if it has an ESP and no room for a BIOS boot loader. */
export const firmwareOf = ({ table, partitions }: Pick<ImageDisk, "table" | "partitions">): "BIOS" | "UEFI" => {
  const forBios = table === "gpt" ? has(partitions, "BIOS boot") : partitions.some(({ bootable }) => bootable);
  return hasSystemPartition({ partitions }) && !forBios ? "UEFI" : "BIOS";
};

/** Whether a disk has an ESP, without which it can't boot with UEFI. */
export const hasSystemPartition = ({ partitions }: Pick<ImageDisk, "partitions">) => has(partitions, "EFI system");

const has = (partitions: ImageDisk["partitions"], type: string) =>
  partitions.some((partition) => partition.type === type);

/** QEMU's options for the firmware of a machine. A BIOS needs none. */
export async function firmwareOptions(architecture: Architecture, firmware: Firmware): Promise<readonly string[]> {
  if (firmware === "BIOS") return [];
  const { [firmware]: places, packages } = firmwares[architecture];
  for (const { code, variables } of places) {
    if (!(await isReadable(code)) || !(await isReadable(variables))) continue;
    return [
      ...["-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${code}`],
      ...["-drive", `if=pflash,unit=1,format=raw,snapshot=on,file=${variables}`],
    ];
  }
  const keys = firmware === "UEFI" ? "" : " and Microsoft's keys";
  throw failure("HOST", `no ${firmware}${keys} found to boot the image with`, `install the package ${packages}`);
}

const files = (path: string, code: string, variables: string) => ({
  code: `${path}_CODE${code}.fd`,
  variables: `${path}_VARS${variables}.fd`,
});

/** The files of UEFI for QEMU in newer and older releases of the distributions: Debian and Ubuntu first, then Fedora. */
const firmwares = {
  x64: {
    UEFI: [files("/usr/share/OVMF/OVMF", "_4M", "_4M"), files("/usr/share/OVMF/OVMF", "", "")],
    "UEFI with Secure Boot": [
      files("/usr/share/OVMF/OVMF", "_4M.secboot", "_4M.ms"),
      files("/usr/share/OVMF/OVMF", ".secboot", ".ms"),
      files("/usr/share/OVMF/OVMF", ".secboot", ".secboot"),
    ],
    packages: "ovmf or edk2-ovmf",
  },
  arm64: {
    UEFI: [files("/usr/share/AAVMF/AAVMF", "", "")],
    "UEFI with Secure Boot": [files("/usr/share/AAVMF/AAVMF", ".ms", ".ms")],
    packages: "qemu-efi-aarch64 or edk2-aarch64",
  },
};

async function isReadable(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "EACCES")) return false;
    throw error;
  }
}
