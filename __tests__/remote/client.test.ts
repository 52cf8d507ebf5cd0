import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { Problem } from "../../src/errors.ts";
import { registryClient } from "../../src/registry/client.ts";
import type { Credential } from "../../src/registry/credentials.ts";
import { remoteClient } from "../../src/remote/client.ts";
import { directoryStorage } from "../../src/remote/directory.ts";
import type { EntryStorage } from "../../src/remote/storage.ts";
import { damageBlob, inFrontOf, startRegistry, startTokenServer, user } from "../support/registry.ts";
import { scratch, sh } from "../support/store.ts";

const beginning = `osbuild-v2-x64-0123456789abcdef-${"a".repeat(64)}-`;
const key = (number: number) => `${beginning}${number}-0000000${number}`;

/** A machine that uses a place. */
function machine(directory: string, storage: EntryStorage) {
  const transfer = mkdtempSync(`${directory}/transfer-`);
  const warnings: string[] = [];
  const warn = ({ message }: Problem) => void warnings.push(message);
  const both = { restore: storage, save: storage };
  const client = remoteClient({ name: "the-place", storage: both, transfer, warn, debug: () => undefined });
  return {
    ...client,
    warnings,
    /** Saves an entry with these files. */
    saveFiles(name: string, files: Readonly<Record<string, string>>, except: readonly string[] = []) {
      const out = mkdtempSync(`${transfer}/out-`);
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(`${out}/${path}`), { recursive: true });
        writeFileSync(`${out}/${path}`, text);
      }
      return client.save(name, out, { beginning, except });
    },
    /** The files in transit. */
    left: () => readdirSync(transfer),
  };
}

const read = (directory: string | undefined, file: string) => readFileSync(`${directory}/${file}`, "utf8");

const registryStorage = (registry: string, credential?: Credential) =>
  registryClient({
    reference: { registry, repository: "team/images" },
    credential: async () => credential,
    pauses: [0.01],
  });

