import { mkdirSync, readdirSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { createStore } from "../../src/store/layout.ts";
import { pruneStore } from "../../src/store/maintenance.ts";
import { lockAlone, openWorkspace } from "../../src/store/workspace.ts";
import { scratch, sh } from "../support/store.ts";

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};

/** A path of 6,000 bytes of nested directories. */
const deep = 'n=$(printf "d%.0s" $(seq 100)); for i in $(seq 60); do mkdir $n; cd $n; done';

const leftovers: { readonly [what: string]: string } = {
  "an immutable file below a path that is too long": `${deep}; touch file; chattr +i file`,
  "an immutable directory below a path that is too long": `${deep}; mkdir sub; touch sub/file; chattr +i sub .`,
  "a directory that can only grow": "mkdir sub; touch sub/file; chattr +a sub",
  "names that aren't UTF-8, and a link to what must stay":
    "touch $(printf 'a\\377'); mkdir d; ln -s ../../../kept d/link",
};

test.each(Object.entries(leftovers))("a build and prune remove %s", async (_, make) => {
  await using directory = await scratch();
  const layout = await createStore(`${directory.path}/store`);
  const leave = (place: string) => sh(`mkdir "$1"; cd "$1"; exec bash -ec '${make}'`, place);
  mkdirSync(`${directory.path}/kept/file`, { recursive: true });
  {
    leave(`${layout.temporary}/killed`);
    await using workspace = await openWorkspace(layout, refuse);
    expect(readdirSync(layout.temporary)).toHaveLength(1);
    leave(`${workspace.directory}/upper`);
  }
  expect(readdirSync(layout.temporary)).toEqual([]);
  leave(`${layout.temporary}/killed`);
  await pruneStore(layout, {});
  expect(readdirSync(layout.temporary)).toEqual([]);
  expect(readdirSync(`${directory.path}/kept`)).toEqual(["file"]);
});

test("a directory that can't be removed is one warning, and the next build removes it", async () => {
  await using directory = await scratch();
  const layout = await createStore(`${directory.path}/store`);
  const warnings: string[] = [];
  const warn = ({ message }: { readonly message: string }) => void warnings.push(message);
  const first = await openWorkspace(layout, warn);
  try {
    sh('chattr +i "$1"', layout.temporary);
    await first[Symbol.asyncDispose]();
  } finally {
    sh('chattr -i "$1"', layout.temporary);
  }
  expect(warnings).toEqual([expect.stringContaining(`${first.directory} could not be removed: `)]);
  // A build that starts can't remove it either, because something is mounted there.
  const script = 'mount -t tmpfs tmpfs "$1/tmp/$2"; shift 2; exec "$@"';
  const opened = `
    const { layoutOf } = await import("${import.meta.resolve("../../src/store/layout.ts")}");
    const { openWorkspace } = await import("${import.meta.resolve("../../src/store/workspace.ts")}");
    const workspace = await openWorkspace(layoutOf("${layout.directory}"), ({ message }) => console.log(message));
    console.log("opened");
    await workspace[Symbol.asyncDispose]();`;
  const argv = [layout.directory, first.directory.slice(layout.temporary.length + 1), process.execPath, "-e", opened];
  expect(sh(`exec unshare --mount sh -ec '${script}' sh "$@"`, ...argv)).toMatch(
    /^\S+ could not be removed: [\s\S]*busy[\s\S]*\nopened\n$/,
  );
  expect(readdirSync(layout.temporary)).toEqual([first.directory.slice(layout.temporary.length + 1)]);
  await using _second = await openWorkspace(layout, warn);
  expect(warnings).toHaveLength(1);
  expect(readdirSync(layout.temporary)).toHaveLength(1);
});

test("a running build keeps the next one from cleaning up, and a lock that can't be taken is an error", async () => {
  await using directory = await scratch();
  const layout = await createStore(`${directory.path}/store`);
  await using _first = await openWorkspace(layout, refuse);
  mkdirSync(`${layout.temporary}/of another`);
  await using _second = await openWorkspace(layout, refuse);
  expect(readdirSync(layout.temporary)).toHaveLength(3);
  await expect(lockAlone(layout)).rejects.toThrow("the store is in use by a build");
  await expect(lockAlone({ ...layout, lock: `${directory.path}/missing/lock` })).rejects.toThrow(/no such file/i);
});
