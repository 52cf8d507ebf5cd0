import { access, constants, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { failure, hasCode } from "../errors.ts";
import { converse } from "./command.ts";

export interface BootOptions {
  /** As QEMU names it: qcow2, raw, vdi, vmdk. */
  readonly format: string;
  readonly accelerator: "kvm" | "tcg";
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** Firmware and drives of the caller's, in place of the one disk on virtio and QEMU's own BIOS. */
  readonly machine?: readonly string[];
}

/**
 * Boots an image in QEMU until the unit of `org.osbuild.test` reports, and returns what its script printed. Throws, with
 * the end of the console, where the test has failed or nothing is reported in time. The image stays as it is.
 */
export async function bootImage(image: string, options: BootOptions): Promise<readonly string[]> {
  const directory = await mkdtemp(`${tmpdir()}/boot-`);
  const console = `${directory}/console`;
  const printed: string[] = [];
  const machine = converse(qemuArgv(image, console, options), {
    env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
    onLine: (line) => {
      printed.push(line);
      // The report is the last thing that is said.
      if (line.startsWith(reportStart)) machine.kill();
    },
    onError: (line) => printed.push(line),
  });
  const timer = setTimeout(machine.kill, options.seconds * 1000);
  options.signal.addEventListener("abort", machine.kill, { once: true });
  try {
    await machine.ended;
    const report = printed.at(-1) ?? "";
    if (report.startsWith(`${reportStart}passed `)) return printed;
    const log = await readFile(console, "utf8").catch(() => "");
    const why = report.startsWith(reportStart) ? report : `no report within ${options.seconds} seconds`;
    const end = log.split("\n").slice(-60).join("\n");
    throw failure(
      "STAGE_FAILED",
      `${image} did not boot well: ${why}\n${printed.join("\n")}\nThe console's end:\n${end}`,
    );
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener("abort", machine.kill);
    await rm(directory, { recursive: true });
  }
}

/** What the unit says in the end, on the port org.osbuild.test. */
const reportStart = "osbuild-test: ";

/** kvm where this process may use it. */
export async function bestAccelerator(): Promise<"kvm" | "tcg"> {
  try {
    await access("/dev/kvm", constants.R_OK | constants.W_OK);
    return "kvm";
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "EACCES") || hasCode(error, "EPERM")) return "tcg";
    throw error;
  }
}

function qemuArgv(image: string, console: string, { format, accelerator, machine }: BootOptions): readonly string[] {
  const disk = ["-drive", `file=${image.replaceAll(",", ",,")},format=${format},if=virtio,snapshot=on`];
  return [
    // The machine must not outlive us, whatever ends us.
    ...["setpriv", "--pdeathsig", "KILL", "qemu-system-x86_64"],
    ...["-accel", accelerator, "-m", "1024", "-display", "none", "-monitor", "none", "-no-reboot"],
    ...["-serial", `file:${console}`, ...(machine ?? disk), "-nic", "user,model=virtio-net-pci"],
    // At the end of standard input QEMU would close the port; ours stays open.
    ...["-device", "virtio-serial", "-chardev", "stdio,id=test"],
    ...["-device", "virtserialport,chardev=test,name=org.osbuild.test"],
  ];
}
