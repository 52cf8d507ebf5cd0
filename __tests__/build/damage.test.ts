import { randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
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
import { build, buildOutput } from "../../src/build/build.ts";
import type { BuildContext } from "../../src/build/context.ts";
import type { BuildEvent } from "../../src/events.ts";
import { loadPipeline } from "../../src/pipeline/load.ts";
import { exportOutput } from "../../src/store/exports.ts";
import { isSound } from "../../src/store/integrity.ts";
import { createStore } from "../../src/store/layout.ts";
import { mark } from "../../src/store/marks.ts";
import { addDirectory, addFile, sha256 } from "../../src/store/objects.ts";
import { readRef, type StoredResult } from "../../src/store/refs.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { decodeContents } from "../../src/tree/contents-file.ts";
import { directoryRemote } from "../support/directory-cache.ts";
import { strange } from "../support/misfits.ts";
import { scratch, sh } from "../support/store.ts";

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
  readonly record: StoredResult;
  readonly sum: string;
}

/** A directory with a store, and a pipeline of two stages, then `more` if given, and an image. */
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
    const names = { buildPipeline: undefined, buildEnv: undefined, mirrors: undefined, base, variables: [] };
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
    return (await readRef(layout, treeId as string)) as StoredResult;
  };
  return { path, layout, load, run, tree, [Symbol.asyncDispose]: directory[Symbol.asyncDispose] };
}

/** Changes one byte in the middle, and nothing else that is visible. */
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

/** Damages a layer's file or an output's directory. */
const damages: { readonly [what: string]: (path: string) => void } = {
  "a flipped byte": (path) => flip(existsSync(`${path}/image`) ? `${path}/image` : path),
  "a file cut short": (path) => truncateSync(existsSync(`${path}/image`) ? `${path}/image` : path, 5000),
  "an empty file": (path) => truncateSync(existsSync(`${path}/image`) ? `${path}/image` : path, 0),
  // Reading it would take hours.
  "a file of a terabyte": (path) => truncateSync(existsSync(`${path}/image`) ? `${path}/image` : path, 2 ** 40),
  "a directory or file in its place": (path) => {
    const wasDirectory = statSync(path).isDirectory();
    rmSync(path, { recursive: true });
    if (wasDirectory) writeFileSync(path, "not an output");
    else mkdirSync(`${path}/not/a layer`, { recursive: true });
  },
  nothing: (path) => rmSync(path, { recursive: true }),
  "a link to itself": (path) => sh('rm -r "$1"; ln -s "$1" "$1"', path),
};

test("a flipped byte in an output or any layer is found and reported once, and the object is built again", async () => {
  await using here = await place();
  const { layout } = here;
  const first = await here.run();
  const expectMended = async (built: Built, digest: string, of: string, ran: readonly string[]) => {
    const message = `object ${digest} of the store is damaged, which was the result of ${of}`;
    expect(built).toMatchObject({ warnings: [message], ran, sum: first.sum });
    expect((await verifyStore(layout)).findings).toEqual([]);
  };
  flip(`${layout.object(first.record.object)}/image`);
  await expectMended(await here.run(), first.record.object, "test.image", ["test.image"]);
  // One more stage is built on two layers.
  const [lower, upper] = (await here.tree()).layers as [string, string];
  flip(layout.object(upper));
  await expectMended(await here.run([1]), upper, "test.second", ["test.second", "test.more", "test.image"]);
  flip(layout.object(lower));
  // Built again the first tree is the same, so the second layer is still right.
  const ran = ["test.first", "test.more", "test.image"];
  await expectMended(await here.run([2]), lower, "test.first", ran);
  expect(await here.run([2])).toMatchObject({ warnings: [], ran: [], sum: first.sum });
});

test("any damage to objects is found and reported once for each, and they are built again", async () => {
  await using here = await place();
  const { layout } = here;
  const first = await here.run();
  const { layers } = await here.tree();
  for (const [, damage] of Object.entries(damages).slice(1)) {
    damage(layout.object(first.record.object));
    for (const digest of layers) damage(layout.object(digest));
    // The plan relies only on the output, finds that it is missing, and then that the layers are, too.
    const built = await here.run();
    expect(built).toMatchObject({ ran: ["test.first", "test.second", "test.image"], sum: first.sum });
    expect(built.warnings.map((message) => message.split(" ")[1]).sort()).toEqual(
      [first.record.object, ...layers].sort(),
    );
    expect((await verifyStore(layout)).findings).toEqual([]);
  }
  truncateSync(layout.object(layers[0] as string), 5000);
  const onLower = await here.run([1]);
  expect(onLower).toMatchObject({ warnings: [expect.stringContaining("the result of test.first")], sum: first.sum });
});

test("an object that matches its mark isn't read, neither by an unchanged build nor by one more stage", async () => {
  await using here = await place();
  const { record } = await here.run();
  const { layers } = await here.tree();
  const harmed = [record.object, ...layers];
  // The marks are those of the damaged objects, so only reading them would show the damage.
  flip(`${here.layout.object(record.object)}/image`);
  // The damage is in the padding at the end, so the layer can still be mounted.
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
  // Only the objects that were written again are sound.
  expect((await verifyStore(here.layout)).findings).toMatchObject([{ object: layers[0] }]);
});

