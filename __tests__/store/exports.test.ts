import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { exportOutput, isExported, requireEmpty } from "../../src/store/exports.ts";
import { createStore } from "../../src/store/layout.ts";
import { addDirectory } from "../../src/store/objects.ts";
import type { Record } from "../../src/store/refs.ts";
import { epoch, scratch } from "../support/store.ts";

async function outputs(directory: string) {
  const layout = await createStore(`${directory}/store`);
  const add = async (text: string): Promise<Record> => {
    const path = `${layout.temporary}/output`;
    mkdirSync(`${path}/more`, { recursive: true });
    for (const name of ["disk.img", "more/sums"]) writeFileSync(`${path}/${name}`, text);
    const { digest, files, size } = await addDirectory(layout, path, epoch);
    const named = { version: 1, kind: "assembler", id: digest, name: "x", fingerprint: "", parts: {} } as const;
    return { ...named, object: digest, layers: [], files, size, seconds: 0 };
  };
  return { layout, first: await add("one"), second: await add("two"), output: `${directory}/of/output` };
}

test("an output replaces its untouched predecessor, and nothing else", async () => {
  await using directory = await scratch();
  const { layout, first, second, output } = await outputs(directory.path);
  await exportOutput(layout, first, output);
  expect(readFileSync(`${output}/disk.img`, "utf8")).toBe("one");
  expect(statSync(`${output}/disk.img`).mtimeMs).toBe(epoch * 1000);
  expect(await isExported(layout, first, output)).toBe(true);
  expect(await isExported(layout, second, output)).toBe(false);
  await exportOutput(layout, second, output);
  expect(readFileSync(`${output}/more/sums`, "utf8")).toBe("two");
  expect(readdirSync(output).sort()).toEqual(["disk.img", "more"]);

  const edits: readonly (() => void)[] = [
    () => writeFileSync(`${output}/disk.img`, "owt"),
    () => writeFileSync(`${output}/notes.txt`, "mine"),
    () => writeFileSync(`${output}/more/notes.txt`, "mine"),
    () => writeFileSync(Buffer.from(`${output}/\xff`, "latin1"), "mine"),
    () => symlinkSync("nowhere", `${output}/link`),
    () => rmSync(`${output}/more`, { recursive: true }),
  ];
  for (const edit of edits) {
    rmSync(output, { recursive: true });
    await exportOutput(layout, second, output);
    edit();
    const before = readdirSync(output).sort();
    await expect(exportOutput(layout, first, output)).rejects.toThrow(`the output directory ${output} isn't empty`);
    expect(await isExported(layout, second, output)).toBe(false);
    expect(readdirSync(output).sort()).toEqual(before);
  }
});

test("what a build that was killed left of its output is replaced", async () => {
  await using directory = await scratch();
  const { layout, first, output } = await outputs(directory.path);
  mkdirSync(`${output}/.osbuild-partial`, { recursive: true });
  writeFileSync(`${output}/.osbuild-partial/disk.img`, "half");
  await requireEmpty(layout, output);
  await exportOutput(layout, first, output);
  expect(readdirSync(output).sort()).toEqual(["disk.img", "more"]);
});

test("an output belongs to whom the directory around it belongs to", async () => {
  await using directory = await scratch();
  const { layout, first } = await outputs(directory.path);
  mkdirSync(`${directory.path}/home`);
  chownSync(`${directory.path}/home`, 1000, 1001);
  await exportOutput(layout, first, `${directory.path}/home/new/output`);
  for (const name of ["", "/disk.img", "/more", "/more/sums"])
    expect(statSync(`${directory.path}/home/new/output${name}`)).toMatchObject({ uid: 1000, gid: 1001 });
});

test("a file in place of the directory is refused", async () => {
  await using directory = await scratch();
  const { layout } = await outputs(directory.path);
  writeFileSync(`${directory.path}/file`, "");
  const refused = requireEmpty(layout, `${directory.path}/file`);
  await expect(refused).rejects.toMatchObject({
    code: "INVALID",
    message: `${directory.path}/file is not a directory`,
  });
});
