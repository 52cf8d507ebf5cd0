import { open } from "node:fs/promises";
import { zstdDecompressSync } from "node:zlib";

/** Offsets in the superblock of a squashfs image: the kernel's fs/squashfs/squashfs_fs.h has the format. */
const superblock = { size: 96, bytesUsed: 40, attributeIds: 56 };
/** The length of the header of the table of ids, and of an entry: where its attributes are, their number and size. */
const sizes = { tableHeader: 16, id: 16, metadata: 8192 };
/** This bit of a metadata block's length says that the block isn't compressed. */
const isPlain = 0x8000;
/** This bit of an attribute's type says that its value is stored elsewhere. */
const isElsewhere = 0x100;
const prefixes = ["user.", "trusted.", "security."];
/** An image's file is padded to this size. */
const padding = 4096;

/**
 * Sorts the attributes of each file in a squashfs image by name, because mksquashfs keeps the order in which the disk
 * lists them. An image is left as it is if no file has several.
 */
export async function sortTable(image: string): Promise<void> {
  await using file = await open(image, "r+");
  const read = async (start: number, length: number) =>
    (await file.read(Buffer.alloc(length), 0, length, start)).buffer as Buffer;
  const head = await read(0, superblock.size);
  const header = Number(head.readBigUInt64LE(superblock.attributeIds));
  const end = Number(head.readBigUInt64LE(superblock.bytesUsed));
  const [start, count] = [await read(header, 8), await read(header + 8, 4)];
  const first = Number(start.readBigUInt64LE());
  const table = await read(first, end - first);
  const index = table.subarray(header - first + sizes.tableHeader);
  const idBlocks = Array.from({ length: Math.ceil((count.readUInt32LE() * sizes.id) / sizes.metadata) }, (_, block) =>
    readBlock(table, Number(index.readBigUInt64LE(block * 8)) - first),
  );
  const ids = inEntries(Buffer.concat(idBlocks.map(({ data }) => data)), sizes.id);
  if (ids.every((id) => id.readUInt32LE(8) < 2)) return;

  const contents = readBlocks(table, Number(index.readBigUInt64LE()) - first);
  const sorted = ids.map((id) => {
    const entries = readAttributes(contents, id.readBigUInt64LE(), id.readUInt32LE(8));
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ bytes }) => bytes);
  });
  const written = writeTable(sorted, ids, first);
  await file.write(written.bytes, 0, written.bytes.length, first);
  head.writeBigUInt64LE(BigInt(written.header), superblock.attributeIds);
  head.writeBigUInt64LE(BigInt(first + written.bytes.length), superblock.bytesUsed);
  await file.write(head, 0, head.length, 0);
  const used = first + written.bytes.length;
  await file.truncate(used);
  await file.truncate(Math.ceil(used / padding) * padding);
}

const inEntries = (bytes: Buffer, size: number): readonly Buffer[] =>
  Array.from({ length: bytes.length / size }, (_, entry) => bytes.subarray(entry * size, (entry + 1) * size));

/** Reads a metadata block, and says where the next one starts. */
function readBlock(table: Buffer, start: number): { readonly data: Buffer; readonly next: number } {
  const length = table.readUInt16LE(start);
  const next = start + 2 + (length & ~isPlain);
  const stored = table.subarray(start + 2, next);
  return { data: length & isPlain ? stored : zstdDecompressSync(stored), next };
}

/** The metadata blocks before the end, as one text, with the place in it at which the block of each start begins. */
interface Contents {
  readonly bytes: Buffer;
  readonly places: ReadonlyMap<number, number>;
}

function readBlocks(table: Buffer, end: number): Contents {
  const blocks: Buffer[] = [];
  const places = new Map<number, number>();
  for (let start = 0, place = 0; start < end; ) {
    const { data, next } = readBlock(table, start);
    places.set(start, place);
    blocks.push(data);
    place += data.length;
    start = next;
  }
  return { bytes: Buffer.concat(blocks), places };
}

/** The place of a reference: the start of a block in the upper bits, the offset in the block in the lower 16. */
function placeOf({ places }: Contents, reference: bigint): number {
  const start = places.get(Number(reference >> 16n));
  if (start === undefined) throw new Error("mksquashfs wrote a reference to no metadata block");
  return start + Number(reference & 0xffffn);
}

interface Attribute {
  readonly name: string;
  /** The attribute as it is stored, with its value. */
  readonly bytes: Buffer;
}

function readAttributes(contents: Contents, reference: bigint, count: number): Attribute[] {
  const { bytes } = contents;
  let at = placeOf(contents, reference);
  return Array.from({ length: count }, () => {
    const [type, length] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
    const name = bytes.subarray(at + 4, at + 4 + length);
    const stored = at + 4 + length;
    at = stored + 4 + bytes.readUInt32LE(stored);
    const value = type & isElsewhere ? placeOf(contents, bytes.readBigUInt64LE(stored + 4)) : stored;
    const head = Buffer.alloc(4);
    head.writeUInt16LE(type & ~isElsewhere, 0);
    head.writeUInt16LE(length, 2);
    return {
      name: (prefixes[type & 0xff] ?? "") + name.toString("latin1"),
      bytes: Buffer.concat([head, name, bytes.subarray(value, value + 4 + bytes.readUInt32LE(value))]),
    };
  });
}

/** Writes the table, uncompressed, at `first` in the image. Returns it with the position of its header in the image. */
function writeTable(attributes: readonly (readonly Buffer[])[], ids: readonly Buffer[], first: number) {
  let at = 0;
  const newIds = ids.map((id, index) => {
    const copy = Buffer.from(id);
    const block = Math.floor(at / sizes.metadata) * (2 + sizes.metadata);
    copy.writeBigUInt64LE((BigInt(block) << 16n) | BigInt(at % sizes.metadata));
    at += (attributes[index] ?? []).reduce((sum, { length }) => sum + length, 0);
    return copy;
  });
  const contents = inBlocks(Buffer.concat(attributes.flat()));
  const idBlocks = inBlocks(Buffer.concat(newIds));
  const startOfIds = first + lengthOf(contents);
  const starts = idBlocks.map((_, index) => BigInt(startOfIds + lengthOf(idBlocks.slice(0, index))));
  const header = Buffer.alloc(sizes.tableHeader);
  header.writeBigUInt64LE(BigInt(first));
  header.writeUInt32LE(ids.length, 8);
  const index = Buffer.from(BigUint64Array.from(starts).buffer);
  return {
    bytes: Buffer.concat([...contents, ...idBlocks, header, index]),
    header: startOfIds + lengthOf(idBlocks),
  };
}

const lengthOf = (buffers: readonly Buffer[]) => buffers.reduce((sum, { length }) => sum + length, 0);

/** Cuts bytes into metadata blocks that aren't compressed. */
const inBlocks = (bytes: Buffer): readonly Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / sizes.metadata) }, (_, block) => {
    const data = bytes.subarray(block * sizes.metadata, (block + 1) * sizes.metadata);
    const length = Buffer.alloc(2);
    length.writeUInt16LE(data.length | isPlain);
    return Buffer.concat([length, data]);
  });
