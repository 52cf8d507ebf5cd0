import * as core from "@actions/core";
import type { BuildEvent } from "../events.ts";
import { cachePrograms, missingPrograms, providePrograms } from "../host/packages.ts";

/**
 * Sees to it that runners share their cache entries: an entry that was compressed by one program isn't found by a client
 * that has another. Where that can't be, it is a warning.
 */
export async function provideCachePrograms(mayInstall: boolean): Promise<void> {
  const needs = cachePrograms.map((program) => ({ program, of: "the Actions cache" }));
  if ((await missingPrograms(needs)).length === 0) return;
  try {
    await providePrograms(needs, mayInstall ? report : undefined);
  } catch (error) {
    core.warning(`the Actions cache is used without ${cachePrograms.join(" and ")}: ${(error as Error).message}`);
  }
}

function report(event: BuildEvent): void {
  if (event.type === "installing") core.info(`installing ${event.packages.join(" ")}`);
  if (event.type === "warning") core.info(event.problem.message);
}
