import { writeFile } from "../tree.ts";
import { bootPath, type GrubSettings, menuEntries } from "./grub-entries.ts";
import { quote, serialCommand } from "./grub-menu.ts";

/** The configuration of a tree whose GRUB is in `/boot/grub`, with a menu of the kernels that are there. */
export function debianConfiguration(settings: GrubSettings): string {
  const entries = menuEntries(settings);
  // osbuild's first releases accept this too: a later stage may install a kernel.
  if (entries.length === 0) console.log("there is no kernel in the tree's /boot: the menu is empty");
  return [
    "# Written by the image build; GRUB's own tools may replace it.",
    "set default=0",
    "set timeout=1",
    `search --no-floppy --set=root ${searchArguments(settings)}`,
    ...serialConsole(settings),
    ...(settings.ignition ? ignitionVariables(settings) : []),
    ...entries,
    "",
  ].join("\n");
}

function searchArguments({ rootfs, bootfs = rootfs }: GrubSettings): string {
  return "uuid" in bootfs ? `--fs-uuid ${bootfs.uuid}` : `--label ${quote(bootfs.label)}`;
}

/** GRUB uses the same console as the kernel. */
function serialConsole(settings: GrubSettings): string[] {
  const serial = serialCommand(settings.kernelOptions);
  if (serial === undefined) return [];
  return [`if ${serial}; then`, "  terminal_input console serial", "  terminal_output console serial", "fi"];
}

/** Ignition configures a machine at its first boot. This file exists until then. */
function ignitionVariables(settings: GrubSettings): string[] {
  const marker = `${bootPath(settings)}/ignition.firstboot`;
  return [
    "set ignition_firstboot=",
    `if [ -f ${marker} ]; then`,
    "  set ignition_network_kcmdline=",
    `  source ${marker}`,
    '  set ignition_firstboot="ignition.firstboot $ignition_network_kcmdline"',
    "fi",
  ];
}

/** The defaults of the tools that write grub.cfg anew in the running system. */
export function debianDefaults(settings: GrubSettings): string {
  const serial = serialCommand(settings.kernelOptions);
  const shellWord = (text: string) => `"${text.replaceAll(/["$\\`]/g, "\\$&")}"`;
  return [
    "GRUB_TIMEOUT=1",
    `GRUB_CMDLINE_LINUX=${shellWord(settings.kernelOptions)}`,
    ...(serial === undefined ? [] : ['GRUB_TERMINAL="console serial"', `GRUB_SERIAL_COMMAND=${shellWord(serial)}`]),
    "",
  ].join("\n");
}

/** The boot loader in the EFI system partition has a configuration of its own, which leads it to GRUB's menu. */
export function writeDebianRedirection(settings: GrubSettings, vendor: string): void {
  writeFile(
    settings.tree,
    `/boot/efi/EFI/${vendor}/grub.cfg`,
    [
      `search --no-floppy --set=root ${searchArguments(settings)}`,
      `set prefix=($root)${bootPath(settings)}/grub`,
      "configfile $prefix/grub.cfg",
      "",
    ].join("\n"),
  );
}
