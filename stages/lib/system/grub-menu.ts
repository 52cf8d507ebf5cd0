import { readText } from "../tree.ts";

/** The system's name in a menu. */
export const systemName = (tree: string): string =>
  /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(readText(tree, "/usr/lib/os-release") ?? "")?.[1] ?? "Linux";

/** The initial file system that goes with a kernel, by its name in /boot: Debian's or Fedora's. */
export const initialFileSystem = (names: readonly string[], version: string): string | undefined =>
  [`initrd.img-${version}`, `initramfs-${version}.img`].find((name) => names.includes(name));

/**
 * GRUB's command for the serial port that the kernel's `console=` names, if it names one. It fails without such a port.
 */
export function serialCommand(kernelOptions: string): string | undefined {
  const [match, unit, speed = "115200"] = /(?:^| )console=ttyS(\d+)(?:,(\d+))?/.exec(kernelOptions) ?? [];
  return match === undefined ? undefined : `serial --unit=${unit} --speed=${speed}`;
}

/** A word of GRUB's script language. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