test("damage that no mark shows is found on delivery", async () => {
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

test("a copied store is read once", async () => {
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

test("a damaged base is an error that says what to do, and a damaged layer of an archive is unpacked again", async () => {
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
  const archive = (await readRef(here.layout, await sha256(from))) as StoredResult;
  flip(here.layout.object(archive.object));
  writeFileSync(`${here.path}/lib/stages/test.first`, "#!/bin/sh -e\ntest -s /run/osbuild/tree/first\n");
  const again = await here.run([], { from });
  expect(again.warnings).toEqual([expect.stringContaining("the archive that the pipeline starts from")]);
  expect(await isSound(here.layout, archive.object)).toBe(true);
});

test("a damaged list of an image's contents is made again, whatever the damage", async () => {
  await using here = await place();
  const { record } = await here.run([], { contents: "recorded" });
  const path = here.layout.contents(record.id);
  const before = readFileSync(path, "utf8");
  for (const damage of [flip, strange["a FIFO"], strange["a directory"]]) {
    damage?.(path);
    const again = await here.run([], { contents: "recorded" });
    expect(again).toMatchObject({ ran: ["test.image"], warnings: [expect.anything()] });
    expect(decodeContents(readFileSync(path, "utf8"))).toEqual(decodeContents(before));
  }
  expect(decodeContents(before)).toBeDefined();
});

test("a damaged record is reported once, and its step runs again", async () => {
  await using here = await place();
  const { layout } = here;
  const first = await here.run();
  const path = layout.record(first.record.id);
  const message = `${path} is damaged, which was the record of the result of test.image`;
  const mistyped = (file: string) => replaceIn(file, /"object": "\w+"/, '"object": 7');
  for (const damage of [mistyped, strange["a FIFO"], strange["a directory"], strange["a link to a device"]]) {
    damage?.(path);
    expect(await here.run()).toMatchObject({ warnings: [message], ran: ["test.image"], sum: first.sum });
  }
  // Nothing needs the record of the first stage, and a step that changes the second's tree has its own.
  const { id } = await here.tree();
  replaceIn(layout.record(id), '"layers": [', '"layers": [null,');
  expect(await here.run()).toMatchObject({ warnings: [], ran: [] });
  const damaged = `${layout.record(id)} is damaged, which was the record of the result of test.second`;
  const more = ["test.second", "test.more", "test.image"];
  expect(await here.run([1])).toMatchObject({ warnings: [damaged], ran: more, sum: first.sum });
  strange["half of it"]?.(layout.record(id));
  const warnings: string[] = [];
  const report = (event: BuildEvent) => void (event.type === "warning" && warnings.push(event.problem.message));
  await expect(here.run([2], { base: id, report })).rejects.toThrow(`the store holds no tree ${id}`);
  expect(warnings).toEqual([`${layout.record(id)} is damaged, which was the record of the base ${id}`]);
});

function replaceIn(path: string, what: string | RegExp, by: string): void {
  writeFileSync(path, readFileSync(path, "utf8").replace(what, by));
}

test("the cache replaces damaged objects, and they are never saved to it", async () => {
  await using here = await place();
  const { layout } = here;
  const cached = `${here.path}/cache`;
  mkdirSync(cached);
  const { remote, done } = directoryRemote(layout, cached, "all");
  const first = await here.run([], { remote });
  await done();
  // Each of the three results has an entry by its id and one by its content key.
  expect(readdirSync(cached)).toHaveLength(6);
  const [lower] = (await here.tree()).layers as [string];
  flip(layout.object(lower));
  const again = await here.run([1], { remote });
  expect(again.warnings).toEqual([expect.stringContaining(`object ${lower} of the store is damaged`)]);
  expect([again.ran, again.sum]).toEqual([["test.more", "test.image"], first.sum]);
  await done();
  flip(`${layout.object(again.record.object)}/image`);
  const output = await here.run([1], { remote });
  expect([output.ran, output.warnings.length, output.sum]).toEqual([[], 1, first.sum]);
  await done();

  rmSync(cached, { recursive: true });
  mkdirSync(cached);
  flip(`${layout.object(output.record.object)}/image`);
  const next = directoryRemote(layout, cached, "all");
  next.remote.built(output.record, { replaces: false });
  await next.done();
  expect(readdirSync(cached).filter((name) => name.startsWith("osbuild-"))).toEqual([]);
  expect(next.warnings).toEqual([expect.stringContaining(`object ${output.record.object} of the store is damaged`)]);
});

test("a sound object replaces a damaged one, whatever the damage", async () => {
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
    for (const [what, damage] of Object.entries(damages)) {
      // These are smaller than what is cut off, and an output's size is in its record alone.
      if (what === "a file cut short" || (add === output && what === "a file of a terabyte")) continue;
      damage(layout.object(digest));
      expect(await isSound(layout, digest)).toBe(false);
      rmSync(`${layout.temporary}/output`, { recursive: true, force: true });
      expect(await add()).toBe(digest);
      expect(await isSound(layout, digest)).toBe(true);
    }
  }
  expect((await verifyStore(layout)).findings).toEqual([]);
});
