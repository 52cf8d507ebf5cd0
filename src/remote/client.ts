import { mkdtemp, rm } from "node:fs/promises";
import type { Problem } from "../errors.ts";
import { isTag } from "../registry/reference.ts";
import type { CacheClient, Found, Rivals } from "./calls.ts";
import { type FoundEntry, parseEntry, pullEntry, pushEntry } from "./entry.ts";
import { isDamage, isInterruption, type Use, whatFailed } from "./failures.ts";
import type { EntryStorage } from "./storage.ts";

/** The remote of a job, and whom it tells of problems. */
export interface RemoteClientOptions {
  /** The place as the user names it. */
  readonly name: string;
  /** The place to read from and the place to save to: the same, but for what interrupts them. */
  readonly storage: Readonly<Record<Use, EntryStorage>>;
  readonly transfer: string;
  readonly warn: (problem: Problem) => void;
  readonly debug: (text: string) => void;
}

/**
 * Opens a remote. An entry has two tags: its key, by which others need it, and the beginning of its key, which each
 * newer entry takes over. An entry that is damaged counts as missing. After any other failure this job makes no more
 * calls of that kind, because a place that is down, full or refuses would only slow the build down. The first of each
 * kind of problem is a warning.
 */
export function remoteClient({ name, storage, transfer, warn, debug }: RemoteClientOptions): CacheClient {
  const off = new Set<Use>();
  /** The keys of damaged entries. They are no reason not to save others. */
  const damaged = new Set<string>();
  /** The kinds of problems that were warned of. */
  const warned = new Set<string>();

  function note(use: Use, error: unknown): void {
    if (!isDamage(error)) off.add(use);
    if (isInterruption(error)) return;
    const problem = whatFailed(error, use, name);
    const kind = isDamage(error) ? "damage" : use;
    if (warned.has(kind)) debug(problem.message);
    else warn(problem);
    warned.add(kind);
  }

  async function forgiving<Value>(use: Use, work: () => Promise<Value>): Promise<Value | undefined> {
    if (off.has(use)) return undefined;
    try {
      return await work();
    } catch (error) {
      note(use, error);
      return undefined;
    }
  }

  /** Finds the entry with a key, or the newest one whose key begins so. */
  async function find(beginning: string, from: EntryStorage): Promise<FoundEntry | undefined> {
    const tag = tagOf(beginning);
    const manifest = isTag(tag) ? await from.manifest(tag) : undefined;
    if (manifest === undefined) return undefined;
    const entry = parseEntry(manifest.text);
    return entry.key.startsWith(beginning) && !damaged.has(entry.key) ? entry : undefined;
  }

  /** Finds the first of these that there is. A damaged manifest is as good as none. */
  async function findFirst(beginnings: readonly string[]): Promise<FoundEntry | undefined> {
    const finding = beginnings.map((beginning) => forgiving("restore", () => find(beginning, storage.restore)));
    return (await Promise.all(finding)).find((entry) => entry !== undefined);
  }

  async function fetchFirst(beginnings: readonly string[]): Promise<Found | undefined> {
    const entry = await findFirst(beginnings);
    if (entry === undefined) return undefined;
    const { key } = entry;
    const found = await forgiving("restore", () => fetchEntry(entry));
    if (found !== undefined || off.has("restore")) return found;
    damaged.add(key);
    const others = beginnings.filter((beginning) => !key.startsWith(beginning));
    return fetchFirst(others);
  }

  async function fetchEntry(entry: FoundEntry): Promise<Found> {
    const directory = await mkdtemp(`${transfer}/in-`);
    try {
      await pullEntry(storage.restore, entry, directory);
      return { key: entry.key, directory };
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  async function save(key: string, directory: string, unless: Rivals | null): Promise<boolean> {
    const rival = unless === null ? undefined : await rivalOf(unless);
    if (rival !== undefined && !unless?.except.includes(rival)) return false;
    await pushEntry(storage.save, key, directory, [key, tagOf(beginningOf(key))]);
    return true;
  }

  async function rivalOf({ beginning }: Rivals): Promise<string | undefined> {
    try {
      return (await find(beginning, storage.save))?.key;
    } catch (error) {
      // The new entry takes a damaged one's place.
      if (isDamage(error)) return undefined;
      throw error;
    }
  }

  return {
    restore: fetchFirst,
    restoreNewest: fetchFirst,
    findNewest: async (beginnings) => (await findFirst(beginnings))?.key,
    async save(key, directory, unless) {
      const isSaved = await forgiving("save", () => save(key, directory, unless));
      await rm(directory, { recursive: true, force: true }).catch(() => undefined);
      return isSaved ?? false;
    },
  };
}

/** The beginning of a key. What follows is the time and what no other key has. */
const beginningOf = (key: string) => key.replace(/\d+-[0-9a-f]{8}$/, "");

/** The tag for a key or for the beginning of one, which ends with a dash. */
const tagOf = (beginning: string) => beginning.replace(/-$/, "");
