import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { osbuildJson } from "../support/osbuild.ts";
import { runStep } from "../support/sandbox.ts";
import { scratch, sh } from "../support/store.ts";

const uuid = "2a9b6a43-6c3c-4f2a-9ad3-2b0c6f0c1f7e";

test("a file system is the same, whether the tree's layers are raw or came from the store", async () => {
  await using directory = await scratch();
  const { path } = directory;
  const [raw, stored] = [`${path}/raw`, `${path}/stored`];
  mkdirSync(stored);
  // What a file system may tell of differently: zeros that are a hole or aren't, links, and having no attributes.
  sh(
    `mkdir -p "$1/etc/deep"; cd "$1"
     head -c 3M /dev/zero > zeros; truncate --size=3M hole; (head -c 1M /dev/zero; echo end) > mixed
     for i in $(seq 500); do echo $i > etc/deep/$i; done
     ln etc/deep/1 etc/one; ln -s deep/2 etc/two
     find . -exec touch --no-dereference --date=@1700000000 {} +
     mksquashfs . "$2.squashfs" -quiet -no-progress > /dev/null`,
    ...[raw, stored],
  );
  sh('mount -o loop,ro "$1.squashfs" "$1"', stored);
  try {
    expect(await fileSystemOf(stored, `${path}/2`)).toBe(await fileSystemOf(raw, `${path}/1`));
  } finally {
    sh('umount "$1"', stored);
  }
});

test("a file system whose tool takes files as a directory lists them is the same from a store on another disk", async () => {
  await using directory = await scratch();
  await using memory = await scratch("/dev/shm");
  const { path } = directory;
  sh('mkdir -p "$1/more"; cd "$1"; seq 400 | xargs touch; cd more; seq 300 700 | xargs touch', `${path}/files`);
  const copy = (from: string) => ({ name: "org.osbuild.copy", options: { paths: [{ from, to: "/srv/" }] } });
  const options = { filename: "image", fs_type: "btrfs", root_fs_uuid: uuid, size: 200 * 1024 ** 2 };
  const pipeline = { stages: [copy("files/"), copy("files/more/")], assembler: { name: "org.osbuild.rawfs", options } };
  writeFileSync(`${path}/pipeline.json`, JSON.stringify(pipeline));
  const sums = [];
  for (const [place, store] of [`${path}/store`, `${memory.path}/store`].entries()) {
    await osbuildJson(["--store", store, "-o", `${place}`, "pipeline.json"], { cwd: path });
    sums.push(sumOf(`${path}/${place}/image`));
  }
  expect(sums[1]).toBe(sums[0]);
});

/** The sum of the file system that rawfs makes of a tree. */
async function fileSystemOf(tree: string, outputDir: string): Promise<string> {
  mkdirSync(outputDir);
  const options = { filename: "image", root_fs_uuid: uuid, size: 64 * 1024 ** 2 };
  expect(await runStep({ kind: "assembler", name: "org.osbuild.rawfs", tree, outputDir, options })).toEqual({
    exitCode: 0,
    log: "",
  });
  return sumOf(`${outputDir}/image`);
}

const sumOf = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
