import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { expect, test } from "@jest/globals";
import { exportOutput, exportTree, isExported, requireEmpty } from "../../src/store/exports.ts";
import { isSound } from "../../src/store/integrity.ts";
import { createStore } from "../../src/store/layout.ts";
import { addDirectory } from "../../src/store/objects.ts";
import type { StoredResult } from "../../src/store/refs.ts";
import { epoch, scratch, sh } from "../support/store.ts";

async function outputs(directory: string) {
  const layout = await createStore(`${directory}/store`);
  const add = async (text: string): Promise<StoredResult> => {
    const path = `${layout.temporary}/output`;
    mkdirSync(`${path}/more`, { recursive: true });
    for (const name of ["disk.img", "more/sums"]) writeFileSync(`${path}/${name}`, text);
    const { digest, files, size } = await addDirectory(layout, path, epoch);
    const named = { version: 1, kind: "assembler", id: digest, name: "x", fingerprint: "", parts: {} } as const;
    return { ...named, object: digest, layers: [], files, size, seconds: 0 };
  };
  return { layout, first: await add("one"), second: await add("two"), output: `${directory}/of/output` };
}

test("an output replaces only its untouched predecessor", async () => {
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

test("if two builds deliver into one directory at once, the second is refused, even with another store", async () => {
  await using directory = await scratch();
  const [one, other] = [await outputs(`${directory.path}/one`), await outputs(`${directory.path}/other`)];
  const output = `${directory.path}/output`;
  const ends = await Promise.allSettled([
    exportOutput(one.layout, one.first, output),
    exportOutput(other.layout, other.second, output),
    exportOutput(one.layout, one.first, output),
  ]);
  const text = readFileSync(`${output}/disk.img`, "utf8");
  expect(ends.map(({ status }) => status === "fulfilled")).toEqual([text === "one", text === "two", text === "one"]);
  expect(readFileSync(`${output}/more/sums`, "utf8")).toBe(text);
  expect(readdirSync(output).sort()).toEqual(["disk.img", "more"]);
});

test("the unfinished output of a killed build is replaced", async () => {
  await using directory = await scratch();
  const { layout, first, output } = await outputs(directory.path);
  mkdirSync(`${output}/.osbuild-partial`, { recursive: true });
  writeFileSync(`${output}/.osbuild-partial/disk.img`, "half");
  await requireEmpty(layout, output);
  await exportOutput(layout, first, output);
  expect(readdirSync(output).sort()).toEqual(["disk.img", "more"]);
});

test("an output belongs to the owner of the directory around it", async () => {
  await using directory = await scratch();
  const { layout, first } = await outputs(directory.path);
  mkdirSync(`${directory.path}/home`);
  chownSync(`${directory.path}/home`, 1000, 1001);
  await exportOutput(layout, first, `${directory.path}/home/new/output`);
  for (const name of ["", "/disk.img", "/more", "/more/sums"])
    expect(statSync(`${directory.path}/home/new/output${name}`)).toMatchObject({ uid: 1000, gid: 1001 });
});

test("a tree is delivered as a copy with its modes, for its owner only if it contains anything dangerous", async () => {
  await using directory = await scratch();
  const { layout, first } = await outputs(directory.path);
  const path = `${layout.temporary}/output`;
  sh('mkdir -p "$1/tree"; cp /bin/true "$1/tree/su"; chmod 6755 "$1/tree/su"; ln "$1/tree/su" "$1/tree/sg"', path);
  sh('mknod -m 666 "$1/tree/disk" b 7 0; ln -s su "$1/tree/link"; chmod 755 "$1/tree"', path);
  const { digest, files, size } = await addDirectory(layout, path, epoch);
  const tree = { ...first, id: digest, object: digest, files, size };
  const facts = 'cd "$1"; find . -printf "%P %m %U %T@\\n" | sort';
  const stored = sh(facts, layout.object(digest));
  mkdirSync(`${directory.path}/home`);
  chownSync(`${directory.path}/home`, 1000, 1001);
  const output = `${directory.path}/home/output`;
  await exportOutput(layout, tree, output);
  expect(statSync(output)).toMatchObject({ uid: 1000, gid: 1001, mode: 0o40700 });
  expect(sh('cd "$1/tree"; stat -c "%n %a %u %g" *', output)).toBe(
    "disk 666 0 0\nlink 777 1000 1001\nsg 6755 1000 1001\nsu 6755 1000 1001\n",
  );
  expect(await isExported(layout, tree, output)).toBe(true);
  sh('chmod 000 "$1/tree/su"; echo more >> "$1/tree/su"', output);
  expect(sh(facts, layout.object(digest))).toBe(stored);
  expect(await isSound(layout, digest)).toBe(true);
  await exportOutput(layout, first, `${directory.path}/home/plain`);
  expect(statSync(`${directory.path}/home/plain`).mode & 0o777).toBe(0o755);
});

test("a tree from the store keeps its owners, in a directory that its owner can enter, alone if that is dangerous", async () => {
  await using directory = await scratch();
  mkdirSync(`${directory.path}/home`);
  chownSync(`${directory.path}/home`, 1000, 1001);
  mkdirSync(`${directory.path}/tree`);
  for (const [name, mode, expected] of [
    ["plain", 0o600, "755 1000 1001\n600 0 0\n"],
    ["su", 0o4755, "700 1000 1001\n4755 0 0\n"],
  ] as const) {
    writeFileSync(`${directory.path}/tree/file`, "");
    chmodSync(`${directory.path}/tree/file`, mode);
    const copy = `${directory.path}/home/${name}`;
    await exportTree(`${directory.path}/tree`, copy);
    expect(sh('stat -c "%a %u %g" "$1" "$1/file"', copy)).toBe(expected);
  }
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
