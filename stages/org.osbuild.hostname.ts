import { readStage } from "./lib/step.ts";
import { writeFile } from "./lib/tree.ts";

const { tree, options } = await readStage<{ hostname: string }>();
writeFile(tree, "/etc/hostname", `${options.hostname}\n`);
