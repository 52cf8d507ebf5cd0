import { closeSync, ftruncateSync, openSync, statSync, writeSync } from "node:fs";
import { fail } from "../../../stages/lib/step.ts";
import { sector } from "../sizes.ts";
import { clusterSize, compressedClusters } from "./clusters.ts";

/**
 * The format is that of QEMU's docs/interop/qcow2.txt, version 3. All numbers are big-endian. These are offsets in the
 * header, whose first 104 bytes every reader knows, and the numbers of bits that a table entry has for an offset.
 */
const header = {
  version: 4,
  clusterBits: 20,
  size: 24,
  l1Entries: 36,
  l1: 40,
  refcountTable: 48,
  refcountTableClusters: 56,
  incompatible: 72,
  refcountOrder: 96,
  length: 100,
  compression: 104,
  extensions: 112,
} as const;

const clusterBits = Math.log2(clusterSize);
/** Entries of all tables have 8 bytes, but reference counts have 2. */
const entrySize = 8;
const countSize = 2;
const entries = clusterSize / entrySize;
const counts = clusterSize / countSize;

/** Bit 63: the offset's only reference is this one. Bit 62: what is there is compressed. */
const isOwn = 1n << 63n;
const isCompressed = 1n << 62n;
/** A compressed cluster's number of further sectors begins at this bit. */
const sectorsShift = 62n - BigInt(clusterBits - 8);

/** The incompatible feature bit of a compression other than zlib, and its name for a QEMU that doesn't know it. */
const compressionBit = 3;
const featureNames = { type: 0x6803f857, entry: 48, name: "compression type" } as const;

/**
 * Writes a qcow2 image of a raw disk, compressed with zstd: the header, the clusters in the disk's order, then the tables.
 * Clusters of zeros have no place in it. The bytes follow from the disk's content and the version of zstd in Node.js.
 */
export async function writeQcow2(raw: string, path: string): Promise<void> {
  const { size } = statSync(raw);
  const file = new ClusterFile(path);
  const l2Tables = new Map<number, Buffer>();
  for await (const { index, bytes } of compressedClusters(raw)) {
    const table = l2Tables.get(Math.floor(index / entries)) ?? Buffer.alloc(clusterSize);
    l2Tables.set(Math.floor(index / entries), table);
    const entry = bytes.length === clusterSize ? isOwn | file.append(bytes) : compressedEntry(file.pack(bytes), bytes);
    table.writeBigUInt64BE(entry, (index % entries) * entrySize);
  }
  const l1Entries = Math.ceil(size / clusterSize / entries);
  const l1 = Buffer.alloc(l1Entries * entrySize);
  for (const [index, table] of l2Tables) l1.writeBigUInt64BE(isOwn | file.append(table), index * entrySize);
  const l1Offset = file.append(l1);
  file.finish((refcountTable, refcountTableClusters) => {
    const bytes = Buffer.alloc(clusterSize);
    bytes.write("QFI\xfb", "latin1");
    bytes.writeUInt32BE(3, header.version);
    bytes.writeUInt32BE(clusterBits, header.clusterBits);
    bytes.writeBigUInt64BE(BigInt(size), header.size);
    bytes.writeUInt32BE(l1Entries, header.l1Entries);
    bytes.writeBigUInt64BE(l1Offset, header.l1);
    bytes.writeBigUInt64BE(refcountTable, header.refcountTable);
    bytes.writeUInt32BE(refcountTableClusters, header.refcountTableClusters);
    bytes.writeUInt32BE(Math.log2(countSize * 8), header.refcountOrder);
    bytes.writeUInt32BE(header.extensions, header.length);
    nameCompression(bytes);
    return bytes;
  });
}

function nameCompression(bytes: Buffer): void {
  bytes.writeBigUInt64BE(1n << BigInt(compressionBit), header.incompatible);
  bytes.writeUInt8(1, header.compression);
  bytes.writeUInt32BE(featureNames.type, header.extensions);
  bytes.writeUInt32BE(featureNames.entry, header.extensions + 4);
  bytes.writeUInt8(compressionBit, header.extensions + 9);
  bytes.write(featureNames.name, header.extensions + 10, "latin1");
}

function compressedEntry(offset: bigint, { length }: Buffer): bigint {
  const sectorOf = (byte: bigint) => byte / BigInt(sector);
  const further = sectorOf(offset + BigInt(length - 1)) - sectorOf(offset);
  return isCompressed | (further << sectorsShift) | offset;
}

/** A file that is written cluster by cluster and counts the references to each. The header is its first cluster. */
class ClusterFile {
  readonly #file: number;
  readonly #references: number[] = [1];
  /** The offset of the next compressed bytes, and the end of the clusters that are for them. */
  #packed = 0;
  #packedEnd = 0;

  constructor(path: string) {
    this.#file = openSync(path, "w", 0o644);
  }

  /** Writes into new clusters and returns the offset. */
  append(bytes: Buffer): bigint {
    const offset = this.#allocate(Math.ceil(bytes.length / clusterSize), 1);
    this.#write(bytes, offset);
    return BigInt(offset);
  }

  /** Writes fewer bytes than a cluster directly behind those before, if that is possible, and returns the offset. */
  pack(bytes: Buffer): bigint {
    if (this.#packed + bytes.length > this.#packedEnd) {
      const offset = this.#allocate(1, 0);
      // They may reach into the new cluster if nothing else is in between.
      if (offset !== this.#packedEnd) this.#packed = offset;
      this.#packedEnd = offset + clusterSize;
    }
    const offset = this.#packed;
    this.#packed += bytes.length;
    this.#write(bytes, offset);
    const last = Math.floor((this.#packed - 1) / clusterSize);
    for (let cluster = Math.floor(offset / clusterSize); cluster <= last; cluster += 1)
      this.#references[cluster] = (this.#references[cluster] ?? 0) + 1;
    return BigInt(offset);
  }

  /** Writes the reference counts and then the header, which has the place of their table. */
  finish(headerWith: (refcountTable: bigint, clusters: number) => Buffer): void {
    const used = this.#references.length;
    let blocks = 0;
    let tables = 0;
    // They count themselves, too.
    while (blocks * counts < used + blocks + tables) {
      blocks += 1;
      tables = Math.ceil(blocks / entries);
    }
    const first = this.#allocate(blocks + tables, 1);
    const bytes = Buffer.alloc((blocks + tables) * clusterSize);
    for (const [cluster, references] of this.#references.entries())
      bytes.writeUInt16BE(references, cluster * countSize);
    for (let block = 0; block < blocks; block += 1)
      bytes.writeBigUInt64BE(BigInt(first + block * clusterSize), blocks * clusterSize + block * entrySize);
    this.#write(bytes, first);
    this.#write(headerWith(BigInt(first + blocks * clusterSize), tables), 0);
    ftruncateSync(this.#file, this.#references.length * clusterSize);
    closeSync(this.#file);
  }

  #write(bytes: Buffer, offset: number): void {
    const written = writeSync(this.#file, bytes, 0, bytes.length, offset);
    if (written < bytes.length) fail("no space is left for the image");
  }

  /** Adds clusters at the end and returns their offset. */
  #allocate(clusters: number, references: number): number {
    const first = this.#references.length;
    for (let index = 0; index < clusters; index += 1) this.#references.push(references);
    return first * clusterSize;
  }
}
