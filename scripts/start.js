// `npm start [-- PIPELINE]`: installs what is missing and builds a pipeline, the default sample if none is named.
import { existsSync, readFileSync } from "node:fs";
import { node, run, setUp } from "./setup.js";

const given = process.argv.slice(2);
const args = given.length > 0 ? given : ["samples/debian-12.json"];
const needed = new Set(args.filter((arg) => arg.endsWith(".json") && existsSync(arg)).flatMap(programsOf));
await setUp((part, program) => part === "engine" || needed.has(program));
const output = args.some((arg) => /^(-o|--output)/.test(arg)) ? [] : ["--output", "output"];
run(node, ["bin/osbuild.js", "build", ...output, ...args]);

/** The programs that a pipeline's stages and assembler need. What is wrong with the file, the build will say. */
function programsOf(pipeline) {
  const names = [...readFileSync(pipeline, "utf8").matchAll(/"(?:org\.osbuild|io\.weldr)\.([\w.-]+)"/g)];
  const metas = names.flatMap(([, name]) =>
    ["stages", "assemblers"].map((kind) => `${kind}/org.osbuild.${name}.meta.json`),
  );
  return metas.filter(existsSync).flatMap((meta) => JSON.parse(readFileSync(meta, "utf8")).requires ?? []);
}
