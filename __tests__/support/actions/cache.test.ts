import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { restoreCache, saveCache } from "@actions/cache";
import { expect, test } from "@jest/globals";
import { type Machine, newMachine } from "./as-job.ts";
import type { Job } from "./jobs.ts";
import { type ServiceOptions, startService } from "./service.ts";

const main: Job = { ref: "refs/heads/main" };
const topic: Job = { ref: "refs/heads/topic" };
const pullRequest: Job = { ref: "refs/pull/7/merge", base: "refs/heads/release" };
const release: Job = { ref: "refs/heads/release" };

async function start(options?: ServiceOptions) {
  const service = await startService(options);
  const machine = await newMachine(service);
  return {
    service,
    machine,
    async [Symbol.asyncDispose]() {
      await machine[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
    },
  };
}

/** Saves a file with this content under a key. */
function save(machine: Machine, job: Job, key: string, content: string | Buffer = key): Promise<number> {
  writeFileSync(`${machine.workspace}/file`, content);
  return machine.as(job, () => saveCache(["file"], key));
}

/** Restores on an empty machine. Returns the key that matched and the content. */
async function restore(machine: Machine, job: Job, key: string, restoreKeys: string[] = []) {
  rmSync(`${machine.workspace}/file`, { force: true });
  const matched = await machine.as(job, () => restoreCache(["file"], key, restoreKeys));
  return matched === undefined ? undefined : [matched, readFileSync(`${machine.workspace}/file`, "utf8")];
}

test("200 MB are uploaded in blocks and restored completely", async () => {
  const { uploads, downloads } = await roundTrip(200_000_000);
  expect(uploads.map(({ route }) => route)).toEqual(["PutBlock", "PutBlock", "PutBlock", "PutBlockList"]);
  expect(downloads).toHaveLength(1);
});

test("a cache is downloaded in ranges from Azure's host", async () => {
  const { uploads, downloads } = await roundTrip(20_000_000, { azure: true });
  expect(uploads.map(({ route }) => route)).toEqual(["PutBlob"]);
  expect(downloads).toHaveLength(5);
});

/**
 * Saves and restores a file of this size, and checks that every byte of its archive was sent once in each direction.
 */
async function roundTrip(length: number, options?: ServiceOptions) {
  await using both = await start(options);
  const { service, machine } = both;
  const file = `${machine.workspace}/image`;
  writeFileSync(file, randomBytes(length));
  const digest = sha256sum(file);
  expect(await machine.as(main, () => saveCache(["image"], "image-1"))).toBe(1);
  rmSync(file);
  expect(await machine.as(main, () => restoreCache(["image"], "image-1"))).toBe("image-1");
  expect(sha256sum(file)).toBe(digest);
  const uploads = service.requests().filter(({ route }) => route.startsWith("Put"));
  const downloads = service.requests().filter(({ route }) => route === "GetBlob");
  const size = service.caches()[0]?.size;
  expect(uploads.reduce((sum, { received }) => sum + received, 0)).toBe(size);
  expect(downloads.reduce((sum, { sent }) => sum + sent, 0)).toBe(size);
  return { uploads, downloads };
}

const sha256sum = (path: string) => spawnSync("sha256sum", [path], { encoding: "utf8" }).stdout;

test("a key matches exactly first, then as a prefix of the newest, then the restore keys in order", async () => {
  await using both = await start();
  const { machine } = both;
  for (const key of ["tree-a", "tree-ab", "tree-abc", "other-1", "other-2"]) await save(machine, main, key);
  expect(await restore(machine, main, "tree-a")).toEqual(["tree-a", "tree-a"]);
  expect(await restore(machine, main, "tree-")).toEqual(["tree-abc", "tree-abc"]);
  expect(await restore(machine, main, "none", ["other-", "tree-a"])).toEqual(["other-2", "other-2"]);
  expect(await restore(machine, main, "none", ["absent"])).toBeUndefined();
});

test("a lookup returns the key and downloads nothing", async () => {
  await using both = await start();
  const { service, machine } = both;
  await save(machine, main, "key");
  service.forgetRequests();
  expect(await machine.as(main, () => restoreCache(["file"], "key", [], { lookupOnly: true }))).toBe("key");
  expect(service.requests().map(({ route }) => route)).toEqual(["GetCacheEntryDownloadURL"]);
});

test("other paths have another version: their cache isn't found, and doesn't conflict", async () => {
  await using both = await start();
  const { service, machine } = both;
  await save(machine, main, "key");
  expect(await machine.as(main, () => restoreCache(["./file"], "key"))).toBeUndefined();
  expect(await machine.as(main, () => saveCache(["./file"], "key"))).toBe(2);
  expect(service.caches().map(({ key }) => key)).toEqual(["key", "key"]);
});

test("a branch reads its own caches, then its base's, then the default branch's, and no others", async () => {
  await using both = await start();
  const { machine } = both;
  await save(machine, main, "key-main");
  await save(machine, release, "key-release");
  await save(machine, topic, "key-topic");
  expect(await restore(machine, main, "key-")).toEqual(["key-main", "key-main"]);
  expect(await restore(machine, topic, "key-")).toEqual(["key-topic", "key-topic"]);
  expect(await restore(machine, pullRequest, "key-")).toEqual(["key-release", "key-release"]);
  await save(machine, pullRequest, "key-pull");
  expect(await restore(machine, pullRequest, "key-")).toEqual(["key-pull", "key-pull"]);
  expect(await restore(machine, release, "key-pull")).toBeUndefined();
  expect(await restore(machine, main, "key-topic")).toBeUndefined();
});

test("a key can be written once in a scope", async () => {
  await using both = await start();
  const { service, machine } = both;
  expect(await save(machine, main, "key", "first")).toBe(1);
  expect(await save(machine, main, "key", "second")).toBe(-1);
  expect(machine.said()).toContain("another job may be creating this cache");
  expect(service.requests().at(-1)).toMatchObject({ route: "CreateCacheEntry", status: 409 });
  expect(await save(machine, topic, "key", "topic's")).toBe(2);
  expect(await restore(machine, main, "key")).toEqual(["key", "first"]);
});

test("a read-only token can read but not write; one without scopes can do neither", async () => {
  await using both = await start();
  const { service, machine } = both;
  await save(machine, main, "key");
  expect(await save(machine, { ...main, cache: "read" }, "new")).toBe(-1);
  expect(machine.said()).toContain("cache write denied");
  expect(await restore(machine, { ...main, cache: "read" }, "key")).toEqual(["key", "key"]);
  expect(await restore(machine, { ...main, cache: "none" }, "key")).toBeUndefined();
  expect(machine.said()).toContain("cache read denied");
  expect(service.caches()).toHaveLength(1);
});

test("a token that the service did not issue is refused", async () => {
  await using both = await start();
  await using other = await startService();
  await using machine = await newMachine({
    ...both.service,
    environment: (job) => ({ ...other.environment(job), ACTIONS_RESULTS_URL: `${both.service.url}/` }),
  });
  expect(await save(machine, main, "key")).toBe(-1);
  expect(both.service.requests()).toMatchObject([{ route: "CreateCacheEntry", status: 401 }]);
});

test("over the quota the least recently used caches are evicted, and so are all that weren't used for a week", async () => {
  await using both = await start({ quota: 250_000 });
  const { service, machine } = both;
  const content = randomBytes(100_000);
  await save(machine, main, "a", content);
  await save(machine, main, "b", content);
  await machine.as(main, () => restoreCache(["file"], "a"));
  await save(machine, main, "c", content);
  expect(service.caches().map(({ key }) => key)).toEqual(["a", "c"]);

  service.advance(6 * 24 * 60 * 60 * 1000);
  expect(await restore(machine, main, "c")).toBeDefined();
  service.advance(2 * 24 * 60 * 60 * 1000);
  expect(await restore(machine, main, "a")).toBeUndefined();
  expect(service.caches().map(({ key }) => key)).toEqual(["c"]);
});

test("the limits of uploads and downloads per minute are enforced if they are switched on", async () => {
  await using both = await start({ uploadsPerMinute: 2, downloadsPerMinute: 1 });
  const { service, machine } = both;
  expect([await save(machine, main, "a"), await save(machine, main, "b"), await save(machine, main, "c")]).toEqual([
    1, 2, -1,
  ]);
  expect(machine.said()).toContain("your rate limit will reset in 60 seconds");
  expect(await restore(machine, main, "a")).toBeDefined();
  expect(await restore(machine, main, "a")).toBeUndefined();
  service.advance(61_000);
  expect(await save(machine, main, "c")).toBe(3);
  expect(await restore(machine, main, "a")).toBeDefined();
});

test("a URL that has expired, was changed or is for the other direction is refused", async () => {
  await using both = await start({ urlLifetime: 1000 });
  const { service, machine } = both;
  await save(machine, main, "key");
  const token = service.environment(main).ACTIONS_RUNTIME_TOKEN;
  const response = await fetch(
    `${service.url}/twirp/github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL`,
    {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ key: "key", version: service.caches()[0]?.version }),
    },
  );
  const { signed_download_url: url } = (await response.json()) as { signed_download_url: string };
  const status = async (target: string, method = "GET") => (await fetch(target, { method })).status;
  expect(await status(url)).toBe(200);
  expect(await status(url, "PUT")).toBe(403);
  expect(await status(url.replace("sp=r", "sp=cw"), "PUT")).toBe(403);
  expect(await status(url.replace(/se=[^&]*/, "se=2999-01-01T00:00:00Z"))).toBe(403);
  service.advance(2000);
  expect(await status(url)).toBe(403);
});

test("an interrupted upload keeps its key until its URL expires", async () => {
  await using both = await start({ urlLifetime: 60_000 });
  const { service, machine } = both;
  service.inject({ route: "PutBlob", fault: { type: "status", status: 400 } });
  expect(await save(machine, main, "key")).toBe(-1);
  expect(await save(machine, main, "key")).toBe(-1);
  service.advance(61_000);
  expect(await save(machine, main, "key")).toBe(1);
  expect(statSync(service.caches()[0]?.path ?? "").size).toBe(service.caches()[0]?.size);
});
