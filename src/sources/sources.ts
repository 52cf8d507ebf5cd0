import { link, lstat, rename, utimes } from "node:fs/promises";
import { availableParallelism } from "node:os";
import type { FileToFetch, Refusals } from "../../stages/lib/downloads/fetch-files.ts";
import { BuildError, hasCode, type Problem } from "../errors.ts";
import { removeTree } from "../host/remove.ts";
import type { Layout } from "../store/layout.ts";
import { hasDigest } from "../store/objects.ts";

/** A file that is known by its content, and what messages call it. */
export interface Source extends FileToFetch {
  readonly name: string;
}

/** The place of the files, and the way in which missing ones are fetched. */
export interface Delivery {
  /** An empty directory on the store's file system. Each file gets its SHA-256 as its name. */
  readonly directory: string;
  /** Brings files into the store from where an earlier build has kept them, as far as they are there. */
  readonly recall: (missing: readonly Source[]) => Promise<void>;
  /** Fetches files into another such directory. Nothing that it says about them is believed. */
  readonly fetch: (missing: readonly Source[]) => Promise<{ readonly directory: string; readonly refusals: Refusals }>;
}

/**
 * Puts files into a directory, from the store or else from their addresses. Each is checked against its digest, also
 * those of the store. Throws a problem for each file that none of its addresses has.
 */
export async function provideSources(layout: Layout, sources: readonly Source[], delivery: Delivery): Promise<void> {
  const unique = new Map(sources.map((source) => [source.sha256, source])).values();
  const unstored = await takeAll(layout, unique, delivery.directory);
  if (unstored.length === 0) return;
  await delivery.recall(unstored);
  const missing = await takeAll(layout, unstored.values(), delivery.directory);
  if (missing.length > 0) await fetchMissing(layout, missing, delivery);
}

/** Links files of the store into a directory, and returns those that the store doesn't have. */
async function takeAll(layout: Layout, sources: Iterator<Source, undefined>, directory: string): Promise<Source[]> {
  const missing: Source[] = [];
  const rest = Iterator.from(sources);
  const worker = async () => {
    for (const source of rest) if (!(await take(layout, source, directory))) missing.push(source);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return missing;
}

async function fetchMissing(layout: Layout, missing: readonly Source[], delivery: Delivery): Promise<void> {
  const { directory, refusals } = await delivery.fetch(missing);
  const problems: Problem[] = [];
  for (const source of missing) {
    await acceptSource(layout, `${directory}/${source.sha256}`, source);
    if (!(await take(layout, source, delivery.directory))) problems.push(problemOf(source, refusals));
  }
  // Files that weren't tried, because a server can't be reached, have no refusals of their own.
  const told = problems.filter((problem) => problem.message.includes("\n"));
  if (problems.length > 0) throw new BuildError("HOST", told.length > 0 ? told : problems);
}

/** Moves a file that nobody else can change into the store, if it is what it should be. Returns whether it is. */
export async function acceptSource(layout: Layout, path: string, { sha256, size }: Source): Promise<boolean> {
  if (!(await hasDigest(path, sha256, (found) => found === size))) return false;
  await rename(path, layout.source(sha256));
  return true;
}

function problemOf({ name, sha256 }: Source, refusals: Refusals): Problem {
  const said = (refusals[sha256] ?? []).map(({ address, reason }) => `\n  ${address}: ${reason}`);
  return { message: `${name} can't be fetched${said.length > 0 ? ":" : ""}${said.join("")}` };
}

/** Links a file of the store into a directory, if the store has it unharmed. It counts as used now. */
async function take(layout: Layout, { sha256, size }: Source, directory: string): Promise<boolean> {
  const path = layout.source(sha256);
  const stats = await lstat(path).catch((error) => {
    if (!hasCode(error, "ENOENT")) throw error;
  });
  if (stats === undefined) return false;
  if (!stats.isFile() || !(await hasDigest(path, sha256, (found) => found === size))) {
    await removeTree(path);
    return false;
  }
  const now = new Date();
  await utimes(path, now, now);
  await link(path, `${directory}/${sha256}`);
  return true;
}
