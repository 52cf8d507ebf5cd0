import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import type { Cache } from "../../src/cache/cache.ts";
import { type Checkpoints, openSaver } from "../../src/cache/checkpoints.ts";
import { entryKey } from "../../src/cache/entries.ts";
import { openFetcher } from "../../src/cache/fetch.ts";
import { openStateKeeper } from "../../src/cache/state.ts";
import type { BuildEvent } from "../../src/events.ts";
import { createStore } from "../../src/store/layout.ts";
import { addDirectory, addFile } from "../../src/store/objects.ts";
import { type Record, readRef } from "../../src/store/refs.ts";
import { epoch, scratch, sh } from "../support/store.ts";

/** A cache in a directory, that notes what it is asked for. */
function directoryCache(
  directory: string,
): Cache & { readonly asked: string[]; readonly path: (key: string) => string } {
  const path = (key: string) => `${directory}/${key.replaceAll("/", "%")}`;
  const asked: string[] = [];
  const stored = () =>
    sh('ls -tr "$1"', directory)
      .split("\n")
      .filter((name) => name.length > 40);
  async function restored(name: string | undefined) {
    if (name === undefined) return undefined;
    const copy = `${directory}/${randomUUID().slice(0, 8)}`;
    cpSync(`${directory}/${name}`, copy, { recursive: true, verbatimSymlinks: true });
    const dispose = async () => rmSync(copy, { recursive: true });
    return { key: name.replaceAll("%", "/"), directory: copy, [Symbol.asyncDispose]: dispose };
  }
  return {
    asked,
    path,
    writable: true,
    restore(keys) {
      asked.push(...keys);
      return restored(keys.map((key) => path(key).split("/").at(-1)).find((name) => stored().includes(name as string)));
    },
    restoreNewest: (beginning) =>
      restored(stored().findLast((name) => name.startsWith(beginning.replaceAll("/", "%")))),
    async outbox() {
      const out = `${directory}/${randomUUID().slice(0, 8)}`;
      mkdirSync(out);
      return out;
    },
    async save(key, out) {
      if (stored().includes(path(key).split("/").at(-1) as string)) return false;
      cpSync(out, path(key), { recursive: true });
      rmSync(out, { recursive: true });
      return true;
    },
  };
}

type OpenCache = ReturnType<typeof directoryCache>;

/** A machine with a store of its own. */
async function newMachine(directory: string, cache: OpenCache, checkpoints: Checkpoints = "all") {
  const layout = await createStore(`${directory}/${randomUUID()}`);
  const warnings: string[] = [];
  const report = (event: BuildEvent) => void (event.type === "warning" && warnings.push(event.problem.message));
  const options = { cache, layout, prefix: "", report };
  const saver = openSaver({ ...options, checkpoints });
  const layers: string[] = [];
  return {
    layout,
    warnings,
    saver,
    fetch: openFetcher({ ...options, saver }),
    state: openStateKeeper(options),
    /** What a stage leaves: a layer on top of those before it. */
    async stage(name: string, content: string): Promise<Record> {
      writeFileSync(`${layout.temporary}/layer`, content);
      const { digest, size } = await addFile(layout, `${layout.temporary}/layer`);
      layers.push(digest);
      return { ...recordOf("stage", name), object: digest, layers: [...layers], files: [], size };
    },
    async output(name: string, files: { readonly [name: string]: string }): Promise<Record> {
      mkdirSync(`${layout.temporary}/output`);
      for (const [path, text] of Object.entries(files)) writeFileSync(`${layout.temporary}/output/${path}`, text);
      const { digest, ...added } = await addDirectory(layout, `${layout.temporary}/output`, epoch);
      return { ...recordOf("assembler", name), object: digest, layers: [], ...added };
    },
  };
}

function recordOf(kind: Record["kind"], name: string) {
  const id = Buffer.from(name).toString("hex").padEnd(64, "0");
  return { version: 1, kind, id, name, fingerprint: id, parts: { sourceEpoch: epoch }, seconds: 1 } as const;
}

/** Two stages and an image, built and saved by one machine. */
async function saved(directory: string, checkpoints?: Checkpoints) {
  const cache = directoryCache(directory);
  const builder = await newMachine(directory, cache, checkpoints);
  const records = [
    await builder.stage("first", "1".repeat(2_000_000)),
    await builder.stage("second", "2"),
    await builder.output("image", { "image.raw": "bits" }),
  ] as const;
  for (const record of records) builder.saver.built(record);
  await builder.saver.done();
  return { cache, records, keys: records.map((record) => entryKey("", record)) as [string, string, string] };
}

const tempDirectory = async () => {
  const temporary = await scratch();
  mkdirSync(`${temporary.path}/cache`);
  return { ...temporary, path: `${temporary.path}/cache` };
};

test("a tree comes with the layers that it needs, and an image by itself", async () => {
  await using directory = await tempDirectory();
  const {
    cache,
    records: [first, second, image],
  } = await saved(directory.path);
  const machine = await newMachine(directory.path, cache);
  expect(await machine.fetch([image, second, first])).toEqual(image);
  expect(await readRef(machine.layout, second.id)).toBeUndefined();
  expect(await machine.fetch([second, first])).toEqual(second);
  for (const digest of second.layers) expect(readFileSync(machine.layout.object(digest)).length).toBeGreaterThan(0);
  expect(readFileSync(`${machine.layout.object(image.object)}/image.raw`, "utf8")).toBe("bits");
  expect(machine.warnings).toEqual([]);
});

