import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { bytesOf, formatDump, getfattr, parseDump } from "../../../assemblers/lib/getfattr.ts";
import { run } from "../../support/run.ts";
import { scratch } from "../trees.ts";

/** Files whose names need escapes, and attributes that need them. */
const files = ["plain", "line\nbreak", "back\\slash", "caf\xe9 = \xff"];
const attributes = { "user.empty": "", "user.text": "value", "user.with=and\\": "a=b", "user.b\n": "\0\xff" };

function makeFiles(directory: string): void {
  mkdirSync(directory);
  for (const name of files) writeFileSync(Buffer.from(`${directory}/${name}`, "latin1"), "");
}

const dumpOf = (directory: string) => run(["env", "-C", directory, ...getfattr(), "--recursive", "."]);

test("a dump is parsed, and written again as getfattr wrote it", () => {
  using directory = scratch();
  const tree = `${directory.path}/tree`;
  makeFiles(tree);
  for (const [name, value] of Object.entries(attributes)) {
    const hex = `0x${Buffer.from(value, "latin1").toString("hex")}`;
    run(["setfattr", "-n", name, "-v", hex, `${tree}/plain`, `${tree}/line\nbreak`]);
  }
  run(["find", tree, "-type", "f", "-exec", "setfattr", "-n", "user.all", "-v", "1", "{}", "+"]);
  const found = parseDump(dumpOf(tree));
  expect(found.map(({ path }) => path).sort()).toEqual([...files].sort());
  const values = new Map(
    found.map((file) => [
      file.path,
      Object.fromEntries([...file.attributes].map(([name, hex]) => [name, bytesOf(hex).toString("latin1")])),
    ]),
  );
  expect(values.get("line\nbreak")).toEqual({ ...attributes, "user.all": "1" });
  expect(values.get("caf\xe9 = \xff")).toEqual({ "user.all": "1" });
  expect(found.map(formatDump).join("")).toBe(dumpOf(tree));
});

test("setfattr gives other files the attributes of a dump", () => {
  using directory = scratch();
  const [tree, copy] = [`${directory.path}/tree`, `${directory.path}/copy`];
  for (const place of [tree, copy]) makeFiles(place);
  for (const [name, value] of Object.entries(attributes))
    run([
      "find",
      tree,
      "-exec",
      "setfattr",
      "-n",
      name,
      "-v",
      `0x${Buffer.from(value, "latin1").toString("hex")}`,
      "{}",
      "+",
    ]);
  const dump = parseDump(dumpOf(tree));
  const text = Buffer.from(dump.map(formatDump).join(""), "latin1");
  run(["env", "-C", copy, "setfattr", "--restore=-"], { input: text });
  const sorted = (listing: string) => parseDump(listing).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  expect(dump.length).toBe(files.length + 1);
  expect(sorted(dumpOf(copy))).toEqual(sorted(dumpOf(tree)));
});
