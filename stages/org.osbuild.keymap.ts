import { setKeymap } from "./lib/keymap.ts";
import { readStage } from "./lib/step.ts";

const { tree, options } = await readStage<{ keymap: string }>();
setKeymap(tree, options.keymap);
