import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { fetchFile, type Refusal } from "./fetch-file.ts";

/** A file that is known by its content, and the addresses to try for it, in this order. */
export interface FileToFetch {
  readonly sha256: string;
  readonly size: number;
  readonly addresses: readonly string[];
}

/** The progress of fetching. */
export interface Progress {
  readonly files: number;
  readonly ofFiles: number;
  readonly bytes: number;
  readonly ofBytes: number;
}

/** The answers of the addresses of files that none of them has, by the files' SHA-256. */
export type Refusals = Readonly<Record<string, readonly Refusal[]>>;

/** Mirrors don't like more. */
const atOnce = 6;

/** Fetches files into a directory, each under its SHA-256, several at a time. */
export async function fetchFiles(
  files: readonly FileToFetch[],
  directory: string,
  onProgress: (progress: Progress) => void,
): Promise<Refusals> {
  const all = { ofFiles: files.length, ofBytes: files.reduce((sum, { size }) => sum + size, 0) };
  const refused: Record<string, readonly Refusal[]> = {};
  let [done, bytes] = [0, 0];
  let isCut = false;
  const tell = () => onProgress({ files: done, bytes, ...all });
  const fetchNext = async (file: FileToFetch) => {
    const refusals = await fetchOne(file, directory, (count) => {
      bytes += count;
      tell();
    });
    if (refusals.length === 0) done += 1;
    else refused[file.sha256] = refusals;
    // If a server can't be reached, each of hundreds of files would wait for it.
    isCut ||= refusals.length > 0 && refusals.every(({ passing }) => passing);
    tell();
  };
  const rest = files.values();
  const worker = async () => {
    for (const file of rest) if (!isCut) await fetchNext(file);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return refused;
}

/** Fetches a file from the first of its addresses that has it. Returns what the others said if none has. */
async function fetchOne({ sha256, size, addresses }: FileToFetch, directory: string, onBytes: (count: number) => void) {
  const path = `${directory}/${sha256}`;
  const isRight = async (file: string) => (await digestOf(file)) === sha256;
  const refusals: Refusal[] = [];
  for (const address of addresses) {
    const refusal = await fetchFile({ address, size, isRight }, path, onBytes);
    if (refusal === undefined) return [];
    refusals.push(refusal);
  }
  await rm(path, { force: true });
  return refusals;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
