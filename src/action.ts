import { resolve } from "node:path";
import * as core from "@actions/core";
import { main } from "./action/main.ts";
import { cleanUp } from "./action/post.ts";
import { answerCacheCall } from "./cache/actions.ts";
import { BuildError } from "./errors.ts";
import { formatProblem } from "./report/problems.ts";

// One bundle is the Action's main step, its post step, and the process that makes one call to the Actions cache.
const { env } = process;
const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => interrupt.abort());
const directory = core.getState("directory");

try {
  if (process.argv[2] === "cache") await answerCacheCall();
  else if (directory !== "") await cleanUp(directory);
  else await main(runnerOf(), interrupt.signal);
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  core.setFailed(error.problems.map(formatProblem).join("\n"));
}

function runnerOf() {
  const workspace = env.GITHUB_WORKSPACE ?? process.cwd();
  return {
    env,
    workspace,
    temporary: env.RUNNER_TEMP ?? workspace,
    runUrl: `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`,
    cacheWorker: [process.execPath, resolve(import.meta.dirname, "index.js"), "cache"],
    builder: resolve(import.meta.dirname, "../builder/index.js"),
  };
}
