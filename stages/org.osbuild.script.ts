import { chmodSync, writeFileSync } from "node:fs";
import { openChroot } from "./lib/chroot.ts";
import { readStage } from "./lib/step.ts";

const { tree, options } = await readStage<{ script: string }>();

using chroot = openChroot(tree);
// In the chroot's own /run, so that nothing of it stays in the tree.
const file = "/run/osbuild-script";
writeFileSync(tree + file, options.script);
chmodSync(tree + file, 0o755);
chroot.run(options.script.startsWith("#!") ? [file] : ["/bin/sh", file]);
