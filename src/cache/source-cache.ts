import { hash, randomUUID } from "node:crypto";
import type { LockedSources } from "../build/context.ts";
import { hasCode } from "../errors.ts";
import type { Report } from "../events.ts";
import { isUnreadable, openPlain } from "../host/plain-file.ts";
import { removeTree } from "../host/remove.ts";
import { acceptSource, type Source } from "../sources/sources.ts";
import { copyFiles } from "../store/exports.ts";
import type { Layout } from "../store/layout.ts";
import type { Background } from "./background.ts";
import type { Cache } from "./cache.ts";
import { newKey } from "./entries.ts";
import { copyPlain } from "./import-entry.ts";
import { fetchTimed, saveTimed } from "./transfers.ts";

/** The files of locked steps in the cache. A step has one entry, which is known by what the step's lock names. */
export interface SourceCache {
  /** Brings those of the missing files that the cache has into the store, and returns the others. */
  readonly fetch: (locked: LockedSources, missing: readonly Source[], report: Report) => Promise<readonly Source[]>;
  /** Saves a step's files in the background, unless the cache has them. They are in the store. */
  readonly save: (locked: LockedSources, report: Report) => void;
}

/** The source cache's cache and store, and where its saves go on. */
export interface SourceCacheOptions {
  readonly cache: Cache;
  readonly layout: Layout;
  readonly prefix: string;
  readonly background: Pick<Background, "add">;
}

/** Opens the source cache of a job. */
export function openSourceCache({ cache, layout, prefix, background }: SourceCacheOptions): SourceCache {
  /** The keys of the entries that lack files or hold others. */
  const useless = new Set<string>();
  /** The beginnings of the keys of the entries that are known to be whole. */
  const whole = new Set<string>();

  return { fetch, save };

  async function fetch(locked: LockedSources, missing: readonly Source[], report: Report): Promise<readonly Source[]> {
    try {
      return await fetchNow(locked, missing, report);
    } catch (error) {
      // A cache may slow a build down, but never fail it.
      const message = `${nameOf(locked)} can't be taken from the ${cache.name}: ${(error as Error).message}`;
      report({ type: "warning", problem: { message } });
      return missing;
    }
  }

  async function fetchNow(
    locked: LockedSources,
    missing: readonly Source[],
    report: Report,
  ): Promise<readonly Source[]> {
    const beginning = sourcesBeginning(prefix, locked);
    const restore = () => cache.restoreNewest([beginning], report);
    await using restored = await fetchTimed(cache.name, restore, () => nameOf(locked), report);
    if (restored === undefined) return missing;
    const refused: Source[] = [];
    for (const source of missing) if (!(await importSource(layout, restored.directory, source))) refused.push(source);
    if (refused.length === 0) {
      whole.add(beginning);
      return [];
    }
    useless.add(restored.key);
    const files = refused.length === 1 ? "1 file" : `${refused.length} files`;
    const message = `an entry of the ${cache.name} with ${nameOf(locked)} is damaged: ${files} in it can't be used, such as ${refused[0]?.name}`;
    const hint = cache.writable
      ? "the missing files are downloaded, and a new entry replaces this one"
      : "the missing files are downloaded";
    report({ type: "warning", problem: { message, hint } });
    return refused;
  }

  function save(locked: LockedSources, report: Report): void {
    const beginning = sourcesBeginning(prefix, locked);
    if (!cache.writable || locked.sources.length === 0 || whole.has(beginning)) return;
    whole.add(beginning);
    background.add(() => saveNow(locked, beginning, report));
  }

  async function saveNow(locked: LockedSources, beginning: string, report: Report): Promise<void> {
    try {
      const known = await cache.findNewest([beginning]);
      if (known !== undefined && !useless.has(known)) return;
      const directory = await cache.outbox();
      for (const { sha256 } of uniqueOf(locked)) await copyFiles(layout.source(sha256), `${directory}/${sha256}`);
      const unless = { beginning, except: [...useless].filter((key) => key.startsWith(beginning)) };
      const put = () => cache.save(newKey(beginning, Date.now()), directory, unless);
      await saveTimed(cache.name, put, nameOf(locked), directory, report);
    } catch (error) {
      const message = `${nameOf(locked)} aren't cached: ${(error as Error).message}`;
      report({ type: "warning", problem: { message } });
    }
  }
}

const nameOf = ({ step }: LockedSources) => `the packages of ${step}`;

const uniqueOf = ({ sources }: LockedSources) => new Map(sources.map((source) => [source.sha256, source])).values();

/** The version of such an entry's layout: files, each under its SHA-256. */
const formatVersion = 1;

/** The beginning of the keys of the entries with these files. It has a digest of all of them. */
export function sourcesBeginning(prefix: string, locked: LockedSources): string {
  const files = [...uniqueOf(locked)].map(({ sha256, size }) => `${sha256} ${size}`).sort();
  return `${prefix}osbuild-sources-v${formatVersion}-${hash("sha256", files.join("\n"))}-`;
}

/**
 * Copies a file of an entry into the store, if it is what it should be. Only root can change the copy that is checked.
 */
async function importSource(layout: Layout, directory: string, source: Source): Promise<boolean> {
  const copy = `${layout.temporary}/import-${randomUUID()}`;
  try {
    await copyPlain(await openPlain(`${directory}/${source.sha256}`), source, copy);
    return await acceptSource(layout, copy, source);
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "STORE") || isUnreadable(error)) return false;
    throw error;
  } finally {
    await removeTree(copy);
  }
}
