import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { fail, run } from "../../stages/lib/step.ts";
import { isInTree, resolveInTree } from "../../stages/lib/tree.ts";

/** Where the first two parts of GRUB for BIOS go in an image. */
export interface GrubPlace {
  readonly image: string;
  readonly tree: string;
  readonly rootUuid: string;
  /** GRUB's directory in the file system with that UUID. */
  readonly directory: string;
  /** The second part, in bytes from the start of the image; the first is in the MBR. */
  readonly offset: number;
  readonly room: number;
}

const sector = 512;

/** Only what it takes to find GRUB's directory: the rest is loaded from there. */
const modules = ["biosdisk", "part_msdos", "part_gpt", "ext2", "search_fs_uuid"];

/** The tree's directory of GRUB where the modules for BIOS and a menu lie: Debian's, or Fedora's. */
export const grubDirectory = (tree: string) =>
  ["/boot/grub", "/boot/grub2"].find((path) =>
    ["grub.cfg", "i386-pc/normal.mod"].every((file) => isInTree(tree, `${path}/${file}`)),
  );

/** Does what grub-bios-setup does to a disk, without a device. */
export function installGrub(place: GrubPlace): void {
  const library = libraryFor(place.tree, place.directory);
  const boot = readFileSync(`${library}/boot.img`);
  const core = makeCore(library, place);
  if (core.length > place.room) fail(`GRUB's core image has ${core.length} bytes, there is room for ${place.room}`);
  // Where the core begins; and, at the end of its own first sector, where the rest of it begins.
  boot.writeBigUInt64LE(BigInt(place.offset / sector), 0x5c);
  core.writeBigUInt64LE(BigInt(place.offset / sector + 1), 0x1f4);
  // Two nops for a jump: some BIOSes call a hard disk a floppy.
  boot.writeUInt16LE(0x9090, 0x66);
  const file = openSync(place.image, "r+");
  // The rest of that sector is the disk's signature and its partition table.
  writeSync(file, boot, 0, 0x1b8, 0);
  writeSync(file, core, 0, core.length, place.offset);
  closeSync(file);
}

function makeCore(library: string, { rootUuid, directory }: GrubPlace): Buffer {
  const work = mkdtempSync("/tmp/grub-");
  const config = `search.fs_uuid ${rootUuid} root\nset prefix=($root)${directory}\n`;
  writeFileSync(`${work}/load.cfg`, config);
  run([
    ...["grub-mkimage", "--format=i386-pc", `--directory=${library}`, `--prefix=${directory}`],
    ...[`--config=${work}/load.cfg`, `--output=${work}/core.img`, ...modules],
  ]);
  const core = readFileSync(`${work}/core.img`);
  rmSync(work, { recursive: true });
  return core;
}

/** GRUB loads no module of another version: the core must be of the one whose modules the tree has in /boot. */
function libraryFor(tree: string, directory: string): string {
  const path = "/usr/lib/grub/i386-pc";
  const wanted = readFileSync(resolveInTree(tree, `${directory}/i386-pc/normal.mod`));
  const found = [resolveInTree(tree, path), path].find((library) => {
    const module = `${library}/normal.mod`;
    return existsSync(module) && readFileSync(module).equals(wanted);
  });
  return found ?? fail(`${path}: neither the tree nor the build root has the GRUB whose modules are in ${directory}`);
}
