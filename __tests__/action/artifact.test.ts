import { writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { uploadArtifact } from "../../src/action/artifact.ts";
import type { Job } from "../../src/action/job.ts";
import { newMachine } from "../support/actions/as-job.ts";
import type { Job as WorkflowJob } from "../support/actions/jobs.ts";
import { startService } from "../support/actions/service.ts";

/** A runner on which jobs upload a file, `web`, with this text. */
async function start() {
  const service = await startService();
  const machine = await newMachine(service);
  const root = machine.workspace;
  return {
    service,
    upload: (job: WorkflowJob, text: string) =>
      machine.as(job, async () => {
        writeFileSync(`${root}/web`, text);
        const { RUNNER_TEMP: temporary } = process.env;
        const here = { runner: { env: process.env, temporary, runUrl: "run" }, directory: temporary, inputs: {} };
        const upload = { name: "web", files: [`${root}/web`], root, raw: true };
        return (await uploadArtifact(upload, here as unknown as Job)).id;
      }),
    ids: () => service.artifacts().map(({ id }) => id),
    async [Symbol.asyncDispose]() {
      await machine[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
    },
  };
}

const first = { ref: "refs/heads/main", name: "arm64" };
const again = { ...first, attempt: 2, artifactsOf: 1 };
const taken = `another job or step of this run has an artifact named "web"`;

test("an artifact of an earlier attempt of the job is replaced", async () => {
  await using all = await start();
  await all.upload(first, "old");
  expect(await all.upload(again, "new")).toBe(2);
  expect(all.ids()).toEqual([2]);
});

test("another job's artifact is kept, in this attempt and in a later one", async () => {
  await using all = await start();
  await all.upload(first, "arm64");
  await expect(all.upload({ ...first, name: "amd64" }, "amd64")).rejects.toThrow(taken);
  await expect(all.upload({ ...again, name: "amd64" }, "amd64")).rejects.toThrow(taken);
  expect(all.ids()).toEqual([1]);
});

test("an artifact of an earlier step of the job in this attempt is kept", async () => {
  await using all = await start();
  await all.upload(first, "one");
  await expect(all.upload(first, "two")).rejects.toThrow(taken);
  expect(await all.upload(again, "one")).toBe(2);
  await expect(all.upload(again, "two")).rejects.toThrow(taken);
  expect(all.ids()).toEqual([2]);
});

test("an upload that fails for another reason reports it and deletes nothing", async () => {
  await using all = await start();
  await all.upload(first, "old");
  all.service.inject({ route: "CreateArtifact", fault: { type: "status", status: 403, message: "no quota" } });
  await expect(all.upload(again, "new")).rejects.toThrow("no quota");
  expect(all.ids()).toEqual([1]);
});

test("an artifact with an unknown owner isn't deleted", async () => {
  await using all = await start();
  await all.upload(first, "old");
  all.service.inject({ route: "ListArtifacts", fault: { type: "status", status: 503 } });
  await expect(all.upload(again, "new")).rejects.toThrow(taken);
  expect(all.ids()).toEqual([1]);
});
