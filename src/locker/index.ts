import { resolve } from "node:path";
import * as core from "@actions/core";
import { interruption } from "../action/interruption.ts";
import { cleanUp, type Leavings } from "../action/post.ts";
import { temporaryOf } from "../action/preconditions.ts";
import { BuildError } from "../errors.ts";
import { annotate } from "../report/actions.ts";
import { formatBug } from "../report/problems.ts";
import { main } from "./main.ts";

// The action in lock/: its main step and its post step. It builds nothing itself: the command line does, as root.
const { env } = process;
const workspace = env.GITHUB_WORKSPACE ?? process.cwd();

try {
  if (process.argv[2] === "post") await cleanUp(leavings());
  else {
    const program = resolve(import.meta.dirname, "../cli/index.js");
    await main({ workspace, temporary: temporaryOf(env), path: env.PATH ?? "", program }, interruption());
  }
} catch (error) {
  if (error instanceof BuildError) for (const problem of error.problems) annotate(problem, "lock", workspace);
  else core.setFailed(formatBug(error));
}
// A handler of a cancellation leaves a timer running.
process.exit();

/** Reads the list of things that the main step left to clean up. Undefined if it ended before it started anything. */
function leavings(): Leavings | undefined {
  const state = core.getState("leavings");
  return state === "" ? undefined : (JSON.parse(state) as Leavings);
}
