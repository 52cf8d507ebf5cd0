import { readAssembler, run } from "../stages/lib/step.ts";
import { setTime } from "./lib/output.ts";

type Compression = "zstd" | "xz" | "gzip" | "lz4";

const {
  tree,
  options,
  output_dir,
  source_epoch: epoch,
} = await readAssembler<{
  readonly filename: string;
  readonly compression?: Compression;
}>();
const { filename, compression = "zstd" } = options;
const image = `${output_dir}/${filename}`;
// zstd's own default here, 15, takes twenty times as long for a tenth less.
const level = compression === "zstd" ? ["-Xcompression-level", "3"] : [];
// Which files are sparse depends on the file system that the tree lies in; a hole's zeros take next to nothing.
run(["mksquashfs", tree, image, "-noappend", "-quiet", "-no-progress", "-no-sparse", "-comp", compression, ...level], {
  env: { SOURCE_DATE_EPOCH: String(epoch) },
});
setTime(image, epoch);
