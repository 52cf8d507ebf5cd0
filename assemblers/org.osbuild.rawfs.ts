import { readAssembler } from "../stages/lib/step.ts";
import { writeExt4 } from "./lib/ext4.ts";
import { makeEmpty, setTime } from "./lib/output.ts";

interface Options {
  readonly filename: string;
  readonly root_fs_uuid: string;
  readonly size: number;
}

const { tree, options, output_dir, source_epoch: epoch, id } = await readAssembler<Options>();
const { filename, root_fs_uuid: uuid, size } = options;
const image = `${output_dir}/${filename}`;
makeEmpty(image, size);
writeExt4({ image, offset: 0, size, uuid, tree, epoch, id }, 0);
setTime(image, epoch);
