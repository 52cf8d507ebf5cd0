import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { readHead } from "../../src/store/heads.ts";
import { readRef, type StoredResult, writeRef } from "../../src/store/refs.ts";
import { openStore, scratch, sh } from "../support/store.ts";

const id = "a".repeat(64);

/** A store with the result of a stage on another layer, as this release records it. */
async function twoLayers() {
  const directory = await scratch();
  const store = await openStore(`${directory.path}/store`);
  const { layout, change, pack } = store;
  const layer = async (text: string) =>
    (await pack(await change([], (path) => sh('echo "$2" > "$1/file"', path, text)))).object;
  const [below, object] = [await layer("below"), await layer("above")];
  const { size } = statSync(layout.object(object));
  const known = { version: 1, kind: "stage", id, name: "test.noop", fingerprint: id, parts: {} } as const;
  const head = { ...known, details: {}, seconds: 1, ran: 0, runs: [], object, files: [], size };
  const record: StoredResult = { ...head, layers: [below, object], makers: [null, { name: "test.noop", id }] };
  await writeRef(layout, record);
  const close = async () => {
    await store[Symbol.asyncDispose]();
    await directory[Symbol.asyncDispose]();
  };
  return { layout, head, record, below, object, [Symbol.asyncDispose]: close };
}

test("a head leaves out the layers, and so it is known without them", async () => {
  await using at = await twoLayers();
  expect(await readHead(at.layout, id)).toEqual(at.head);
  rmSync(at.layout.object(at.below));
  expect(await readHead(at.layout, id)).toEqual(at.head);
  expect(await readRef(at.layout, id)).toBeUndefined();
});

test("a record in another order, or with very long options, is read as a whole", async () => {
  await using at = await twoLayers();
  writeFileSync(at.layout.record(id), JSON.stringify(Object.fromEntries(Object.entries(at.record).toReversed())));
  expect(await readHead(at.layout, id)).toEqual(at.record);
  const { runs, ...others } = at.record;
  await writeRef(at.layout, { ...others, runs });
  expect(await readHead(at.layout, id)).toEqual(at.record);
  const long = { ...at.head, details: { options: "x".repeat(100_000) }, layers: [] };
  await writeRef(at.layout, long);
  expect(await readHead(at.layout, id)).toEqual(long);
});

test("nothing inside a record can pass for its layers", async () => {
  await using at = await twoLayers();
  const parts = { ',\n  "layers": [': ',\n  "layers": [', layers: ["not of the record"] };
  await writeRef(at.layout, { ...at.head, parts, layers: [], makers: [] });
  expect(await readHead(at.layout, id)).toEqual({ ...at.head, parts });
});

test("there is no head of a record that is damaged or missing, or whose own object is", async () => {
  await using at = await twoLayers();
  expect(await readHead(at.layout, "b".repeat(64))).toBeUndefined();
  truncateSync(at.layout.object(at.object), 10);
  expect(await readHead(at.layout, id)).toBeUndefined();
  writeFileSync(at.layout.record(id), readFileSync(at.layout.record(id), "utf8").slice(0, 100));
  expect(await readHead(at.layout, id)).toBeUndefined();
  writeFileSync(at.layout.record(id), JSON.stringify(at.record).replace(id, "b".repeat(64)));
  expect(await readHead(at.layout, id)).toBeUndefined();
});
