import { chmodSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { inputOf, inputText, openCopier, rootOwned } from "./lib/repository-files.ts";
import { fail, readStage } from "./lib/step.ts";
import { openChroot } from "./lib/system/chroot.ts";
import { makeDirectory } from "./lib/tree.ts";

interface Options {
  readonly script?: string;
  readonly path?: string;
  readonly interpreter?: string;
  readonly files?: readonly string[];
}

const step = await readStage<Options>();
const { tree, options } = step;
const { path, script = path === undefined ? "" : inputText(step, path), files = [], interpreter } = options;

using chroot = openChroot(tree);
// The script is in the chroot's own /run, so that it doesn't stay in the tree.
const directory = "/run/osbuild-script";
const name = path === undefined ? "script" : basename(path);
const names = [name, ...files.map((file) => basename(file))];
const twice = names.find((one, index) => names.indexOf(one) < index);
if (twice !== undefined) fail(`two files would be ${twice} beside the script: rename one of them`);
const copy = openCopier(step);
for (const file of files) copy(inputOf(step, file), `${directory}/${basename(file)}`, rootOwned);
const program = `${directory}/${name}`;
makeDirectory(tree, directory);
writeFileSync(tree + program, script);
chmodSync(tree + program, 0o755);
chroot.run(
  interpreter !== undefined ? [interpreter, program] : script.startsWith("#!") ? [program] : ["/bin/sh", program],
);
