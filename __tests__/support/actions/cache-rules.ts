import type { Blob, Blobs } from "./blobs.ts";
import { type Clock, perMinute } from "./clock.ts";
import type { Access, Method } from "./jobs.ts";
import type { SignedUrls } from "./signed-urls.ts";
import { type Message, number, text, texts, twirpError } from "./twirp.ts";

export interface CacheLimits {
  /** The bytes that all caches may have together. Beyond that the least recently used are evicted. */
  readonly quota?: number;
  readonly uploadsPerMinute?: number;
  readonly downloadsPerMinute?: number;
}

export interface CacheEntry {
  readonly id: number;
  readonly key: string;
  readonly version: string;
  readonly scope: string;
  readonly size: number;
  /** The archive that was uploaded. */
  readonly path: string;
}

interface StoredEntry extends CacheEntry {
  readonly blob: Blob;
  used: number;
}

interface Reservation {
  readonly blob: Blob;
  readonly expires: number;
}

const week = 7 * 24 * 60 * 60 * 1000;

export function openCaches(blobs: Blobs, urls: SignedUrls, clock: Clock, limits: CacheLimits) {
  const { quota = 10 * 1024 ** 3 } = limits;
  const mayUpload = perMinute(clock, limits.uploadsPerMinute);
  const mayDownload = perMinute(clock, limits.downloadsPerMinute);
  const reservations = new Map<string, Reservation>();
  /** The caches in the order of their last use, the most recent at the end. */
  let entries: StoredEntry[] = [];
  let lastId = 0;

  const methods: Record<string, Method> = {
    CreateCacheEntry: create,
    FinalizeCacheEntryUpload: finalize,
    GetCacheEntryDownloadURL: find,
  };
  return { methods, entries: (): readonly CacheEntry[] => entries, remove };

  async function remove(key: RegExp): Promise<void> {
    for (const { blob } of entries.filter((entry) => key.test(entry.key))) await blobs.remove(blob);
    entries = entries.filter((entry) => !key.test(entry.key));
  }

  function create(request: Message, access: Access): Message {
    if (!mayUpload()) throw twirpError("resource_exhausted", "too many cache uploads");
    const { slot, key, version, scope } = slotOf(request, access);
    if (scope === undefined) return { ok: false, message: "cache write denied: this token only reads" };
    const reserved = reservations.get(slot);
    const taken = entries.some((entry) => entry.key === key && entry.version === version && entry.scope === scope);
    if (taken || (reserved !== undefined && reserved.expires > clock.now()))
      throw twirpError("already_exists", "a cache with this key, version and scope exists");
    const blob = blobs.create(key);
    reservations.set(slot, { blob, expires: clock.now() + urls.lifetime });
    return { ok: true, signed_upload_url: urls.sign(blob.id, "cw") };
  }

  async function finalize(request: Message, access: Access): Promise<Message> {
    const { slot, key, version, scope } = slotOf(request, access);
    const reserved = reservations.get(slot);
    if (reserved === undefined || scope === undefined)
      throw twirpError("not_found", "no upload of this cache is under way");
    const { blob } = reserved;
    const expected = number(request, "size_bytes");
    if (blob.size !== expected)
      throw twirpError("invalid_argument", `${blob.size ?? "no"} bytes were uploaded, not ${expected}`);
    reservations.delete(slot);
    blob.sealed = true;
    const id = ++lastId;
    entries.push({ id, key, version, scope, blob, path: blob.path, size: expected, used: clock.now() });
    await evict();
    return { ok: true, entry_id: `${id}` };
  }

  async function find(request: Message, access: Access): Promise<Message> {
    if (!mayDownload()) throw twirpError("resource_exhausted", "too many cache downloads");
    if (access.reads.length === 0)
      throw twirpError("permission_denied", "cache read denied: this token reads no scope");
    await evict();
    const keys = [text(request, "key"), ...texts(request, "restore_keys")];
    const found = match(entries, access.reads, keys, text(request, "version"));
    const entry = entries.find(({ id }) => id === found?.id);
    if (entry === undefined) return { ok: false };
    entry.used = clock.now();
    entries = [...entries.filter(({ id }) => id !== entry.id), entry];
    return { ok: true, matched_key: entry.key, signed_download_url: urls.sign(entry.blob.id, "r") };
  }

  async function evict(): Promise<void> {
    let total = entries.reduce((sum, { size }) => sum + size, 0);
    for (const entry of [...entries]) {
      if (total <= quota && entry.used > clock.now() - week) continue;
      total -= entry.size;
      entries = entries.filter(({ id }) => id !== entry.id);
      await blobs.remove(entry.blob);
    }
  }
}

/** Tries the scopes in order, and in each the keys in order: the exact key first, then the newest with the prefix. */
export function match<Entry extends Pick<CacheEntry, "id" | "key" | "version" | "scope">>(
  entries: readonly Entry[],
  scopes: readonly string[],
  keys: readonly string[],
  version: string,
): Entry | undefined {
  for (const scope of scopes) {
    const newestFirst = entries
      .filter((entry) => entry.scope === scope && entry.version === version)
      .sort((a, b) => b.id - a.id);
    for (const key of keys) {
      const hit =
        newestFirst.find((entry) => entry.key === key) ?? newestFirst.find((entry) => entry.key.startsWith(key));
      if (hit !== undefined) return hit;
    }
  }
  return undefined;
}

function slotOf(request: Message, { writes: scope }: Access) {
  const [key, version] = [text(request, "key"), text(request, "version")];
  return { slot: JSON.stringify([scope, version, key]), key, version, scope };
}
