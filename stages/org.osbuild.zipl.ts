import { readStage } from "./lib/step.ts";
import { writeFile } from "./lib/tree.ts";

const { tree, options } = await readStage<{ timeout?: number | string }>();
const { timeout = 0 } = options;
writeFile(tree, "/etc/zipl.conf", `[defaultboot]\ndefaultauto\nprompt=1\ntimeout=${timeout}\ntarget=/boot\n`);
