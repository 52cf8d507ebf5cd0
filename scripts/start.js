// `npm start [-- PIPELINE]`: installs what is missing and builds a pipeline, the default sample if none is named.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { node, run, setUp } from "./setup.js";

const given = process.argv.slice(2);
const args = given.length > 0 ? given : ["samples/debian-12.json"];
const pipelines = args.filter((arg) => arg.endsWith(".json") && existsSync(arg));
/** Asked for when the npm packages are there. */
let needed;
await setUp((part, program) => {
  needed ??= new Set(pipelines.flatMap(programsOf));
  return part === "engine" || needed.has(program);
});
const output = args.some((arg) => /^(-o|--output)/.test(arg)) ? [] : ["--output", "output"];
run(node, ["bin/osbuild.js", "build", ...output, ...args]);

/** The programs that a pipeline's steps need with their options. What is wrong with the file, the build will say. */
function programsOf(pipeline) {
  const { Ajv2020 } = createRequire(import.meta.url)("ajv/dist/2020.js");
  const ajv = new Ajv2020({ strict: false });
  return stepsIn(parse(readFileSync(pipeline, "utf8"))).flatMap(({ name, options = {} }) =>
    ["stages", "assemblers"]
      .map((folder) => `${folder}/${name.replace(/^io\.weldr\./, "org.osbuild.")}.meta.json`)
      .filter((meta) => existsSync(meta))
      .flatMap((meta) => JSON.parse(readFileSync(meta, "utf8")).requires ?? [])
      .flatMap((item) => (typeof item === "string" ? item : ajv.validate(item.when, options) ? item.programs : [])),
  );
}

/** Everything that looks like a step, however deep. */
function stepsIn(value) {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(stepsIn);
  return typeof value.name === "string" ? [value, ...inner] : inner;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
