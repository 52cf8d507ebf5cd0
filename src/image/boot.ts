import { access, constants, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { failure, hasCode } from "../errors.ts";
import { converse } from "../host/command.ts";
import type { ImageDisk } from "./disk.ts";

/** The machine that boots an image, and how long it may take. */
export interface BootOptions {
  /** The image's format by QEMU's name: qcow2, raw, vdi, vmdk. */
  readonly format: string;
  readonly firmware: "BIOS" | "UEFI";
  readonly accelerator: "kvm" | "tcg";
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/**
 * The result of a boot test. `printed` is the output of the test's script, `console` the end of the machine's serial
 * console.
 */
export type BootResult =
  | { readonly type: "passed"; readonly printed: readonly string[] }
  | {
      readonly type: "failed" | "no report";
      readonly why: string;
      readonly printed: readonly string[];
      readonly console: readonly string[];
    };

/** Boots an image in QEMU until the unit of `org.osbuild.test` reports its result. The image isn't changed. */
export async function bootImage(image: string, options: BootOptions): Promise<BootResult> {
  const directory = await mkdtemp(`${tmpdir()}/boot-`);
  const console = `${directory}/console`;
  const printed: string[] = [];
  const machine = await converse(await qemuArgv(image, console, options), {
    env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
    onLine: (line) => {
      printed.push(line);
      // Nothing follows the report.
      if (line.startsWith(reportStart)) machine.kill();
    },
    onError: (line) => printed.push(line),
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    machine.kill();
  }, options.seconds * 1000);
  options.signal.addEventListener("abort", machine.kill, { once: true });
  try {
    const { message } = await machine.ended;
    const report = printed.find((line) => line.startsWith(reportStart));
    if (report?.startsWith(`${reportStart}passed `)) return { type: "passed", printed };
    const log = await readFile(console, "utf8").catch(() => "");
    const end = { printed, console: log.split("\n").slice(-60) };
    if (report !== undefined) return { type: "failed", why: report, ...end };
    return { type: "no report", why: whyNot(timedOut, options, message), ...end };
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener("abort", machine.kill);
    await rm(directory, { recursive: true });
  }
}

function whyNot(timedOut: boolean, { seconds, signal }: BootOptions, message: string): string {
  if (timedOut) return `no report within ${seconds} s`;
  return signal.aborted ? "stopped before it reported" : message;
}

/** The beginning of the unit's last line on the port org.osbuild.test. */
const reportStart = "osbuild-test: ";

/** Whether this process may use hardware virtualisation. */
export async function hasKvm(): Promise<boolean> {
  try {
    await access("/dev/kvm", constants.R_OK | constants.W_OK);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "EACCES") || hasCode(error, "EPERM")) return false;
    throw error;
  }
}

/** The firmware to boot a disk with: UEFI only if it has an ESP and no room for a BIOS boot loader. */
export const firmwareOf = ({ table, partitions }: Pick<ImageDisk, "table" | "partitions">): BootOptions["firmware"] => {
  const has = (type: string) => partitions.some((partition) => partition.type === type);
  const forBios = table === "gpt" ? has("BIOS boot") : partitions.some(({ bootable }) => bootable);
  return has("EFI system") && !forBios ? "UEFI" : "BIOS";
};

async function qemuArgv(
  image: string,
  console: string,
  { format, firmware, accelerator }: BootOptions,
): Promise<readonly string[]> {
  const disk = ["-drive", `file=${image.replaceAll(",", ",,")},format=${format},if=virtio,snapshot=on`];
  return [
    // The machine must not outlive this process, however it ends.
    ...["setpriv", "--pdeathsig", "KILL", "qemu-system-x86_64"],
    ...["-accel", accelerator, "-m", "1024", "-display", "none", "-monitor", "none", "-no-reboot"],
    ...(firmware === "UEFI" ? await uefi() : []),
    ...["-serial", `file:${console}`, ...disk, "-nic", "user,model=virtio-net-pci"],
    // QEMU closes the port when its standard input ends, so we keep that open.
    ...["-device", "virtio-serial", "-chardev", "stdio,id=test"],
    ...["-device", "virtserialport,chardev=test,name=org.osbuild.test"],
  ];
}

/** The files of OVMF (UEFI for QEMU, without Secure Boot) in newer and older releases of the distributions. */
const ovmf = ["_4M", ""].map((size) => ["CODE", "VARS"].map((part) => `/usr/share/OVMF/OVMF_${part}${size}.fd`));

async function uefi(): Promise<readonly string[]> {
  for (const [code = "", variables = ""] of ovmf) {
    const isThere = await access(code, constants.R_OK).then(
      () => true,
      () => false,
    );
    if (!isThere) continue;
    return [
      ...["-machine", "q35", "-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${code}`],
      ...["-drive", `if=pflash,unit=1,format=raw,snapshot=on,file=${variables}`],
    ];
  }
  throw failure("HOST", "no UEFI firmware found to boot the image with", "install the package ovmf or edk2-ovmf");
}
