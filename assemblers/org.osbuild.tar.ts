import { rmSync } from "node:fs";
import { readAssembler, run } from "../stages/lib/step.ts";
import { packTree } from "./lib/archives/tar.ts";
import { setTime } from "./lib/output.ts";

type Compression = "bzip2" | "xz" | "lzip" | "lzma" | "lzop" | "gzip" | "zstd";

/** The bits must not depend on the number of processors. xz writes the same for any number of threads but one. */
const compressors: Readonly<Record<Exclude<Compression, "lzop">, readonly string[]>> = {
  bzip2: ["bzip2"],
  xz: ["xz", "--threads=4"],
  lzip: ["lzip"],
  lzma: ["xz", "--format=lzma"],
  gzip: ["gzip", "--no-name"],
  zstd: ["zstd", "--quiet", "--threads=0"],
};

const step = await readAssembler<{ readonly filename: string; readonly compression?: Compression }>();
const { tree, options, output_dir, source_epoch: epoch } = step;
const path = `${output_dir}/${options.filename}`;
if (options.compression === "lzop") {
  // lzop writes the current time into the header if it reads a pipe.
  const draft = "/var/tmp/tree.tar";
  await packTree(tree, epoch, draft, ["cat"]);
  setTime(draft, epoch);
  run(["lzop", `--output=${path}`, draft]);
  rmSync(draft);
} else {
  await packTree(tree, epoch, path, options.compression === undefined ? ["cat"] : compressors[options.compression]);
}
setTime(path, epoch);
