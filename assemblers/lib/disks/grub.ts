import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fail, run } from "../../../stages/lib/step.ts";
import { architectureOf, ownArchitecture } from "../../../stages/lib/system/architecture.ts";
import { isInTree, resolveInTree } from "../../../stages/lib/tree.ts";
import { writeBytes } from "../bytes.ts";
import type { FileSystemType } from "../filesystems/filesystem.ts";
import { sector } from "../sizes.ts";

/** The directory of the tree that holds GRUB's menu and modules. */
export interface GrubHome {
  readonly tree: string;
  /** Its path in the tree: Debian's or Fedora's. */
  readonly path: string;
  /** Its path in its file system. */
  readonly directory: string;
  /** Its file system. */
  readonly uuid: string;
  readonly fileSystem: FileSystemType;
}

/** The platforms, by GRUB's names. */
export type Platform = "i386-pc" | "x86_64-efi" | "arm64-efi";

/** A UEFI platform, and the loader that its firmware looks for in an EFI system partition. */
export interface Efi {
  readonly platform: Platform;
  readonly loader: string;
}

/** The UEFI platform of a tree's architecture. */
export const efiOf = (tree: string): Efi =>
  (architectureOf(tree) ?? ownArchitecture) === "arm64"
    ? { platform: "arm64-efi", loader: "BOOTAA64.EFI" }
    : { platform: "x86_64-efi", loader: "BOOTX64.EFI" };

/** The directory of the tree that holds GRUB's menu. */
export const findGrub = (tree: string) =>
  ["/boot/grub", "/boot/grub2", ...vendorDirectories(tree)].find((path) => isInTree(tree, `${path}/grub.cfg`));

/** The menu of a Fedora that boots with UEFI alone is in one of these. */
function vendorDirectories(tree: string): string[] {
  const vendors = "/boot/efi/EFI";
  if (!isInTree(tree, vendors)) return [];
  return readdirSync(resolveInTree(tree, vendors))
    .sort()
    .map((name) => `${vendors}/${name}`);
}

/** Whether the tree has the modules that GRUB's core image loads on a machine with a BIOS. */
export const hasBiosModules = ({ tree, path }: GrubHome) => isInTree(tree, `${path}/i386-pc/normal.mod`);

const fileSystemModules = { ext4: "ext2", xfs: "xfs", btrfs: "btrfs", vfat: "fat" } as const satisfies Record<
  FileSystemType,
  string
>;

/** Offsets in boot.img and in diskboot.img, the core image's first sector: GRUB's include/grub/i386/pc/boot.h. */
const bootOffsets = { kernelSector: 0x5c, driveCheck: 0x66, diskSignature: 0x1b8 } as const;
const coreOffsets = { firstBlockList: 0x1f4 } as const;

/**
 * Does what grub-bios-setup does, but on an image: writes the first part of GRUB into the MBR and the second, its core
 * image, to `offset`, where it has `room`.
 */
export function installBiosGrub(
  image: string,
  home: GrubHome,
  { offset, room }: { offset: number; room: number },
): void {
  const library = biosLibrary(home);
  const boot = readFileSync(`${library}/boot.img`);
  // These find GRUB's directory, which has the others.
  const modules = ["biosdisk", "part_msdos", "part_gpt", "search_fs_uuid", fileSystemModules[home.fileSystem]];
  const core = makeCore(library, "i386-pc", startOf(home), home.directory, modules);
  if (core.length > room) fail(`GRUB's core image has ${core.length} bytes, there is room for ${room}`);
  // The boot sector loads the core's first sector, which loads the others.
  boot.writeBigUInt64LE(BigInt(offset / sector), bootOffsets.kernelSector);
  core.writeBigUInt64LE(BigInt(offset / sector + 1), coreOffsets.firstBlockList);
  // Two nops replace a jump, because some BIOSes report a hard disk as a floppy.
  boot.writeUInt16LE(0x9090, bootOffsets.driveCheck);
  // The rest of the boot sector has the disk's signature and its partition table.
  writeBytes(image, 0, boot.subarray(0, bootOffsets.diskSignature));
  writeBytes(image, offset, core);
}

/** GRUB loads no modules of another version, so the core must have the version of the modules in the tree's /boot. */
function biosLibrary({ tree, path }: GrubHome): string {
  const wanted = readFileSync(resolveInTree(tree, `${path}/i386-pc/normal.mod`));
  const found = libraries(tree, "i386-pc").find((library) => readFileSync(`${library}/normal.mod`).equals(wanted));
  return found ?? fail(`neither the tree nor the build root has the GRUB whose modules are in ${path}/i386-pc`);
}

/** The modules in a core image that finds none on the disk. Those that this GRUB doesn't have are left out. */
const menuModules = [
  ...["part_gpt", "part_msdos", "fat", "ext2", "xfs", "btrfs", "iso9660", "search", "search_fs_uuid", "search_label"],
  ...[
    "normal",
    "configfile",
    "linux",
    "blscfg",
    "loadenv",
    "echo",
    "test",
    "true",
    "regexp",
    "probe",
    "halt",
    "reboot",
  ],
  ...["sleep", "ls", "cat", "help", "gzio", "serial", "terminal", "all_video", "gfxterm", "font", "chain", "minicmd"],
];

/** A boot loader for UEFI firmware that reads the menu in GRUB's directory. */
export const makeEfiGrub = (home: GrubHome, platform: Platform) =>
  makeWholeGrub(home.tree, platform, platform, startOf(home), home.directory);

/** A core image that needs only a menu, in the directory `prefix`. `start` is the script that it runs first. */
export function makeWholeGrub(tree: string, platform: Platform, format: string, start: string, prefix: string): Buffer {
  const [library] = libraries(tree, platform);
  if (library === undefined)
    fail(`neither the tree nor the build root has GRUB's modules in /usr/lib/grub/${platform}: install them`);
  const modules = [...menuModules, ...(platform === "i386-pc" ? ["biosdisk"] : [])];
  return makeCore(
    library,
    format,
    start,
    prefix,
    modules.filter((module) => existsSync(`${library}/${module}.mod`)),
  );
}

/** The directories with a platform's modules: the tree's, then the build root's. */
export function libraries(tree: string, platform: Platform): readonly string[] {
  const path = `/usr/lib/grub/${platform}`;
  return [resolveInTree(tree, path), path].filter((library) => existsSync(`${library}/normal.mod`));
}

/** The script that a core image runs before it reads the menu. */
const startOf = ({ uuid, directory }: GrubHome) => `search.fs_uuid ${uuid} root\nset prefix=($root)${directory}\n`;

/** Fedora's name for GRUB differs. */
const mkimage = existsSync("/usr/bin/grub2-mkimage") ? "grub2-mkimage" : "grub-mkimage";

function makeCore(library: string, format: string, start: string, prefix: string, modules: readonly string[]): Buffer {
  const work = mkdtempSync("/tmp/grub-");
  writeFileSync(`${work}/start.cfg`, start);
  run([
    ...[mkimage, `--format=${format}`, `--directory=${library}`, `--prefix=${prefix}`],
    ...[`--config=${work}/start.cfg`, `--output=${work}/core.img`, ...modules],
  ]);
  const core = readFileSync(`${work}/core.img`);
  rmSync(work, { recursive: true });
  return core;
}
