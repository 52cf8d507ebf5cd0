import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { actionsCache } from "../../src/action/cache/client.ts";
import { newRepository, nothing, type Repository } from "../support/action.ts";
import type { User } from "../support/actions/processes.ts";
import { unprivilegedUser } from "../support/actions/unprivileged-user.ts";
import { aptRepositoryFiles, debPackage } from "../support/apt-repository.ts";
import { type FarServer, farServer } from "../support/far-server.ts";
import { dpkg } from "../support/golden-repositories.ts";
import { scratch } from "../support/store.ts";

jest.setTimeout(180_000);

let place: Awaited<ReturnType<typeof scratch>>;
let server: FarServer;
let repository: Repository;
let user: User & AsyncDisposable;
let debs: readonly string[];
let files: Readonly<Record<string, unknown>>;
const { key, secret } = aptRepositoryFiles("test", []);

/** Switches the mirror on: it has its packages from now on. */
function mirrorOn(): void {
  for (const [path, content] of aptRepositoryFiles("test", debs, { secret }).files) {
    mkdirSync(dirname(`${place.path}/served/debian${path}`), { recursive: true });
    writeFileSync(`${place.path}/served/debian${path}`, content);
  }
}

const mirrorOff = () => rmSync(`${place.path}/served/debian`, { recursive: true, force: true });

beforeAll(async () => {
  place = await scratch();
  mkdirSync(`${place.path}/served`);
  server = await farServer(`${place.path}/served`);
  repository = await newRepository();
  user = await unprivilegedUser();
  const fields = "Essential: yes\nPriority: extra\nSection: base\n";
  const base = await debPackage(place.path, "base", { fields, files: { "etc/base": "base\n" } });
  debs = [await dpkg(place.path), base];
  mirrorOn();
  const options = { suite: "test", variant: "essential", mirror: `${server.url}/debian`, keyring: key };
  const web = {
    stages: [{ name: "org.osbuild.debootstrap", options }],
    assembler: { name: "org.osbuild.tar", options: { filename: "web.tar" } },
  };
  let lock = "";
  const look = ({ workspace }: { readonly workspace: string }) => {
    lock = readFileSync(`${workspace}/web.lock.json`, "utf8");
  };
  await repository.job({ "web.json": web }, { action: "lock", user, inputs: { pipeline: "web.json" }, look });
  files = { "web.json": web, "web.lock.json": lock };
});
afterAll(async () => {
  for (const made of [user, repository, server, place]) await made[Symbol.asyncDispose]();
});

/** Builds on a fresh runner; returns what the log says of packages, and the requests for their cache entry, too. */
async function build() {
  repository.service.forgetRequests();
  const result = await repository.job(files, { user });
  const requests = repository.service.requests().filter(({ name }) => name.startsWith("osbuild-sources-"));
  return {
    ...result,
    said: result.log.filter((line) => /the packages of|fetched \d+ of/.test(line)),
    requests: requests.map(({ route }) => route),
  };
}

/** Forgets the results of all steps. */
const evictResults = () => repository.service.evict(/^osbuild-v\d+-/);
const sourceKeys = () =>
  repository.service.caches().flatMap(({ key }) => (key.startsWith("osbuild-sources-") ? [key] : []));

test("the files of a lock are in the cache, and a fresh runner builds from them when the mirror is off", async () => {
  const first = await build();
  expect(first).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  expect(first.said).toEqual([
    expect.stringMatching(/^fetched 2 of 2 packages/),
    expect.stringMatching(
      /^saved the packages of org\.osbuild\.debootstrap to the Actions cache: [\d.]+ [KM]iB in [\d.]+ s, [\d.]+ [KM]iB\/s$/,
    ),
  ]);
  expect(sourceKeys()).toHaveLength(1);

  mirrorOff();
  // While the step's result is in the cache, its files aren't needed.
  expect(await build()).toMatchObject({ outputs: { "cache-hit": "full" }, said: [], requests: [] });

  await evictResults();
  const again = await build();
  expect(again).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  expect(again.outputs).toMatchObject({ "cache-hit": "none", "image-sha256": first.outputs["image-sha256"] });
  expect(again.said).toEqual([
    expect.stringMatching(/^fetched the packages of org\.osbuild\.debootstrap from the Actions cache: /),
  ]);
  expect(again.requests).toEqual(["GetCacheEntryDownloadURL", "GetBlob"]);
  expect(sourceKeys()).toHaveLength(1);
});

/** Saves a newer entry in place of the one with the lock's files, as whoever can write to the cache could. */
async function tamper(change: (directory: string) => void): Promise<void> {
  const transfer = mkdtempSync(`${place.path}/transfer-`);
  const env = { PATH: "/usr/bin:/bin", ...repository.service.environment({ ref: "refs/heads/main" }) };
  const cache = actionsCache({
    worker: [process.execPath, resolve(import.meta.dirname, "../../dist/action/index.js"), "cache"],
    env: { ...env, GITHUB_SERVER_URL: "https://github.com" },
    transfer,
    warn: (message) => expect(message).toBe(""),
    debug: () => undefined,
    signal: new AbortController().signal,
  });
  const known = sourceKeys().at(-1) as string;
  const found = await cache.restore([known]);
  change(found?.directory as string);
  const saved = await cache.save(known.replace(/-\d+-\w+$/, "-1-00000000"), found?.directory as string, null);
  expect(saved).toBe(true);
}

test("a tampered entry is refused with one warning, and the next job has a new one", async () => {
  const harm = (directory: string) => {
    const [name] = readdirSync(directory).sort();
    const content = readFileSync(`${directory}/${name}`);
    content[content.length - 1] = (content.at(-1) as number) ^ 1;
    writeFileSync(`${directory}/${name}`, content);
  };
  await tamper(harm);
  await evictResults();
  mirrorOn();
  const refused = await build();
  expect(refused).toMatchObject({ outcome: "success", left: nothing });
  expect(refused.annotations).toMatchObject([
    {
      type: "warning",
      message: expect.stringMatching(
        /^an entry of the cache with the packages of org\.osbuild\.debootstrap is damaged: 1 file in it can't be used, such as \w+ 1\.0, .*\nthe missing files are downloaded, and a new entry replaces this one$/,
      ),
    },
  ]);
  expect(refused.said.slice(-2)).toEqual([
    expect.stringMatching(/^fetched 1 of 1 packages/),
    expect.stringMatching(/^saved the packages of /),
  ]);

  mirrorOff();
  await evictResults();
  const next = await build();
  expect(next).toMatchObject({ outcome: "success", annotations: [], left: nothing });
  expect(next.outputs["image-sha256"]).toBe(refused.outputs["image-sha256"]);
});
