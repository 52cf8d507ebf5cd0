import { readAssembler } from "../stages/lib/step.ts";

const { options } = await readAssembler<unknown>();
console.log(JSON.stringify(options));
