import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { expect, test } from "@jest/globals";
import type { BuildError } from "../../src/errors.ts";
import { exportOutput, isExported, requireEmpty } from "../../src/store/exports.ts";
import { isSound } from "../../src/store/integrity.ts";
import { type Layout, layoutOf } from "../../src/store/layout.ts";
import { listStore, pruneStore } from "../../src/store/maintenance.ts";
import { addDirectory } from "../../src/store/objects.ts";
import { isDamagedRecord, readRef, removeRef, type StoredResult, writeRef } from "../../src/store/refs.ts";
import { readVerdicts, writeVerdicts } from "../../src/store/verdicts.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { damagesOf, putBack, strange } from "../support/misfits.ts";
import { epoch, openStore, scratch, sh, type TestStore } from "../support/store.ts";

const day = 24 * 3600 * 1000;
const id = (digit: string) => digit.repeat(64);

const recordOf = (id: string, object: string, more: Partial<StoredResult>): StoredResult => ({
  version: 1,
  kind: "stage",
  id,
  name: "org.osbuild.noop",
  fingerprint: id,
  parts: {},
  object,
  layers: [],
  files: [],
  size: 0,
  seconds: 1,
  ...more,
});

/** Stores a tree with another layer, which has this many random bytes. */
async function storeTree(
  store: TestStore,
  name: string,
  bytes: number,
  below: readonly string[] = [],
): Promise<StoredResult> {
  const raw = await store.change([], (path) => sh('head -c "$2" /dev/urandom > "$1/data"', path, String(bytes)));
  const { object } = await store.pack(raw);
  const { size } = statSync(store.layout.object(object));
  const record = recordOf(name, object, { layers: [...below, object], size });
  await writeRef(store.layout, record);
  return record;
}

async function storeOutput(
  layout: Layout,
  name: string,
  files: { readonly [path: string]: string },
): Promise<StoredResult> {
  const path = `${layout.temporary}/output-${name.slice(0, 4)}`;
  mkdirSync(path);
  for (const [file, text] of Object.entries(files)) writeFileSync(`${path}/${file}`, text);
  const { digest, files: listed, size } = await addDirectory(layout, path, epoch);
  const record = recordOf(name, digest, { kind: "assembler", files: listed, size });
  await writeRef(layout, record);
  return record;
}

const used = (layout: Layout, name: string, daysAgo: number) => {
  const time = new Date(Date.now() - daysAgo * day);
  utimesSync(layout.record(name), time, time);
};

test("an id is a hit only while all its objects are whole", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const { layout } = store;
  const base = await storeTree(store, id("a"), 100);
  const tree = await storeTree(store, id("b"), 100, [base.object]);
  const output = await storeOutput(layout, id("c"), { "disk.img": "disk" });
  expect(await readRef(layout, id("b"))).toEqual(tree);
  expect(await readRef(layout, id("c"))).toEqual(output);
  expect(await readRef(layout, id("d"))).toBeUndefined();

  const spoil: readonly ((name: string) => void)[] = [
    // The record is missing, truncated, something else, or that of another id.
    (name) => rmSync(layout.record(name)),
    (name) => truncateSync(layout.record(name), 20),
    (name) => truncateSync(layout.record(name), 0),
    (name) => writeFileSync(layout.record(name), "null"),
    (name) => writeFileSync(layout.record(name), readFileSync(layout.record(id("a")))),
    (name) => writeFileSync(layout.record(name), '{"version": 2}'),
    // The link is missing, dangling, not a link, or that of another object.
    (name) => rmSync(layout.ref(name)),
    (name) => relink(name, "../objects/none"),
    (name) => {
      rmSync(layout.ref(name));
      writeFileSync(layout.ref(name), "");
    },
    (name) => relink(name, layout.refTarget(base.object)),
  ];
  const relink = (name: string, target: string) => {
    rmSync(layout.ref(name));
    symlinkSync(target, layout.ref(name));
  };
  for (const damage of spoil) {
    await writeRef(layout, tree);
    damage(id("b"));
    expect(await readRef(layout, id("b"))).toBeUndefined();
  }
  await writeRef(layout, tree);

  // A power failure has truncated or lost objects.
  writeFileSync(`${layout.object(output.object)}/disk.img`, "dis");
  expect(await readRef(layout, id("c"))).toBeUndefined();
  truncateSync(layout.object(tree.object), 4096 - 1);
  expect(await readRef(layout, id("b"))).toBeUndefined();
  rmSync(layout.object(base.object));
  expect(await readRef(layout, id("a"))).toBeUndefined();
});

