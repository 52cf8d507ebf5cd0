import { expect, test } from "@jest/globals";
import { newRepository, nothing, pipelineOf } from "../support/action.ts";
import type { Injection } from "../support/actions/faults.ts";

const files = { "web.json": pipelineOf("cp /usr/bin/perl blob", "touch last") };
const always = 1000;

/** Permanent faults of the service, after a build's results have been saved to it. */
const faults: readonly Omit<Injection, "times">[] = [
  { route: "GetCacheEntryDownloadURL", fault: { type: "status", status: 429 } },
  { route: "GetCacheEntryDownloadURL", fault: { type: "status", status: 401 } },
  { route: "GetBlob", fault: { type: "cut", after: 500 } },
  { route: "GetBlob", fault: { type: "truncated", after: 500 } },
  { route: "GetBlob", fault: { type: "corrupted", at: 300 } },
];

test.each(faults)("$route with $fault.type $fault.status: the build succeeds and warns once", async (injection) => {
  await using repository = await newRepository();
  const { outputs } = await repository.job(files);
  repository.service.inject({ ...injection, times: always });
  const result = await repository.job(files);
  expect(result).toMatchObject({ outcome: "success", left: nothing, annotations: [{ type: "warning" }] });
  expect(result.annotations).toHaveLength(1);
  expect(result.outputs["image-sha256"]).toBe(outputs["image-sha256"]);
});

test("a cache that can't be written to doesn't fail the build", async () => {
  await using repository = await newRepository();
  repository.service.inject({ route: "CreateCacheEntry", times: always, fault: { type: "status", status: 429 } });
  const limited = await repository.job(files);
  expect(limited).toMatchObject({ outcome: "success", annotations: [{ type: "warning" }] });
  expect(repository.service.requests().filter(({ route }) => route === "CreateCacheEntry")).toHaveLength(1);
  const readOnly = await repository.job(files, {
    job: { ref: "refs/pull/1/merge", base: "refs/heads/main", cache: "read" },
  });
  expect(readOnly).toMatchObject({ outcome: "success", annotations: [{ type: "warning" }] });
  expect(readOnly.annotations).toHaveLength(1);
});
