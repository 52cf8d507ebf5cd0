import { fail } from "../../stages/lib/step.ts";
import { writeBtrfs } from "./btrfs.ts";
import { writeExt4 } from "./ext4.ts";
import { writeFat } from "./fat.ts";
import { writeXfs } from "./xfs.ts";

/** A file system to write: where in an image, with what, and what its bits follow from. */
export interface FileSystem {
  readonly type: FileSystemType;
  readonly image: string;
  readonly offset: number;
  readonly size: number;
  readonly uuid: string;
  readonly label: string | undefined;
  /** The directory that it has the content of. */
  readonly tree: string;
  /** Directories in that, from its root on, whose content is left out: other file systems are mounted there. */
  readonly covered: readonly string[];
  readonly epoch: number;
  readonly id: string;
  /** What the pipeline would have to say for it to be of at least so many bytes. */
  readonly resize: (bytes: number) => string;
}

export type FileSystemType = "ext4" | "xfs" | "btrfs" | "vfat";

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

export const MiB = 1024 * 1024;

/** Ends the program: the content doesn't fit. */
export function failToFit({ resize }: FileSystem, needed: number, available: number, least: number): never {
  const [needs, has] = [needed, available].map((bytes) => `${Math.ceil(bytes / MiB)} MiB`);
  return fail(`the tree needs about ${needs}, the file system has ${has}: ${resize(least)}`);
}

export const wholeMebibytes = (bytes: number) => Math.ceil(bytes / MiB) * MiB;
