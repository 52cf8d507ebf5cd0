import { readdirSync, rmSync, truncateSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { layoutOf } from "../../src/store/layout.ts";
import { pruneStore } from "../../src/store/maintenance.ts";
import { squashedOf } from "../../src/store/squash.ts";
import type { Layer } from "../../src/store/trees.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { listing, openStore, scratch, sh } from "../support/store.ts";

/** Changes that a stack expresses in every way there is: one layer each. */
const changes = [
  `chmod 750 .; mkdir -p etc/d usr/deep/er; echo 1 > etc/a; ln etc/a etc/b; echo c > etc/c; echo old > usr/deep/er/x
   echo cap > usr/ping; setcap cap_net_raw+ep usr/ping; setfattr -n user.word -v value etc/c; mkfifo usr/fifo`,
  "chmod u+ etc/c; setfacl -m u:7:rx etc/c; rm usr/fifo; ln -s a etc/link; chown 5:6 etc/d; chmod 4755 usr/ping",
  "rm -r usr/deep; mkdir usr/deep; echo new > usr/deep/y; mknod usr/zero c 1 5",
  "echo 2 >> etc/a; mv usr/deep usr/moved; rm etc/link",
  "chmod u+ etc/d; setfacl -m u:7:rwx etc/d; touch -d @86400 etc/d; chmod 755 .",
  "ln etc/c usr/c; rm etc/d -r; echo back > etc/d",
  "rm etc/a; mkdir usr/deep; echo again > usr/deep/er",
];

const few = 2;

async function stackIn(directory: string, most?: number) {
  await using store = await openStore(directory, undefined, most);
  const layers: Layer[] = [];
  const seen: string[] = [];
  for (const change of changes) {
    layers.push(await store.pack(await store.change(layers, (path) => sh(`cd "$1"; ${change}`, path))));
    seen.push(await store.see(layers, listing));
  }
  return { layers, seen };
}

test("a stack that grows long is the same tree, and its layers are the same objects", async () => {
  await using directory = await scratch();
  const whole = await stackIn(`${directory.path}/whole`);
  const squashed = await stackIn(`${directory.path}/squashed`, few);
  expect(squashed).toEqual(whole);
  expect(new Set(whole.seen).size).toBe(changes.length);
  expect(readdirSync(`${directory.path}/whole/squashed`)).toEqual([]);
  // The lowest 2, 4 and 6 of one to seven layers are squashed.
  expect(readdirSync(`${directory.path}/squashed/squashed`)).toHaveLength(3);
});

test("a squashed stack is used again, and made again when it is damaged, missing or pruned", async () => {
  await using directory = await scratch();
  const { layers, seen } = await stackIn(directory.path, few);
  const objects = new Set(layers.map((layer) => ("object" in layer ? layer.object : "")));
  const extra = () => readdirSync(`${directory.path}/objects`).filter((digest) => !objects.has(digest));
  const made = extra().sort();
  const look = async () => {
    await using store = await openStore(directory.path, undefined, few);
    expect(await store.see(layers, listing)).toBe(seen.at(-1));
    expect(readdirSync(store.workspace).filter((name) => name.startsWith("squash-"))).toEqual([]);
  };
  await look();
  expect(extra().sort()).toEqual(made);
  for (const digest of made) truncateSync(`${directory.path}/objects/${digest}`, 100);
  await look();
  for (const digest of made) rmSync(`${directory.path}/objects/${digest}`);
  await look();
  expect(made).toEqual(expect.arrayContaining(extra()));
  const layout = layoutOf(directory.path);
  expect((await verifyStore(layout)).findings).toEqual([]);
  await pruneStore(layout, {});
  expect(readdirSync(layout.folder("squashed"))).toEqual([]);
});

test("a read-only store's long stacks can be read, too", async () => {
  await using directory = await scratch();
  const { layers, seen } = await stackIn(`${directory.path}/store`);
  sh('mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"', `${directory.path}/store`);
  try {
    await using store = await openStore(`${directory.path}/store`, undefined, few);
    expect(await store.see(layers, listing)).toBe(seen.at(-1));
  } finally {
    sh('umount "$1"', `${directory.path}/store`);
  }
});

test("a stack of 600 layers can be mounted", async () => {
  await using directory = await scratch();
  await using store = await openStore(directory.path);
  const layer = async (text: string) =>
    store.pack(await store.change([], (path) => sh('cd "$1"; mkdir d; echo "$2" > "d/$2"', path, text)));
  const layers: Layer[] = [];
  for (let index = 0; index < 6; index++) layers.push(await layer(String(index)));
  const stack = Array.from({ length: 600 }, (_, index) => layers[index % 6] as Layer);
  expect(await store.see(stack, (path) => readdirSync(`${path}/d`))).toEqual(["0", "1", "2", "3", "4", "5"]);
});

test("the same lowest layers are squashed while a stack grows by a hundred", () => {
  expect([0, 1, 100, 101, 200, 201, 1000].map((layers) => squashedOf(layers, 100))).toEqual([
    0, 0, 0, 100, 100, 200, 900,
  ]);
});
