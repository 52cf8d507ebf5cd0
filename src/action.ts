import { resolve } from "node:path";
import * as core from "@actions/core";
import { main } from "./action/main.ts";
import { cleanUp, type Leavings } from "./action/post.ts";
import { temporaryOf } from "./action/preconditions.ts";
import { answerCacheCall } from "./cache/actions.ts";
import { BuildError } from "./errors.ts";
import { formatBug, formatProblem } from "./report/problems.ts";

// One bundle is the Action's main step, its post step, and the process that makes one call to the Actions cache.
const { env } = process;

// A command's message is escaped: nothing of a foreign text in it can steer the runner.
const fail = (error: unknown) =>
  core.setFailed(error instanceof BuildError ? error.problems.map(formatProblem).join("\n") : formatBug(error));
process.on("uncaughtException", (error) => {
  fail(error);
  process.exit(1);
});

try {
  switch (process.argv[2]) {
    case "cache":
      await answerCacheCall(env);
      break;
    case "post":
      await cleanUp(leavings());
      break;
    default:
      await main(runnerOf(), interruption());
  }
} catch (error) {
  fail(error);
}
// The toolkit leaves timers of ten minutes behind.
process.exit();

/** Nothing, where the main step ended before it began anything. */
function leavings(): Leavings | undefined {
  const state = core.getState("leavings");
  return state === "" ? undefined : (JSON.parse(state) as Leavings);
}

/** A cancelled job's step is asked to end, and 7.5 seconds later told to. */
function interruption(): AbortSignal {
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      interrupt.abort();
      setTimeout(() => process.exit(1), 7000);
    });
  }
  return interrupt.signal;
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
