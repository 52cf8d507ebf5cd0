import { stripTypeScriptTypes } from "node:module";

/** Jest's transform: what Node itself does with a TypeScript file, and nothing more. */
export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
