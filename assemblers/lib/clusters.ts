import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { capture } from "../../stages/lib/step.ts";
import type { Batch, Stored, WorkerOptions } from "./cluster-worker.ts";

export type ClusterCompression = WorkerOptions["compression"];

/** A cluster that isn't zeros only, and what is stored of it: as long as a cluster if it is the cluster as it is. */
export interface Cluster {
  readonly number: number;
  readonly data: Uint8Array;
}

export const clusterSize = 64 * 1024;
const batchLength = 32;

/** Compresses the clusters of a raw image on all processors; they come in order. */
export async function* compressClusters(raw: string, compression: ClusterCompression): AsyncGenerator<Cluster> {
  const numbers = dataClusters(raw);
  const batches = Array.from({ length: Math.ceil(numbers.length / batchLength) }, (_, index) =>
    numbers.slice(index * batchLength, (index + 1) * batchLength),
  );
  const workerData: WorkerOptions = { raw, clusterSize, compression };
  const workers = Array.from(
    { length: Math.min(availableParallelism(), batches.length) },
    () => new Worker(new URL("cluster-worker.ts", import.meta.url), { workerData }),
  );
  const results: Promise<Stored>[] = [];
  const start = (index: number) => {
    const [worker, batch] = [workers[index % workers.length], batches[index]];
    if (worker !== undefined && batch !== undefined) results.push(ask(worker, batch));
  };
  for (const index of workers.keys()) start(index);
  for (const [index, batch] of batches.entries()) {
    const stored = await results.shift();
    // A worker has one batch at a time, and has just given back its last.
    start(index + workers.length);
    if (stored !== undefined) yield* split(batch, stored);
  }
  for (const worker of workers) await worker.terminate();
}

async function ask(worker: Worker, batch: Batch): Promise<Stored> {
  worker.postMessage(batch);
  const [stored] = await once(worker, "message");
  return stored;
}

function* split(batch: Batch, { lengths, data }: Stored): Generator<Cluster> {
  let offset = 0;
  for (const [index, number] of batch.entries()) {
    const length = lengths[index] ?? 0;
    if (length > 0) yield { number, data: data.subarray(offset, offset + length) };
    offset += length;
  }
}

interface Extent {
  readonly start: number;
  readonly length: number;
  readonly data: boolean;
}

/** The numbers of the clusters that aren't holes. */
function dataClusters(raw: string): readonly number[] {
  const map: readonly Extent[] = JSON.parse(capture(["qemu-img", "map", "--output=json", "-f", "raw", raw]));
  const numbers: number[] = [];
  for (const { start, length, data } of map) {
    if (!data) continue;
    // Two extents may share a cluster.
    const first = Math.max(Math.floor(start / clusterSize), (numbers.at(-1) ?? -1) + 1);
    for (let number = first; number * clusterSize < start + length; number += 1) numbers.push(number);
  }
  return numbers;
}
