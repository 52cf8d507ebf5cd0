import { closeSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { derivedNumber, derivedUuid } from "./identity.ts";

/** What an image's random ids and times become. */
export interface Origin {
  readonly id: string;
  readonly epoch: number;
}

const guid = (id: string, role: string) => derivedUuid(id, role).replaceAll("-", "");

/** The UUIDs of the image and of its last change, in the header. */
export function fixVdi(image: string, { id }: Origin): void {
  edit(image, 0x188, 32, (uuids) => uuids.write(guid(id, "VDI image") + guid(id, "VDI change"), "hex"));
}

/** The content id in the descriptor, which is text, padded with zeros, and follows the header's sector. */
export function fixVmdk(image: string, { id }: Origin): void {
  const content = derivedNumber(id, "VMDK content").toString(16).padStart(8, "0");
  edit(image, 512, 1024, (descriptor) => {
    // What qemu-img has written may be shorter: it leaves leading zeros out.
    const text = descriptor.toString("latin1").replace(/\nCID=[0-9a-f]+\n/, `\nCID=${content}\n`);
    descriptor.write(text.slice(0, descriptor.length), "latin1");
  });
}

/** The footer's time, since 2000, and its UUID; its checksum is the inverted sum of its bytes. */
export function fixVpc(image: string, { id, epoch }: Origin): void {
  edit(image, statSync(image).size - 512, 512, (footer) => {
    footer.writeUInt32BE(epoch - Date.UTC(2000) / 1000, 0x18);
    footer.write(guid(id, "VHD"), 0x44, "hex");
    footer.writeUInt32BE(0, 0x40);
    const sum = footer.reduce((total, byte) => total + byte, 0);
    footer.writeUInt32BE(~sum >>> 0, 0x40);
  });
}

/** Where a VHDX has its two headers, and the table of its regions; see [MS-VHDX]. */
const vhdxHeaders = [64 * 1024, 128 * 1024] as const;
const vhdxRegions = 192 * 1024;

/** GUIDs of a region and of an item in it, as they are written: the first three parts backwards. */
const metadataRegion = Buffer.from("06a27c8b90479a4bb8fe575f050f886e", "hex");
const diskIdItem = Buffer.from("ab12cabee6b2234593efc309e000c746", "hex");

export function fixVhdx(image: string, { id }: Origin): void {
  const sequence = vhdxHeaders.map((offset) => read(image, offset, 4096).readBigUInt64LE(8));
  for (const [index, offset] of vhdxHeaders.entries())
    edit(image, offset, 4096, (header) => {
      // The header with the higher number counts; they begin at a random one.
      header.writeBigUInt64LE(sequence.every((number) => number <= (sequence[index] ?? 0n)) ? 2n : 1n, 8);
      header.write(guid(id, "VHDX file"), 16, "hex");
      header.write(guid(id, "VHDX data"), 32, "hex");
      header.writeUInt32LE(0, 4);
      header.writeUInt32LE(crc32c(header), 4);
    });
  // Nothing in the log is to be replayed: the header doesn't name it.
  const header = read(image, vhdxHeaders[0], 4096);
  edit(image, Number(header.readBigUInt64LE(0x48)), header.readUInt32LE(0x44), (log) => log.fill(0));
  const regions = read(image, vhdxRegions, 64 * 1024);
  const metadata = Number(regions.readBigUInt64LE(regions.indexOf(metadataRegion) + 16));
  const items = read(image, metadata, 64 * 1024);
  const diskId = metadata + items.readUInt32LE(items.indexOf(diskIdItem) + 16);
  edit(image, diskId, 16, (bytes) => bytes.write(guid(id, "VHDX disk"), "hex"));
}

/** Castagnoli's CRC. */
function crc32c(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return ~crc >>> 0;
}

function edit(image: string, offset: number, length: number, change: (bytes: Buffer) => unknown): void {
  const bytes = read(image, offset, length);
  change(bytes);
  const file = openSync(image, "r+");
  writeSync(file, bytes, 0, length, offset);
  closeSync(file);
}

function read(image: string, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const file = openSync(image, "r");
  readSync(file, bytes, 0, length, offset);
  closeSync(file);
  return bytes;
}
