import { randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { expect, test } from "@jest/globals";
import { build, buildOutput } from "../src/build.ts";
import type { Cache } from "../src/cache/cache.ts";
import { openSaver } from "../src/cache/checkpoints.ts";
import { openFetcher } from "../src/cache/fetch.ts";
import { loadPipeline } from "../src/cli/load.ts";
import type { BuildEvent } from "../src/events.ts";
import type { BuildContext, Remote } from "../src/session.ts";
import { decodeContents } from "../src/store/contents-file.ts";
import { exportOutput } from "../src/store/exports.ts";
import { isSound } from "../src/store/integrity.ts";
import { createStore, type Layout } from "../src/store/layout.ts";
import { verifyStore } from "../src/store/maintenance.ts";
import { mark } from "../src/store/marks.ts";
import { addDirectory, addFile, sha256 } from "../src/store/objects.ts";
import { type Record, readRef } from "../src/store/refs.ts";
import { scratch, sh } from "./support/store.ts";

const programs = {
  "stages/test.first": "seq 100000 > /run/osbuild/tree/first",
  "stages/test.second": "seq 7 200000 > /run/osbuild/tree/second",
  "stages/test.more": "true",
  "assemblers/test.image":
    "cd /run/osbuild/tree; cat first second > /run/osbuild/output/image; rm -f /run/osbuild/output/none",
};

interface Built {
  readonly warnings: readonly string[];
  /** The names of the steps that ran. */
  readonly ran: readonly string[];
  readonly record: Record;
  readonly sum: string;
}

/** A place with a store, and a pipeline of two stages and an image, that has `more` on top where it is given. */
async function place() {
  const directory = await scratch();
  const { path } = directory;
  for (const [name, script] of Object.entries(programs)) {
    mkdirSync(`${path}/lib/${name.split("/")[0]}`, { recursive: true });
    writeFileSync(`${path}/lib/${name}`, `#!/bin/sh -e\n${script}\n`);
    chmodSync(`${path}/lib/${name}`, 0o755);
  }
  const layout = await createStore(`${path}/store`);
  const load = (more: readonly number[], base?: string) => {
    const stages = [
      ...(base === undefined ? [{ name: "test.first" }, { name: "test.second" }] : []),
      ...more.map((number) => ({ name: "test.more", options: { number } })),
    ];
    writeFileSync(`${path}/pipeline.json`, JSON.stringify({ stages, assembler: { name: "test.image" } }));
    const names = { buildPipeline: undefined, buildEnv: undefined, mirrors: undefined, base };
    return loadPipeline({ pipeline: `${path}/pipeline.json`, libdirs: [`${path}/lib`], ...names }, new Set());
  };
  async function run(
    more: readonly number[] = [],
    context: Partial<BuildContext> & { base?: string } = {},
  ): Promise<Built> {
    const warnings: string[] = [];
    const ran: string[] = [];
    const report = (event: BuildEvent) => {
      if (event.type === "warning") warnings.push(event.problem.message);
      if (event.type === "step-started") ran.push(event.step.name);
    };
    const pipeline = await load(more, context.base);
    const output = `${path}/output-${randomUUID()}`;
    const signal = new AbortController().signal;
    const record = await buildOutput(pipeline, { layout, report, signal, ...context }, (built) =>
      exportOutput(layout, built, output),
    );
    if (record === undefined) throw new Error("no output");
    return { warnings, ran, record, sum: await sha256(`${output}/image`) };
  }
  const tree = async (more: readonly number[] = []) => {
    const { treeId } = await load(more);
    return (await readRef(layout, treeId as string)) as Record;
  };
  return { path, layout, load, run, tree, [Symbol.asyncDispose]: directory[Symbol.asyncDispose] };
}

/** Changes one byte in the middle, and nothing else that is easily seen. */
function flip(path: string): void {
  const { size, atimeMs, mtimeMs } = statSync(path);
  const file = openSync(path, "r+");
  const byte = Buffer.alloc(1);
  const middle = Math.floor(size / 2);
  readSync(file, byte, 0, 1, middle);
  byte[0] = (byte[0] as number) ^ 1;
  writeSync(file, byte, 0, 1, middle);
  closeSync(file);
  utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
}

/** The same for a layer's file and an output's directory. */
const damages: { readonly [what: string]: (path: string) => void } = {
  "a flipped byte": (path) => flip(existsSync(`${path}/image`) ? `${path}/image` : path),
  "a file cut short": (path) => truncateSync(existsSync(`${path}/image`) ? `${path}/image` : path, 5000),
  "an empty file": (path) => truncateSync(existsSync(`${path}/image`) ? `${path}/image` : path, 0),
  "a directory or file in its place": (path) => {
    const wasDirectory = statSync(path).isDirectory();
    rmSync(path, { recursive: true });
    if (wasDirectory) writeFileSync(path, "not an output");
    else mkdirSync(`${path}/not/a layer`, { recursive: true });
  },
  nothing: (path) => rmSync(path, { recursive: true }),
};

test("a flipped byte is found, said once and made again, in an output and in any layer", async () => {
  await using here = await place();
  const { layout } = here;
  const first = await here.run();
  const expectMended = async (built: Built, digest: string, of: string, ran: readonly string[]) => {
    const message = `object ${digest} of the store is damaged, which was the result of ${of}`;
    expect(built).toMatchObject({ warnings: [message], ran, sum: first.sum });
    expect(await verifyStore(layout, () => undefined)).toEqual([]);
  };
  flip(`${layout.object(first.record.object)}/image`);
  await expectMended(await here.run(), first.record.object, "test.image", ["test.image"]);
  // One more stage stands on two layers.
  const [lower, upper] = (await here.tree()).layers as [string, string];
  flip(layout.object(upper));
  await expectMended(await here.run([1]), upper, "test.second", ["test.second", "test.more", "test.image"]);
  flip(layout.object(lower));
  const all = ["test.first", "test.second", "test.more", "test.image"];
  await expectMended(await here.run([2]), lower, "test.first", all);
  expect(await here.run([2])).toMatchObject({ warnings: [], ran: [], sum: first.sum });
});

test("whatever has become of objects is found, said once for each and made again", async () => {
  await using here = await place();
  const { layout } = here;
  const first = await here.run();
  const { layers } = await here.tree();
  for (const [, damage] of Object.entries(damages).slice(1)) {
    damage(layout.object(first.record.object));
    for (const digest of layers) damage(layout.object(digest));
    // The plan stands on the output alone, finds that it is gone, and then that the layers are.
    const built = await here.run();
    expect(built).toMatchObject({ ran: ["test.first", "test.second", "test.image"], sum: first.sum });
    expect(built.warnings.map((message) => message.split(" ")[1]).sort()).toEqual(
      [first.record.object, ...layers].sort(),
    );
    expect(await verifyStore(layout, () => undefined)).toEqual([]);
  }
  truncateSync(layout.object(layers[0] as string), 5000);
  const onLower = await here.run([1]);
  expect(onLower).toMatchObject({ warnings: [expect.stringContaining("the result of test.first")], sum: first.sum });
});

test("what fits its mark isn't read: neither by an unchanged build, nor by one more stage", async () => {
  await using here = await place();
  const { record } = await here.run();
  const { layers } = await here.tree();
  const harmed = [record.object, ...layers];
  // As if each had been found right after it was harmed: only reading it would tell.
  flip(`${here.layout.object(record.object)}/image`);
  // The padding at its end: the layer can still be mounted.
  sh(
    'printf x | dd of="$1" bs=1 seek=$(($(stat -c %s "$1") - 1)) conv=notrunc status=none',
    here.layout.object(layers[0] as string),
  );
  for (const digest of harmed) await mark(here.layout, digest);
  const quiet: string[] = [];
  const report = (event: BuildEvent) => void (event.type === "warning" && quiet.push(event.problem.message));
  const context = { layout: here.layout, report, signal: new AbortController().signal };
  await build(await here.load([]), context);
  await build(await here.load([1]), context);
  expect(quiet).toEqual([]);
  // Only what was written again is sound.
  expect(await verifyStore(here.layout, () => undefined)).toEqual([layers[0]]);
});

test("what no mark tells of is found as it is delivered", async () => {
  await using here = await place();
  const { record, sum } = await here.run();
  flip(`${here.layout.object(record.object)}/image`);
  await mark(here.layout, record.object);
  const again = await here.run();
  expect(again).toMatchObject({ ran: ["test.image"], sum });
  expect(again.warnings).toHaveLength(1);

  flip(`${here.layout.object(record.object)}/image`);
  await mark(here.layout, record.object);
  const refused = exportOutput(here.layout, record, `${here.path}/exported`);
  await expect(refused).rejects.toMatchObject({
    code: "STORE",
    message: `object ${record.object} of the store is damaged`,
    problems: [{ hint: expect.stringContaining("build the pipeline again") }],
  });
  expect(readdirSync(`${here.path}/exported`)).toEqual([]);
});

test("a store that was copied is read once", async () => {
  await using here = await place();
  const { record } = await here.run();
  const digest = record.object;
  sh('cp -a "$1/store" "$1/copy"; rm -r "$1/store"; mv "$1/copy" "$1/store"', here.path);
  const before = readFileSync(here.layout.mark(digest), "utf8");
  expect(await here.run()).toMatchObject({ warnings: [], ran: [] });
  const after = readFileSync(here.layout.mark(digest), "utf8");
  expect(after).not.toBe(before);
  const written = statSync(here.layout.mark(digest), { bigint: true }).mtimeNs;
  await here.run();
  expect(statSync(here.layout.mark(digest), { bigint: true }).mtimeNs).toBe(written);
});

test("a damaged base is an error that says what to do, and a damaged archive's layer is unpacked again", async () => {
  await using here = await place();
  const { treeId } = await here.load([]);
  await here.run();
  const [lower] = (await here.tree()).layers as [string];
  expect(await here.run([], { base: treeId as string })).toMatchObject({ warnings: [] });
  flip(here.layout.object(lower));
  const refused = here.run([9], { base: treeId as string });
  await expect(refused).rejects.toMatchObject({ code: "STORE", message: `the store holds no tree ${treeId}` });

  sh('cd "$1" && seq 9 > first && tar -cf from.tar first', here.path);
  const from = `${here.path}/from.tar`;
  await here.run([], { from });
  const archive = (await readRef(here.layout, await sha256(from))) as Record;
  flip(here.layout.object(archive.object));
  writeFileSync(`${here.path}/lib/stages/test.first`, "#!/bin/sh -e\ntest -s /run/osbuild/tree/first\n");
  const again = await here.run([], { from });
  expect(again.warnings).toEqual([expect.stringContaining("the archive that the pipeline starts from")]);
  expect(await isSound(here.layout, archive.object)).toBe(true);
});

test("a damaged list of what an image contains is made again", async () => {
  await using here = await place();
  const { record } = await here.run([], { contents: true });
  const path = here.layout.contents(record.id);
  const before = readFileSync(path, "utf8");
  flip(path);
  expect(await here.run([], { contents: true })).toMatchObject({ ran: ["test.image"], warnings: [expect.anything()] });
  expect(decodeContents(readFileSync(path, "utf8"))).toEqual(decodeContents(before));
  expect(decodeContents(before)).toBeDefined();
});

test("the cache replaces what is damaged, and never gets it", async () => {
  await using here = await place();
  const { layout } = here;
  const cached = `${here.path}/cache`;
  mkdirSync(cached);
  const complaints: string[] = [];
  const { remote, done } = directoryRemote(layout, cached, complaints);
  const first = await here.run([], { remote });
  await done();
  expect(readdirSync(cached)).toHaveLength(3);
  const [lower] = (await here.tree()).layers as [string];
  flip(layout.object(lower));
  const again = await here.run([1], { remote });
  expect(again.warnings).toEqual([expect.stringContaining(`object ${lower} of the store is damaged`)]);
  expect([again.ran, again.sum]).toEqual([["test.more", "test.image"], first.sum]);
  await done();
  flip(`${layout.object(again.record.object)}/image`);
  const output = await here.run([1], { remote });
  expect([output.ran, output.warnings.length, output.sum]).toEqual([[], 1, first.sum]);

  rmSync(cached, { recursive: true });
  mkdirSync(cached);
  flip(`${layout.object(output.record.object)}/image`);
  remote.built(output.record);
  await done();
  expect(readdirSync(cached)).toEqual([]);
  expect(complaints).toEqual([expect.stringContaining(`object ${output.record.object} of the store is damaged`)]);
});

/** The remote cache, in a directory. */
function directoryRemote(layout: Layout, directory: string, complaints: string[]) {
  const names = (key: string) => `${directory}/${key.replaceAll("/", "%")}`;
  const cache: Cache = {
    writable: true,
    async restore(keys) {
      const key = keys.find((wanted) => existsSync(names(wanted)));
      if (key === undefined) return undefined;
      return { key, directory: names(key), [Symbol.asyncDispose]: async () => undefined };
    },
    restoreNewest: async () => undefined,
    async outbox() {
      const path = `${layout.temporary}/out-${randomUUID()}`;
      mkdirSync(path);
      return path;
    },
    async save(key, outbox) {
      cpSync(outbox, names(key), { recursive: true });
      rmSync(outbox, { recursive: true });
      return true;
    },
  };
  const report = (event: BuildEvent) => void (event.type === "warning" && complaints.push(event.problem.message));
  const saver = openSaver({ cache, layout, prefix: "", checkpoints: "all", report });
  const fetch = openFetcher({ cache, layout, prefix: "", report, saver });
  const remote: Remote = {
    fetch: async (wanted) => (await fetch(wanted))?.id,
    bringState: async () => undefined,
    known: saver.known,
    built: saver.built,
  };
  return { remote, done: saver.done };
}

test("a sound object takes the place of a damaged one, whatever that has become", async () => {
  await using directory = await scratch();
  const layout = await createStore(`${directory.path}/store`);
  const layer = async () => {
    writeFileSync(`${layout.temporary}/layer`, "a layer of some bytes");
    return (await addFile(layout, `${layout.temporary}/layer`)).digest;
  };
  const output = async () => {
    mkdirSync(`${layout.temporary}/output`);
    writeFileSync(`${layout.temporary}/output/image`, "an image of some bytes");
    return (await addDirectory(layout, `${layout.temporary}/output`, 0)).digest;
  };
  for (const add of [layer, output]) {
    const digest = await add();
    for (const damage of Object.values(damages).filter((_, index) => index !== 1)) {
      damage(layout.object(digest));
      expect(await isSound(layout, digest)).toBe(false);
      rmSync(`${layout.temporary}/output`, { recursive: true, force: true });
      expect(await add()).toBe(digest);
      expect(await isSound(layout, digest)).toBe(true);
    }
  }
  expect(await verifyStore(layout, () => undefined)).toEqual([]);
});
