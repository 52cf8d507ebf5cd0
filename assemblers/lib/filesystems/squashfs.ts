import { run } from "../../../stages/lib/step.ts";

/** The compressors that the assemblers offer. */
export type SquashfsCompression = "zstd" | "xz" | "gzip" | "lz4";

/** Packs a tree into a squashfs image. */
export function writeSquashfs(tree: string, image: string, compression: SquashfsCompression, epoch: number): void {
  // mksquashfs's default level of zstd, 15, takes twenty times as long to save a tenth of the size.
  const level = compression === "zstd" ? ["-Xcompression-level", "3"] : [];
  // The file system that holds the tree determines which files are sparse. The zeros of a hole compress to almost nothing.
  const options = ["-noappend", "-quiet", "-no-progress", "-no-sparse"];
  run(["mksquashfs", tree, image, ...options, "-comp", compression, ...level], {
    env: { SOURCE_DATE_EPOCH: String(epoch) },
  });
}
