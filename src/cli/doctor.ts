import { access } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { hasCode } from "../errors.ts";
import { type Check, checkHost } from "../host/checks.ts";

/** `osbuild doctor`: whether this machine can build. Returns the exit code: 1 where it can't. */
export async function doctorCommand({ store, json }: { readonly store: string; readonly json: boolean }) {
  const checks = await checkHost(await nearest(resolve(store)));
  const text = json ? JSON.stringify(checks, null, 2) : checks.map(line).join("\n");
  process.stdout.write(`${text}\n`);
  return checks.some(({ verdict }) => verdict === "problem") ? 1 : 0;
}

const line = ({ name, verdict, message, hint }: Check) =>
  `${verdict.padEnd(8)} ${name}: ${message}${hint === undefined ? "" : ` (hint: ${hint})`}`;

/** Where a store would be made: the first directory above it that there is. */
async function nearest(path: string): Promise<string> {
  try {
    await access(path);
    return path;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return nearest(dirname(path));
    throw error;
  }
}
