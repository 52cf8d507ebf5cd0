import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { expect, test } from "@jest/globals";
import { createStore, type Layout } from "../../src/store/layout.ts";
import { pruneStore } from "../../src/store/maintenance.ts";
import { addFile } from "../../src/store/objects.ts";
import { listRefs, writeRef } from "../../src/store/refs.ts";
import { verifyStore } from "../../src/store/verify.ts";
import { scratch, sh } from "../support/store.ts";

const id = (digit: string) => digit.repeat(64);

async function storeTree(layout: Layout, name: string): Promise<string> {
  writeFileSync(`${layout.temporary}/layer`, name);
  const { digest, size } = await addFile(layout, `${layout.temporary}/layer`);
  const named = { version: 1, kind: "stage", id: name, name: "x", fingerprint: name, parts: {}, files: [] } as const;
  await writeRef(layout, { ...named, object: digest, layers: [digest], size, seconds: 0 });
  writeFileSync(layout.log(name), "");
  return digest;
}

const put = (make: string, path: string) => {
  rmSync(path, { recursive: true, force: true });
  sh(make, path);
};

test("verify names everything that is wrong without reading a FIFO, and prune deletes exactly that", async () => {
  await using directory = await scratch();
  const layout = await createStore(`${directory.path}/store`);
  const objects = new Map<string, string>();
  for (const digit of "123456789a") objects.set(digit, await storeTree(layout, id(digit)));
  const object = (digit: string) => layout.object(objects.get(digit) as string);
  expect(await verifyStore(layout)).toEqual({ objects: 10, findings: [] });

  writeFileSync(`${directory.path}/mine`, "mine");
  truncateSync(layout.record(id("1")), 20);
  put('mkfifo "$1"', layout.ref(id("2")));
  put('mkfifo "$1"', layout.record(id("3")));
  put(`ln -s ${directory.path}/mine "$1"`, layout.log(id("4")));
  writeFileSync(layout.contents(id("5")), '{"version":3,"sha256":"');
  put('mkfifo "$1"', layout.mark(objects.get("6") as string));
  put('mkfifo "$1"', object("7"));
  put(`ln -s ${directory.path} "$1"`, object("8"));
  linkSync(object("9"), `${directory.path}/other-name`);
  truncateSync(object("a"), 2 ** 40);
  mkdirSync(`${layout.refs}/notes`);
  writeFileSync(`${layout.objects}/notes.txt`, "");

  const { findings } = await verifyStore(layout);
  const known = new Map([...objects].map(([digit, digest]) => [digest, `object-${digit}`]));
  const named = (text: string) =>
    text
      .replaceAll(layout.directory, "")
      .replace(/([\da])\1{63}/g, "$1")
      .replace(/[0-9a-f]{64}/g, (digest) => known.get(digest) ?? digest);
  expect(findings.map(({ message }) => named(message)).sort()).toEqual([
    "/logs/4 is a symbolic link, not a file",
    "/marks/object-6 is a fifo, not a file",
    "/objects/notes.txt doesn't belong to the store",
    "/objects/object-7 is a fifo, not a file or directory",
    "/objects/object-8 is a symbolic link, not a file or directory",
    "/objects/object-9 has a hard link outside the store, through which it can be changed",
    "/refs/2 is a fifo, not a symbolic link",
    "/refs/3.json is a fifo, not a file",
    "/refs/notes doesn't belong to the store",
    "object object-a is damaged",
    "ref 1 is damaged, or one of its objects is missing",
    "ref 7 is damaged, or one of its objects is missing",
    "ref 8 is damaged, or one of its objects is missing",
    "ref a is damaged, or one of its objects is missing",
    "the list of what the image 5 contains is damaged",
  ]);
  expect(findings.every(({ hint }) => hint !== "")).toBe(true);

  await pruneStore(layout, { damaged: findings });
  expect(readFileSync(`${directory.path}/mine`, "utf8")).toBe("mine");
  // The object itself is sound.
  expect((await verifyStore(layout)).findings).toHaveLength(1);
  rmSync(`${directory.path}/other-name`);
  expect(await verifyStore(layout)).toEqual({ objects: 3, findings: [] });
  expect(await listRefs(layout)).toEqual([id("4"), id("6"), id("9")]);
});

test.each([
  ["objects", "directory"],
  ["refs", "directory"],
  ["tmp", "directory"],
  ["lock", "file"],
])("a link in place of %s is refused before anything is deleted or written", async (name, kind) => {
  await using directory = await scratch();
  const layout = await createStore(`${directory.path}/store`);
  const elsewhere = `${directory.path}/elsewhere`;
  mkdirSync(`${elsewhere}/precious`, { recursive: true });
  rmSync(`${layout.directory}/${name}`, { recursive: true });
  symlinkSync(kind === "file" ? `${elsewhere}/new` : elsewhere, `${layout.directory}/${name}`);
  await expect(createStore(layout.directory)).rejects.toMatchObject({
    code: "STORE",
    message: `${layout.directory}/${name} is a symbolic link; in a store it is always a ${kind}`,
  });
  expect([existsSync(`${elsewhere}/precious`), existsSync(`${elsewhere}/new`)]).toEqual([true, false]);
});
