import { openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { constants, deflateRawSync, zstdCompressSync } from "node:zlib";

export interface WorkerOptions {
  readonly raw: string;
  readonly clusterSize: number;
  readonly compression: "zstd" | "zlib";
}

/** The numbers of clusters to read. */
export type Batch = readonly number[];

/**
 * What a qcow2 stores of each, one after the other: nothing of a cluster of zeros, all of one that compression doesn't
 * make smaller.
 */
export interface Stored {
  readonly lengths: readonly number[];
  readonly data: Uint8Array<ArrayBuffer>;
}

const { raw, clusterSize, compression } = workerData as WorkerOptions;
const file = openSync(raw, "r");
const zeros = Buffer.alloc(clusterSize);
const cluster = Buffer.alloc(clusterSize);

// The window is part of the format, for zlib.
const zlibOptions = { windowBits: 12, memLevel: constants.Z_MAX_MEMLEVEL, chunkSize: clusterSize };
const zstdOptions = { pledgedSrcSize: clusterSize, chunkSize: clusterSize };

parentPort?.on("message", (batch: Batch) => {
  const parts = batch.map(store);
  const stored: Stored = { lengths: parts.map(({ length }) => length), data: new Uint8Array(Buffer.concat(parts)) };
  parentPort?.postMessage(stored, [stored.data.buffer]);
});

function store(number: number): Uint8Array {
  const length = readSync(file, cluster, 0, clusterSize, number * clusterSize);
  // The last cluster of a disk may reach beyond its end.
  cluster.fill(0, length);
  if (cluster.equals(zeros)) return new Uint8Array();
  const compressed =
    compression === "zstd" ? zstdCompressSync(cluster, zstdOptions) : deflateRawSync(cluster, zlibOptions);
  return compressed.length < clusterSize ? compressed : Uint8Array.from(cluster);
}
