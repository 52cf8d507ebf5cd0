import { BuildError } from "../errors.ts";
import type { Architecture } from "../image/firmware.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";

/** QEMU's program for a disk, and its option for the firmware. */
interface Emulator {
  readonly program: string;
  readonly firmware: string;
}

const pc: Emulator = { program: "qemu-system-x86_64 -cpu max", firmware: "" };
const uefi: Readonly<Record<Architecture, Emulator>> = {
  x64: { ...pc, firmware: " -bios /usr/share/ovmf/OVMF.fd" },
  arm64: {
    program: "qemu-system-aarch64 -machine virt -cpu cortex-a72",
    firmware: " -bios /usr/share/qemu-efi-aarch64/QEMU_EFI.fd",
  },
};

const formats: Readonly<{ [ending: string]: string }> = {
  ".qcow2": "qcow2",
  ".img": "raw",
  ".raw": "raw",
  ".vdi": "vdi",
  ".vmdk": "vmdk",
};

/** The line that says how to boot a disk image. None if the file's `name` isn't that of a format that QEMU reads. */
export async function bootLine(pipeline: Pipeline, name: string, image: string): Promise<readonly string[]> {
  const format = formats[name.slice(name.lastIndexOf("."))];
  if (format === undefined) return [];
  const { program, firmware } = await emulatorFor(pipeline, image);
  const drive = `-drive file=${image},format=${format},if=virtio,snapshot=on`;
  return [
    `boot it: ${program} -m 1024 -nographic${firmware} ${drive} -nic user,model=virtio-net-pci,hostfwd=tcp::2222-:22`,
  ];
}

/** The emulator that boots a disk. Only disks with custom partitions may need another than a PC with a BIOS. */
async function emulatorFor({ assembler }: Pipeline, image: string): Promise<Emulator> {
  const options = assembler?.options;
  if (typeof options !== "object" || options === null || !("partitions" in options)) return pc;
  const [{ firmwareOf }, { readDisk }, { architectureOf }] = await Promise.all([
    import("../image/firmware.ts"),
    import("../image/disk.ts"),
    import("../image/architecture.ts"),
  ]);
  try {
    const disk = await readDisk(image);
    return firmwareOf(disk) === "UEFI" ? uefi[await architectureOf(image, disk)] : pc;
  } catch (error) {
    // The tools that read the disk may be missing on the host.
    if (error instanceof BuildError) return pc;
    throw error;
  }
}
