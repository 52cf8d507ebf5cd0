import { execPath } from "node:process";
import { run } from "../host/command.ts";

/** A module's JavaScript. Null if it isn't plain TypeScript: Node.js says why as soon as a program imports it. */
export type JavaScript = string | null;

/** Reads a list of modules and prints the list of their JavaScript. */
const script = `
import { stripTypeScriptTypes } from "node:module";
import { json } from "node:stream/consumers";
const strip = (source) => {
  try {
    return stripTypeScriptTypes(source);
  } catch {
    return null;
  }
};
console.log(JSON.stringify((await json(process.stdin)).map(strip)));
`;

/**
 * Strips the types of TypeScript modules. Lines and columns stay the same. It is a process of its own, because loading
 * Node.js's compiler takes longer than starting one, and meanwhile the build goes on.
 */
export async function stripTypes(sources: readonly string[]): Promise<readonly JavaScript[]> {
  const argv = [execPath, "--disable-warning=ExperimentalWarning", "--input-type=module", `--eval=${script}`];
  return JSON.parse(await run(argv, { input: JSON.stringify(sources) })) as readonly JavaScript[];
}
