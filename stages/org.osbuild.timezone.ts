import { rmSync, symlinkSync } from "node:fs";
import { fail, readStage } from "./lib/step.ts";
import { entryInTree, isDebian, isInTree, makeDirectory, writeFile } from "./lib/tree.ts";

const { tree, options } = await readStage<{ zone: string }>();
const { zone } = options;

if (!isInTree(tree, `/usr/share/zoneinfo/${zone}`)) {
  fail(`The tree has no time zone ${zone} in /usr/share/zoneinfo: correct its name, or install tzdata first`);
}
makeDirectory(tree, "/etc");
const localtime = entryInTree(tree, "/etc/localtime");
rmSync(localtime, { force: true });
symlinkSync(`../usr/share/zoneinfo/${zone}`, localtime);
if (isDebian(tree)) writeFile(tree, "/etc/timezone", `${zone}\n`);
