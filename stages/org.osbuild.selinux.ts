import { fail, readStage, run } from "./lib/step.ts";
import { entryInTree, readText, resolveInTree } from "./lib/tree.ts";

const { tree, options } = await readStage<{ file_contexts: string; labels?: Record<string, string> }>();
const { file_contexts, labels = {} } = options;

if (readText(tree, file_contexts) === undefined) {
  fail(`${file_contexts}: no such file in the tree; install the SELinux policy first`);
}
run(["setfiles", "-F", "-r", tree, resolveInTree(tree, file_contexts), tree]);

// chcon would ask the kernel of this machine, which may have no SELinux, or another policy.
for (const [path, label] of Object.entries(labels)) {
  const value = `0x${Buffer.from(`${label}\0`).toString("hex")}`;
  run(["setfattr", "--no-dereference", "--name=security.selinux", `--value=${value}`, entryInTree(tree, path)]);
}
