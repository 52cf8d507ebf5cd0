import * as core from "@actions/core";
import { cachePrograms, missingPrograms, providePrograms } from "../../host/packages.ts";
import { reportInstalling } from "../installing.ts";

/**
 * Installs the programs that let runners share cache entries: a client doesn't find entries that were compressed with a
 * program that it doesn't have. A failure is a warning.
 */
export async function provideCachePrograms(mayInstall: boolean): Promise<void> {
  const needs = cachePrograms.map((program) => ({ program, of: "the Actions cache" }));
  if ((await missingPrograms(needs)).length === 0) return;
  try {
    await providePrograms(needs, mayInstall ? reportInstalling : undefined);
  } catch (error) {
    core.warning(`the Actions cache is used without ${cachePrograms.join(" and ")}: ${(error as Error).message}`);
  }
}
