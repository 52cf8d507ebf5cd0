import { run } from "../../stages/lib/step.ts";

export type SquashfsCompression = "zstd" | "xz" | "gzip" | "lz4";

/** Packs a tree into a squashfs image. */
export function writeSquashfs(tree: string, image: string, compression: SquashfsCompression, epoch: number): void {
  // zstd's own default here, 15, takes twenty times as long for a tenth less.
  const level = compression === "zstd" ? ["-Xcompression-level", "3"] : [];
  // Which files are sparse depends on the file system that the tree lies in; a hole's zeros take next to nothing.
  const options = ["-noappend", "-quiet", "-no-progress", "-no-sparse"];
  run(["mksquashfs", tree, image, ...options, "-comp", compression, ...level], {
    env: { SOURCE_DATE_EPOCH: String(epoch) },
  });
}
