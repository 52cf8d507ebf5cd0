// `npm start [-- PIPELINE]`: installs what is missing and builds a pipeline, the default sample if none is named.
import { node, run, setUp } from "./setup.js";

setUp(["engine", "steps"]);
const given = process.argv.slice(2);
const args = given.length > 0 ? given : ["samples/debian-12.json"];
const output = args.some((arg) => /^(-o|--output)/.test(arg)) ? [] : ["--output", "output"];
run(node, ["bin/osbuild.js", "build", ...output, ...args]);
