import { closeSync, openSync, readSync } from "node:fs";
import { constants, createZstdCompress } from "node:zlib";
import { capture } from "../../../stages/lib/step.ts";
import { MiB } from "../sizes.ts";

/** The size of a cluster: QEMU's default. To read anything of a cluster, a machine decompresses all of it. */
export const clusterSize = 64 * 1024;

/** A cluster of a disk that isn't all zeros. */
export interface Cluster {
  readonly index: number;
  /** The compressed bytes, or a whole cluster as it is if they wouldn't be fewer. */
  readonly bytes: Buffer;
}

type Compress = (cluster: Buffer) => Promise<Buffer>;

/** The size of buffers for compressed bytes. */
const chunkSize = 2 * clusterSize;

/** Each write ends a frame. With less room than a buffer has, a write would wait until its first part is read. */
const zstdOptions = { flush: constants.ZSTD_e_end, chunkSize, readableHighWaterMark: 2 * chunkSize };

/** A stream for many clusters: `zstdCompress` makes a compressor for each, and takes half as much time again. */
function openZstd(): Compress {
  const stream = createZstdCompress(zstdOptions);
  let last: Promise<unknown> = Promise.resolve();
  return (cluster) => {
    const frame = last.then(() => new Promise<Buffer>((done) => stream.write(cluster, () => done(stream.read()))));
    last = frame;
    return frame;
  };
}

/** More than libuv has threads. They take turns, so that which clusters each gets depends on the disk alone. */
const compressorCount = 16;

/** The number of clusters that wait for a compressor or for those before them. */
const ahead = 4 * compressorCount;

/** Compresses the clusters of a raw disk side by side, on libuv's threads. Yields them in the disk's order. */
export async function* compressedClusters(raw: string): AsyncGenerator<Cluster> {
  const compress = Array.from({ length: compressorCount }, openZstd);
  const pending: Promise<Cluster>[] = [];
  let turn = 0;
  for (const { index, bytes } of filledClusters(raw)) {
    const compressed = (compress[turn++ % compressorCount] as Compress)(bytes);
    pending.push(compressed.then((shorter) => ({ index, bytes: shorter.length < clusterSize ? shorter : bytes })));
    if (pending.length === ahead) yield (await pending.shift()) as Cluster;
  }
  yield* pending;
}

/** Reads the clusters that aren't all zeros. The last one is filled up with zeros. */
function* filledClusters(raw: string): Generator<Cluster> {
  const zeros = Buffer.alloc(clusterSize);
  const file = openSync(raw, "r");
  for (const { start, end } of dataOf(raw))
    for (let offset = start; offset < end; offset += MiB) {
      const bytes = Buffer.allocUnsafe(Math.min(MiB, end - offset));
      bytes.fill(0, readSync(file, bytes, 0, bytes.length, offset));
      for (let at = 0; at < bytes.length; at += clusterSize) {
        const cluster = bytes.subarray(at, at + clusterSize);
        if (!cluster.equals(zeros)) yield { index: (offset + at) / clusterSize, bytes: cluster };
      }
    }
  closeSync(file);
}

/** The parts of a raw disk that aren't holes, in whole clusters. Node.js can't ask for them. */
function dataOf(raw: string): readonly { readonly start: number; readonly end: number }[] {
  const map = capture(["qemu-img", "map", "--output=json", "-f", "raw", raw]);
  const ranges: { start: number; end: number }[] = [];
  for (const { start, length, data } of JSON.parse(map) as readonly Extent[]) {
    if (!data) continue;
    const end = Math.ceil((start + length) / clusterSize) * clusterSize;
    // The cluster in which the data before ends may be the one in which this begins.
    const begin = Math.max(Math.floor(start / clusterSize) * clusterSize, ranges.at(-1)?.end ?? 0);
    if (begin < end) ranges.push({ start: begin, end });
  }
  return ranges;
}

/** A range of a disk, in bytes, as `qemu-img map` prints it. */
interface Extent {
  readonly start: number;
  readonly length: number;
  readonly data: boolean;
}
