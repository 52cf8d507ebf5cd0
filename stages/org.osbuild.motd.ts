import { readStage } from "./lib/step.ts";
import { writeFile } from "./lib/tree.ts";

const { tree, options } = await readStage<{ text: string }>();
const { text } = options;
// One newline alone would show as an empty line.
writeFile(tree, "/etc/motd", text === "" || text.endsWith("\n") ? text : `${text}\n`);
