// `node bench/job.ts DIRECTORY STORE LIBDIR PIPELINE…` builds pipelines as one job of the Action does. The image of
// each, and all else, goes to the directory. With the variables of a cache service it saves all results there.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { runBuilder } from "../src/action/builder-process.ts";
import { actionsCache } from "../src/action/cache/client.ts";
import { formatProblem } from "../src/report/problems.ts";

const [directory = "", store = "", libdir = "", ...files] = process.argv.slice(2);
const pipelines = files.map((file, index) => ({
  file,
  output: `${directory}/${index}`,
  failedTree: null,
  since: null,
  uploaded: null,
}));
for (const { output } of pipelines) mkdirSync(output, { recursive: true });
const { signal } = new AbortController();
const { env } = process;
const worker = [process.execPath, resolve(import.meta.dirname, "../dist/action/index.js"), "cache"];
const cache =
  env.ACTIONS_RESULTS_URL === undefined
    ? undefined
    : actionsCache({
        worker,
        env: { ...env, NODE_COMPILE_CACHE: `${directory}/compiled` },
        transfer: directory,
        signal,
        warn: console.error,
        debug: () => undefined,
      });
const none = { buildEnv: undefined, mirrors: undefined, variables: [], secrets: [], bootTest: null, sbom: [] };
const request = {
  ...{ ...none, pipelines, store, libdirs: [libdir], installDependencies: false, verify: false, attest: false },
  ...{ upload: false, debug: false, jobs: null, remote: null, transfer: directory },
  cache: cache === undefined ? null : ({ prefix: "", checkpoints: "all", images: "true", writable: true } as const),
  freshness: { refresh: [], maxAge: undefined, noCache: false },
  budget: { maxSize: null, maxGrowth: null },
};
await runBuilder(request, {
  directory,
  program: resolve(import.meta.dirname, "../dist/builder/index.js"),
  path: process.env.PATH ?? "",
  caches: { cache, remote: undefined },
  pull: async () => ({ type: "failed", problems: [] }),
  signal,
  onMessage(message) {
    if (message.type !== "failed") return;
    for (const problem of message.problems) console.error(formatProblem(problem));
    process.exitCode = 1;
  },
  onDebug: () => undefined,
  onError: console.error,
});
