import { mkdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { writeEntry } from "../../src/cache/entries.ts";
import { importEntry } from "../../src/cache/import-entry.ts";
import { exportOutput, isExported } from "../../src/store/exports.ts";
import { createStore } from "../../src/store/layout.ts";
import { readRef } from "../../src/store/refs.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { shellBuilder } from "../support/shell-pipeline.ts";
import { listing } from "../support/store.ts";

test.each([
  ["tar", { filename: "tree.tar" }],
  ["squashfs", { filename: "tree.squashfs" }],
  ["directory", { filename: "tree" }],
])("two builds with a source-epoch in the future make the same %s, and warn", async (assembler, options) => {
  await using builder = await shellBuilder();
  const build = () =>
    builder.build("mkdir a; echo 1 >a/b; touch -d @86400 old", `org.osbuild.${assembler}`, options, {
      "source-epoch": 4_000_000_000,
    });
  const first = await build();
  await setTimeout(1100);
  const second = await build();
  expect(second.record.object).toBe(first.record.object);
  expect(second.warnings).toEqual([
    "the source-epoch 4000000000 is later than this machine's clock: 2096-10-02T07:06:40.000Z",
  ]);
});

const odd = [
  "mkdir -p n empty bin",
  "printf x >$'n/caf\\xe9'; printf y >n/'caf\\xe9'",
  "touch -d @981158400 old; touch -d @1000000000 n",
  "echo tool >bin/tool; chmod 4755 bin/tool; ln bin/tool bin/same; ln -s tool bin/link",
  "chown 7:8 empty; mkfifo -m 600 fifo; setfattr -n user.note -v yes old",
].join("\n");

test("a directory output has the names, times, modes and links of the tree", async () => {
  await using builder = await shellBuilder();
  const { layout, record, object } = await builder.build(odd, "org.osbuild.directory", { filename: "tree" });
  expect(await readRef(layout, record.id)).toEqual(record);
  const output = `${builder.path}/output`;
  for (const _ of ["new", "replaced"]) await exportOutput(layout, record, output);
  expect(await isExported(layout, record, output)).toBe(true);
  expect(listing(`${output}/tree`)).toBe(listing(`${object}/tree`));
  expect(statSync(`${output}/tree/old`).mtimeMs).toBe(981158400_000);
  expect(readFileSync(Buffer.from(`${output}/tree/n/caf\xe9`, "latin1"), "utf8")).toBe("x");
  expect(readlinkSync(`${output}/tree/bin/link`)).toBe("tool");
  expect((await verifyStore(layout)).findings).toEqual([]);
});

test("a directory output survives the cache", async () => {
  await using builder = await shellBuilder();
  const { layout, record, object } = await builder.build(odd, "org.osbuild.directory", { filename: "tree" });
  const entry = `${builder.path}/entry`;
  mkdirSync(entry);
  await writeEntry(layout, entry, { record, objects: [record.object], needs: [] });
  const other = await createStore(`${builder.path}/other`);
  await importEntry(other, entry, record);
  expect(listing(other.object(record.object))).toBe(listing(object));
});

test.each([
  ["a link", "ln -s b a", "ln -s c a"],
  ["a mode", "touch a; chmod 755 a", "touch a; chmod 700 a"],
  ["an empty directory", "mkdir -p a/b a/c", "mkdir -p a/b"],
  ["a time", "touch -d @1 a", "touch -d @2 a"],
  ["an owner", "touch a; chown 1 a", "touch a; chown 2 a"],
  ["an attribute", "touch a; setfattr -n user.a -v 1 a", "touch a; setfattr -n user.a -v 2 a"],
])("two directories that differ by %s are two objects", async (_, first, second) => {
  await using builder = await shellBuilder();
  const objects = [];
  for (const script of [first, second])
    objects.push((await builder.build(script, "org.osbuild.directory", { filename: "tree" })).record.object);
  expect(objects[0]).not.toBe(objects[1]);
});
