import { execFileSync } from "node:child_process";
import { createHash, randomFillSync } from "node:crypto";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, expect, test } from "@jest/globals";
import { writeQcow2 } from "../../../../assemblers/lib/disks/qcow2.ts";
import { run } from "../../../support/run.ts";

const directory = mkdtempSync(`${tmpdir()}/qcow2-`);
afterAll(() => rmSync(directory, { recursive: true }));

const cluster = 64 * 1024;
const MiB = 1024 ** 2;
const random = (length: number) => randomFillSync(Buffer.alloc(length));
const text = (length: number) => Buffer.alloc(length, "compressible\n");

/** A raw disk of this size with these bytes at these offsets. */
function rawDisk(name: string, size: number, parts: readonly (readonly [number, Buffer])[]): string {
  const path = `${directory}/${name}.raw`;
  writeFileSync(path, "");
  truncateSync(path, size);
  const file = openSync(path, "r+");
  for (const [offset, bytes] of parts) writeSync(file, bytes, 0, bytes.length, offset);
  closeSync(file);
  return path;
}

const mixed = Array.from({ length: 300 }, (_, index) =>
  index % 3 === 0
    ? random(cluster)
    : Buffer.concat([random((index * 217) % cluster), text(cluster)]).subarray(0, cluster),
);

/** Each with its size and what is in it. 512 MiB is what one table of clusters reaches. */
const disks: readonly (readonly [string, number, readonly (readonly [number, Buffer])[]])[] = [
  ["a hole", 2 * MiB, []],
  ["written zeros", 2 * MiB, [[0, Buffer.alloc(2 * MiB)]]],
  ["random bytes", 3 * MiB, [[0, random(3 * MiB)]]],
  ["text", 3 * MiB, [[0, text(3 * MiB)]]],
  ["clusters of all lengths in turn with whole ones", 20 * MiB, [[0, Buffer.concat(mixed)]]],
  ["a last cluster of one sector", 2 * MiB + 512, [[2 * MiB, text(512)]]],
  ["a last cluster of one random sector", 2 * MiB + 512, [[2 * MiB, random(512)]]],
  ["a last cluster that lacks a sector", 2 * MiB - 512, [[0, random(2 * MiB - 512)]]],
  [
    "data across and beyond tables",
    5 * 512 * MiB + 512,
    [
      [512 * MiB - 100, random(200)],
      [3 * 512 * MiB + cluster, text(cluster)],
      [5 * 512 * MiB, text(512)],
    ],
  ],
];

test.each(disks)("an image of %s holds the same disk", async (name, size, parts) => {
  const raw = rawDisk(name, size, parts);
  const image = `${directory}/${name}.qcow2`;
  await writeQcow2(raw, image);
  run(["qemu-img", "compare", "-f", "raw", "-F", "qcow2", raw, image]);
  expect(JSON.parse(run(["qemu-img", "check", "--output=json", "-f", "qcow2", image]))).toMatchObject({
    "check-errors": 0,
    "image-end-offset": statSync(image).size,
  });
  expect(JSON.parse(run(["qemu-img", "info", "--output=json", "-f", "qcow2", image]))).toMatchObject({
    "virtual-size": size,
    "cluster-size": cluster,
    "format-specific": { data: { compat: "1.1", "compression-type": "zstd" } },
  });
});

test("what is compressed takes the room of its bytes, and zeros take none", async () => {
  const image = `${directory}/small`;
  await writeQcow2(
    rawDisk("small", 64 * MiB, [
      [0, text(8 * MiB)],
      [9 * MiB, Buffer.alloc(8 * MiB)],
    ]),
    image,
  );
  expect(statSync(image).size).toBe(6 * cluster);
});

test("an image that a machine writes to stays whole", async () => {
  const image = `${directory}/written`;
  const raw = rawDisk("written", 20 * MiB, [[0, Buffer.concat(mixed)]]);
  await writeQcow2(raw, image);
  const writes = ["-c", "write -P 7 100k 300k", "-c", "write -P 8 19M 1M"];
  for (const [format, path] of [
    ["qcow2", image],
    ["raw", raw],
  ] as const)
    run(["qemu-io", "-f", format, ...writes, path]);
  run(["qemu-img", "check", "-f", "qcow2", image]);
  run(["qemu-img", "compare", "-f", "raw", "-F", "qcow2", raw, image]);
});

test("the bytes are the same for any number of threads", () => {
  const raw = rawDisk("threads", 20 * MiB, [[0, Buffer.concat(mixed)]]);
  const module = new URL("../../../../assemblers/lib/disks/qcow2.ts", import.meta.url).href;
  const sums = ["1", "2", "8"].map((threads) => {
    const image = `${directory}/threads-${threads}`;
    const script = `import { writeQcow2 } from ${JSON.stringify(module)}; await writeQcow2(...process.argv.slice(1));`;
    execFileSync(process.execPath, ["--input-type=module", "--eval", script, raw, image], {
      env: { ...process.env, UV_THREADPOOL_SIZE: threads },
    });
    return createHash("sha256").update(readFileSync(image)).digest("hex");
  });
  expect(new Set(sums).size).toBe(1);
});
