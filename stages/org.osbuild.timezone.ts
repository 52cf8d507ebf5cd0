import { symlinkSync } from "node:fs";
import { fail, readStage } from "./lib/step.ts";
import { isDebian, isInTree, newEntry, writeFile } from "./lib/tree.ts";

const { tree, options } = await readStage<{ zone: string }>();
const { zone } = options;

if (!isInTree(tree, `/usr/share/zoneinfo/${zone}`)) {
  fail(`The tree has no time zone ${zone} in /usr/share/zoneinfo: correct its name, or install tzdata first`);
}
symlinkSync(`../usr/share/zoneinfo/${zone}`, newEntry(tree, "/etc/localtime"));
if (isDebian(tree)) writeFile(tree, "/etc/timezone", `${zone}\n`);
