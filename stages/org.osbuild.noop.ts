import { readStage } from "./lib/step.ts";

const { options } = await readStage<unknown>();
console.log(JSON.stringify(options));
