import { fail } from "../../../stages/lib/step.ts";
import { resolveInTree } from "../../../stages/lib/tree.ts";
import { addToFat, isInFat } from "../filesystems/fat.ts";
import { sector } from "../sizes.ts";
import {
  type Efi,
  efiOf,
  findGrub,
  type GrubHome,
  hasBiosModules,
  installBiosGrub,
  makeEfiGrub,
  type Platform,
} from "./grub.ts";
import { isBiosBootPartition, isSystemPartition, type PartitionTable } from "./partition-table.ts";

/** The boot loader that a pipeline asks for. */
export interface Bootloader {
  readonly type: "grub2" | "none";
  /** The only platform to boot on. Without it, the disk boots on every platform that it can. */
  readonly platform?: Platform;
}

interface BootDisk {
  readonly image: string;
  readonly tree: string;
  readonly table: PartitionTable;
  readonly epoch: number;
}

/** Makes a disk boot with the tree's GRUB: with a BIOS, with UEFI or with both, as its partitions allow. */
export function installBootloader(disk: BootDisk, bootloader: Bootloader | undefined): void {
  if (bootloader?.type === "none") return;
  const home = grubHome(disk);
  if (home === undefined) {
    if (bootloader !== undefined) fail("the tree has no GRUB: add an org.osbuild.grub2 stage");
    return;
  }
  const efi = efiOf(disk.tree);
  const possible = [
    { platform: "i386-pc", install: () => installForBios(disk, home) },
    { platform: efi.platform, install: () => installForUefi(disk, home, efi) },
  ];
  const wanted = possible.filter(({ platform }) => (bootloader?.platform ?? platform) === platform);
  if (wanted.length === 0) fail(`the tree's programs don't run on ${bootloader?.platform}`);
  const obstacles = wanted.map(({ install }) => install());
  if (obstacles.includes(undefined)) return;
  const message = `the disk can't boot with the tree's GRUB: ${obstacles.join("; ")}`;
  if (bootloader === undefined) console.log(message);
  else fail(message);
}

/** GRUB's directory is in the file system that is mounted on it or on the nearest directory above. */
function grubHome({ tree, table }: BootDisk): GrubHome | undefined {
  const path = findGrub(tree);
  if (path === undefined) return undefined;
  const above = table.partitions
    .flatMap(({ filesystem }) => filesystem ?? [])
    .filter(({ mountpoint }) => `${path}/`.startsWith(mountpoint === "/" ? "/" : `${mountpoint}/`));
  const holder = above.reduce((best, other) => (other.mountpoint.length > best.mountpoint.length ? other : best));
  const directory = holder.mountpoint === "/" ? path : path.slice(holder.mountpoint.length);
  return { tree, path, directory, uuid: holder.uuid, fileSystem: holder.type };
}

/** Returns the reason why it can't, if there is one. */
function installForBios({ image, table }: BootDisk, home: GrubHome): string | undefined {
  if (!hasBiosModules(home)) return `${home.path}/i386-pc isn't in the tree`;
  const place = biosPlace(table);
  if (place === undefined) return "there is no BIOS boot partition (type 21686148-6449-6E6F-744E-656564454649)";
  installBiosGrub(image, home, place);
  return undefined;
}

/** GRUB's core image is in a partition of its own on a disk with a GPT, and before the first partition with an MBR. */
function biosPlace({ type, partitions }: PartitionTable) {
  if (type === "gpt") {
    const partition = partitions.find(isBiosBootPartition);
    return partition && { offset: partition.start, room: partition.size };
  }
  return { offset: sector, room: Math.min(...partitions.map(({ start }) => start)) - sector };
}

/** Returns the reason why it can't, if there is one. */
function installForUefi(
  { image, tree, table, epoch }: BootDisk,
  home: GrubHome,
  { platform, loader }: Efi,
): string | undefined {
  const system = table.partitions.find(isSystemPartition);
  if (system?.filesystem === undefined) return "there is no EFI system partition";
  const { mountpoint } = system.filesystem;
  const path = `/EFI/BOOT/${loader}`;
  // A loader of the tree is kept: Fedora's, for one, finds the menu by itself.
  const content = resolveInTree(tree, mountpoint);
  if (!isInFat(content, path))
    addToFat({ image, offset: system.start, epoch }, content, path, makeEfiGrub(home, platform));
  return undefined;
}
