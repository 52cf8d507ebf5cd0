import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { Refusal } from "./refusal.ts";

export interface Blob {
  readonly id: string;
  /** Its name in the log: a cache's key or an artifact's name. */
  readonly name: string;
  readonly path: string;
  contentType: string;
  /** The size. Undefined until it is complete. */
  size: number | undefined;
  /** Whether it can't be written to any more. */
  sealed: boolean;
  /** The file of each block that isn't in the block list yet. */
  readonly blocks: Map<string, string>;
}

/** Azure's block blobs, as files in a directory. */
export interface Blobs {
  readonly create: (name: string) => Blob;
  readonly get: (id: string) => Blob | undefined;
  readonly remove: (blob: Blob) => Promise<void>;
}

export function openBlobs(directory: string): Blobs {
  const blobs = new Map<string, Blob>();
  return {
    create(name) {
      const id = randomUUID();
      const file = { id, name, path: `${directory}/${id}`, blocks: new Map(), contentType: "application/octet-stream" };
      const blob = { ...file, size: undefined, sealed: false };
      blobs.set(id, blob);
      return blob;
    },
    get: (id) => blobs.get(id),
    async remove(blob) {
      blobs.delete(blob.id);
      await rm(blob.path, { force: true });
    },
  };
}

export async function putBlob(blob: Blob, body: AsyncIterable<Buffer>): Promise<void> {
  blob.size = await writeWhole(body, blob.path);
}

export async function putBlock(blob: Blob, block: string, body: AsyncIterable<Buffer>): Promise<void> {
  const path = `${blob.path}.${Buffer.from(block).toString("hex")}`;
  await writeWhole(body, path);
  blob.blocks.set(block, path);
}

export async function putBlockList(blob: Blob, list: readonly string[]): Promise<void> {
  const paths = list.map((block) => blob.blocks.get(block));
  blob.size = await writeWhole(contentOf(paths), blob.path);
  for (const path of blob.blocks.values()) await rm(path);
  blob.blocks.clear();
}

async function* contentOf(paths: readonly (string | undefined)[]): AsyncGenerator<Buffer> {
  for (const path of paths) {
    if (path === undefined) throw new Refusal(400, "InvalidBlockList");
    yield* createReadStream(path);
  }
}

/** Writes a file under another name until it is complete. */
async function writeWhole(body: AsyncIterable<Buffer>, path: string): Promise<number> {
  const partial = `${path}.${randomUUID()}`;
  const file = createWriteStream(partial);
  await pipeline(body, file);
  await rename(partial, path);
  return file.bytesWritten;
}

export async function digestOf(blob: Blob): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(blob.path), hash);
  return hash.digest("hex");
}
