import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Gives a tree a GRUB that says where it has come from, without a kernel. */
export function addGrub(tree: string, path: "/boot/grub" | "/boot/grub2"): void {
  mkdirSync(dirname(tree + path), { recursive: true });
  cpSync("/usr/lib/grub/i386-pc", `${tree}${path}/i386-pc`, { recursive: true });
  const menu = [
    "serial",
    "terminal_output serial",
    "echo GRUB on $grub_platform has its menu from $prefix",
    "halt",
    "",
  ];
  writeFileSync(`${tree}${path}/grub.cfg`, menu.join("\n"));
}

const ovmf = "/usr/share/OVMF";
const firmware = {
  BIOS: [],
  UEFI: ["CODE", "VARS"].flatMap((part) => [
    "-drive",
    `if=pflash,unit=${part === "CODE" ? 0 : 1},format=raw,file=${ovmf}/OVMF_${part}_4M.fd,snapshot=on`,
  ]),
};

/** Boots a raw image until the machine switches itself off, and returns what came out of its serial port. */
export function boot(image: string, on: "BIOS" | "UEFI", as: readonly string[] = ["-drive", drive(image)]): string {
  const machine = ["-accel", "tcg", "-machine", "q35", "-m", "256", "-display", "none", "-monitor", "none"];
  const end = spawnSync(
    "qemu-system-x86_64",
    [...machine, "-serial", "stdio", "-nic", "none", ...firmware[on], ...as],
    {
      stdio: ["ignore", "pipe", "inherit"],
      timeout: 100_000,
      encoding: "latin1",
    },
  );
  if (end.error !== undefined) throw end.error;
  return end.stdout;
}

const drive = (image: string) => `file=${image},format=raw,if=virtio,snapshot=on`;
