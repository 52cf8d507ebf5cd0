import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { restoreCache, saveCache } from "@actions/cache";
import { expect, test } from "@jest/globals";
import { newMachine } from "./as-job.ts";
import type { Fault, Route } from "./faults.ts";
import { type ServiceOptions, startService } from "./service.ts";

const main = { ref: "refs/heads/main" };
const content = randomBytes(6_000_000);

/** The real client's reaction to a fault: whether it saves, what it restores and prints, and the faulty request. */
async function suffer(route: Route, fault: Fault, options?: ServiceOptions) {
  await using service = await startService(options);
  await using machine = await newMachine(service);
  const file = `${machine.workspace}/file`;
  service.inject({ route, fault });
  writeFileSync(file, content);
  const saved = await machine.as(main, () => saveCache(["file"], "key"));
  rmSync(file);
  // After a failed download the client leaves a timer running, by default for ten minutes.
  const key = await machine.as(main, () => restoreCache(["file"], "key", [], { segmentTimeoutInMs: 2000 }));
  return {
    saved: saved !== -1,
    restored: key !== undefined && readFileSync(file).equals(content),
    said: machine.said(),
    request: service.requests().find((logged) => logged.fault !== undefined),
  };
}

test("an error status comes in the form that the client reads, and it retries only what it should", async () => {
  for (const status of [401, 403, 409, 429]) {
    const fault = { type: "status", status, message: `no, ${status}` } as const;
    const refusedSave = await suffer("CreateCacheEntry", fault);
    expect(refusedSave).toMatchObject({ saved: false, restored: false, request: { status, fault: "status" } });
    const refusedRestore = await suffer("GetCacheEntryDownloadURL", fault);
    expect(refusedRestore).toMatchObject({ saved: true, restored: false });
    expect(refusedRestore.said).toContain(`no, ${status}`);
  }
});

test("a full service differs from a refusing one in its message", async () => {
  const fault = { type: "status", status: 403, message: "insufficient usage to create" } as const;
  const { saved, said } = await suffer("GetCacheEntryDownloadURL", fault);
  expect(saved).toBe(true);
  expect(said).toContain("Cache storage quota has been hit");
});

test("a temporary status 500 is survived", async () => {
  const outcome = await suffer("GetCacheEntryDownloadURL", { type: "status", status: 500 });
  expect(outcome).toMatchObject({ saved: true, restored: true, request: { status: 500 } });
  expect(outcome.said).toContain("Attempt 1 of 5 failed");
});

test("an interrupted download isn't restored, neither in one piece nor in Azure's ranges", async () => {
  for (const azure of [false, true]) {
    const cut = await suffer("GetBlob", { type: "cut", after: 1_000_000 }, { azure });
    expect(cut).toMatchObject({ saved: true, restored: false, request: { status: undefined, sent: 1_000_000 } });
  }
});

test("a truncated and a corrupted download aren't restored", async () => {
  const truncated = await suffer("GetBlob", { type: "truncated", after: 1_000_000 });
  expect(truncated).toMatchObject({ saved: true, restored: false, request: { status: 200, sent: 1_000_000 } });
  expect(truncated.said).toContain("Cache Size: ~1 MB (1000000 B)");
  const corrupted = await suffer("GetBlob", { type: "corrupted", at: 3_000_000 });
  expect(corrupted).toMatchObject({ saved: true, restored: false, request: { status: 200 } });
});

test("a truncated upload is detected when it is finalized; an interrupted one is sent again", async () => {
  const truncated = await suffer("PutBlob", { type: "truncated", after: 1_000_000 });
  expect(truncated).toMatchObject({ saved: false, restored: false, request: { status: 201 } });
  const cut = await suffer("PutBlob", { type: "cut", after: 1_000_000 });
  expect(cut).toMatchObject({ saved: true, restored: true, request: { status: undefined } });
});

test("the client waits for a slow service", async () => {
  const before = performance.now();
  const slow = await suffer("GetBlob", { type: "slow", delay: 200, bytesPerSecond: 20_000_000 });
  expect(slow).toMatchObject({ saved: true, restored: true });
  expect(performance.now() - before).toBeGreaterThan(500);
});

test("a fault affects the request that it is for, as often as it says", async () => {
  await using service = await startService();
  await using machine = await newMachine(service);
  const fault = { type: "status", status: 429 } as const;
  service.inject({ route: "CreateCacheEntry", name: /^stage-/, skip: 1, times: 2, fault });
  writeFileSync(`${machine.workspace}/file`, "");
  for (const key of ["other", "stage-1", "stage-2", "other-2", "stage-3", "stage-4"])
    await machine.as(main, () => saveCache(["file"], key));
  expect(service.caches().map(({ key }) => key)).toEqual(["other", "stage-1", "other-2", "stage-4"]);
});