/** An empty place of each kind. */
const kinds = {
  async directory() {
    const directory = await scratch();
    const place = `${directory.path}/place`;
    mkdirSync(place);
    const open = () => directoryStorage(place);
    const damage = (digest: string) => writeFileSync(`${place}/blobs/${digest}`, "xxxx");
    return { open, damage, path: directory.path, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
  },
  async registry() {
    const directory = await scratch();
    const registry = await startRegistry();
    const open = () => registryStorage(registry.host);
    const damage = (digest: string) => damageBlob(registry, digest);
    const dispose = async () => {
      await registry[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    };
    return { open, damage, path: directory.path, [Symbol.asyncDispose]: dispose };
  },
};

describe.each(Object.entries(kinds))("in a %s", (_, place) => {
  test("an entry comes back by its key and by the beginning of its key, with all its files", async () => {
    await using there = await place();
    const [here, other] = [machine(there.path, there.open()), machine(there.path, there.open())];
    expect(await here.restoreNewest([beginning])).toBeUndefined();
    expect(await here.saveFiles(key(1), { "entry.json": "{}", "output/a/b": "bits" })).toBe(true);
    const found = await other.restoreNewest([`${beginning}other-`, beginning]);
    expect(found?.key).toBe(key(1));
    expect(read(found?.directory, "output/a/b")).toBe("bits");
    expect((await other.restore([key(2), key(1)]))?.key).toBe(key(1));
    expect(await other.findNewest([beginning])).toBe(key(1));
    expect(here.left()).toEqual([]);
    expect([...here.warnings, ...other.warnings]).toEqual([]);
  });

  test("an entry isn't saved beside another, unless that can't be used; both are there then, and the newer counts", async () => {
    await using there = await place();
    const here = machine(there.path, there.open());
    expect(await here.saveFiles(key(1), { "entry.json": "1" })).toBe(true);
    expect(await here.saveFiles(key(2), { "entry.json": "2" })).toBe(false);
    expect(await here.saveFiles(key(3), { "entry.json": "3" }, [key(1)])).toBe(true);
    expect(read((await here.restoreNewest([beginning]))?.directory, "entry.json")).toBe("3");
    expect(read((await here.restore([key(1)]))?.directory, "entry.json")).toBe("1");
  });

  test("two machines can save entries of one step at once", async () => {
    await using there = await place();
    const machines = [machine(there.path, there.open()), machine(there.path, there.open())] as const;
    const saves = machines.map((each, index) => each.saveFiles(key(index), { "entry.json": "same", own: `${index}` }));
    expect(await Promise.all(saves)).toContain(true);
    const found = await machines[0].restoreNewest([beginning]);
    expect(read(found?.directory, "own")).toBe(found?.key === key(0) ? "0" : "1");
    expect(machines.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  test("a damaged entry is no entry, with one warning, and no reason not to save another", async () => {
    await using there = await place();
    await machine(there.path, there.open()).saveFiles(key(1), { "entry.json": "bits" });
    there.damage(sh("printf bits | sha256sum").slice(0, 64));
    const here = machine(there.path, there.open());
    for (let times = 0; times < 2; times++) expect(await here.restoreNewest([beginning])).toBeUndefined();
    expect(here.warnings).toEqual([expect.stringMatching(/^an entry of the remote the-place is damaged/)]);
    expect(await here.saveFiles(key(2), { "entry.json": "others" })).toBe(true);
    expect((await here.restoreNewest([beginning]))?.key).toBe(key(2));
  });
});

test("in a directory, the entry that replaces a damaged one heals it", async () => {
  await using there = await kinds.directory();
  await machine(there.path, there.open()).saveFiles(key(1), { "entry.json": "bits" });
  there.damage(sh("printf bits | sha256sum").slice(0, 64));
  const here = machine(there.path, there.open());
  await here.restoreNewest([beginning]);
  await here.saveFiles(key(2), { "entry.json": "bits" });
  const next = machine(there.path, there.open());
  expect(read((await next.restore([key(1)]))?.directory, "entry.json")).toBe("bits");
});

test.each([
  ["blobs", "the folder of blobs"],
  ["tags", "the folder of tags"],
  [`tags/${beginning.slice(0, -1)}`, "a tag"],
  [`blobs/${sh("printf bits | sha256sum").slice(0, 64)}`, "a blob"],
])("in a directory, a link in place of %s isn't followed", async (name) => {
  await using there = await kinds.directory();
  const [place, outside] = [`${there.path}/place`, `${there.path}/outside`];
  await machine(there.path, there.open()).saveFiles(key(1), { "entry.json": "bits" });
  renameSync(`${place}/${name}`, outside);
  symlinkSync(outside, `${place}/${name}`);
  const here = machine(there.path, there.open());
  expect(await here.restoreNewest([beginning])).toBeUndefined();
  expect(here.warnings).toHaveLength(1);
});

test.each(["../../escaped", "/escaped", "a/../../escaped", ""])(
  "an entry with a file at %j is refused, because that isn't below it",
  async (path) => {
    await using there = await kinds.directory();
    await machine(there.path, there.open()).saveFiles(key(1), { entry: "bits" });
    const tag = `${there.path}/place/tags/${key(1)}`;
    writeFileSync(tag, readFileSync(tag, "utf8").replace('title":"entry"', `title":"${path}"`));
    const here = machine(there.path, there.open());
    expect(await here.restore([key(1)])).toBeUndefined();
    expect(here.warnings).toEqual([expect.stringContaining("the manifest is damaged")]);
  },
);

test("what a machine that stopped left unfinished is removed after a day", async () => {
  await using there = await kinds.directory();
  mkdirSync(`${there.path}/place/tmp`);
  sh('cd "$1" && touch new && touch --date="2 days ago" old', `${there.path}/place/tmp`);
  await machine(there.path, there.open()).saveFiles(key(1), { entry: "bits" });
  expect(readdirSync(`${there.path}/place/tmp`)).toEqual(["new"]);
});

test("who may only read a registry is told once, and reads on", async () => {
  await using directory = await scratch();
  await using tokens = await startTokenServer();
  await using registry = await startRegistry(tokens);
  const owner: Credential = { type: "password", username: user.name, password: user.password };
  const writer = machine(directory.path, registryStorage(registry.host, owner));
  expect(await writer.saveFiles(key(1), { entry: "bits" })).toBe(true);
  const reader = machine(directory.path, registryStorage(registry.host));
  for (let times = 0; times < 2; times++)
    expect(await reader.saveFiles(key(2), { entry: "other" }, [key(1)])).toBe(false);
  expect((await reader.restoreNewest([beginning]))?.key).toBe(key(1));
  expect(reader.warnings).toEqual([expect.stringMatching(/^this build may not save to the remote the-place/)]);
});

test("a registry that fails isn't asked again, and the build hears of it once", async () => {
  await using directory = await scratch();
  await using registry = await startRegistry();
  await using front = await inFrontOf(registry, () => 503);
  const here = machine(directory.path, registryStorage(front.host));
  expect(await here.restoreNewest([beginning])).toBeUndefined();
  const asked = front.requests.length;
  expect(await here.findNewest([beginning])).toBeUndefined();
  expect(front.requests).toHaveLength(asked);
  expect(here.warnings).toEqual([expect.stringMatching(/^the remote the-place failed, .*HTTP status 503$/)]);
});

test("an interruption is no failure of the remote", async () => {
  await using directory = await scratch();
  await using registry = await startRegistry();
  const interrupt = new AbortController();
  await using front = await inFrontOf(registry, () => {
    interrupt.abort();
    return 503;
  });
  const here = machine(
    directory.path,
    registryClient({
      reference: { registry: front.host, repository: "team/images" },
      credential: async () => undefined,
      signal: interrupt.signal,
    }),
  );
  expect(await here.restoreNewest([beginning])).toBeUndefined();
  expect(here.warnings).toEqual([]);
});

test("a registry that breaks off in the middle of an entry leaves nothing of it", async () => {
  await using directory = await scratch();
  await using registry = await startRegistry();
  await machine(directory.path, registryStorage(registry.host)).saveFiles(key(1), { entry: "bits".repeat(50_000) });
  await using front = await inFrontOf(registry, ({ url = "" }) => (/blobs/.test(url) ? "cut" : undefined));
  const here = machine(directory.path, registryStorage(front.host));
  expect(await here.restoreNewest([beginning])).toBeUndefined();
  expect(here.warnings).toHaveLength(1);
  expect(here.left()).toEqual([]);
});
