import { readStage } from "./lib/step.ts";

const { options } = await readStage<{ returncode?: number }>();
const { returncode = 255 } = options;
console.error(`Failing, as the pipeline asks: exit code ${returncode}`);
process.exit(returncode);
