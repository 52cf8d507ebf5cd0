import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { actionsCache } from "../../../src/action/cache/client.ts";
import type { Rivals } from "../../../src/remote/calls.ts";
import type { Injection } from "../../support/actions/faults.ts";
import type { Job } from "../../support/actions/jobs.ts";
import { type Service, startService } from "../../support/actions/service.ts";

const worker = [process.execPath, resolve(import.meta.dirname, "../../../dist/action/index.js"), "cache"];
const content = randomBytes(2_000_000);

/** The Actions cache of one job, through the clients in dist/. */
function newJob(service: Service, job: Partial<Job> = {}, patience = { restore: 60, save: 60 }, client = worker) {
  const transfer = mkdtempSync(`${tmpdir()}/cache-`);
  const warnings: string[] = [];
  const env = {
    PATH: "/usr/bin:/bin",
    GITHUB_SERVER_URL: "https://github.com",
    ...service.environment({ ref: "refs/heads/main", ...job }),
  };
  const signal = new AbortController().signal;
  const warn = (message: string) => void warnings.push(message);
  const cache = actionsCache({ worker: client, env, transfer, signal, patience, warn, debug: () => undefined });
  return {
    warnings,
    async save(key: string, unless: Rivals | null = { beginning: key, except: [] }) {
      const directory = mkdtempSync(`${transfer}/out-`);
      writeFileSync(`${directory}/object`, content);
      return cache.save(key, directory, unless);
    },
    async restore(...keys: string[]) {
      const found = await cache.restore(keys);
      if (found === undefined) return undefined;
      // Jest would take seconds to compare them byte by byte.
      expect(readFileSync(`${found.directory}/object`).equals(content)).toBe(true);
      return found.key;
    },
    newest: async (...beginnings: string[]) => (await cache.restoreNewest(beginnings))?.key,
    find: (...beginnings: string[]) => cache.findNewest(beginnings),
    [Symbol.dispose]: () => rmSync(transfer, { recursive: true }),
  };
}

test("an entry is found by the first key that has one, or as the newest with a prefix, and is never overwritten", async () => {
  await using service = await startService();
  using job = newJob(service);
  expect(await job.restore("none")).toBeUndefined();
  expect(await job.newest("latest-")).toBeUndefined();
  expect([await job.save("step-1"), await job.save("latest-1"), await job.save("latest-2")]).toEqual([
    true,
    true,
    true,
  ]);
  service.forgetRequests();
  expect(await job.save("step-1")).toBe(false);
  expect(service.requests().map(({ route }) => route)).toEqual(["GetCacheEntryDownloadURL"]);
  expect(await job.restore("step-3", "step-2", "step-1")).toBe("step-1");
  // A key that only has this prefix belongs to another step.
  expect(await job.restore("step")).toBeUndefined();
  expect(await job.newest("latest-")).toBe("latest-2");
  expect(job.warnings).toEqual([]);
});

test("the newest entry of a step is found without fetching it, and another is saved beside it only to replace it", async () => {
  await using service = await startService();
  using job = newJob(service);
  for (const key of ["a1-1", "a-1", "a-2"]) await job.save(key);
  service.forgetRequests();
  expect([await job.find("b-", "a-"), await job.find("b-")]).toEqual(["a-2", undefined]);
  expect(await job.save("a-3", { beginning: "a-", except: ["a-1"] })).toBe(false);
  expect(service.requests().map(({ route }) => route)).toEqual(Array(3).fill("GetCacheEntryDownloadURL"));
  expect(await job.save("a-3", { beginning: "a-", except: ["a-2"] })).toBe(true);
  expect(await job.save("a-4", null)).toBe(true);
  expect([await job.newest("b-", "a-"), await job.restore("a-2"), await job.newest("a1-")]).toEqual([
    ...["a-4", "a-2", "a1-1"],
  ]);
  expect(job.warnings).toEqual([]);
});

test("an entry that can't be fetched is no reason not to save another", async () => {
  await using service = await startService();
  using job = newJob(service);
  await job.save("a-1");
  service.inject({ route: "GetBlob", fault: { type: "corrupted", at: 1_000_000 }, name: /a-1/, times: 1000 });
  expect(await job.newest("a-")).toBeUndefined();
  expect(await job.save("a-2", { beginning: "a-", except: [] })).toBe(true);
  expect(await job.newest("a-")).toBe("a-2");
});

/** The effect of a fault: calls go on, or no more of this kind are made, or none at all. */
const faults: readonly (Injection & { readonly off: "none" | "restore" | "save" | "both"; readonly says?: RegExp })[] =
  [
    ...[401, 403].map((status) => refused("GetCacheEntryDownloadURL", status, "restore")),
    refused("GetCacheEntryDownloadURL", 429, "both", /rate limit/),
    refused("GetCacheEntryDownloadURL", 500, "none"),
    ...[401, 403].map((status) => refused("CreateCacheEntry", status, "save", RegExp(`${status}`))),
    refused("CreateCacheEntry", 409, "none"),
    refused("CreateCacheEntry", 429, "both", /rate limit/),
    { route: "GetBlob", fault: { type: "cut", after: 1_000_000 }, off: "restore" },
    refused("GetBlob", 403, "restore", /may not read/),
    refused("GetBlob", 503, "none"),
    { route: "GetBlob", fault: { type: "slow", delay: 100, bytesPerSecond: 20_000_000 }, off: "none" },
    { route: "PutBlob", fault: { type: "cut", after: 1_000_000 }, off: "none" },
    { route: "PutBlob", fault: { type: "truncated", after: 1_000_000 }, off: "save" },
  ];

