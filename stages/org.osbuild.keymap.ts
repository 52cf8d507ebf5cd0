import { readStage } from "./lib/step.ts";
import { setKeymap } from "./lib/system/keymap.ts";

const { tree, options } = await readStage<{ keymap: string }>();
setKeymap(tree, options.keymap);
