import { resolve } from "node:path";
import * as core from "@actions/core";
import { BuildError } from "../errors.ts";
import { formatBug, formatProblem } from "../report/problems.ts";
import { interruption } from "./interruption.ts";
import { cleanUp, type Leavings } from "./post.ts";
import { temporaryOf } from "./preconditions.ts";

// One bundle contains the Action's main step, its post step, and the process for a call to the Actions cache. Each loads
// what it needs.
const { env } = process;

// The toolkit escapes the message, so foreign text in it can't contain workflow commands.
const fail = (error: unknown) =>
  core.setFailed(
    error instanceof BuildError ? error.problems.map((problem) => formatProblem(problem)).join("\n") : formatBug(error),
  );
process.on("uncaughtException", (error) => {
  fail(error);
  process.exit(1);
});

try {
  switch (process.argv[2]) {
    case "cache":
      await (await import("./cache/worker.ts")).answerCacheCall(env);
      break;
    case "post":
      await cleanUp(leavings());
      break;
    default:
      await (await import("./main.ts")).main(runnerOf(), interruption());
  }
} catch (error) {
  fail(error);
}
// The toolkit leaves timers of ten minutes running.
process.exit();

/** Reads the list of things that the main step left to clean up. Undefined if it ended before it started anything. */
function leavings(): Leavings | undefined {
  const state = core.getState("leavings");
  return state === "" ? undefined : (JSON.parse(state) as Leavings);
}

function runnerOf() {
  const workspace = env.GITHUB_WORKSPACE ?? process.cwd();
  return {
    env,
    workspace,
    temporary: temporaryOf(env),
    runUrl: `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`,
    cacheWorker: [process.execPath, resolve(import.meta.dirname, "index.js"), "cache"],
    builder: resolve(import.meta.dirname, "../builder/index.js"),
  };
}
