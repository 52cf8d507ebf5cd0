import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import type { Cache } from "../../src/cache/cache.ts";
import { keyBeginning } from "../../src/cache/entries.ts";
import { openRemoteOn } from "../../src/cache/remote.ts";
import type { Checkpoints } from "../../src/cache/request.ts";
import type { BuildEvent } from "../../src/events.ts";
import type { Layout } from "../../src/store/layout.ts";
import type { StoredResult } from "../../src/store/refs.ts";
import { sh } from "./store.ts";

export interface DirectoryCache extends Cache {
  /** The keys and beginnings that it was asked for. */
  readonly asked: string[];
  /** The keys of all entries, the oldest first. */
  readonly keys: () => readonly string[];
  /** The directory of the newest entry for a result. */
  readonly entry: (record: StoredResult) => string;
}

/** A cache in a directory, which machines may share. It keeps the rules of the Actions cache. */
export function directoryCache(directory: string): DirectoryCache {
  const place = (key: string) => `${directory}/${key.replaceAll("/", "%")}`;
  const asked: string[] = [];
  const keys = () =>
    readdirSync(directory)
      .filter((name) => name.length > 40)
      .map((name) => ({ name, saved: statSync(`${directory}/${name}/entry.json`, { bigint: true }).mtimeNs }))
      .sort((a, b) => Number(a.saved - b.saved))
      .map(({ name }) => name)
      .map((name) => name.replaceAll("%", "/"));
  const newest = (beginnings: readonly string[]) =>
    beginnings.map((beginning) => keys().findLast((key) => key.startsWith(beginning))).find((key) => key !== undefined);

  function restored(key: string | undefined) {
    if (key === undefined) return undefined;
    const copy = `${directory}/${randomUUID().slice(0, 8)}`;
    sh('cp -a "$1" "$2"', place(key), copy);
    return { key, directory: copy, [Symbol.asyncDispose]: async () => rmSync(copy, { recursive: true }) };
  }

  return {
    name: "cache",
    asked,
    keys,
    entry: (record) => place(newest([keyBeginning("", record)]) as string),
    writable: true,
    async restore(key) {
      asked.push(key);
      return restored(keys().find((other) => other === key));
    },
    async restoreNewest(beginnings) {
      asked.push(...beginnings);
      return restored(newest(beginnings));
    },
    async findNewest(beginnings) {
      asked.push(...beginnings);
      return newest(beginnings);
    },
    async outbox() {
      const out = `${directory}/${randomUUID().slice(0, 8)}`;
      mkdirSync(out);
      return out;
    },
    async save(key, out, unless) {
      const rival = unless === null ? undefined : newest([unless.beginning]);
      if (rival !== undefined && !unless?.except.includes(rival)) return false;
      cpSync(out, place(key), { recursive: true });
      rmSync(out, { recursive: true });
      return true;
    },
  };
}

/** A build's access to such a cache. */
export function directoryRemote(layout: Layout, directory: string, checkpoints: Checkpoints) {
  mkdirSync(directory, { recursive: true });
  const warnings: string[] = [];
  const report = (event: BuildEvent) => void (event.type === "warning" && warnings.push(event.problem.message));
  const cache = directoryCache(directory);
  const { reporting, done } = openRemoteOn(cache, layout, { prefix: "", checkpoints, images: "true" });
  const remote = reporting(report, []);
  const end = () => {
    remote.ended();
    return done();
  };
  return { remote, warnings, cache, done: end };
}
