import { linkSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { openPacking } from "../../src/build/packing.ts";
import { epoch, openStore, scratch } from "../support/store.ts";

test("a layer is packed after it was read, so the names of a file stay together", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const { layout, namespace, trees, workspace, see } = store;
  const packing = openPacking(namespace, layout, workspace);
  await using tree = await trees.create([], epoch);
  writeFileSync(`${tree.upper}/one`, "text");
  linkSync(`${tree.upper}/one`, `${tree.upper}/two`);
  const layer = await tree.finish();
  const content = Promise.withResolvers<void>();
  const done: string[] = [];
  packing.add(layer, content.promise, epoch, async () => void done.push("packed"));
  // Packing so little takes a tenth of this.
  await sleep(1000);
  readFileSync(`${tree.upper}/one`);
  done.push("read");
  content.resolve();
  await packing.done();
  expect(done).toEqual(["read", "packed"]);
  const object = await packing.objectOf({ directory: tree.upper });
  expect(await see([{ object }], (path) => statSync(`${path}/two`).nlink)).toBe(2);
});
