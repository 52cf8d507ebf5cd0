import { readStage } from "./lib/step.ts";
import { removeUniqueness } from "./lib/system/uniqueness.ts";

const { tree } = await readStage<unknown>();
removeUniqueness(tree);