function refused(route: Injection["route"], status: number, off: "none" | "restore" | "save" | "both", says = /./) {
  return { route, fault: { type: "status", status }, off, says } as const;
}

test.concurrent.each(faults)(
  "$route with $fault.type $fault.status: $off is given up",
  async ({ off, says = /./, ...injection }) => {
    await using service = await startService();
    using before = newJob(service);
    await before.save("old");
    using job = newJob(service);
    service.inject(injection);
    if (injection.route === "GetBlob" || injection.route.startsWith("Get")) await job.restore("old");
    else await job.save("new-1");
    expect(job.warnings).toEqual(off === "none" ? [] : [expect.stringMatching(says)]);
    if (off === "none") return;
    service.forgetRequests();
    const restored = await job.restore("old");
    const saved = await job.save("new-2");
    expect({ restored, saved }).toEqual({
      restored: off === "restore" || off === "both" ? undefined : "old",
      saved: !(off === "save" || off === "both"),
    });
    if (off === "both") expect(service.requests()).toEqual([]);
    expect(job.warnings).toHaveLength(1);
  },
);

test.each([
  [{ azure: false }, { route: "GetBlob", fault: { type: "status", status: 404 } }],
  // Azure's client prints nothing for this.
  [{ azure: true }, { route: "HeadBlob", fault: { type: "status", status: 404 } }],
  [{ azure: true }, { route: "GetBlob", fault: { type: "status", status: 404 } }],
] as const)("an entry that is gone when it is fetched is one that isn't there: %j %j", async (options, injection) => {
  await using service = await startService(options);
  using job = newJob(service);
  await job.save("first");
  await job.save("second");
  service.inject({ ...injection, name: /first/, times: 1000 });
  expect(await job.restore("first", "second")).toBe("second");
  expect(await job.newest("first")).toBeUndefined();
  expect([await job.restore("second"), await job.save("third"), await job.restore("third")]).toEqual([
    "second",
    true,
    "third",
  ]);
  expect(job.warnings).toEqual([]);
});

test.each([{ type: "corrupted", at: 1_000_000 } as const, { type: "truncated", after: 1_000_000 } as const])(
  "a damaged entry counts as missing, with one warning; after three, no more are fetched: %j",
  async (fault) => {
    await using service = await startService();
    using job = newJob(service);
    for (const key of ["bad-1", "bad-2", "bad-3", "good"]) await job.save(key);
    service.inject({ route: "GetBlob", fault, name: /bad/, times: 1000 });
    expect(await job.restore("bad-1", "bad-2", "good")).toBe("good");
    expect(job.warnings).toEqual([expect.stringMatching(/^an entry of the Actions cache is damaged .*: bad-1$/)]);
    expect([await job.restore("bad-3", "good"), await job.restore("good")]).toEqual([undefined, undefined]);
    expect([job.warnings.length, await job.save("new")]).toEqual([1, true]);
  },
);

test.each([
  ["exit(3)", "ended with exit code 3"],
  ["kill(process.pid, 'SIGKILL')", "was ended by SIGKILL"],
  ["stdin.once('data', () => { throw new TypeError('no way') })", "TypeError: no way"],
])("the warning says why a client ended by itself: %s", async (code, why) => {
  await using service = await startService();
  using job = newJob(service, {}, undefined, [process.execPath, "-e", `process.${code}`]);
  expect(await job.restore("a")).toBeUndefined();
  expect(job.warnings).toEqual([expect.stringContaining(why)]);
});

test("a read-only token, a full cache and a missing cache give one warning each", async () => {
  await using service = await startService();
  using reader = newJob(service, { cache: "read" });
  expect([await reader.save("a"), await reader.save("b"), await reader.restore("a")]).toEqual([
    false,
    false,
    undefined,
  ]);
  expect(reader.warnings).toEqual([expect.stringContaining("only reads")]);
  using nobody = newJob(service, { cache: "none" });
  expect([await nobody.restore("a"), await nobody.save("a")]).toEqual([undefined, false]);
  expect(nobody.warnings).toHaveLength(1);
  using job = newJob(service);
  const fault = { type: "status", status: 403, message: "insufficient usage to create" } as const;
  service.inject({ route: "CreateCacheEntry", fault });
  expect(await job.save("a")).toBe(false);
  expect(job.warnings).toEqual([expect.stringContaining("quota")]);
});

test("a service that hangs isn't called again", async () => {
  await using service = await startService();
  using job = newJob(service, {}, { restore: 2, save: 2 });
  service.inject({ route: "GetCacheEntryDownloadURL", fault: { type: "slow", delay: 60_000 } });
  expect(await job.restore("a")).toBeUndefined();
  expect(await job.restore("a")).toBeUndefined();
  expect(job.warnings).toEqual([expect.stringContaining("within 2 s")]);
});
