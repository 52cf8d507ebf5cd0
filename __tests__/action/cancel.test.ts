import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf, type Repository } from "../support/action.ts";
import { githubsPatience, type Patience, processesOf, type User } from "../support/actions/processes.ts";
import { unprivilegedUser } from "../support/actions/unprivileged-user.ts";

const files = {
  "web.json": pipelineOf("mkdir etc && echo one > etc/one && echo is one", "echo is two && sleep 2 && touch two"),
};

/** The moment at which a job is cancelled: when it prints a line, or milliseconds after its start. */
const moments: readonly (RegExp | number)[] = [
  0,
  100,
  400,
  /::group::1\//,
  /is one/,
  /is two/,
  /::group::3\//,
  /Uploading web/,
];

const kinds: readonly Patience[] = [
  { ...githubsPatience, kill: "process" },
  // The runner kills the step immediately, with or without all processes that the user may kill.
  { interrupt: 0, terminate: 0, kill: "tree" },
  { interrupt: 0, terminate: 0, kill: "process" },
];

/** Runs a job and cancels it at a moment. */
async function cancelAt(moment: RegExp | number, repository: Repository, patience: Patience, user: User | undefined) {
  const cancel = new AbortController();
  const timer = typeof moment === "number" ? setTimeout(() => cancel.abort(), moment) : undefined;
  const onLine = (line: string) => {
    if (moment instanceof RegExp && moment.test(line)) cancel.abort();
  };
  const result = await repository.job(files, { cancel: cancel.signal, onLine, patience, ...(user && { user }) });
  clearTimeout(timer);
  return result;
}

test("a job that is cancelled at any moment, gently or not, leaves nothing, and the next one succeeds", async () => {
  await using user = await unprivilegedUser();
  await using reference = await newRepository();
  const { outputs: right } = await reference.job(files);
  await using repository = await newRepository();
  const found = [];
  for (const [index, moment] of moments.entries()) {
    const patience = kinds[index % kinds.length] as Patience;
    const { outcome, post, left } = await cancelAt(moment, repository, patience, index % 2 === 0 ? user : undefined);
    found.push({ moment, outcome, post: post?.log, left });
  }
  expect(found).toEqual(moments.map((moment) => ({ moment, outcome: "cancelled", post: [], left: nothing })));
  const next = await repository.job(files);
  expect(next).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  expect(next.outputs).toMatchObject({ "image-sha256": right["image-sha256"], "output-id": right["output-id"] });
});

test("a cancelled build's containers end immediately, and its finished stages are cached", async () => {
  await using user = await unprivilegedUser();
  await using repository = await newRepository();
  const long = { "web.json": pipelineOf("touch one", "echo is two; sleep 1000.25") };
  const cancel = new AbortController();
  let running = ["not looked at"];
  const looked = new Promise<void>((resolve) =>
    cancel.signal.addEventListener("abort", async () => {
      await sleep(2000);
      running = processesOf("none", "sleep 1000.25").map(({ command }) => command);
      resolve();
    }),
  );
  const onLine = (line: string) => {
    if (line === "is two") cancel.abort();
  };
  const result = await repository.job(long, { cancel: cancel.signal, onLine, user });
  await looked;
  expect(running).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outcome: "cancelled", left: nothing });
  expect(result.annotations.map(({ message }) => message)).toEqual(["interrupted"]);
  // A stage that takes longer is kept by its tree's content, too.
  const kept = repository.service.caches().filter(({ key }) => !key.includes("-by-content-"));
  expect(kept).toHaveLength(1);
});

test("a build that takes too long is stopped, and says so", async () => {
  await using repository = await newRepository();
  const both = { "web.json": pipelineOf("sleep 1000.5"), "db.json": pipelineOf("sleep 1000.6") };
  const inputs = { pipeline: "web.json\ndb.json", "timeout-minutes": "0.02" };
  const result = await repository.job(both, { inputs });
  expect(result).toMatchObject({ outcome: "failure", left: nothing });
  expect(result.annotations.map(({ message }) => message)).toEqual(["not finished within timeout-minutes: 0.02"]);
});