test("builds that store results of one step at the same time leave one that is whole", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const { layout } = store;
  const records = [];
  for (let n = 0; n < 8; n++) records.push(await storeTree(store, id("b"), 100 + n));
  for (let round = 0; round < 50; round++) {
    await Promise.all(records.map((record) => writeRef(layout, record)));
    expect(records).toContainEqual(await readRef(layout, id("b")));
  }
});

test("a record with a value of the wrong type doesn't count, and one that isn't a file isn't read", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const { layout } = store;
  const tree = await storeTree(store, id("b"), 100, [(await storeTree(store, id("a"), 100)).object]);
  const output = await storeOutput(layout, id("c"), { "disk.img": "disk" });
  for (const record of [tree, output]) {
    const path = layout.record(record.id);
    const bytes = readFileSync(path);
    for (const [what, damage] of damagesOf(path)) {
      damage(path);
      expect([what, await readRef(layout, record.id), await isDamagedRecord(layout, record.id)]).toEqual([
        what,
        undefined,
        true,
      ]);
      await listStore(layout);
      if (what !== "a directory") putBack(path, bytes);
      else await writeRef(layout, record);
      expect(await readRef(layout, record.id)).toEqual(record);
    }
    mkdirSync(`${layout.log(record.id)}/directory`, { recursive: true });
    await removeRef(layout, record.id);
    expect([await isDamagedRecord(layout, record.id), existsSync(layout.log(record.id))]).toEqual([false, false]);
  }
});

test("files that only save work are written again, whatever the damage", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const { layout } = store;
  const output = await storeOutput(layout, id("c"), { "disk.img": "disk" });
  const mark = layout.mark(output.object);
  const marked = readFileSync(mark, "utf8");
  await writeVerdicts(layout, new Set([id("1"), id("2")]));
  for (const damage of Object.values(strange)) {
    damage(mark);
    expect(await isSound(layout, output.object)).toBe(true);
    expect(readFileSync(mark, "utf8")).toBe(marked);
    damage(layout.verdicts);
    const verdicts = await readVerdicts(layout);
    await writeVerdicts(layout, verdicts.add(id("1")).add(id("2")));
    expect((await readVerdicts(layout)).isSupersetOf(new Set([id("1"), id("2")]))).toBe(true);
  }
  const outside = `${directory.path}/outside`;
  writeFileSync(outside, "mine\n");
  rmSync(layout.verdicts);
  linkSync(outside, layout.verdicts);
  await writeVerdicts(layout, new Set([id("1")]));
  expect(readFileSync(outside, "utf8")).toBe("mine\n");
});

test("if the record of an export is damaged, the files there aren't replaced", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const { layout } = store;
  const output = await storeOutput(layout, id("c"), { "disk.img": "disk" });
  const place = `${directory.path}/out`;
  await exportOutput(layout, output, place);
  const [name = ""] = sh('ls "$1/exports"', layout.directory).split("\n");
  const note = `${layout.directory}/exports/${name}`;
  const bytes = readFileSync(note);
  for (const [what, damage] of damagesOf(note)) {
    damage(note);
    expect([what, await isExported(layout, output, place)]).toEqual([what, false]);
    const refused = await requireEmpty(layout, place).catch((error: BuildError) => error);
    expect(refused).toMatchObject({ code: "INVALID", problems: [{ hint: expect.stringContaining(note) }] });
    putBack(note, bytes);
  }
  strange["a FIFO"]?.(note);
  rmSync(place, { recursive: true });
  await exportOutput(layout, output, place);
  expect(await isExported(layout, output, place)).toBe(true);
});

test("a damaged output is replaced when it is built again", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const record = await storeOutput(store.layout, id("c"), { "disk.img": "disk" });
  writeFileSync(`${store.layout.object(record.object)}/disk.img`, "dis");
  expect(await storeOutput(store.layout, id("c"), { "disk.img": "disk" })).toEqual(record);
  expect(readFileSync(`${store.layout.object(record.object)}/disk.img`, "utf8")).toBe("disk");
  expect(await readRef(store.layout, id("c"))).toEqual(record);
});

