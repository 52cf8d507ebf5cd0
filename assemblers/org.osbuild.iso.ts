import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { capture, fail, readAssembler, run } from "../stages/lib/step.ts";
import { isDebian, isInTree, readText, resolveInTree } from "../stages/lib/tree.ts";
import { addToFat, formatFat } from "./lib/fat.ts";
import { MiB, wholeMebibytes } from "./lib/filesystem.ts";
import { efi, libraries, makeWholeGrub } from "./lib/grub.ts";
import { derivedNumber, derivedUuid } from "./lib/identity.ts";
import { makeEmpty, setTime, setTimes } from "./lib/output.ts";
import { writeSquashfs } from "./lib/squashfs.ts";

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

/** The latest kernel, and the initial file system that goes with it. */
function copyKernel(): void {
  const boot = resolveInTree(tree, "/boot");
  const names = isInTree(tree, "/boot") ? readdirSync(boot) : [];
  const versions = names.flatMap((name) => /^vmlinuz-(.+)$/.exec(name)?.[1] ?? []);
  const sorted = capture(["sort", "--version-sort"], { input: versions.join("\n") })
    .trim()
    .split("\n");
  const version = sorted.at(-1) || fail("there is no kernel in the tree's /boot: install one first");
  const initrd = [`initrd.img-${version}`, `initramfs-${version}.img`].find((name) => names.includes(name));
  if (initrd === undefined) fail(`there is no initial file system for Linux ${version} in the tree's /boot`);
  copyFileSync(`${boot}/vmlinuz-${version}`, `${iso}/boot/vmlinuz`);
  copyFileSync(`${boot}/${initrd}`, `${iso}/boot/initrd.img`);
}

/** Where the initial file system looks for the tree, and what tells it to. */
function liveSystem(): { directory: string; file: string; arguments: string } {
  if (!isDebian(tree))
    return { directory: "LiveOS", file: "squashfs.img", arguments: `root=live:CDLABEL=${label} rd.live.image` };
  if (!isInTree(tree, "/usr/share/initramfs-tools/scripts/live"))
    fail("the tree can't start from an ISO: install live-boot and live-boot-initramfs-tools");
  return { directory: "live", file: "filesystem.squashfs", arguments: "boot=live" };
}

function menu(): string {
  const name = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(readText(tree, "/usr/lib/os-release") ?? "")?.[1] ?? "Linux";
  const [, unit, speed = "115200"] = /(?:^| )console=ttyS(\d+)(?:,(\d+))?/.exec(kernel_opts) ?? [];
  const serial = `serial --unit=${unit} --speed=${speed}`;
  return [
    "set timeout=1",
    // GRUB talks where the kernel does; without such a port the command fails.
    ...(unit === undefined ? [] : [`if ${serial}; then`, "  terminal_output console serial", "fi"]),
    `menuentry '${name.replaceAll("'", "'\\''")}' {`,
    `  linux /boot/vmlinuz ${live.arguments} ${kernel_opts}`.trimEnd(),
    "  initrd /boot/initrd.img",
    "}",
    "",
  ].join("\n");
}

/** What GRUB does before it reads the menu. */
function start(): string {
  return `search.fs_label ${label} root\nset prefix=($root)/boot/grub\n`;
}

/** xorriso's arguments that make the image start with a BIOS, as an optical disc and, from its first sector, as a disk. */
function biosBoot(): readonly string[] {
  const [library] = libraries(tree, "i386-pc");
  if (library === undefined) return [];
  writeFileSync(`${iso}/boot/grub/bios.img`, makeWholeGrub(tree, "i386-pc", "i386-pc-eltorito", start(), "/boot/grub"));
  return [
    ...["-b", "boot/grub/bios.img", "-no-emul-boot", "-boot-load-size", "4", "-boot-info-table", "--grub2-boot-info"],
    ...["--grub2-mbr", `${library}/boot_hybrid.img`, "--mbr-force-bootable"],
  ];
}

/** And with UEFI, from a FAT file system that is also the disk's second partition. */
function uefiBoot(): readonly string[] {
  if (libraries(tree, efi.platform).length === 0) return [];
  const loader = makeWholeGrub(tree, efi.platform, efi.platform, start(), "/boot/grub");
  const system = "/var/tmp/efi.img";
  makeEmpty(system, wholeMebibytes(loader.length + MiB));
  const uuid = derivedUuid(id, "EFI system partition").slice(0, 8);
  formatFat(system, uuid, undefined, epoch);
  addToFat({ image: system, offset: 0, epoch }, "/nowhere", `/EFI/BOOT/${efi.loader}`, loader);
  return [
    ...["-append_partition", "2", "0xef", system, "-appended_part_as_gpt", "-partition_offset", "16"],
    ...["-eltorito-alt-boot", "-e", "--interval:appended_partition_2:all::", "-no-emul-boot"],
  ];
}
