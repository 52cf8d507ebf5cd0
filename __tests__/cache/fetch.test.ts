import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { keyBeginning } from "../../src/cache/entries.ts";
import type { Checkpoints } from "../../src/cache/request.ts";
import type { BuildEvent } from "../../src/events.ts";
import { readRef, type StoredResult } from "../../src/store/refs.ts";
import { encodeContents } from "../../src/tree/contents-file.ts";
import { newMachine, recordOf } from "../support/cache-machine.ts";
import { directoryCache } from "../support/directory-cache.ts";
import { damagesOf, putBack, strange } from "../support/misfits.ts";
import { scratch, sh } from "../support/store.ts";

/** Two stages and an image, built and saved by one machine. */
async function saved(directory: string, checkpoints?: Checkpoints) {
  const cache = directoryCache(directory);
  const builder = await newMachine(directory, cache, checkpoints);
  const first = await builder.stage("first", "1".repeat(4_300_000));
  const second = await builder.stage("second", "2");
  const image = await builder.output("image", { "image.raw": "bits" });
  for (const record of [first, second, image]) builder.saver.built(record);
  await builder.saver.done();
  return { cache, first, second, image };
}

const tempDirectory = async () => {
  const temporary = await scratch();
  mkdirSync(`${temporary.path}/cache`);
  return { ...temporary, path: `${temporary.path}/cache` };
};

test("a tree is fetched with the layers that it needs, and an image without any", async () => {
  await using directory = await tempDirectory();
  const { cache, first, second, image } = await saved(directory.path);
  const machine = await newMachine(directory.path, cache);
  expect(await machine.fetch([image, second, first])).toEqual(image);
  expect(await readRef(machine.layout, second.id)).toBeUndefined();
  expect(await machine.fetch([second, first])).toEqual(second);
  for (const digest of second.layers) expect(readFileSync(machine.layout.object(digest)).length).toBeGreaterThan(0);
  expect(readFileSync(`${machine.layout.object(image.object)}/image.raw`, "utf8")).toBe("bits");
  expect(machine.warnings).toEqual([]);
});

test("a result brings the ends of the logs of its pipeline's steps, and replaces none", async () => {
  await using directory = await tempDirectory();
  const { cache, first, second, image } = await saved(directory.path);
  const more = [..."0123456789"].map((digit) => digit.repeat(64));
  const steps = [first.id, second.id, ...more, image.id];
  const builder = await newMachine(directory.path, cache, "all", "true", steps);
  writeFileSync(builder.layout.log(first.id), `${"a line\n".repeat(20_000)}the last line\n`);
  writeFileSync(builder.layout.log(second.id), "second\n");
  for (const id of more) writeFileSync(builder.layout.log(id), "a line\n".repeat(20_000));
  await builder.stage("first", "1".repeat(4_300_000));
  builder.saver.built(await builder.output("image", { "image.raw": "bits" }), { replaces: true });
  await builder.saver.done();

  const machine = await newMachine(directory.path, cache, "all", "true", steps);
  writeFileSync(machine.layout.log(second.id), "its own\n");
  expect(await machine.fetch([image])).toEqual(image);
  const log = readFileSync(machine.layout.log(first.id), "utf8");
  expect(log).toMatch(/^\[… the beginning is omitted …\]\na line\n[\s\S]*\nthe last line\n$/);
  expect(log.length).toBeLessThan(70_000);
  expect(readFileSync(machine.layout.log(second.id), "utf8")).toBe("its own\n");
  // An entry brings nothing for steps that its reader doesn't have, however long their logs are.
  const other = await newMachine(directory.path, cache, "all", "true", [image.id]);
  expect(await other.fetch([image])).toEqual(image);
  expect(readdirSync(other.layout.logs)).toEqual([]);
  expect([...machine.warnings, ...other.warnings]).toEqual([]);
});

test("using an image keeps the entries from expiring that its next build stands on", async () => {
  await using directory = await tempDirectory();
  const cache = directoryCache(directory.path);
  const steps = ["first", "second", "image"].map((name) => recordOf("stage", name).id);
  const builder = await newMachine(directory.path, cache, "all", "true", steps);
  const first = await builder.stage("first", "1".repeat(4_300_000));
  const second = await builder.stage("second", "2");
  const made = await builder.output("image", { "image.raw": "bits" });
  const image = { ...made, parts: { ...made.parts, base: second.fingerprint } };
  for (const record of [first, second, image]) builder.saver.built(record);
  await builder.saver.done();
  const machine = await newMachine(directory.path, cache);
  cache.asked.length = 0;
  expect(await machine.fetch([image])).toEqual(image);
  await machine.saver.done();
  const [wanted, ...touched] = cache.asked;
  expect(wanted).toBe(keyBeginning("", image));
  expect(touched.sort()).toEqual(
    cache
      .keys()
      .filter((key) => !key.startsWith(keyBeginning("", image)))
      .sort(),
  );
});

