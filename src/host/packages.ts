import { constants } from "node:fs";
import { access } from "node:fs/promises";
import catalogue from "../../packages.json" with { type: "json" };
import { BuildError, hasCode, type Problem } from "../errors.ts";
import { run, searchPath } from "./command.ts";

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
  const missing = await missingOf(needs);
  if (missing.length > 0) throw new BuildError("HOST", await Promise.all(missing.map(problemOf)));
}

/** Installs what isn't there, saying so first, and throws if programs are missing still. */
export async function installPrograms(
  needs: readonly Need[],
  say: (packages: readonly string[]) => void,
): Promise<void> {
  const missing = await missingOf(needs);
  const manager = await managerOf();
  const packages = [...new Set(missing.flatMap(({ program }) => known.get(program)?.[manager] ?? []))];
  if (packages.length > 0) {
    say(packages);
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    if (manager === "apt") await run(["apt-get", "update"], { env });
    const install =
      manager === "apt" ? ["apt-get", "install", "--yes", "--no-install-recommends"] : ["dnf", "install", "-y"];
    await run([...install, ...packages], { env });
  }
  await requirePrograms(missing);
}

async function missingOf(needs: readonly Need[]): Promise<readonly Need[]> {
  const present = await Promise.all(needs.map(({ program }) => isInstalled(program)));
  return needs.filter((_, index) => !present[index]);
}

const managerOf = async () => ((await isInstalled("apt-get")) ? "apt" : "dnf");

async function problemOf({ program, of }: Need): Promise<Problem> {
  const manager = await managerOf();
  const found = known.get(program);
  const name = found?.[manager];
  const command = manager === "apt" ? "apt-get install" : "dnf install";
  return {
    message: `${program} is not installed; ${of} needs it${found === undefined ? "" : `: it ${found.why}`}`,
    hint: name === undefined ? undefined : `sudo ${command} ${name}`,
  };
}

async function isInstalled(program: string): Promise<boolean> {
  // Some are files rather than programs.
  const isFile = program.startsWith("/");
  for (const place of isFile ? [program] : searchPath.split(":").map((directory) => `${directory}/${program}`)) {
    try {
      await access(place, isFile ? constants.R_OK : constants.X_OK);
      return true;
    } catch (error) {
      if (!hasCode(error, "ENOENT") && !hasCode(error, "EACCES")) throw error;
    }
  }
  return false;
}
