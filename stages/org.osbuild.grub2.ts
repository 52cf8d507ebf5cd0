import { existsSync, readdirSync } from "node:fs";
import { fileSystemId } from "./lib/filesystem-ids.ts";
import { fail, readStage } from "./lib/step.ts";
import { copyDirectory, copyFile, isDebian, isInTree, readText, resolveInTree, writeFile } from "./lib/tree.ts";

type FileSystem = { readonly uuid: string } | { readonly label: string };

interface Kernel {
  readonly title: string;
  readonly linux: string;
  readonly initrd: string | undefined;
}

interface Options {
  readonly root_fs_uuid?: string;
  readonly rootfs?: FileSystem;
  readonly boot_fs_uuid?: string;
  readonly bootfs?: FileSystem;
  readonly kernel_opts?: string;
  readonly legacy?: boolean | string;
  readonly uefi?: { readonly vendor: string; readonly install?: boolean };
  readonly write_defaults?: boolean;
  readonly ignition?: boolean;
}

const { tree, options } = await readStage<Options>();
const { kernel_opts = "", write_defaults = true, ignition = false, uefi, legacy = uefi === undefined } = options;

const rootfs = fileSystem(options.rootfs ?? options.root_fs_uuid);
if (rootfs === undefined) fail("org.osbuild.grub2: the root file system is missing: give root_fs_uuid or rootfs");
const bootfs = fileSystem(options.bootfs ?? options.boot_fs_uuid);
const grubfs: FileSystem = bootfs ?? rootfs;
// How paths begin in it.
const boot = bootfs === undefined ? "/boot" : "";
const grub = isDebian(tree) ? "grub" : "grub2";
const rootArgument = `root=${"uuid" in rootfs ? `UUID=${rootfs.uuid}` : `LABEL=${rootfs.label}`}`;
const commandLine = `${rootArgument} ${kernel_opts}`.trim();

if (legacy !== false) copyModules(legacy === true ? "i386-pc" : legacy);
copyFont();
writeFile(tree, `/boot/${grub}/grubenv`, environmentBlock());
writeFile(tree, `/boot/${grub}/grub.cfg`, configuration());
if (write_defaults) writeFile(tree, "/etc/default/grub", defaults());
if (uefi !== undefined) writeEfi(uefi.vendor, uefi.install ?? false);

/** Osbuild's releases of 2019 took the nil UUID for "none". */
function fileSystem(given: FileSystem | string | undefined): FileSystem | undefined {
  if (typeof given === "object" && "label" in given) return given;
  const uuid = fileSystemId(typeof given === "object" ? given.uuid : given);
  return uuid === undefined ? undefined : { uuid };
}

/** From the build root, as the assembler's boot image is: GRUB loads no module of another version. */
function copyModules(platform: string): void {
  const source = `/usr/lib/grub/${platform}`;
  if (!existsSync(source)) fail(`${source} is not in the build root: install GRUB's modules there (grub-pc-bin)`);
  for (const name of readdirSync(source)) {
    if (/\.(mod|lst)$/.test(name)) copyFile(tree, `/boot/${grub}/${platform}/${name}`, `${source}/${name}`);
  }
}

function copyFont(): void {
  const source = "/usr/share/grub/unicode.pf2";
  if (existsSync(source)) copyFile(tree, `/boot/${grub}/fonts/unicode.pf2`, source);
}

/** GRUB writes to this file's blocks, so it must be of this size: 1024 bytes. */
function environmentBlock(): string {
  const block = ["# GRUB Environment Block", ...(grub === "grub2" ? [`kernelopts=${commandLine}`] : []), ""].join("\n");
  if (block.length > 1024) fail("org.osbuild.grub2: kernel_opts is too long for GRUB's environment block");
  return block.padEnd(1024, "#");
}

function configuration(): string {
  return [
    "# Written by the image build; GRUB's own tools may replace it.",
    "set default=0",
    "set timeout=1",
    `search --no-floppy --set=root ${searchArguments()}`,
    ...serialConsole(),
    ...(ignition ? ignitionVariables() : []),
    ...menu(),
    "",
  ].join("\n");
}

function searchArguments(): string {
  return "uuid" in grubfs ? `--fs-uuid ${grubfs.uuid}` : `--label ${quote(grubfs.label)}`;
}

/** GRUB talks where the kernel does. */
function serialConsole(): string[] {
  const serial = serialCommand();
  if (serial === undefined) return [];
  // Without such a port the command fails.
  return [`if ${serial}; then`, "  terminal_input console serial", "  terminal_output console serial", "fi"];
}

function serialCommand(): string | undefined {
  const [match, unit, speed = "115200"] = /(?:^| )console=ttyS(\d+)(?:,(\d+))?/.exec(kernel_opts) ?? [];
  return match === undefined ? undefined : `serial --unit=${unit} --speed=${speed}`;
}

