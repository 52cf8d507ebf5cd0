import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";

interface BootOptions {
  readonly format?: string;
  readonly seconds?: number;
}

/**
 * Boots an image in QEMU until the unit of `org.osbuild.test` reports, and returns what its script printed. Throws, with
 * the end of the serial console's log, where the test has failed or nothing is reported. The image stays as it is.
 */
export async function boot(image: string, { format = "qcow2", seconds = 600 }: BootOptions = {}): Promise<string> {
  const directory = await mkdtemp(`${tmpdir()}/boot-`);
  const console = `${directory}/console`;
  // The machine must not outlive a killed test.
  const machine = spawn("setpriv", ["--pdeathsig", "KILL", ...qemu(image, format, console)], {
    // At the end of standard input QEMU would close the machine's port.
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(machine, "close");
  const timer = setTimeout(() => machine.kill("SIGKILL"), seconds * 1000);
  try {
    const printed: string[] = [];
    for await (const line of createInterface({ input: machine.stdout })) {
      if (line.startsWith("osbuild-test: passed ")) return printed.join("\n");
      printed.push(line);
      if (line.startsWith("osbuild-test: ")) break;
    }
    const log = await readFile(console, "utf8").catch(() => "");
    const end = log.split("\n").slice(-60).join("\n");
    throw new Error(
      `${image} did not boot well within ${seconds} s\n${printed.join("\n")}\nThe console's end:\n${end}`,
    );
  } finally {
    clearTimeout(timer);
    machine.kill("SIGKILL");
    await ended;
    await rm(directory, { recursive: true });
  }
}

const qemu = (image: string, format: string, console: string) => [
  "qemu-system-x86_64",
  "-accel",
  "tcg",
  "-m",
  "1024",
  "-display",
  "none",
  "-monitor",
  "none",
  "-no-reboot",
  "-serial",
  `file:${console}`,
  "-drive",
  `file=${image},format=${format},if=virtio,snapshot=on`,
  "-nic",
  "user,model=virtio-net-pci",
  "-device",
  "virtio-serial",
  "-chardev",
  "stdio,id=test",
  "-device",
  "virtserialport,chardev=test,name=org.osbuild.test",
];
