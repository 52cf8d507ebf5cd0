import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readDisk } from "../../src/image/disk.ts";
import { run } from "../support/run.ts";

const mib = 1024 * 1024;
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(`${tmpdir()}/disk-test-`);
});
afterEach(() => rm(directory, { recursive: true }));

/** A disk of 64 MiB with this partition table, in a format. */
async function disk(format: string, table: string): Promise<string> {
  const raw = `${directory}/disk.raw`;
  await writeFile(raw, "");
  await truncate(raw, 64 * mib);
  if (table !== "") run(["sfdisk", "--quiet", raw], { input: table });
  if (format === "raw") return raw;
  run(["qemu-img", "convert", "-f", "raw", "-O", format, raw, `${directory}/disk`]);
  return `${directory}/disk`;
}

const dos = "label: dos\nunit: sectors\nstart=2048, size=40960, type=83, bootable\nstart=43008, type=82\n";

for (const format of ["raw", "qcow2", "vdi", "vmdk"]) {
  test(`the partitions of a ${format} image are found`, async () => {
    expect(await readDisk(await disk(format, dos))).toEqual({
      format,
      virtualSize: 64 * mib,
      table: "dos",
      partitions: [
        { number: 1, start: mib, size: 20 * mib, type: "Linux", name: null, bootable: true },
        { number: 2, start: 21 * mib, size: 43 * mib, type: "Linux swap", name: null, bootable: false },
      ],
    });
  });
}

test("a GPT's labels are shown, and unknown partition types by their number", async () => {
  const odd = "A19D880F-05FC-4D3B-A006-743F0F84911E";
  const table = `label: gpt\nstart=2048, size=2048, type=U, name="EFI & more"\nstart=4096, size=2048, type=${odd}\n`;
  expect(await readDisk(await disk("qcow2", table))).toMatchObject({
    table: "gpt",
    partitions: [
      { type: "EFI system", name: "EFI & more" },
      { type: odd, name: null },
    ],
  });
});

test("an image without a partition table isn't an error", async () => {
  expect(await readDisk(await disk("qcow2", ""))).toMatchObject({ virtualSize: 64 * mib, table: null, partitions: [] });
});

test("a file system that fills the image is detected from its content, whatever the file's name", async () => {
  const path = await disk("raw", "");
  run(["mke2fs", "-q", "-t", "ext4", path]);
  expect(await readDisk(path)).toEqual({ format: "ext4", virtualSize: 64 * mib, table: null, partitions: [] });
});

test("an archive has a format but no facts about a disk", async () => {
  await writeFile(`${directory}/file`, "");
  run(["tar", "-C", directory, "-cf", `${directory}/image`, "file"]);
  expect(await readDisk(`${directory}/image`)).toEqual({
    format: "tar",
    virtualSize: null,
    table: null,
    partitions: [],
  });
});

test("the backing file of an image isn't read", async () => {
  const base = await disk("raw", dos);
  run(["qemu-img", "create", "-q", "-f", "qcow2", "-b", base, "-F", "raw", `${directory}/over`]);
  expect(await readDisk(`${directory}/over`)).toMatchObject({ virtualSize: 64 * mib, partitions: [] });
});

test("a file that is shorter than any header is a raw image", async () => {
  await writeFile(`${directory}/short`, "x");
  expect(await readDisk(`${directory}/short`)).toEqual({ format: "raw", virtualSize: 1, table: null, partitions: [] });
});
