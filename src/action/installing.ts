import * as core from "@actions/core";
import type { BuildEvent } from "../events.ts";

/** Reports the installation of missing programs in the log. */
export function reportInstalling(event: BuildEvent): void {
  if (event.type === "installing") core.info(`installing ${event.packages.join(" ")}`);
  if (event.type === "warning") core.info(event.problem.message);
}
