import { writeBtrfs } from "./btrfs.ts";
import { writeExt4 } from "./ext4.ts";
import { writeFat } from "./fat.ts";
import type { FileSystem } from "./filesystem.ts";
import { writeXfs } from "./xfs.ts";

/** Writes a file system of any type into its place in an image. */
export function writeFileSystem(fileSystem: FileSystem): void {
  switch (fileSystem.type) {
    case "ext4":
      return writeExt4(fileSystem);
    case "xfs":
      return writeXfs(fileSystem);
    case "btrfs":
      return writeBtrfs(fileSystem);
    case "vfat":
      return writeFat(fileSystem);
    default:
      return fileSystem.type satisfies never;
  }
}
