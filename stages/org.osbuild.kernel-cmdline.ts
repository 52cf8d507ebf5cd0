import { fileSystemId } from "./lib/filesystem-ids.ts";
import { readStage } from "./lib/step.ts";
import { writeFile } from "./lib/tree.ts";

const { tree, options } = await readStage<{ root_fs_uuid?: string; kernel_opts?: string }>();
const { kernel_opts = "" } = options;
const uuid = fileSystemId(options.root_fs_uuid);
const words = [uuid === undefined ? "" : `root=UUID=${uuid}`, kernel_opts].filter((word) => word !== "");
// The file doesn't end in a newline, because osbuild's doesn't.
writeFile(tree, "/etc/kernel/cmdline", words.join(" "));
