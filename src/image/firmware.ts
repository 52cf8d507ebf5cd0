import { access, constants } from "node:fs/promises";
import { failure, hasCode } from "../errors.ts";
import type { ImageDisk } from "./disk.ts";

/** The architectures that images are booted for, by Node.js's names. */
export type Architecture = "x64" | "arm64";

/** The firmware that starts a machine's disk. */
export type Firmware = "BIOS" | "UEFI";

/** The firmware to boot a disk with: UEFI only if it has an ESP and no room for a BIOS boot loader. */
export const firmwareOf = ({ table, partitions }: Pick<ImageDisk, "table" | "partitions">): Firmware => {
  const has = (type: string) => partitions.some((partition) => partition.type === type);
  const forBios = table === "gpt" ? has("BIOS boot") : partitions.some(({ bootable }) => bootable);
  return has("EFI system") && !forBios ? "UEFI" : "BIOS";
};

/** QEMU's options for UEFI without Secure Boot. */
export async function uefi(architecture: Architecture): Promise<readonly string[]> {
  const { files, packages } = firmwares[architecture];
  for (const { code, variables } of files) {
    if (!(await isReadable(code))) continue;
    return [
      ...["-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${code}`],
      ...["-drive", `if=pflash,unit=1,format=raw,snapshot=on,file=${variables}`],
    ];
  }
  throw failure("HOST", "no UEFI firmware found to boot the image with", `install the package ${packages}`);
}

/** The files of UEFI for QEMU in newer and older releases of the distributions. */
const firmwares = {
  x64: {
    files: ["_4M", ""].map((size) => ({
      code: `/usr/share/OVMF/OVMF_CODE${size}.fd`,
      variables: `/usr/share/OVMF/OVMF_VARS${size}.fd`,
    })),
    packages: "ovmf or edk2-ovmf",
  },
  arm64: {
    files: [{ code: "/usr/share/AAVMF/AAVMF_CODE.fd", variables: "/usr/share/AAVMF/AAVMF_VARS.fd" }],
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
