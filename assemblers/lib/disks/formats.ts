import { closeSync, openSync, statSync } from "node:fs";
import { capture, fail, run } from "../../../stages/lib/step.ts";
import { MiB, wholeMebibytes } from "../sizes.ts";
import { fixVdi, fixVhdx, fixVmdk, fixVpc, type Seed } from "./image-ids.ts";
import { writeQcow2 } from "./qcow2.ts";

/** The formats of disk images. */
export type Format = "raw" | "raw.xz" | "qcow2" | "vdi" | "vmdk" | "vpc" | "vhdx";

/** The compression of a qcow2 image's clusters. */
export type Compression = "zstd" | "zlib" | "none";

/** An image to write, in a format other than raw. */
export interface Target {
  readonly path: string;
  readonly format: Exclude<Format, "raw">;
  readonly compression: Compression;
}

/** Converts a raw image into another format. Its ids and times follow from `seed`. */
export async function convert(raw: string, { path, format, compression }: Target, seed: Seed): Promise<void> {
  switch (format) {
    case "raw.xz":
      return compressWithXz(raw, path);
    case "qcow2":
      if (compression === "none") return convertWithQemu(raw, path, "qcow2");
      // The bytes of Node.js's deflate follow from features of the processor, those of zlib itself don't.
      if (compression === "zlib") return convertWithQemu(raw, path, "qcow2", "-c");
      // qemu-img compresses on one thread, or with -W writes clusters in an order that differs from run to run.
      return writeQcow2(raw, path);
    case "vdi":
      convertWithQemu(raw, path, "vdi");
      return fixVdi(path, seed);
    case "vmdk":
      convertWithQemu(raw, path, "vmdk");
      return fixVmdk(path, seed);
    case "vpc":
      if (statSync(raw).size % MiB !== 0)
        console.log(`Azure takes disks of whole MiB only: the next \`size\` is ${wholeMebibytes(statSync(raw).size)}`);
      // Azure wants the data as in a raw image, and exactly the size that the disk is said to have.
      convertWithQemu(raw, path, "vpc", "-o", "subformat=fixed,force_size=on");
      return fixVpc(path, seed);
    case "vhdx":
      convertWithQemu(raw, path, "vhdx");
      return fixVhdx(path, seed);
    default:
      return format satisfies never;
  }
}

/** Converts in one coroutine (-m 1): if several write, the place of a cluster depends on which of them is first. */
function convertWithQemu(raw: string, path: string, format: string, ...options: readonly string[]): void {
  run(["qemu-img", "convert", "-m", "1", "-f", "raw", "-O", format, ...options, raw, path]);
  const info = capture(["qemu-img", "info", "--output=json", "-f", format, path]);
  const { "virtual-size": actual } = JSON.parse(info) as { readonly "virtual-size": number };
  const { size } = statSync(raw);
  // Some formats round sizes to cylinders or to sectors of 4 KiB.
  if (actual !== size)
    fail(
      `a ${format} disk can't have ${size} bytes, it would have ${actual}: make \`size\` ${wholeMebibytes(size + 1)}`,
    );
}

function compressWithXz(raw: string, path: string): void {
  const file = openSync(path, "w", 0o644);
  // xz writes the same bytes for any number of threads but one.
  run(["xz", "--threads=4", "--stdout", raw], { output: file });
  closeSync(file);
}
