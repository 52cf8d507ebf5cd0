import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { run } from "../../stages/lib/step.ts";
import type { ClusterCompression } from "./clusters.ts";
import { derivedNumber, derivedUuid } from "./identity.ts";
import { writeQcow2 } from "./qcow2.ts";

export type Format = "raw" | "qcow2" | "vdi" | "vmdk";

/** How a qcow2's clusters are compressed; other formats aren't. */
export type Compression = ClusterCompression | "none";

export interface Target {
  readonly path: string;
  readonly format: Exclude<Format, "raw">;
  readonly compression: Compression;
}

/** Makes a raw image into one of another format; what the format wants to be unique follows from `id`. */
export async function convert(raw: string, { path, format, compression }: Target, id: string): Promise<void> {
  if (format === "qcow2" && compression !== "none") {
    await writeQcow2(raw, path, compression);
    return;
  }
  run(["qemu-img", "convert", "-f", "raw", "-O", format, raw, path]);
  if (format === "vdi") fixVdi(path, id);
  if (format === "vmdk") fixVmdk(path, id);
}

/** The header's UUIDs of the image and of its last change. */
function fixVdi(image: string, id: string): void {
  const uuids = ["image", "last change"].map((role) => derivedUuid(id, `VDI ${role}`).replaceAll("-", ""));
  overwrite(image, 0x188, Buffer.from(uuids.join(""), "hex"));
}

/** The content id, eight hex digits in the descriptor's text, which follows the header's sector. */
function fixVmdk(image: string, id: string): void {
  const descriptor = Buffer.alloc(512);
  const file = openSync(image, "r");
  readSync(file, descriptor, 0, descriptor.length, 512);
  closeSync(file);
  const at = descriptor.indexOf("\nCID=") + "\nCID=".length;
  overwrite(image, 512 + at, Buffer.from(derivedNumber(id, "VMDK content").toString(16).padStart(8, "0")));
}

function overwrite(image: string, offset: number, bytes: Uint8Array): void {
  const file = openSync(image, "r+");
  writeSync(file, bytes, 0, bytes.length, offset);
  closeSync(file);
}
