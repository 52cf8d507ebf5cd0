import { spawnSync } from "node:child_process";
import { closeSync, openSync, statSync } from "node:fs";
import { capture, fail, run } from "../../stages/lib/step.ts";
import { MiB, wholeMebibytes } from "./filesystem.ts";
import { fixVdi, fixVhdx, fixVmdk, fixVpc, type Origin } from "./image-ids.ts";

export type Format = "raw" | "raw.xz" | "qcow2" | "vdi" | "vmdk" | "vpc" | "vhdx";

/** How a qcow2's clusters are compressed. */
export type Compression = "zstd" | "zlib" | "none";

export interface Target {
  readonly path: string;
  readonly format: Exclude<Format, "raw">;
  readonly compression: Compression;
}

/** Makes a raw image into one of another format. */
export async function convert(raw: string, { path, format, compression }: Target, origin: Origin): Promise<void> {
  switch (format) {
    case "raw.xz":
      return compressWithXz(raw, path);
    case "qcow2":
      if (compression === "none") return convertWithQemu(raw, path, "qcow2");
      // On one processor: several would write in an order that differs from run to run (-W).
      return convertWithQemu(raw, path, "qcow2", "-c", "-o", `compression_type=${compression}`);
    case "vdi":
      convertWithQemu(raw, path, "vdi");
      return fixVdi(path, origin);
    case "vmdk":
      convertWithQemu(raw, path, "vmdk");
      return fixVmdk(path, origin);
    case "vpc":
      if (statSync(raw).size % MiB !== 0)
        console.log(`Azure takes disks of whole MiB only: the next \`size\` is ${wholeMebibytes(statSync(raw).size)}`);
      // What Azure takes: data as in a raw image, and the very size that was asked for.
      convertWithQemu(raw, path, "vpc", "-o", "subformat=fixed,force_size=on");
      return fixVpc(path, origin);
    case "vhdx":
      convertWithQemu(raw, path, "vhdx");
      return fixVhdx(path, origin);
    default:
      return format satisfies never;
  }
}

/** In one coroutine: where several write, a format that grows as it is written depends on who is first. */
function convertWithQemu(raw: string, path: string, format: string, ...options: readonly string[]): void {
  run(["qemu-img", "convert", "-m", "1", "-f", "raw", "-O", format, ...options, raw, path]);
  const info = capture(["qemu-img", "info", "--output=json", "-f", format, path]);
  const { "virtual-size": actual } = JSON.parse(info) as { readonly "virtual-size": number };
  const { size } = statSync(raw);
  // Some formats count in cylinders, or in sectors of 4 KiB.
  if (actual !== size)
    fail(
      `a ${format} disk can't have ${size} bytes, it would have ${actual}: make \`size\` ${wholeMebibytes(size + 1)}`,
    );
}

function compressWithXz(raw: string, path: string): void {
  const file = openSync(path, "w", 0o644);
  // Any number of threads but one writes the same.
  const argv = ["--threads=4", "--stdout", raw];
  const { error, status } = spawnSync("xz", argv, { stdio: ["ignore", file, "inherit"] });
  closeSync(file);
  if (error !== undefined) fail(`xz: ${error.message}`);
  if (status !== 0) fail(`xz: exit code ${status}`);
}
