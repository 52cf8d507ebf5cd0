import { access, constants } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import { converse } from "../host/command.ts";
import { type Architecture, type Firmware, firmwareOptions } from "./firmware.ts";

/** A virtual machine for an image. */
export interface Machine {
  readonly architecture: Architecture;
  readonly firmware: Firmware;
  readonly accelerator: "kvm" | "tcg";
  /** In bytes. */
  readonly memory: number;
  readonly cpus: number;
  /** The image's format by QEMU's name: qcow2, raw, vdi, vmdk. */
  readonly format: string;
}

/** The places of a machine's files, and the credential that it hands to its system. */
export interface MachineFiles {
  readonly image: string;
  /** The file for the output of the serial console. */
  readonly console: string;
  /** The socket for QEMU's monitor. */
  readonly monitor: string;
  /** The SSH key with which root may log in; undefined if nobody will. */
  readonly authorizedKey: string | undefined;
  /** The socket of the TPM's emulator; undefined if the machine has no TPM. */
  readonly tpm: string | undefined;
}

/** A machine that runs. */
export interface RunningMachine extends AsyncDisposable {
  /** The lines that its system has written to the virtio port org.osbuild.test, and QEMU's complaints. */
  readonly printed: string[];
  /** The report of the stage org.osbuild.test: the line that it writes last. */
  readonly report: Promise<string>;
  /** Aborts when QEMU has ended, for a reason in words. */
  readonly ended: AbortSignal;
}

/** Starts a machine, which doesn't change its image and ends with this process in any case. */
export async function startMachine(machine: Machine, files: MachineFiles): Promise<RunningMachine> {
  const printed: string[] = [];
  const { promise: report, resolve } = Promise.withResolvers<string>();
  const end = new AbortController();
  const { ended, kill } = await converse(await qemuArgv(machine, files), {
    env: { PATH: "/usr/local/bin:/usr/bin:/bin" },
    onLine: (line) => {
      printed.push(line);
      if (line.startsWith(reportStart)) resolve(line);
    },
    onError: (line) => printed.push(line),
  });
  void ended.then(({ exitCode, message }) => end.abort(exitCode === 0 ? "the machine switched itself off" : message));
  return {
    printed,
    report,
    ended: end.signal,
    async [Symbol.asyncDispose]() {
      kill();
      await ended;
    },
  };
}

/** The beginning of the report. */
export const reportStart = "osbuild-test: ";

async function qemuArgv(machine: Machine, files: MachineFiles): Promise<readonly string[]> {
  const { architecture, firmware, accelerator, memory, cpus, format } = machine;
  const { image, console, monitor, authorizedKey, tpm } = files;
  const hardware = { x64: x64(firmware), arm64: arm64(accelerator) }[architecture];
  const megabytes = Math.max(1, Math.floor(memory / 1024 ** 2));
  const forward = authorizedKey === undefined ? "" : ",hostfwd=tcp:127.0.0.1:0-:22";
  return [
    // The machine must not outlive this process, however it ends.
    ...["setpriv", "--pdeathsig", "KILL", ...hardware],
    ...["-accel", accelerator, "-m", `${megabytes}M`, "-smp", `${cpus}`, "-display", "none", "-no-reboot"],
    ...(await firmwareOptions(architecture, firmware)),
    ...["-drive", `file=${image.replaceAll(",", ",,")},format=${format},if=virtio,snapshot=on`],
    ...["-nic", `user,model=virtio-net-pci${forward}`],
    ...(authorizedKey === undefined ? [] : ["-smbios", `type=11,value=${keyCredential(authorizedKey)}`]),
    ...["-serial", `file:${console}`, "-monitor", "none", "-qmp", `unix:${monitor},server=on,wait=off`],
    // QEMU closes the port when its standard input ends, so we keep that open.
    ...["-device", "virtio-serial", "-chardev", "stdio,id=test"],
    ...["-device", "virtserialport,chardev=test,name=org.osbuild.test"],
    ...(tpm === undefined ? [] : tpmOptions(architecture, tpm)),
  ];
}

const tpmOptions = (architecture: Architecture, socket: string) => [
  ...["-chardev", `socket,id=tpm,path=${socket}`, "-tpmdev", "emulator,id=tpm,chardev=tpm"],
  ...["-device", `${{ x64: "tpm-crb", arm64: "tpm-tis-device" }[architecture]},tpmdev=tpm`],
];

// The default processor has only what the first of its kind had, and distributions need more: RHEL 9 x86-64-v2, RHEL 10 v3.
const x64 = (firmware: Firmware) => ["qemu-system-x86_64", "-cpu", "max", ...x64Board(firmware)];

const x64Board = (firmware: Firmware) => {
  switch (firmware) {
    case "BIOS":
      return [];
    case "UEFI":
      return ["-machine", "q35"];
    case "UEFI with Secure Boot":
      // Only the firmware, in system management mode, may write its variables, or the system could add keys of its own.
      return ["-machine", "q35,smm=on", "-global", "driver=cfi.pflash01,property=secure,value=on"];
  }
};

const arm64 = (accelerator: Machine["accelerator"]) => [
  // Older interrupt controllers have eight processors at most.
  ...["qemu-system-aarch64", "-machine", "virt,gic-version=max"],
  ...["-cpu", accelerator === "kvm" ? "host" : "cortex-a72"],
  // This machine has no screen of its own.
  ...["-device", "ramfb"],
];

/** The credential that systemd 252 and later make root's authorized_keys of, by systemd.system-credentials(7). */
const keyCredential = (key: string) =>
  `io.systemd.credential.binary:ssh.authorized_keys.root=${Buffer.from(key).toString("base64")}`;

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