test("verify finds damage, and prune removes it with everything that needs it", async () => {
  await using directory = await scratch();
  const path = `${directory.path}/store`;
  const layout = layoutOf(path);
  {
    await using store = await openStore(path);
    const base = await storeTree(store, id("a"), 100);
    await storeTree(store, id("b"), 100, [base.object]);
    await storeTree(store, id("c"), 100);
    const output = await storeOutput(layout, id("d"), { "disk.img": "disk" });
    expect((await verifyStore(layout)).findings).toEqual([]);

    sh('printf x | dd of="$1" bs=1 seek=200 conv=notrunc status=none', layout.object(base.object));
    writeFileSync(`${layout.object(output.object)}/disk.img`, "Disk");
    writeFileSync(layout.object("not-a-digest"), "");
    const { findings: damaged } = await verifyStore(layout);
    expect(new Set(damaged.map(({ object }) => object))).toEqual(new Set([base.object, output.object, undefined]));
    expect(damaged.map(({ message }) => message)).toContain(
      `${layout.object("not-a-digest")} doesn't belong to the store`,
    );

    // A build finds a damaged layer.
    sh('printf xxxx | dd of="$1" conv=notrunc status=none', layout.object(base.object));
    const failed = await store.trees.get([{ object: base.object }]).catch((error: BuildError) => error);
    expect(failed).toMatchObject({ code: "STORE", message: `object ${base.object} of the store is damaged` });
    // Nothing is deleted while a build is running.
    await expect(pruneStore(layout, { damaged })).rejects.toThrow("the store is in use by a build");
  }
  const { findings: damaged } = await verifyStore(layout);
  expect(await pruneStore(layout, { damaged })).toMatchObject({ refs: 3 });
  expect((await listStore(layout)).map(({ record }) => record.id)).toEqual([id("c")]);
  expect((await verifyStore(layout)).findings).toEqual([]);
});

test("prune deletes everything that no id needs: unfinished work, unused objects, logs of failed stages", async () => {
  await using directory = await scratch();
  const path = `${directory.path}/store`;
  const layout = layoutOf(path);
  {
    await using store = await openStore(path);
    await storeTree(store, id("a"), 100);
    await store.pack(await store.change([], (tree) => writeFileSync(`${tree}/nobody's`, "")));
  }
  mkdirSync(`${layout.temporary}/killed/0/upper`, { recursive: true });
  writeFileSync(Buffer.from(`${layout.temporary}/killed/0/upper/\xff\n`, "latin1"), "");
  writeFileSync(layout.log(id("a")), "");
  writeFileSync(layout.log(id("f")), "");
  expect(await pruneStore(layout, {})).toMatchObject({ refs: 0, objects: 1, bytes: 4096 });
  expect(existsSync(`${layout.temporary}/killed`)).toBe(false);
  expect([existsSync(layout.log(id("a"))), existsSync(layout.log(id("f")))]).toEqual([true, false]);
});

test("prune keeps the most recently used results within the limit, and those that they are built on", async () => {
  await using directory = await scratch();
  const path = `${directory.path}/store`;
  const layout = layoutOf(path);
  {
    await using store = await openStore(path);
    const base = await storeTree(store, id("a"), 20_000);
    await storeTree(store, id("b"), 20_000, [base.object]);
    await storeTree(store, id("c"), 20_000);
    await storeTree(store, id("d"), 20_000);
  }
  // The base was last used long ago, because builds start from the trees on it.
  for (const [index, name] of ["b", "c", "d", "a"].entries()) used(layout, id(name), index * 10);
  const kept = async () => (await listStore(layout)).map(({ record }) => record.id[0]).sort();
  await pruneStore(layout, { maxBytes: 100_000 });
  expect(await kept()).toEqual(["a", "b", "c", "d"]);
  await pruneStore(layout, { before: Date.now() - 15 * day });
  expect(await kept()).toEqual(["a", "b", "c"]);
  await pruneStore(layout, { maxBytes: 60_000 });
  expect(await kept()).toEqual(["a", "b"]);
  await pruneStore(layout, { maxBytes: 0 });
  expect(await kept()).toEqual([]);
});
