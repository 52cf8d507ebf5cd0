// `npm start [-- PIPELINE]`: installs what is missing and builds a pipeline, by default the sample.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { node, run, setUp } from "./setup.js";

const require = createRequire(import.meta.url);

const given = process.argv.slice(2);
const args = given.length > 0 ? given : ["samples/debian-12.json"];
const pipelines = args.filter((arg) => /\.(jsonc?|ya?ml)$/.test(arg) && existsSync(arg));
/** The needs of the pipelines, which only the npm packages can determine. */
let needs;
await setUp((part, program) => {
  needs ??= [...pipelines.flatMap(needsOf), ...(pipelines.some(hasImageBase) ? ["base"] : [])];
  return part === "engine" || needs.some((need) => need === program || need === part);
});
const output = args.some((arg) => /^(-o|--output)/.test(arg)) ? [] : ["--output", "output"];
run(node, ["bin/osbuild.js", "build", ...output, ...args]);

/** The programs that a pipeline's steps need with their options, or the part `network`. The build reports problems. */
function needsOf(pipeline) {
  const { Ajv2020 } = require("ajv/dist/2020.js");
  const ajv = new Ajv2020({ strict: false });
  // A variable in the options may have any value.
  const isNeeded = (when, options) => JSON.stringify(options).includes("${") || ajv.validate(when, options);
  return stepsInFile(pipeline).flatMap(({ name, options = {} }) =>
    ["stages", "assemblers"]
      .map((folder) => `${folder}/${name.replace(/^io\.weldr\./, "org.osbuild.")}.meta.json`)
      .filter((meta) => existsSync(meta))
      .map((meta) => JSON.parse(readFileSync(meta, "utf8")))
      .flatMap(({ network, requires = [] }) => [
        ...(network ? ["network"] : []),
        ...requires.flatMap((item) =>
          typeof item === "string" ? item : isNeeded(item.when, options) ? item.programs : [],
        ),
      ]),
  );
}

/** Whether a pipeline starts from an image of a registry. */
function hasImageBase(pipeline) {
  return /\bbase\b.*@sha256:/.test(readFileSync(pipeline, "utf8"));
}

/** Finds everything that looks like a step in a file and in those that it includes. */
function stepsInFile(file, seen = new Set()) {
  const path = resolve(file);
  if (seen.has(path)) return [];
  seen.add(path);
  return stepsIn(parse(path), (include) => stepsInFile(resolve(dirname(path), include), seen));
}

/** The same at any depth of a value. */
function stepsIn(value, included) {
  if (typeof value !== "object" || value === null) return [];
  const names = [value.include ?? []].flat().filter((name) => typeof name === "string");
  const inner = [...names.flatMap(included), ...Object.values(value).flatMap((each) => stepsIn(each, included))];
  return typeof value.name === "string" ? [value, ...inner] : inner;
}

function parse(pipeline) {
  try {
    const text = readFileSync(pipeline, "utf8");
    return /\.ya?ml$/.test(pipeline)
      ? require("yaml").parse(text, { merge: true })
      : require("jsonc-parser").parse(text);
  } catch {
    return null;
  }
}