/** Ignition configures a machine at its first boot, which this file marks until it is done. */
function ignitionVariables(): string[] {
  const marker = `${boot}/ignition.firstboot`;
  return [
    "set ignition_firstboot=",
    `if [ -f ${marker} ]; then`,
    "  set ignition_network_kcmdline=",
    `  source ${marker}`,
    '  set ignition_firstboot="ignition.firstboot $ignition_network_kcmdline"',
    "fi",
  ];
}

/** Fedora's GRUB reads the boot loader entries itself, and with them kernels that are installed later. */
function menu(): string[] {
  const hasEntries = isInTree(tree, "/boot/loader/entries");
  if (hasEntries && isInTree(tree, `/boot/${grub}/i386-pc/blscfg.mod`)) return ["load_env", "insmod blscfg", "blscfg"];
  const entries = [...linkedKernel(), ...installedKernels()].map(menuEntry);
  // The first releases configured trees without one too: a later stage may bring it.
  if (entries.length === 0) console.log("there is no kernel in the tree's /boot: the menu is empty");
  return entries;
}

/** Debian's packages keep these links at the kernel to boot, so an upgrade needs no new configuration. */
function linkedKernel(): Kernel[] {
  if (bootfs !== undefined || !isInTree(tree, "/vmlinuz") || !isInTree(tree, "/initrd.img")) return [];
  return [{ title: systemName(), linux: "/vmlinuz", initrd: "/initrd.img" }];
}

function installedKernels(): Kernel[] {
  if (!isInTree(tree, "/boot")) return [];
  const names = readdirSync(resolveInTree(tree, "/boot"));
  return names
    .flatMap((name) => /^vmlinu[xz]-(.+)$/.exec(name)?.[1] ?? [])
    .sort((a, b) => Number(isRescue(a)) - Number(isRescue(b)) || compareVersions(b, a))
    .map((version) => {
      const initrd = [`initrd.img-${version}`, `initramfs-${version}.img`].find((name) => names.includes(name));
      const linux = names.includes(`vmlinuz-${version}`) ? `vmlinuz-${version}` : `vmlinux-${version}`;
      return {
        title: `${systemName()}, Linux ${version}`,
        linux: `${boot}/${linux}`,
        initrd: initrd && `${boot}/${initrd}`,
      };
    });
}

function isRescue(version: string): boolean {
  return version.startsWith("0-rescue-");
}

/** As numbers where there are digits: 6.1.0-9 is before 6.1.0-10. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.match(/\d+|\D+/g) ?? []);
  for (const [index, part] of (left ?? []).entries()) {
    const other = right?.[index] ?? "";
    const order = Number(part) - Number(other) || (part < other ? -1 : Number(part > other));
    if (order !== 0) return order;
  }
  return (left?.length ?? 0) - (right?.length ?? 0);
}

function menuEntry({ title, linux, initrd }: Kernel): string {
  // What GRUB's script language would take for its own; within quotes that is less.
  const words = commandLine.replaceAll(/"[^"]*"|[^"]+/g, (part) =>
    part.replaceAll(part.startsWith('"') ? /\$/g : /[$;{}|&<>]/g, "\\$&"),
  );
  return [
    `menuentry ${quote(title)} {`,
    `  linux ${linux} ${words}${ignition ? " $ignition_firstboot" : ""}`,
    ...(initrd === undefined ? [] : [`  initrd ${initrd}`]),
    "}",
  ].join("\n");
}

function systemName(): string {
  return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(readText(tree, "/usr/lib/os-release") ?? "")?.[1] ?? "Linux";
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** For the tools that make grub.cfg anew in the running system. */
function defaults(): string {
  const serial = serialCommand();
  const shellWord = (text: string) => `"${text.replaceAll(/["$\\`]/g, "\\$&")}"`;
  return [
    "GRUB_TIMEOUT=1",
    `GRUB_CMDLINE_LINUX=${shellWord(kernel_opts)}`,
    ...(serial === undefined ? [] : ['GRUB_TERMINAL="console serial"', `GRUB_SERIAL_COMMAND=${shellWord(serial)}`]),
    ...(grub === "grub2" ? ["GRUB_ENABLE_BLSCFG=true"] : []),
    "",
  ].join("\n");
}

/** The loader in the EFI system partition only finds the one configuration there is. */
function writeEfi(vendor: string, install: boolean): void {
  if (install) {
    for (const name of ["BOOT", vendor]) {
      const source = `/boot/efi/EFI/${name}`;
      if (!existsSync(source)) fail(`${source} is not in the build root: uefi.install copies the loader from there`);
      copyDirectory(tree, source, source);
    }
  }
  writeFile(
    tree,
    `/boot/efi/EFI/${vendor}/grub.cfg`,
    [
      `search --no-floppy --set=root ${searchArguments()}`,
      `set prefix=($root)${boot}/${grub}`,
      "configfile $prefix/grub.cfg",
      "",
    ].join("\n"),
  );
}
