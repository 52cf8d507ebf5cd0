import { mkdirSync } from "node:fs";
import { readAssembler, run } from "../stages/lib/step.ts";

const { tree, options, output_dir } = await readAssembler<{ readonly filename: string }>();
const directory = `${output_dir}/${options.filename}`;
mkdirSync(directory);
run(["cp", "--archive", `${tree}/.`, directory]);
