import { readStage } from "./lib/step.ts";
import { writeFile } from "./lib/tree.ts";

const { tree, options } = await readStage<{ root_fs_uuid?: string; kernel_opts?: string }>();
const { root_fs_uuid = "", kernel_opts = "" } = options;
const words = [root_fs_uuid && `root=UUID=${root_fs_uuid}`, kernel_opts].filter((word) => word !== "");
// No newline at its end: osbuild writes none.
writeFile(tree, "/etc/kernel/cmdline", words.join(" "));
