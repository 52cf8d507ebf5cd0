/** The container's file with the JavaScript of the program's modules, by path below the libdir. */
export const javaScriptPath = "/run/osbuild/node/javascript.json";

/** The container's module that makes Node.js use them. */
export const modulesPath = "/run/osbuild/node/modules.mjs";

/**
 * The text of that module. A module of the libdir that isn't in the file, such as one whose name a program makes up
 * while it runs, is loaded as usual.
 */
export const modulesHook = `import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

const libdir = "file:///run/osbuild/lib/";
const { modules } = JSON.parse(readFileSync("${javaScriptPath}", "utf8"));

registerHooks({
  load(url, context, next) {
    const isTypeScript = context.format === "module-typescript" && url.startsWith(libdir);
    const source = isTypeScript ? modules[decodeURIComponent(url.slice(libdir.length))] : undefined;
    return source === undefined ? next(url, context) : { format: "module", source, shortCircuit: true };
  },
});
`;
