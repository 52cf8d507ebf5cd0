import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Gives a tree a GRUB that prints where it was loaded from, without a kernel. */
export function addGrub(tree: string, path: string): void {
  mkdirSync(dirname(tree + path), { recursive: true });
  cpSync("/usr/lib/grub/i386-pc", `${tree}${path}/i386-pc`, { recursive: true });
  const menu = ["serial", "terminal_output serial", "echo GRUB on $grub_platform has its menu from $prefix", ""];
  writeFileSync(`${tree}${path}/grub.cfg`, menu.join("\n"));
}

const ovmf = "/usr/share/OVMF/OVMF";
const firmware = {
  BIOS: [],
  UEFI: [
    ...["-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${ovmf}_CODE_4M.fd`],
    ...["-drive", `if=pflash,unit=1,format=raw,snapshot=on,file=${ovmf}_VARS_4M.fd`],
  ],
};

const drives = {
  qcow2: (image: string) => ["-drive", `file=${image},format=qcow2,if=virtio,snapshot=on`],
  disk: (image: string) => ["-drive", `file=${image},format=raw,if=virtio,snapshot=on`],
  disc: (image: string) => ["-cdrom", image],
};

/** Boots a disk (raw or qcow2) or a disc until the machine prints a text on its serial port, or throws its output. */
export async function bootUntil(text: string, image: string, on: "BIOS" | "UEFI", as: keyof typeof drives = "disk") {
  const qemu = ["qemu-system-x86_64", "-accel", "tcg", "-machine", "q35", "-m", "256", "-display", "none"];
  const ports = ["-monitor", "none", "-serial", "stdio", "-nic", "none"];
  // The machine must not outlive a killed test.
  const argv = ["--pdeathsig", "KILL", ...qemu, ...ports, ...firmware[on], ...drives[as](image)];
  const machine = spawn("setpriv", argv, {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 80_000,
    killSignal: "SIGKILL",
  });
  const ended = once(machine, "exit");
  let output = "";
  for await (const bytes of machine.stdout) {
    output += bytes.toString("latin1");
    if (output.includes(text)) break;
  }
  machine.kill("SIGKILL");
  await ended;
  if (!output.includes(text)) throw new Error(`${image} did not come to say ${JSON.stringify(text)}:\n${output}`);
}
