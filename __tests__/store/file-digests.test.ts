import { existsSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { contentOf } from "../../src/store/content.ts";
import { fileDigestsOf, keepFileDigests } from "../../src/store/file-digests.ts";
import { listAttributes } from "../../src/store/layers.ts";
import type { Layer } from "../../src/store/trees.ts";
import { readContents } from "../../src/tree/contents.ts";
import { openStore, scratch, sh, type TestStore } from "../support/store.ts";

/** The digests of the files in a directory of the store's namespace. */
const digestsIn = async ({ namespace }: TestStore, directory: string) =>
  (await contentOf(namespace.path(directory), await listAttributes(namespace, directory))).files;

test("a tree's contents follow from the digests of its layers' files, whatever a layer has done to those below", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const layers: Layer[] = [];
  const changes = [
    "mkdir d e; echo 1 > kept; echo 1 > changed; echo 1 > gone; echo 1 > d/gone; echo 1 > e/old; ln kept linked; ln -s kept link",
    "echo 2 > changed; rm gone; rm -r d; mkdir d; echo 2 > d/new; mv e f; rm link; echo 2 > link; : > \"$(printf 'b\\377')\"",
    "echo 3 > gone; chmod 600 kept; rm link; ln -s d link; echo 3 > d/gone; rm changed; mkdir changed; echo 3 > changed/x",
  ];
  for (const change of changes)
    layers.push(await store.change(layers, (path) => void sh(`umask 022; cd "$1"; ${change}`, path)));
  const described = [];
  for (const layer of layers) {
    const upper = "directory" in layer ? layer.directory : "";
    described.push({ directory: upper, step: null, files: await digestsIn(store, upper) });
  }
  await using tree = await store.trees.get(layers);
  const path = store.namespace.path(tree.path);
  const read = await readContents(path);
  expect(await readContents(path, described)).toEqual(read);
  const files = read.entries.filter(({ kind }) => kind === "file" || kind === "hard link");
  expect(files.map((file) => file.path)).toEqual(
    expect.arrayContaining(["/changed/x", "/d/gone", "/d/new", "/f/old", "/gone", "/kept", "/linked", "/b\\xff"]),
  );
  // Nothing was read again.
  const wrong = described.map(({ files: own, ...layer }) => ({
    ...layer,
    files: new Map([...own.keys()].map((name) => [name, "known"])),
  }));
  const { entries } = await readContents(path, wrong);
  expect(entries.filter(({ kind }) => kind === "file").every(({ digest }) => digest === "known")).toBe(true);
});

test("the digests of a large layer's files are kept, and made again when they are damaged or gone", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const { layout } = store;
  const make = async (bytes: number) => {
    const layer = await store.change(
      [],
      (path) => void sh(`head -c ${bytes} /dev/urandom > "$1/a"; ln "$1/a" "$1/b"`, path),
    );
    const own = store.namespace.path(layer.directory);
    const { object } = await store.pack(layer);
    return {
      own,
      object,
      digests: await digestsIn(store, layer.directory),
      size: statSync(layout.object(object)).size,
    };
  };
  const small = await make(1000);
  await keepFileDigests(layout, { digest: small.object, size: small.size }, small.digests);
  expect(existsSync(layout.fileDigests(small.object))).toBe(false);
  expect(await fileDigestsOf(layout, small.object, small.own)).toEqual(small.digests);

  const { own, object, digests, size } = await make(2 * 1024 ** 2);
  expect(digests.get("/a")).toBe(digests.get("/b"));
  const kept = layout.fileDigests(object);
  await keepFileDigests(layout, { digest: object, size }, digests);
  expect(await fileDigestsOf(layout, object, "/nowhere")).toEqual(digests);
  for (const damage of [() => truncateSync(kept, 30), () => writeFileSync(kept, "{}"), () => rmSync(kept)]) {
    damage();
    expect(await fileDigestsOf(layout, object, own)).toEqual(digests);
    expect(await fileDigestsOf(layout, object, "/nowhere")).toEqual(digests);
  }
});