test("an output without files is one too", async () => {
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
  "another format": (entry) => replace(entry, '"version":1', '"version":2'),
};

function replace(entry: string, what: RegExp | string, by: string): void {
  writeFileSync(`${entry}/entry.json`, readFileSync(`${entry}/entry.json`, "utf8").replace(what, by));
}

test.each(Object.entries(damages))(
  "%s is dropped with one warning, and what lies below it is used",
  async (_, damage) => {
    await using directory = await tempDirectory();
    const {
      cache,
      keys,
      records: [first, second],
    } = await saved(directory.path);
    damage(cache.path(keys[1]), second.object);
    const machine = await newMachine(directory.path, cache);
    expect(await machine.fetch([second, first])).toEqual(first);
    expect(machine.warnings).toHaveLength(1);
    cache.asked.length = 0;
    expect(await machine.fetch([second])).toBeUndefined();
    expect(cache.asked).toEqual([]);
    expect(await readRef(machine.layout, second.id)).toBeUndefined();
  },
);

test("an image whose sums aren't what its record says is dropped", async () => {
  await using directory = await tempDirectory();
  const {
    cache,
    keys,
    records: [, , image],
  } = await saved(directory.path);
  replace(cache.path(keys[2]), /"sha256":"\w+"/, `"sha256":"${"0".repeat(64)}"`);
  const machine = await newMachine(directory.path, cache);
  expect(await machine.fetch([image])).toBeUndefined();
  expect(machine.warnings).toHaveLength(1);
});

test("a tree of which a layer is gone is no hit, without a word", async () => {
  await using directory = await tempDirectory();
  const {
    cache,
    keys,
    records: [first, second],
  } = await saved(directory.path);
  rmSync(cache.path(keys[0]), { recursive: true });
  const machine = await newMachine(directory.path, cache);
  expect(await machine.fetch([second, first])).toBeUndefined();
  expect(machine.warnings).toEqual([]);
});

test("no layer is sent twice, but for small ones; and nothing that came from the cache", async () => {
  await using directory = await tempDirectory();
  const {
    cache,
    keys,
    records: [, second],
  } = await saved(directory.path, "auto");
  const entryOf = (key: string) => JSON.parse(readFileSync(`${cache.path(key)}/entry.json`, "utf8"));
  expect(entryOf(keys[1])).toMatchObject({ objects: [second.object], needs: [keys[0]] });
  const machine = await newMachine(directory.path, cache, "auto");
  await machine.fetch([second]);
  const third = { ...(await machine.stage("third", "3")), layers: [...second.layers, "3".repeat(64)] };
  const object = (await machine.stage("more", "3")).object;
  machine.saver.built({ ...third, object, layers: [...second.layers, object] });
  await machine.saver.done();
  expect(entryOf(entryKey("", third))).toMatchObject({ objects: [object], needs: keys.slice(0, 2) });
});

test("over a bad entry that can't be replaced, the next one brings its layers along", async () => {
  await using directory = await tempDirectory();
  const {
    cache,
    keys,
    records: [first],
  } = await saved(directory.path);
  writeFileSync(`${cache.path(keys[0])}/${first.object}`, "harmed");
  const builder = await newMachine(directory.path, cache);
  expect(await builder.fetch([first])).toBeUndefined();
  builder.saver.built(await builder.stage("first", "1".repeat(2_000_000)));
  const other = await builder.stage("other", "o");
  builder.saver.built(other);
  await builder.saver.done();
  const machine = await newMachine(directory.path, cache);
  expect(await machine.fetch([other])).toEqual(other);
});

test("what a program keeps comes back as plain files, and an archive of anything else doesn't", async () => {
  await using directory = await tempDirectory();
  const cache = directoryCache(directory.path);
  const keep = async (fill: string) => {
    const machine = await newMachine(directory.path, cache);
    await machine.state.bring(["a.program"]);
    const state = machine.layout.state("a.program");
    const found = sh('mkdir -p "$1" && cd "$1" && find . -type f -printf "%P %m %u\\n" | sort', state);
    sh(`cd "$1" && ${fill}`, state);
    await machine.state.keep();
    return { found, warnings: machine.warnings, saved: sh('ls "$1"', directory.path).match(/-state%/g)?.length ?? 0 };
  };
  expect(await keep("mkdir sub && echo 1 > sub/'a b' && ln -s /etc/passwd link")).toMatchObject({
    found: "",
    saved: 1,
  });
  expect(await keep("true")).toEqual({ found: "sub/a b 644 root\n", warnings: [], saved: 1 });
  expect(await keep("touch c")).toMatchObject({ warnings: [], saved: 2 });
  const [key] = sh('ls -t "$1" | grep state%', directory.path).split("\n");
  for (const evil of ["ln -s /etc x", "touch a && ln a x", "mkfifo x"]) {
    sh(
      `mkdir "$1/evil" && cd "$1/evil" && ${evil} && tar -cf ../state.tar . && rm -r ../evil && mv ../state.tar "$1/$2"`,
      directory.path,
      key as string,
    );
    expect(await keep("true")).toMatchObject({ found: "", warnings: [expect.stringContaining("a.program")] });
  }
});
