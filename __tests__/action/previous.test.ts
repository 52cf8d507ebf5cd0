import { existsSync, readdirSync } from "node:fs";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { type FoundImage, type LatestImage, previousImages } from "../../src/action/previous.ts";
import type { CacheClient } from "../../src/remote/calls.ts";
import { encodeContents } from "../../src/tree/contents-file.ts";
import { damagesOf, putBack, strange } from "../support/misfits.ts";
import { scratch, sh } from "../support/store.ts";

const inputs = { cacheKeyPrefix: "", variables: [] };

const digest = (digit: string) => digit.repeat(64);

test("the record of the last image is found again, and a damaged one is an error, not a crash", async () => {
  await using directory = await scratch();
  const kept = `${directory.path}/kept`;
  const fetched = (key: string | undefined) => {
    if (key === undefined || !existsSync(`${kept}/${key}`)) return undefined;
    const restored = { key, directory: `${directory.path}/restored` };
    sh('cp -a "$1" "$2"', `${kept}/${key}`, restored.directory);
    return restored;
  };
  const cache: CacheClient = {
    restore: async ([key]) => fetched(key as string),
    restoreNewest: async ([beginning]) => fetched(readdirSync(kept).find((key) => key.startsWith(beginning as string))),
    findNewest: async () => undefined,
    async save(key, from) {
      await cp(from, `${kept}/${key}`, { recursive: true });
      return true;
    },
  };
  await mkdir(`${directory.path}/transfer`);
  const runner = { env: { GITHUB_SHA: digest("a") } } as unknown as Parameters<typeof previousImages>[0];
  const images = previousImages(runner, inputs, cache, `${directory.path}/transfer`);
  const image: Omit<LatestImage, "contents"> = {
    outputId: digest("1"),
    steps: [{ kind: "stage", id: digest("2"), name: "org.osbuild.noop", depth: 0, index: 1 }],
    image: { path: "web.tar", bytes: 4, sha256: digest("3") },
    uploaded: digest("4"),
    origin: { id: digest("1"), fingerprint: digest("5"), entries: ["osbuild-v2-x64-1"] },
  };
  const contents = { database: "none", distribution: null, packages: [], steps: [], entries: [] } as const;
  putBack(`${directory.path}/contents.json`, Buffer.from(encodeContents(contents)));
  await images.save("pipeline.json", { ...image, contents: `${directory.path}/contents.json` });
  const found = { ...image, previous: { image: image.image, label: "aaaaaaa", contents } };
  const find = async () => {
    const { previous, contentsKey: _, ...rest } = (await images.find("pipeline.json")) as FoundImage;
    return { ...rest, previous: await previous() };
  };
  expect(await find()).toEqual(found);

  const [latest, listed] = readdirSync(kept).sort();
  const note = `${kept}/${latest}/image.json`;
  const list = `${kept}/${listed}/contents.json`;
  const table = [
    ...damagesOf(note).map(([what, damage]) => [note, what, damage] as const),
    ...Object.entries(strange).map(([what, damage]) => [list, what, damage] as const),
  ];
  for (const [path, what, damage] of table) {
    const bytes = await readFile(path);
    damage(path);
    const failed = await find().catch((error: Error) => error.name);
    expect([what, failed]).toEqual([what, "BuildError"]);
    putBack(path, bytes);
  }
  expect(await find()).toEqual(found);
  await rm(`${kept}/${listed}`, { recursive: true });
  expect(await find()).toEqual({ ...found, previous: null });
});

test("each job of a matrix that sets variables has an image of its own", async () => {
  const asked: string[] = [];
  const cache: CacheClient = {
    restore: async () => undefined,
    async restoreNewest(beginnings) {
      asked.push(...beginnings);
      return undefined;
    },
    findNewest: async () => undefined,
    save: async () => true,
  };
  const runner = { env: {} } as unknown as Parameters<typeof previousImages>[0];
  const a = { name: "host", value: "a" };
  const b = { name: "size", value: "1" };
  for (const variables of [[], [a], [a, b], [b, a]])
    await previousImages(runner, { ...inputs, variables }, cache, "/").find("web.json");
  expect(new Set(asked).size).toBe(3);
  expect(asked[2]).toBe(asked[3]);
});
