import { mkdirSync } from "node:fs";
import { expect, test } from "@jest/globals";
import type { CacheImages } from "../../src/cache/request.ts";
import type { StoredResult } from "../../src/store/refs.ts";
import { newMachine } from "../support/cache-machine.ts";
import { type DirectoryCache, directoryCache } from "../support/directory-cache.ts";
import { scratch, sh } from "../support/store.ts";

/** The base takes a minute and has 4.3 MB, each of the ten stages on it takes half a second and has a few bytes. */
const base = { content: "1".repeat(4_300_000), seconds: 60 };
const small = { content: "s", seconds: 0.5 };
const stageNames = Array.from({ length: 10 }, (_, index) => `stage-${index}`);
/** An image that is as large as its tree and made in no time. */
const image = { content: "i".repeat(1_100_000), seconds: 0.1 };

interface Commit {
  readonly names: readonly string[];
  readonly seconds?: (name: string) => number;
  readonly images?: CacheImages;
}

/** Builds a commit on a fresh runner; returns the names of the steps that ran. */
async function build(directory: string, cache: DirectoryCache, { names, seconds, images = "auto" }: Commit) {
  const machine = await newMachine(directory, cache, "auto", images);
  const last = names.at(-1) as string;
  const ids = ["base", ...names, `image-${last}`].map((name) => ({ ...machine.named(name), name }));
  const found = await machine.fetch(ids.toReversed());
  const from = ids.findIndex(({ id }) => id === found?.id);
  if (found?.kind === "stage") machine.startFrom(found);
  const ran: string[] = [];
  for (const { name } of ids.slice(from + 1)) {
    let record: StoredResult;
    if (name.startsWith("image-"))
      record = { ...(await machine.output(name, { raw: image.content })), seconds: image.seconds };
    else {
      const { content, seconds: own } = name === "base" ? base : small;
      record = await machine.stage(name, content + name, seconds?.(name) ?? own);
    }
    machine.saver.built(record);
    ran.push(name);
  }
  await machine.saver.done();
  return { ran, left: machine.left, warnings: machine.warnings };
}

async function place() {
  const temporary = await scratch();
  const path = `${temporary.path}/cache`;
  mkdirSync(path);
  const bytes = () =>
    Number(sh('find "$1" -path "*-*-*" -type f -printf "%s\\n" | awk "{ sum += \\$1 } END { print sum + 0 }"', path));
  return { ...temporary, machines: temporary.path, cache: directoryCache(path), bytes };
}

const last = (commit: number) => [...stageNames.slice(0, -1), `last-${commit}`];

test("a cold build makes three entries, and an unchanged one only the image, which isn't worth its room", async () => {
  await using here = await place();
  const cold = await build(here.machines, here.cache, { names: stageNames });
  expect(cold.ran).toHaveLength(12);
  expect(cold.left).toEqual(["image-stage-9: it is made quickly for its size"]);
  // The base, the tree below the last stage, and the tree.
  expect(here.cache.keys()).toHaveLength(3);
  const warm = await build(here.machines, here.cache, { names: stageNames });
  expect(warm).toMatchObject({ ran: ["image-stage-9"], warnings: [] });
  expect(here.cache.keys()).toHaveLength(3);
});

test("a hundred commits that change the last stage leave next to nothing each, and run that stage and the image", async () => {
  await using here = await place();
  await build(here.machines, here.cache, { names: last(0) });
  const before = here.bytes();
  for (let commit = 1; commit <= 100; commit++) {
    const { ran } = await build(here.machines, here.cache, { names: last(commit) });
    expect(ran).toEqual([`last-${commit}`, `image-last-${commit}`]);
  }
  expect((here.bytes() - before) / 100).toBeLessThan(100_000);
  expect(here.cache.keys()).toHaveLength(3 + 100);
}, 300_000);

test("with cache-images every image is kept, and an unchanged build runs nothing", async () => {
  await using here = await place();
  await build(here.machines, here.cache, { names: stageNames, images: "true" });
  expect(await build(here.machines, here.cache, { names: stageNames })).toMatchObject({ ran: [] });
});

test("a change in the middle reruns small stages for some seconds at most", async () => {
  await using here = await place();
  // Together the stages take twenty seconds, so one in their middle has an entry.
  const seconds = (name: string) => (name === "base" ? 60 : 2);
  await build(here.machines, here.cache, { names: stageNames, seconds });
  expect(here.cache.keys()).toHaveLength(4);
  const names = stageNames.map((name, index) => (index < 8 ? name : `other-${index}`));
  const changed = await build(here.machines, here.cache, { names, seconds });
  expect(changed.ran.slice(0, -1)).toEqual(["stage-6", "stage-7", "other-8", "other-9"]);
});
