import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { arch } from "node:process";
import { fail, run } from "../../stages/lib/step.ts";
import { isInTree, resolveInTree } from "../../stages/lib/tree.ts";
import type { FileSystemType } from "./filesystem.ts";
import { sector } from "./layout.ts";

/** The directory of GRUB's menu and modules. */
export interface GrubHome {
  readonly tree: string;
  /** In the tree: Debian's, or Fedora's. */
  readonly path: "/boot/grub" | "/boot/grub2";
  /** In its file system, and what that is. */
  readonly directory: string;
  readonly uuid: string;
  readonly fileSystem: FileSystemType;
}

/** GRUB's names of the platforms, and what firmware looks for in an EFI system partition. */
export type Platform = "i386-pc" | "x86_64-efi" | "arm64-efi";
export const efi =
  arch === "arm64"
    ? ({ platform: "arm64-efi", loader: "BOOTAA64.EFI" } as const)
    : ({ platform: "x86_64-efi", loader: "BOOTX64.EFI" } as const);

export const findGrub = (tree: string) =>
  (["/boot/grub", "/boot/grub2"] as const).find((path) => isInTree(tree, `${path}/grub.cfg`));

/** Whether GRUB can go on from its core image, on a machine with a BIOS. */
export const hasBiosModules = ({ tree, path }: GrubHome) => isInTree(tree, `${path}/i386-pc/normal.mod`);

const fileSystemModules = { ext4: "ext2", xfs: "xfs", btrfs: "btrfs", vfat: "fat" } as const satisfies Record<
  FileSystemType,
  string
>;

/**
 * Does what grub-bios-setup does, without a device: the first part of GRUB goes into the MBR, the second to `offset` in
 * the image, where it has `room`.
 */
export function installBiosGrub(
  image: string,
  home: GrubHome,
  { offset, room }: { offset: number; room: number },
): void {
  const library = biosLibrary(home);
  const boot = readFileSync(`${library}/boot.img`);
  // Only what it takes to find GRUB's directory: the rest is loaded from there.
  const modules = ["biosdisk", "part_msdos", "part_gpt", "search_fs_uuid", fileSystemModules[home.fileSystem]];
  const core = makeCore(library, "i386-pc", startOf(home), home.directory, modules);
  if (core.length > room) fail(`GRUB's core image has ${core.length} bytes, there is room for ${room}`);
  // Where the core begins; and, at the end of its own first sector, where the rest of it begins.
  boot.writeBigUInt64LE(BigInt(offset / sector), 0x5c);
  core.writeBigUInt64LE(BigInt(offset / sector + 1), 0x1f4);
  // Two nops for a jump: some BIOSes call a hard disk a floppy.
  boot.writeUInt16LE(0x9090, 0x66);
  const file = openSync(image, "r+");
  // The rest of that sector is the disk's signature and its partition table.
  writeSync(file, boot, 0, 0x1b8, 0);
  writeSync(file, core, 0, core.length, offset);
  closeSync(file);
}

/** GRUB loads no module of another version: the core must be of the one whose modules the tree has in /boot. */
function biosLibrary({ tree, path }: GrubHome): string {
  const wanted = readFileSync(resolveInTree(tree, `${path}/i386-pc/normal.mod`));
  const found = libraries(tree, "i386-pc").find((library) => readFileSync(`${library}/normal.mod`).equals(wanted));
  return found ?? fail(`neither the tree nor the build root has the GRUB whose modules are in ${path}/i386-pc`);
}

/** What a core image needs for a menu without modules of its own on a disk, as far as this GRUB has it. */
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

/** A loader for UEFI firmware that goes on with the menu in GRUB's directory. */
export const makeEfiGrub = (home: GrubHome) =>
  makeWholeGrub(home.tree, efi.platform, efi.platform, startOf(home), home.directory);

/** A core image that needs nothing but a menu, in the prefix. */
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

/** Where the modules of a platform are: in the tree, in the build root. */
export function libraries(tree: string, platform: Platform): readonly string[] {
  const path = `/usr/lib/grub/${platform}`;
  return [resolveInTree(tree, path), path].filter((library) => existsSync(`${library}/normal.mod`));
}

/** What a core image does before it reads the menu. */
const startOf = ({ uuid, directory }: GrubHome) => `search.fs_uuid ${uuid} root\nset prefix=($root)${directory}\n`;

/** Fedora has its GRUB under another name. */
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
