import { writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { runBuilder } from "../../src/action/builder-process.ts";
import { scratch } from "../support/store.ts";

/** Runs a program in place of the builder. Returns its messages and its failure. */
async function hear(program: string) {
  await using place = await scratch();
  const directory = place.path;
  writeFileSync(`${directory}/builder.mjs`, program);
  const [messages, errors]: [unknown[], string[]] = [[], []];
  const request = {
    pipelines: [],
    store: "",
    libdirs: [],
    buildEnv: undefined,
    mirrors: undefined,
    variables: [],
    secrets: [],
    installDependencies: false,
    upload: false,
    jobs: null,
  };
  const failure = await runBuilder(
    {
      ...request,
      budget: { maxSize: null, maxGrowth: null },
      bootTest: null,
      sbom: [],
      attest: false,
      verify: false,
      freshness: { refresh: [], maxAge: undefined, noCache: false },
      debug: false,
      cache: null,
      remote: null,
      transfer: directory,
    },
    {
      directory,
      program: `${directory}/builder.mjs`,
      path: "/usr/bin:/bin",
      caches: { cache: undefined, remote: undefined },
      pull: async () => ({ type: "failed", problems: [] }),
      onMessage: (message) => messages.push(message),
      onDebug: () => undefined,
      onError: (line) => errors.push(line),
      signal: new AbortController().signal,
    },
  ).catch((error: Error) => error.message);
  return { messages, errors, failure };
}

test("a line that isn't a message is foreign text", async () => {
  const program = `console.log('{"type":"event"}'); console.log("##[error]no"); console.log('{"type":"built"}')`;
  const { messages, errors, failure } = await hear(program);
  expect({ messages, errors, failure }).toEqual({
    messages: [{ type: "event" }, { type: "built" }],
    errors: ["##[error]no"],
    failure: undefined,
  });
});

test.each([
  ["throw new TypeError('no way')", 1, "TypeError: no way"],
  ["process.stderr.write('out of luck\\n'); process.exit(9)", 9, "out of luck"],
])("the reason for a builder's end is its error: %s", async (program, code, reason) => {
  expect((await hear(program)).failure).toBe(`the builder ended with exit code ${code}: ${reason}`);
});
