import { renameSync } from "node:fs";
import { expect, test } from "@jest/globals";
import type { Layer } from "../../src/store/trees.ts";
import { listing, openStore, scratch, sh, type TestStore } from "../support/store.ts";

type Operation = string | ((path: string) => void);

const perform = (path: string, operation: Operation): void =>
  typeof operation === "string" ? void sh(`cd "$1"; ${operation}`, path) : operation(path);

/** Names and numbers of links; a listing has neither which names are one file's. */
const everything = (path: string): string => {
  const groups = sh(
    `cd "$1"; find . ! -type d -links +1 -printf '%i %P\\n' | LC_ALL=C sort -k2 |
       awk '{ names[$1] = names[$1] " " $2 } END { for (file in names) print names[file] }' | LC_ALL=C sort`,
    path,
  );
  return listing(path) + groups;
};

/** The tree of these operations, each a stage of its own on layers that are packed, or not. */
async function inStages(store: TestStore, operations: readonly Operation[], packs: boolean): Promise<string> {
  const layers: Layer[] = [];
  for (const operation of operations) {
    const raw = await store.change(layers, (path) => perform(path, operation));
    layers.push(packs ? await store.pack(raw) : raw);
  }
  return store.see(layers, everything);
}

/** Expects the same tree of one stage, of a stage each, and of a stage each from the store. */
async function expectOneTree(...operations: readonly Operation[]): Promise<string> {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const together = await store.change([], (path) => {
    for (const operation of operations) perform(path, operation);
  });
  const tree = await store.see([together], everything);
  expect(await inStages(store, operations, false)).toBe(tree);
  expect(await inStages(store, operations, true)).toBe(tree);
  return tree;
}

const rename = (from: string, to: string) => (path: string) => renameSync(`${path}/${from}`, `${path}/${to}`);

test("a file is changed under all its names", async () => {
  await expectOneTree(
    "mkdir a b c; echo x > a/one; chmod 4755 a/one; ln a/one b/two; ln a/one c/three; setfattr -n user.a -v 1 a/one; setfacl -m u:7:r a/one",
    "chmod 755 a/one",
    "echo more >> b/two",
    "touch a/new; chown 5:6 a/one",
    "ln a/one c/four; rm b/two",
    "setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 c/four",
    "echo other > c/x; mv c/x c/three",
    "chmod -R g-x a c",
    "mv a/one b/moved",
    "echo last > c/four",
    "rm c/four",
  );
});
