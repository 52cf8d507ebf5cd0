import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { archive } from "../../src/store/archives.ts";
import { epoch, openStore, scratch, sh } from "../support/store.ts";

test("two builds that save to one path at once leave one whole archive, and one that fails leaves none", async () => {
  await using directory = await scratch();
  await using store = await openStore(`${directory.path}/store`);
  const path = `${directory.path}/saved/tree.tar.gz`;
  mkdirSync(`${directory.path}/saved`);
  const save = (tree: string) => archive(store.namespace, tree, path, epoch);
  await expect(save(`${directory.path}/none`)).rejects.toThrow("none");
  expect(readdirSync(`${directory.path}/saved`)).toEqual([]);
  const trees = ["one", "two"].map((name) => `${directory.path}/${name}`);
  for (const tree of trees) {
    mkdirSync(tree);
    for (const name of ["a", "b"]) writeFileSync(`${tree}/${name}`, tree.repeat(100_000));
  }
  await Promise.all(trees.map(save));
  expect(readdirSync(`${directory.path}/saved`)).toEqual(["tree.tar.gz"]);
  expect(sh('tar -xOf "$1" ./a | sha256sum; tar -xOf "$1" ./b | sha256sum', path)).toMatch(/^(.*\n)\1$/);
});
