// These are the bytes of osbuild's release 20; the stage's description has the exceptions.
import { bootPath, type GrubSettings, menuEntries } from "./grub-entries.ts";
import { quote } from "./grub-menu.ts";

/** The configuration of a tree whose GRUB is in `/boot/grub2`, with a menu of its boot loader entries. */
export function fedoraConfiguration(settings: GrubSettings, canReadEntries: boolean): string {
  const entries = canReadEntries ? [] : menuEntries(settings);
  return [
    "",
    "set timeout=0",
    "load_env",
    `search --no-floppy --set=root ${searchArguments(settings)}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GRUB's.
    "set boot=${root}",
    "function load_video {",
    "  insmod all_video",
    "}",
    ...(settings.ignition ? ignitionVariables(settings) : []),
    "",
    ...(entries.length === 0 ? ["blscfg"] : entries),
    "",
  ].join("\n");
}

function searchArguments({ rootfs, bootfs = rootfs }: GrubSettings): string {
  if ("uuid" in bootfs) return `--fs-uuid ${bootfs.uuid}`;
  return `--label ${/^[\w.:@%+,/-]+$/.test(bootfs.label) ? bootfs.label : quote(bootfs.label)}`;
}

/** Ignition configures a machine at its first boot. This file exists until then. */
function ignitionVariables(settings: GrubSettings): string[] {
  const marker = `${bootPath(settings)}/ignition.firstboot`;
  return [
    "",
    'set ignition_firstboot=""',
    `if [ -f "${marker}" ]; then`,
    "    set ignition_network_kcmdline=''",
    "",
    `    source "${marker}"`,
    "",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GRUB's.
    '    set ignition_firstboot="ignition.firstboot ${ignition_network_kcmdline}"',
    "fi",
  ];
}

/** The defaults of the tools that write grub.cfg anew in the running system. */
export const fedoraDefaults = "GRUB_TIMEOUT=0\nGRUB_ENABLE_BLSCFG=true\n";

/** The configuration beside the loader that UEFI starts, where a BIOS uses the one in `/boot/grub2` too. */
export const fedoraRedirection = (settings: GrubSettings) =>
  [
    "",
    `search --no-floppy --set prefix --file ${bootPath(settings)}/grub2/grub.cfg`,
    `set prefix=($prefix)${bootPath(settings)}/grub2`,
    "configfile $prefix/grub.cfg",
    "",
  ].join("\n");
