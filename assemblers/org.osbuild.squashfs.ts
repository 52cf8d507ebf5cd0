import { readAssembler } from "../stages/lib/step.ts";
import { type SquashfsCompression, writeSquashfs } from "./lib/filesystems/squashfs.ts";
import { setTime } from "./lib/output.ts";

interface Options {
  readonly filename: string;
  readonly compression?: SquashfsCompression;
}

const { tree, options, output_dir, source_epoch: epoch } = await readAssembler<Options>();
const image = `${output_dir}/${options.filename}`;
writeSquashfs(tree, image, options.compression ?? "zstd", epoch);
setTime(image, epoch);
