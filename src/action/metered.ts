import { readdir, stat } from "node:fs/promises";
import { hasCode } from "../errors.ts";
import type { CacheClient, Found } from "../remote/calls.ts";
import { formatSeconds } from "../report/format.ts";
import type { Traffic } from "../report/traffic.ts";

/** A cache that counts what goes through it. */
export interface MeteredCache extends CacheClient {
  readonly traffic: () => Traffic;
}

/** The seconds after which a fetch that goes on is mentioned, again and again. */
const patience = 30;

/** Counts what a cache fetches and saves. Tells of long fetches, which a build waits for. */
export function metered(cache: CacheClient, tell: (line: string) => void): MeteredCache {
  const [fetched, saved] = [
    { entries: 0, bytes: 0 },
    { entries: 0, bytes: 0 },
  ];

  async function fetch(work: Promise<Found | undefined>): Promise<Found | undefined> {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    const timer = setInterval(
      () => tell(`still fetching from the cache after ${formatSeconds(seconds())}`),
      patience * 1000,
    );
    const found = await work.finally(() => clearInterval(timer));
    if (found === undefined) return undefined;
    fetched.entries++;
    fetched.bytes += await sizeOf(found.directory);
    return found;
  }

  return {
    traffic: () => ({ fetched, saved }),
    restore: (keys) => fetch(cache.restore(keys)),
    restoreNewest: (beginnings) => fetch(cache.restoreNewest(beginnings)),
    findNewest: cache.findNewest,
    async save(key, directory, unless) {
      // The directory is gone afterwards.
      const bytes = await sizeOf(directory);
      const isSaved = await cache.save(key, directory, unless);
      if (isSaved) {
        saved.entries++;
        saved.bytes += bytes;
      }
      return isSaved;
    },
  };
}

/** The bytes of all files in a directory. */
async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(({ parentPath, name }) => sizeOfFile(`${parentPath}/${name}`)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function sizeOfFile(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    (error) => {
      if (hasCode(error, "ENOENT")) return 0;
      throw error;
    },
  );
}