test("an output without files is fetched, too", async () => {
  await using directory = await tempDirectory();
  const cache = directoryCache(directory.path);
  const builder = await newMachine(directory.path, cache);
  const empty = await builder.output("nothing", {});
  builder.saver.built(empty);
  await builder.saver.done();
  const machine = await newMachine(directory.path, cache);
  expect(await machine.fetch([empty])).toEqual(empty);
});

const damages: { readonly [what: string]: (entry: string, digest: string) => void } = {
  "another object": (entry, digest) => writeFileSync(`${entry}/${digest}`, "other"),
  "no object": (entry, digest) => rmSync(`${entry}/${digest}`),
  "a link": (entry, digest) => {
    rmSync(`${entry}/${digest}`);
    symlinkSync("/etc/hostname", `${entry}/${digest}`);
  },
  "half a description": (entry) =>
    writeFileSync(`${entry}/entry.json`, readFileSync(`${entry}/entry.json`).subarray(0, 99)),
  "another step's description": (entry) => replace(entry, /"fingerprint":"./, '"fingerprint":"f'),
  "a path for a name": (entry) => replace(entry, /"id":"\w+"/, '"id":"../../../etc/passwd"'),
  "another format": (entry) => replace(entry, '"version":2', '"version":3'),
};

function replace(entry: string, what: RegExp | string, by: string): void {
  writeFileSync(`${entry}/entry.json`, readFileSync(`${entry}/entry.json`, "utf8").replace(what, by));
}

test.each(Object.entries(damages))(
  "%s is dropped with one warning, and what lies below it is used",
  async (_, damage) => {
    await using directory = await tempDirectory();
    const { cache, first, second } = await saved(directory.path);
    damage(cache.entry(second), second.object);
    const machine = await newMachine(directory.path, cache);
    expect(await machine.fetch([second, first])).toEqual(first);
    expect(machine.warnings).toHaveLength(1);
    cache.asked.length = 0;
    expect(await machine.fetch([second])).toBeUndefined();
    expect(cache.asked).toEqual([]);
    expect(await readRef(machine.layout, second.id)).toBeUndefined();
  },
);

test("an image whose digests don't match its record is dropped", async () => {
  await using directory = await tempDirectory();
  const { cache, image } = await saved(directory.path);
  replace(cache.entry(image), /"sha256":"\w+"/, `"sha256":"${"0".repeat(64)}"`);
  const machine = await newMachine(directory.path, cache);
  expect(await machine.fetch([image])).toBeUndefined();
  expect(machine.warnings).toHaveLength(1);
});

/** An image with a list of its contents. */
async function savedImage(directory: string) {
  const cache = directoryCache(directory);
  const builder = await newMachine(directory, cache);
  const image = await builder.output("image", { "image.raw": "bits" });
  const entry = { kind: "file", size: 4, mode: 0o644, owner: "0:0", digest: "AAAA" } as const;
  const contents = encodeContents({
    database: "dpkg",
    distribution: null,
    packages: [],
    steps: [],
    entries: [{ ...entry, path: "/a", package: null }],
  });
  writeFileSync(builder.layout.contents(image.id), contents);
  builder.saver.built(image);
  await builder.saver.done();
  return { cache, image, contents, entry: cache.entry(image) };
}

test("an entry with anything else in place of its files is dropped with one warning", async () => {
  await using directory = await tempDirectory();
  const { cache, image, contents, entry } = await savedImage(directory.path);
  const parts = (key: string) => !key.startsWith("record.parts.") || key.endsWith("sourceEpoch");
  const object = `${entry}/${image.object}/image.raw`;
  const tables = [
    ...damagesOf(`${entry}/entry.json`, parts).map(([what, damage]) => ["entry.json", what, damage] as const),
    ...Object.entries(strange).map(([what, damage]) => ["contents.json", what, damage] as const),
    ["contents.json", "another text", (path: string) => writeFileSync(path, contents.replace("/a", "/z"))],
    ...Object.entries(strange).map(([what, damage]) => [`${image.object}/image.raw`, what, damage] as const),
    [image.object, "a link", (path: string) => sh('mv "$1" "$2/aside"; ln -s "$2/aside" "$1"', path, directory.path)],
    [image.object, "a FIFO", (path: string) => sh('mv "$1" "$2/aside"; mkfifo "$1"', path, directory.path)],
  ] as const;
  for (const [name, what, damage] of tables) {
    const path = `${entry}/${name}`;
    const bytes = name === image.object ? undefined : readFileSync(path);
    damage(path);
    const machine = await newMachine(directory.path, cache);
    const found = await machine.fetch([image]);
    expect([name, what, found, machine.warnings.length, machine.warnings.join().includes("bug")]).toEqual([
      ...[name, what, undefined, 1, false],
    ]);
    expect(existsSync(machine.layout.record(image.id))).toBe(false);
    expect(readdirSync(machine.layout.temporary)).toEqual([]);
    if (bytes !== undefined) putBack(path, bytes);
    else sh('rm "$1"; mv "$2/aside" "$1"', path, directory.path);
    rmSync(`${path}.aside`, { force: true });
  }
  const machine = await newMachine(directory.path, cache);
  expect([await machine.fetch([image]), machine.warnings]).toEqual([image, []]);
  expect(readFileSync(object, "utf8")).toBe("bits");
  expect(readFileSync(machine.layout.contents(image.id), "utf8")).toBe(contents);
});

test("an archive that holds more than it says is dropped before it is read", async () => {
  await using directory = await tempDirectory();
  const { cache, image, entry } = await savedImage(directory.path);
  sh(
    'cd "$1" && rm -r "$2" && truncate -s 1T image.raw && tar -Scf "$2" image.raw && rm image.raw',
    entry,
    image.object,
  );
  const size = Number(sh('stat -c %s "$1/$2"', entry, image.object));
  replace(entry, '"size":0', `"size":${size}`);
  const machine = await newMachine(directory.path, cache);
  expect(await machine.fetch([image])).toBeUndefined();
  expect(machine.warnings).toEqual([expect.stringContaining("is damaged")]);
});

test("a tree whose lower layer was evicted is built again with one warning, and its new entry replaces the old one", async () => {
  await using directory = await tempDirectory();
  const { cache, first, second, image } = await saved(directory.path);
  rmSync(cache.entry(first), { recursive: true });
  const dead = cache.entry(second);
  const machine = await newMachine(directory.path, cache);
  expect(await machine.fetch([second, first])).toBeUndefined();
  expect(await machine.fetch([second])).toBeUndefined();
  expect(machine.warnings).toEqual([expect.stringMatching(/is not used: it lacks results of earlier steps/)]);
  expect(existsSync(machine.layout.record(second.id))).toBe(false);

  machine.saver.built(await machine.stage("first", "1".repeat(4_300_000)));
  machine.saver.built(await machine.stage("second", "2"));
  await machine.saver.done();
  expect(cache.entry(second)).not.toBe(dead);
  rmSync(dead, { recursive: true });
  const next = await newMachine(directory.path, cache);
  expect(await next.fetch([second])).toMatchObject({ id: second.id, layers: second.layers });
  // Nothing else was saved again.
  expect(cache.keys()).toHaveLength([first, second, image].length);
  expect(next.warnings).toEqual([]);
});

test("an entry is saved beside another only if that one can't be used or is to be replaced", async () => {
  await using directory = await tempDirectory();
  const { cache, first } = await saved(directory.path);
  const count = () => cache.keys().filter((key) => key.startsWith(keyBeginning("", first))).length;
  const builder = await newMachine(directory.path, cache);
  const again = await builder.stage("first", "1".repeat(4_300_000));
  builder.saver.built(again);
  await builder.saver.done();
  expect(count()).toBe(1);
  const fresh = await builder.stage("other", "fresh");
  builder.saver.built({ ...again, object: fresh.object, layers: [fresh.object], size: fresh.size }, { replaces: true });
  await builder.saver.done();
  expect(count()).toBe(2);
  const machine = await newMachine(directory.path, cache);
  expect(await machine.fetch([first])).toMatchObject({ object: fresh.object });
});

test("an entry that was downloaded too long ago isn't fetched, and what is built instead is found from then on", async () => {
  await using directory = await tempDirectory();
  const cache = directoryCache(directory.path);
  const day = 24 * 3_600_000;
  const now = Date.now();
  const packages = (days: number, record: StoredResult): StoredResult => {
    const { id, fingerprint } = record;
    const run = { id, fingerprint, ran: now - days * day, unpinned: true, refreshed: false };
    return { ...record, ran: run.ran, runs: [run] };
  };
  const builder = await newMachine(directory.path, cache);
  const old = packages(38, await builder.stage("packages", "old"));
  builder.saver.built(old);
  await builder.saver.done();

  const machine = await newMachine(directory.path, cache);
  const wanted = { ...old, since: now - 7 * day };
  expect(await machine.tooOld([wanted])).toEqual([old.id]);
  expect(existsSync(machine.layout.object(old.object))).toBe(false);
  expect(machine.warnings).toEqual([]);
  const fresh = packages(0, await machine.stage("packages", "new"));
  machine.saver.built(fresh);
  await machine.saver.done();
  const next = await newMachine(directory.path, cache);
  expect(await next.fetch([wanted])).toEqual(fresh);
  expect(await (await newMachine(directory.path, cache)).fetch([old])).toEqual(fresh);
});

test("no layer is saved twice, except for small ones, and nothing that came from the cache", async () => {
  await using directory = await tempDirectory();
  const { cache, first, second } = await saved(directory.path, "auto");
  const entryOf = (record: StoredResult) => JSON.parse(readFileSync(`${cache.entry(record)}/entry.json`, "utf8"));
  const [below, middle] = [first, second].map((record) => expect.stringContaining(keyBeginning("", record)));
  expect(entryOf(second)).toMatchObject({ objects: [{ digest: second.object, size: 1 }], needs: [below] });
  const machine = await newMachine(directory.path, cache, "auto");
  await machine.fetch([second]);
  const third = { ...(await machine.stage("third", "3")), layers: [...second.layers, "3".repeat(64)] };
  const object = (await machine.stage("more", "3")).object;
  machine.saver.built({ ...third, object, layers: [...second.layers, object] });
  await machine.saver.done();
  expect(entryOf(third)).toMatchObject({ objects: [{ digest: object }], needs: [below, middle] });
});

test("an image's entry names the tree of its own pipeline, though another's has the same fingerprint", async () => {
  await using directory = await tempDirectory();
  const cache = directoryCache(directory.path);
  const machine = await newMachine(directory.path, cache);
  // Only the options differ, which ids cover and fingerprints don't.
  const fingerprint = "f".repeat(64);
  const pipeline = async (name: string) => {
    machine.startFrom({ ...machine.named(name), object: "", layers: [], files: [], size: 0 });
    const tree = { ...(await machine.stage(name, name)), fingerprint };
    const image = { ...(await machine.output(`${name} image`, { raw: name })), parts: { base: fingerprint } };
    const { built } = machine.saver.ofPipeline(() => undefined, [tree.id, image.id]);
    return { tree, image, built: (record: StoredResult) => built(record, { replaces: false }) };
  };
  const both = [await pipeline("web"), await pipeline("db")];
  for (const { tree, built } of both) built(tree);
  for (const { image, built } of both) built(image);
  await machine.saver.done();
  const images = both.map(({ image }) => image);
  const below = images.map((image) => JSON.parse(readFileSync(`${cache.entry(image)}/entry.json`, "utf8")).below);
  const ids = ["web", "db"].map((name) => machine.named(name).id);
  expect(below).toEqual(ids.map((id) => [expect.stringContaining(id)]));
});

test("a bad entry is replaced by the one of the step that is built instead", async () => {
  await using directory = await tempDirectory();
  const { cache, first } = await saved(directory.path);
  writeFileSync(`${cache.entry(first)}/${first.object}`, "harmed");
  const builder = await newMachine(directory.path, cache);
  expect(await builder.fetch([first])).toBeUndefined();
  builder.saver.built(await builder.stage("first", "1".repeat(4_300_000)));
  const other = await builder.stage("other", "o");
  builder.saver.built(other);
  await builder.saver.done();
  const machine = await newMachine(directory.path, cache);
  expect(await machine.fetch([other])).toEqual(other);
  expect(await machine.fetch([first])).toMatchObject({ object: first.object });
  expect(machine.warnings).toEqual([]);
});

test("a save that fails while the next pipeline is being built is a warning of its own pipeline", async () => {
  await using directory = await scratch();
  const cache = directoryCache(directory.path);
  const save = async () => {
    throw new Error("no more room");
  };
  const builder = await newMachine(directory.path, { ...cache, save });
  const heard: string[] = [];
  const hears = (pipeline: string) => (event: BuildEvent) => void heard.push(`${pipeline}: ${event.type}`);
  const [one, two] = [builder.saver.ofPipeline(hears("one"), []), builder.saver.ofPipeline(hears("two"), [])];
  one.built(await builder.stage("first", "1"), { replaces: false });
  two.built(await builder.stage("second", "2"), { replaces: false });
  await builder.saver.done();
  expect(heard).toEqual(["one: warning", "two: warning"]);
});
