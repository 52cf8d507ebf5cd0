import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { capture, fail, readAssembler, run } from "../stages/lib/step.ts";
import { initialFileSystem, quote, serialCommand, systemName } from "../stages/lib/system/grub-menu.ts";
import { isDebian, isInTree, resolveInTree } from "../stages/lib/tree.ts";
import { efiOf, libraries, makeWholeGrub } from "./lib/disks/grub.ts";
import { addToFat, formatFat } from "./lib/filesystems/fat.ts";
import { writeSquashfs } from "./lib/filesystems/squashfs.ts";
import { derivedNumber, derivedUuid } from "./lib/identity.ts";
import { makeEmpty, setTime, setTimes } from "./lib/output.ts";
import { MiB, wholeMebibytes } from "./lib/sizes.ts";

interface Options {
  readonly filename: string;
  readonly label?: string;
  readonly kernel_opts?: string;
}

const { tree, options, output_dir, source_epoch: epoch, id } = await readAssembler<Options>();
const { filename, label = defaultLabel(), kernel_opts = "" } = options;

const iso = "/var/tmp/iso";
mkdirSync(`${iso}/boot/grub`, { recursive: true });
copyKernel();
const live = liveSystem();
mkdirSync(`${iso}/${live.directory}`);
writeSquashfs(tree, `${iso}/${live.directory}/${live.file}`, "zstd", epoch);
writeFileSync(`${iso}/boot/grub/grub.cfg`, menu());
const image = `${output_dir}/${filename}`;
const boot = [...biosBoot(), ...uefiBoot()];
if (boot.length === 0) fail("neither the tree nor the build root has GRUB's modules in /usr/lib/grub: install them");
const argv = [
  "xorriso",
  "-report_about",
  "WARNING",
  "-as",
  "mkisofs",
  "-quiet",
  "-r",
  "-iso-level",
  "3",
  "-V",
  label,
  ...boot,
];
setTimes(iso, epoch);
run([...argv, "-o", image, iso], { env: { SOURCE_DATE_EPOCH: String(epoch) } });
setTime(image, epoch);
rmSync(iso, { recursive: true });

function defaultLabel(): string {
  return `LIVE_${derivedNumber(id, "ISO label").toString(16).padStart(8, "0").toUpperCase()}`;
}

/** Copies the latest kernel and its initial file system. */
function copyKernel(): void {
  const boot = resolveInTree(tree, "/boot");
  const names = isInTree(tree, "/boot") ? readdirSync(boot) : [];
  const versions = names.flatMap((name) => /^vmlinuz-(.+)$/.exec(name)?.[1] ?? []);
  const sorted = capture(["sort", "--version-sort"], { input: versions.join("\n") })
    .trim()
    .split("\n");
  const version = sorted.at(-1) || fail("there is no kernel in the tree's /boot: install one first");
  const initrd = initialFileSystem(names, version);
  if (initrd === undefined) fail(`there is no initial file system for Linux ${version} in the tree's /boot`);
  copyFileSync(`${boot}/vmlinuz-${version}`, `${iso}/boot/vmlinuz`);
  copyFileSync(`${boot}/${initrd}`, `${iso}/boot/initrd.img`);
}

/** The place where the initial file system looks for the tree, and the kernel's arguments that make it do so. */
function liveSystem(): { directory: string; file: string; arguments: string } {
  if (!isDebian(tree))
    return { directory: "LiveOS", file: "squashfs.img", arguments: `root=live:CDLABEL=${label} rd.live.image` };
  if (!isInTree(tree, "/usr/share/initramfs-tools/scripts/live"))
    fail("the tree can't start from an ISO: install live-boot and live-boot-initramfs-tools");
  return { directory: "live", file: "filesystem.squashfs", arguments: "boot=live" };
}

function menu(): string {
  const serial = serialCommand(kernel_opts);
  return [
    "set timeout=1",
    // GRUB uses the same console as the kernel.
    ...(serial === undefined ? [] : [`if ${serial}; then`, "  terminal_output console serial", "fi"]),
    `menuentry ${quote(systemName(tree))} {`,
    `  linux /boot/vmlinuz ${live.arguments} ${kernel_opts}`.trimEnd(),
    "  initrd /boot/initrd.img",
    "}",
    "",
  ].join("\n");
}

/** The script that GRUB runs before it reads the menu. */
function start(): string {
  return `search.fs_label ${label} root\nset prefix=($root)/boot/grub\n`;
}

/** xorriso's arguments to make the image boot with a BIOS, as an optical disc and, from its first sector, as a disk. */
function biosBoot(): readonly string[] {
  const [library] = libraries(tree, "i386-pc");
  if (library === undefined) return [];
  writeFileSync(`${iso}/boot/grub/bios.img`, makeWholeGrub(tree, "i386-pc", "i386-pc-eltorito", start(), "/boot/grub"));
  return [
    ...["-b", "boot/grub/bios.img", "-no-emul-boot", "-boot-load-size", "4", "-boot-info-table", "--grub2-boot-info"],
    ...["--grub2-mbr", `${library}/boot_hybrid.img`, "--mbr-force-bootable"],
  ];
}

/** The arguments to boot with UEFI too, from a FAT file system that is also the disk's second partition. */
function uefiBoot(): readonly string[] {
  const { platform, loader: name } = efiOf(tree);
  if (libraries(tree, platform).length === 0) return [];
  const loader = makeWholeGrub(tree, platform, platform, start(), "/boot/grub");
  const system = "/var/tmp/efi.img";
  makeEmpty(system, wholeMebibytes(loader.length + MiB));
  const uuid = derivedUuid(id, "EFI system partition").slice(0, 8);
  formatFat(system, uuid, undefined, epoch);
  addToFat({ image: system, offset: 0, epoch }, "/nowhere", `/EFI/BOOT/${name}`, loader);
  return [
    ...["-append_partition", "2", "0xef", system, "-appended_part_as_gpt", "-partition_offset", "16"],
    ...["-eltorito-alt-boot", "-e", "--interval:appended_partition_2:all::", "-no-emul-boot"],
  ];
}
