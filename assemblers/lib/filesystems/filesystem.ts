import { fail } from "../../../stages/lib/step.ts";
import { MiB } from "../sizes.ts";

/** A file system to write into an image: its place, its content, and everything else that its bits follow from. */
export interface FileSystem {
  readonly type: FileSystemType;
  readonly image: string;
  /** Its first byte in the image. */
  readonly offset: number;
  readonly size: number;
  readonly uuid: string;
  readonly label: string | undefined;
  /** The directory whose content it gets. */
  readonly tree: string;
  /** Paths in that directory where other file systems are mounted: what these directories contain is left out. */
  readonly covered: readonly string[];
  readonly epoch: number;
  readonly id: string;
  /** Advice for the pipeline's author on how to give the file system at least so many bytes. */
  readonly resize: (bytes: number) => string;
}

/** The types, by Linux's names. */
export type FileSystemType = "ext4" | "xfs" | "btrfs" | "vfat";

/** Ends the program because the content doesn't fit. */
export function failToFit({ resize }: FileSystem, needed: number, available: number, least: number): never {
  const [needs, has] = [needed, available].map((bytes) => `${Math.ceil(bytes / MiB)} MiB`);
  return fail(`the tree needs about ${needs}, the file system has ${has}: ${resize(least)}`);
}
