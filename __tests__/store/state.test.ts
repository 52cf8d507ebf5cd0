import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { createStore } from "../../src/store/layout.ts";
import { openState } from "../../src/store/state.ts";
import { scratch, sh } from "../support/store.ts";

test("a program's state is a directory of the store, whatever is in its place", async () => {
  await using directory = await scratch();
  const outside = `${directory.path}/outside`;
  mkdirSync(outside);
  const layout = await createStore(`${directory.path}/store`);
  const damages = [
    (path: string) => symlinkSync(outside, path),
    (path: string) => symlinkSync(path, path),
    (path: string) => writeFileSync(path, ""),
    (path: string) => sh('mkfifo "$1"', path),
  ];
  for (const [index, damage] of damages.entries()) {
    const state = layout.state(`test.${index}`);
    damage(state);
    damage(`${state}.lock`);
    expect(await openState(layout, `test.${index}`)).toBe(state);
    writeFileSync(`${state}/kept`, "");
    expect(lstatSync(state).isDirectory()).toBe(true);
    expect(await openState(layout, `test.${index}`)).toBe(state);
    expect(readdirSync(state)).toEqual(["kept"]);
    expect(lstatSync(`${state}.lock`, { throwIfNoEntry: false })?.isFile() ?? true).toBe(true);
  }
  expect(readdirSync(outside)).toEqual([]);
});

test("what no download is is removed from a program's state, and all else stays", async () => {
  await using directory = await scratch();
  const layout = await createStore(`${directory.path}/store`);
  const state = await openState(layout, "test.kept");
  sh(
    `cd "$1"; mkdir -p deep; echo mine > "$2/mine"
     ln "$2/mine" deep/mine; mkfifo deep/fifo; mknod deep/null c 1 3
     echo kept > deep/kept; ln deep/kept deep/again; ln -s nowhere link`,
    ...[state, directory.path],
  );
  await openState(layout, "test.kept");
  expect(sh('cd "$1"; find . | LC_ALL=C sort', state)).toBe(".\n./deep\n./deep/again\n./deep/kept\n./link\n");
  expect(readFileSync(`${directory.path}/mine`, "utf8")).toBe("mine\n");
});
