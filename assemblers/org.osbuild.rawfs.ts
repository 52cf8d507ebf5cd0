import { fileSystemId } from "../stages/lib/filesystem-ids.ts";
import { fail, readAssembler } from "../stages/lib/step.ts";
import type { FileSystemType } from "./lib/filesystems/filesystem.ts";
import { writeFileSystem } from "./lib/filesystems/write.ts";
import { derivedUuid } from "./lib/identity.ts";
import { makeEmpty, setTime } from "./lib/output.ts";

interface Options {
  readonly filename: string;
  readonly root_fs_uuid: string;
  readonly size: number | string;
  readonly fs_type?: Exclude<FileSystemType, "vfat">;
}

const { tree, options, output_dir, source_epoch: epoch, id } = await readAssembler<Options>();
const { filename, root_fs_uuid, fs_type: type = "ext4" } = options;
const size = bytesOf(options.size);
const uuid = fileSystemId(root_fs_uuid, type) ?? derivedUuid(id, "file system of /");
const image = `${output_dir}/${filename}`;
makeEmpty(image, size);
writeFileSystem({
  ...{ type, image, offset: 0, size, uuid, label: undefined, tree, covered: [], epoch, id },
  resize: (least) => `make \`size\` at least ${least} (now ${size})`,
});
setTime(image, epoch);

/** The bytes of a size in the notation of truncate(1). */
function bytesOf(given: number | string): number {
  const [, count, prefix = "", unit = ""] = /^(\d+)([KMGTP]?)(i?B)?$/.exec(String(given)) ?? [];
  const bytes = Number(count) * (unit === "B" ? 1000 : 1024) ** " KMGTP".indexOf(prefix || " ");
  if (bytes % 512 !== 0 || bytes < 2 ** 20) fail(`\`size\` must be at least 1 MiB and a multiple of 512, not ${given}`);
  return bytes;
}
