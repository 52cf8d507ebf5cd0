import { createHash, type Hash } from "node:crypto";
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from "node:fs";

interface Reading {
  readonly found?: (path: string, digest: string) => void;
  readonly isExcluded?: (path: string) => boolean;
}

/**
 * The SHA-256, in hex, of a file or of a whole directory. It covers what git keeps too: names, contents, links and the
 * executable bit, but not owners, times and the umask of the checkout. `found` gets the digest of each file in it.
 */
export function fileDigest(path: string, { found = () => undefined, isExcluded = () => false }: Reading = {}): string {
  const hash = createHash("sha256");
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) hash.update(`link ${readlinkSync(path)}`);
  else if (stats.isDirectory()) {
    hash.update("directory ");
    for (const name of readdirSync(path)
      .filter((name) => !isExcluded(`${path}/${name}`))
      .sort())
      hash.update(JSON.stringify([name, fileDigest(`${path}/${name}`, { found, isExcluded })]));
  } else if (stats.isFile()) {
    hash.update(stats.mode & 0o111 ? "program " : "file ");
    addContent(hash, path);
  }
  // Reading a FIFO or a device may never end.
  else hash.update("special");
  const digest = hash.digest("hex");
  if (!stats.isDirectory()) found(path, digest);
  return digest;
}

/** Reads synchronously, because streams take twice as long for many small files. */
function addContent(hash: Hash, path: string): void {
  const file = openSync(path, "r");
  try {
    for (let read = readSync(file, block); read > 0; read = readSync(file, block)) hash.update(block.subarray(0, read));
  } finally {
    closeSync(file);
  }
}

const block = Buffer.allocUnsafe(256 * 1024);
