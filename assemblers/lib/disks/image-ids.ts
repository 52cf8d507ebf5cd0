import { statSync } from "node:fs";
import { editBytes, readBytes } from "../bytes.ts";
import { crc32c } from "../crc32c.ts";
import { derivedNumber, derivedUuid, hexDigits } from "../identity.ts";

/**
 * The step's id and source epoch, from which an image's ids and times follow. qemu-img takes random ids and the clock.
 */
export interface Seed {
  readonly id: string;
  readonly epoch: number;
}

const guid = (id: string, role: string) => hexDigits(derivedUuid(id, role));

/** `uuid_image` and `uuid_last_snap` of the header, as QEMU's block/vdi.c has it (`VdiHeader`). */
const vdi = { uuids: 0x188, length: 32 } as const;

/** Replaces the UUIDs of a VDI image and of its last change. */
export function fixVdi(image: string, { id }: Seed): void {
  editBytes(image, vdi.uuids, vdi.length, (uuids) =>
    uuids.write(guid(id, "VDI image") + guid(id, "VDI change"), "hex"),
  );
}

/**
 * The start of the descriptor, which is text padded with zeros (VMware's Virtual Disk Format, "The Descriptor File").
 * qemu-img writes it behind the header's sector.
 */
const vmdk = { descriptor: 512, length: 1024 } as const;

/** Replaces the content id of a VMDK image. */
export function fixVmdk(image: string, { id }: Seed): void {
  const content = derivedNumber(id, "VMDK content").toString(16).padStart(8, "0");
  editBytes(image, vmdk.descriptor, vmdk.length, (descriptor) => {
    // qemu-img leaves out leading zeros, so its id may be shorter.
    const text = descriptor.toString("latin1").replace(/\nCID=[0-9a-f]+\n/, `\nCID=${content}\n`);
    descriptor.write(text.slice(0, descriptor.length), "latin1");
  });
}

/**
 * Offsets in the footer, big-endian, by Microsoft's Virtual Hard Disk Image Format Specification, "Hard Disk Footer
 * Format". Its time counts from the year 2000, and its checksum is the inverted sum of its bytes.
 */
const vhd = { footer: 512, time: 0x18, checksum: 0x40, uuid: 0x44 } as const;

/** Replaces the time and the UUID of a VHD image. */
export function fixVpc(image: string, { id, epoch }: Seed): void {
  editBytes(image, statSync(image).size - vhd.footer, vhd.footer, (footer) => {
    footer.writeUInt32BE(epoch - Date.UTC(2000) / 1000, vhd.time);
    footer.write(guid(id, "VHD"), vhd.uuid, "hex");
    footer.writeUInt32BE(0, vhd.checksum);
    const sum = footer.reduce((total, byte) => total + byte, 0);
    footer.writeUInt32BE(~sum >>> 0, vhd.checksum);
  });
}

/**
 * Places and offsets by [MS-VHDX], little-endian: sections 2.2.2 (headers), 2.2.3 (region table), 2.6.1 (metadata
 * table).
 */
const vhdx = {
  headers: [64 * 1024, 128 * 1024],
  headerSize: 4096,
  header: { checksum: 4, sequence: 8, fileWriteGuid: 16, dataWriteGuid: 32, logLength: 0x44, logOffset: 0x48 },
  regionTable: 192 * 1024,
  tableSize: 64 * 1024,
  /** An entry of both tables begins with a GUID of 16 bytes. The place of what it names follows. */
  place: 16,
} as const;

/**
 * GUIDs of the metadata region and of the item Virtual Disk ID (section 2.6.2). Their first three parts are
 * little-endian.
 */
const metadataRegion = Buffer.from("06a27c8b90479a4bb8fe575f050f886e", "hex");
const diskIdItem = Buffer.from("ab12cabee6b2234593efc309e000c746", "hex");

/** Replaces the GUIDs and sequence numbers of a VHDX image and empties its log. */
export function fixVhdx(image: string, { id }: Seed): void {
  const { header: at, headerSize } = vhdx;
  const sequence = vhdx.headers.map((offset) => readBytes(image, offset, headerSize).readBigUInt64LE(at.sequence));
  for (const [index, offset] of vhdx.headers.entries())
    editBytes(image, offset, headerSize, (header) => {
      // The header with the higher number is the current one. qemu-img begins to count at a random number.
      const isCurrent = sequence.every((number) => number <= (sequence[index] ?? 0n));
      header.writeBigUInt64LE(isCurrent ? 2n : 1n, at.sequence);
      header.write(guid(id, "VHDX file"), at.fileWriteGuid, "hex");
      header.write(guid(id, "VHDX data"), at.dataWriteGuid, "hex");
      header.writeUInt32LE(0, at.checksum);
      header.writeUInt32LE(crc32c(header), at.checksum);
    });
  // The headers have no log GUID, so nothing in the log is to be replayed.
  const header = readBytes(image, vhdx.headers[0], headerSize);
  const log = { start: Number(header.readBigUInt64LE(at.logOffset)), length: header.readUInt32LE(at.logLength) };
  editBytes(image, log.start, log.length, (bytes) => bytes.fill(0));
  const regions = readBytes(image, vhdx.regionTable, vhdx.tableSize);
  const metadata = Number(regions.readBigUInt64LE(regions.indexOf(metadataRegion) + vhdx.place));
  const items = readBytes(image, metadata, vhdx.tableSize);
  const diskId = metadata + items.readUInt32LE(items.indexOf(diskIdItem) + vhdx.place);
  editBytes(image, diskId, 16, (bytes) => bytes.write(guid(id, "VHDX disk"), "hex"));
}
