import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { type ClusterCompression, clusterSize, compressClusters } from "./clusters.ts";

const entriesPerTable = clusterSize / 8;
const refcountsPerBlock = clusterSize / 2;

/** In an entry: nothing else refers to the cluster. */
const exclusive = 1n << 63n;
const compressed = 1n << 62n;

/**
 * Makes a raw image into a qcow2 with compressed clusters, on all processors: qemu-img does it on one, unless it may
 * write in an order that differs from run to run. The format is described in QEMU's docs/interop/qcow2.
 */
export async function writeQcow2(raw: string, path: string, compression: ClusterCompression): Promise<void> {
  const file = openSync(path, "w", 0o644);
  // The header has the first cluster.
  const refcounts = [1];
  let end = clusterSize;
  const append = (bytes: Uint8Array) => {
    const offset = end;
    writeSync(file, bytes, 0, bytes.length, offset);
    end += bytes.length;
    for (let cluster = Math.floor(offset / clusterSize); cluster * clusterSize < end; cluster += 1)
      refcounts[cluster] = (refcounts[cluster] ?? 0) + 1;
    return BigInt(offset);
  };
  const appendAligned = (bytes: Uint8Array) => {
    end = Math.ceil(end / clusterSize) * clusterSize;
    return append(bytes);
  };

  const tables = new Map<number, Buffer>();
  for await (const { number, data } of compressClusters(raw, compression)) {
    const index = Math.floor(number / entriesPerTable);
    const table = tables.get(index) ?? Buffer.alloc(clusterSize);
    tables.set(index, table);
    const entry = data.length === clusterSize ? appendAligned(data) | exclusive : compressedEntry(append(data), data);
    table.writeBigUInt64BE(entry, (number % entriesPerTable) * 8);
  }

  const { size } = statSync(raw);
  const tableCount = Math.ceil(size / clusterSize / entriesPerTable);
  const root = Buffer.alloc(tableCount * 8);
  for (const [index, table] of tables) root.writeBigUInt64BE(appendAligned(table) | exclusive, index * 8);
  const rootOffset = appendAligned(root);
  const refcountOffset = appendRefcounts(refcounts, appendAligned);
  const header = makeHeader({ size, tableCount, rootOffset, refcountOffset, compression });
  writeSync(file, header, 0, header.length, 0);
  closeSync(file);
}

/** The offset, and how many sectors the data reaches into beyond its first. */
function compressedEntry(offset: bigint, data: Uint8Array): bigint {
  const sectors = (offset + BigInt(data.length) - 1n) / 512n - offset / 512n;
  return compressed | (sectors << 54n) | offset;
}

/** Blocks of counts, which count themselves too, and the table of the blocks. */
function appendRefcounts(refcounts: number[], appendAligned: (bytes: Uint8Array) => bigint): bigint {
  const used = refcounts.length;
  let blockCount = 1;
  while (used + blockCount + 1 > blockCount * refcountsPerBlock) blockCount += 1;
  const blocks = Buffer.alloc(blockCount * clusterSize);
  for (let cluster = 0; cluster < used + blockCount + 1; cluster += 1)
    blocks.writeUInt16BE(refcounts[cluster] ?? 1, cluster * 2);
  const offset = appendAligned(blocks);
  const table = Buffer.alloc(clusterSize);
  for (let block = 0; block < blockCount; block += 1)
    table.writeBigUInt64BE(offset + BigInt(block * clusterSize), block * 8);
  return appendAligned(table);
}

interface HeaderFields {
  readonly size: number;
  readonly tableCount: number;
  readonly rootOffset: bigint;
  readonly refcountOffset: bigint;
  readonly compression: ClusterCompression;
}

function makeHeader({ size, tableCount, rootOffset, refcountOffset, compression }: HeaderFields): Buffer {
  const length = 112;
  // Its extensions follow: none.
  const header = Buffer.alloc(length + 8);
  header.write("QFI\xfb", 0, "latin1");
  header.writeUInt32BE(3, 4);
  header.writeUInt32BE(Math.log2(clusterSize), 20);
  header.writeBigUInt64BE(BigInt(size), 24);
  header.writeUInt32BE(tableCount, 36);
  header.writeBigUInt64BE(rootOffset, 40);
  header.writeBigUInt64BE(refcountOffset, 48);
  header.writeUInt32BE(1, 56);
  // An incompatible feature: the compression type isn't the first one, zlib.
  header.writeBigUInt64BE(compression === "zstd" ? 1n << 3n : 0n, 72);
  header.writeUInt32BE(4, 96);
  header.writeUInt32BE(length, 100);
  header.writeUInt8(compression === "zstd" ? 1 : 0, 104);
  return header;
}
