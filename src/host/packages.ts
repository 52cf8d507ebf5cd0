import { constants } from "node:fs";
import { access } from "node:fs/promises";
import catalogue from "../../packages.json" with { type: "json" };
import { BuildError, hasCode, type Problem } from "../errors.ts";

interface Package {
  readonly apt?: string;
  readonly dnf?: string;
  readonly why: string;
}

const known: ReadonlyMap<string, Package> = new Map(
  Object.entries({ ...catalogue.steps, ...catalogue.engine } as Readonly<Record<string, Package>>),
);

/** Programs that the engine itself needs on the host. */
export const enginePrograms: readonly string[] = Object.keys(catalogue.engine);

/** A program that is needed, and by whom. */
export interface Need {
  readonly program: string;
  readonly of: string;
}

/** Throws if programs aren't on the host, each with the command that installs it. */
export async function requirePrograms(needs: readonly Need[]): Promise<void> {
  const present = await Promise.all(needs.map(({ program }) => isInstalled(program)));
  const missing = needs.filter((_, index) => !present[index]);
  if (missing.length > 0) throw new BuildError("HOST", await Promise.all(missing.map(problemOf)));
}

async function problemOf({ program, of }: Need): Promise<Problem> {
  const manager = (await isInstalled("apt-get")) ? "apt" : "dnf";
  const found = known.get(program);
  const name = found?.[manager];
  const command = manager === "apt" ? "apt-get install" : "dnf install";
  return {
    message: `${program} is not installed; ${of} needs it${found === undefined ? "" : `: it ${found.why}`}`,
    hint: name === undefined ? undefined : `sudo ${command} ${name}`,
  };
}

async function isInstalled(program: string): Promise<boolean> {
  for (const directory of ["/usr/bin", "/usr/sbin", "/bin", "/sbin"]) {
    try {
      await access(`${directory}/${program}`, constants.X_OK);
      return true;
    } catch (error) {
      if (!hasCode(error, "ENOENT") && !hasCode(error, "EACCES")) throw error;
    }
  }
  return false;
}
