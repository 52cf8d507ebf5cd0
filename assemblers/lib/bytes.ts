import { closeSync, openSync, readSync, writeSync } from "node:fs";

/** Reads a part of a file. */
export function readBytes(path: string, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const file = openSync(path, "r");
  readSync(file, bytes, 0, length, offset);
  closeSync(file);
  return bytes;
}

/** Overwrites a part of a file. */
export function writeBytes(path: string, offset: number, bytes: Uint8Array): void {
  const file = openSync(path, "r+");
  writeSync(file, bytes, 0, bytes.length, offset);
  closeSync(file);
}

/** Reads a part of a file, has `change` work on these bytes, and writes them back. */
export function editBytes(path: string, offset: number, length: number, change: (bytes: Buffer) => unknown): void {
  const bytes = readBytes(path, offset, length);
  change(bytes);
  writeBytes(path, offset, bytes);
}
