import { stripTypeScriptTypes } from "node:module";

/** Jest's transform, which only strips types from a TypeScript file, as Node.js itself does. */
export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
