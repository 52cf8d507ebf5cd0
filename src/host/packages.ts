import { constants } from "node:fs";
import { access } from "node:fs/promises";
import catalogue from "../../packages.json" with { type: "json" };
import { BuildError, failure, hasCode, type Problem } from "../errors.ts";
import type { Report } from "../events.ts";
import { run, searchPath } from "./command.ts";
import { installPackages } from "./install.js";
import { isRoot } from "./sudo.ts";

interface SystemPackage {
  readonly apt?: string;
  readonly dnf?: string;
  /** Its name on other distributions. */
  readonly also?: string;
  readonly why: string;
}

const known: ReadonlyMap<string, SystemPackage> = new Map(
  Object.entries({
    ...{ ...catalogue.cache, ...catalogue.base, ...catalogue.steps, ...catalogue.engine, ...catalogue.network },
    ...{ ...catalogue.boot, ...catalogue["boot x64"], ...catalogue["boot arm64"] },
    ...{ ...catalogue["boot script"], ...catalogue["boot tpm"] },
  } as Readonly<Record<string, SystemPackage>>),
);

/** Programs that the engine itself needs on the host. */
export const enginePrograms: readonly string[] = Object.keys(catalogue.engine);

/** Programs that the engine needs on the host for steps that download. */
export const networkPrograms: readonly string[] = Object.keys(catalogue.network);

/** Programs that the Actions cache's client compresses with, if they are installed. */
export const cachePrograms: readonly string[] = Object.keys(catalogue.cache);

/** A required program, and what requires it. */
export interface Need {
  readonly program: string;
  readonly of: string;
}

/** A boot test that needs more programs than QEMU: those for a script, or for a TPM. */
export interface BootExtras {
  readonly script: boolean;
  readonly tpm: boolean;
}

/** The programs that are needed to boot an image of an architecture, by Node.js's name. */
export function bootNeeds(architecture: string, { script, tpm }: BootExtras): readonly Need[] {
  const machine = architecture === "arm64" ? catalogue["boot arm64"] : catalogue["boot x64"];
  const extras = { ...(script ? catalogue["boot script"] : {}), ...(tpm ? catalogue["boot tpm"] : {}) };
  const programs = { ...catalogue.boot, ...machine, ...extras };
  return Object.keys(programs).map((program) => ({ program, of: "boot-test" }));
}

/**
 * Makes sure that programs are installed on the host. With a `report`, installs the missing ones. Throws if any are
 * still missing, with the command that installs each.
 */
export async function providePrograms(needs: readonly Need[], report: Report | undefined): Promise<void> {
  if (report !== undefined) await installInTurn(needs, report);
  const missing = await missingPrograms(needs);
  if (missing.length > 0) throw new BuildError("HOST", missing);
}

/** A problem for each of these programs that is missing, with the command that installs it. */
export const missingPrograms = async (needs: readonly Need[]): Promise<readonly Problem[]> =>
  Promise.all((await missingOf(needs)).map(problemOf));

let installing: Promise<void> = Promise.resolve();

/** Installs for one build after another, because a program may be there before its package has been set up. */
function installInTurn(needs: readonly Need[], report: Report): Promise<void> {
  const installed = installing.then(async () => install(await missingOf(needs), report));
  installing = installed.catch(() => undefined);
  return installed;
}

async function install(missing: readonly Need[], report: Report): Promise<void> {
  const manager = await managerOf();
  const packages = [...new Set(missing.flatMap(({ program }) => known.get(program)?.[manager] ?? []))];
  if (packages.length === 0) return;
  report({ type: "installing", packages });
  const say = (message: string) => report({ type: "warning", problem: { message } });
  const complaint = await installPackages(manager, packages, complaintOf, say);
  if (complaint !== undefined) throw failure("HOST", complaint);
}

async function complaintOf(argv: readonly string[]): Promise<string | undefined> {
  try {
    const sudo = isRoot() ? [] : ["sudo", "-n", "--"];
    await run([...sudo, "env", "DEBIAN_FRONTEND=noninteractive", ...argv]);
    return undefined;
  } catch (error) {
    if (error instanceof BuildError && error.code === "HOST") return error.message;
    throw error;
  }
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

const isInstalled = async (program: string) => (await findProgram(program)) !== undefined;

/** The path of a program on this machine, or of a file that is needed like one. Undefined if it isn't installed. */
export async function findProgram(program: string): Promise<string | undefined> {
  const isFile = program.startsWith("/");
  const names = [program, known.get(program)?.also ?? []].flat();
  const places = searchPath.split(":").flatMap((directory) => names.map((name) => `${directory}/${name}`));
  for (const place of isFile ? [program] : places) {
    try {
      await access(place, isFile ? constants.R_OK : constants.X_OK);
      return place;
    } catch (error) {
      if (!hasCode(error, "ENOENT") && !hasCode(error, "EACCES")) throw error;
    }
  }
  return undefined;
}
