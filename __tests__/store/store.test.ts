import {
  existsSync,
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
import { type Layout, layoutOf } from "../../src/store/layout.ts";
import { listStore, pruneStore, verifyStore } from "../../src/store/maintenance.ts";
import { addDirectory } from "../../src/store/objects.ts";
import { type Record, readRef, writeRef } from "../../src/store/refs.ts";
import { epoch, openStore, scratch, sh, type TestStore } from "../support/store.ts";

const day = 24 * 3600 * 1000;
const id = (digit: string) => digit.repeat(64);

const recordOf = (id: string, object: string, more: Partial<Record>): Record => ({
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

/** Stores a tree of one more layer, which holds so many random bytes. */
async function storeTree(
  store: TestStore,
  name: string,
  bytes: number,
  below: readonly string[] = [],
): Promise<Record> {
  const raw = await store.change([], (path) => sh('head -c "$2" /dev/urandom > "$1/data"', path, String(bytes)));
  const { object } = await store.pack(raw);
  const { size } = statSync(store.layout.object(object));
  const record = recordOf(name, object, { layers: [...below, object], size });
  await writeRef(store.layout, record);
  return record;
}

async function storeOutput(layout: Layout, name: string, files: { readonly [path: string]: string }): Promise<Record> {
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

test("an id is a hit only while everything that it stands for is whole", async () => {
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
    // A record that isn't there, was cut short, is something else, or another id's.
    (name) => rmSync(layout.record(name)),
    (name) => truncateSync(layout.record(name), 20),
    (name) => truncateSync(layout.record(name), 0),
    (name) => writeFileSync(layout.record(name), "null"),
    (name) => writeFileSync(layout.record(name), readFileSync(layout.record(id("a")))),
    (name) => writeFileSync(layout.record(name), '{"version": 2}'),
    // A link that isn't there, dangles, is no link, or is another object's.
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

  // Objects that a machine without power has cut short, or lost.
  writeFileSync(`${layout.object(output.object)}/disk.img`, "dis");
  expect(await readRef(layout, id("c"))).toBeUndefined();
  truncateSync(layout.object(tree.object), 4096 - 1);
  expect(await readRef(layout, id("b"))).toBeUndefined();
  rmSync(layout.object(base.object));
  expect(await readRef(layout, id("a"))).toBeUndefined();
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

test("verify finds what is damaged, and prune takes it out with whatever needs it", async () => {
  await using directory = await scratch();
  const path = `${directory.path}/store`;
  const layout = layoutOf(path);
  {
    await using store = await openStore(path);
    const base = await storeTree(store, id("a"), 100);
    await storeTree(store, id("b"), 100, [base.object]);
    await storeTree(store, id("c"), 100);
    const output = await storeOutput(layout, id("d"), { "disk.img": "disk" });
    expect(await verifyStore(layout, () => undefined)).toEqual([]);

    sh('printf x | dd of="$1" bs=1 seek=200 conv=notrunc status=none', layout.object(base.object));
    writeFileSync(`${layout.object(output.object)}/disk.img`, "Disk");
    writeFileSync(layout.object("not-a-digest"), "");
    const damaged = await verifyStore(layout, () => undefined);
    expect(new Set(damaged)).toEqual(new Set([base.object, output.object, "not-a-digest"]));

    // A build meets a damaged layer.
    sh('printf xxxx | dd of="$1" conv=notrunc status=none', layout.object(base.object));
    const failed = await store.trees.get([{ object: base.object }]).catch((error: BuildError) => error);
    expect(failed).toMatchObject({ code: "STORE", message: `object ${base.object} of the store is damaged` });
    // While a build is at work nothing is deleted.
    await expect(pruneStore(layout, { damaged })).rejects.toThrow("the store is in use by a build");
  }
  const damaged = await verifyStore(layout, () => undefined);
  expect(await pruneStore(layout, { damaged })).toMatchObject({ refs: 3 });
  expect((await listStore(layout)).map(({ record }) => record.id)).toEqual([id("c")]);
  expect(await verifyStore(layout, () => undefined)).toEqual([]);
});

test("prune deletes what no id needs: unfinished work, objects of nobody, logs of stages that failed", async () => {
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

test("prune keeps the most recently used within the limit, and what they are built on", async () => {
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
  // The base was last looked at long ago: a build starts at what lies on it.
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
