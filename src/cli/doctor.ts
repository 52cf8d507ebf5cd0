import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { BuildError, hasCode } from "../errors.ts";
import { type Check, checkHost } from "../host/checks.ts";
import { refuseFileSystem } from "../store/layout.ts";

/** `osbuild doctor`: checks whether this machine can build. Returns the exit code, which is 1 if it can't. */
export async function doctorCommand({ store, json }: { readonly store: string; readonly json: boolean }) {
  const directory = await nearest(resolve(store));
  const refused = await refusal(directory);
  const checks = refused === undefined ? await checkHost(directory) : [refused];
  const text = json ? JSON.stringify(checks, null, 2) : checks.map(line).join("\n");
  process.stdout.write(`${text}\n`);
  return checks.some(({ verdict }) => verdict === "problem") ? 1 : 0;
}

const line = ({ name, verdict, message, hint }: Check) =>
  `${verdict.padEnd(8)} ${name}: ${message}${hint === undefined ? "" : ` (hint: ${hint})`}`;

/** The reason why a store can't be here, if there is one. Then nothing else can be checked. */
async function refusal(directory: string): Promise<Check | undefined> {
  const problem = { name: "store", verdict: "problem", hint: "name another place with --store" } as const;
  try {
    await access(directory, constants.W_OK);
    if (!(await stat(directory)).isDirectory()) return { ...problem, message: `${directory} is not a directory` };
    await refuseFileSystem(directory);
    return undefined;
  } catch (error) {
    if (error instanceof BuildError) return { ...problem, message: error.message, hint: error.problems[0]?.hint };
    if (hasCode(error, "EROFS") || hasCode(error, "EACCES"))
      return { ...problem, message: `${directory} can't hold a store: ${(error as Error).message}` };
    throw error;
  }
}

/** The nearest existing directory at or above a store's path. */
async function nearest(path: string): Promise<string> {
  try {
    await access(path);
    return path;
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return nearest(dirname(path));
    throw error;
  }
}
