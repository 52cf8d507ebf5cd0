import type { CacheName, Report } from "../events.ts";
import { walk } from "../tree/walk.ts";
import type { Restored } from "./cache.ts";

/** Fetches an entry and reports its size and the time that it took. `nameOf` says what the entry holds. */
export async function fetchTimed<Found extends Restored>(
  cache: CacheName,
  fetch: () => Promise<Found | undefined>,
  nameOf: (found: Found) => string,
  report: Report,
): Promise<Found | undefined> {
  const started = performance.now();
  const found = await fetch();
  if (found === undefined) return undefined;
  const [what, bytes] = [nameOf(found), bytesIn(found.directory)];
  report({ type: "transferred", direction: "fetched", cache, what, bytes, seconds: secondsSince(started) });
  return found;
}

/** Saves a directory and, if that succeeds, reports its size and the time that it took. */
export async function saveTimed(
  cache: CacheName,
  save: () => Promise<boolean>,
  what: string,
  directory: string,
  report: Report,
): Promise<boolean> {
  const bytes = bytesIn(directory);
  const started = performance.now();
  const saved = await save();
  if (saved) report({ type: "transferred", direction: "saved", cache, what, bytes, seconds: secondsSince(started) });
  return saved;
}

const bytesIn = (directory: string) =>
  [...walk(directory)].reduce((sum, { kind, stats }) => sum + (kind === "file" ? stats.size : 0), 0);

const secondsSince = (started: number) => (performance.now() - started) / 1000;
