import type { Unusable } from "../build/usable.ts";
import type { Problem } from "../errors.ts";
import type { Report } from "../events.ts";
import { didYouMean } from "../json/suggest.ts";
import type { Library } from "../programs/library.ts";
import type { Rivals } from "../remote/calls.ts";
import type { ResultHead } from "../store/heads.ts";
import type { Layout } from "../store/layout.ts";
import { objectsOf, type StoredResult } from "../store/refs.ts";
import type { Background } from "./background.ts";
import type { Cache } from "./cache.ts";
import {
  type CacheEntry,
  contentKeyBeginning,
  type Draft,
  keyBeginning,
  newKey,
  oldestDownload,
  type Wanted,
  writeEntry,
} from "./entries.ts";
import type { CacheImages, Checkpoints } from "./request.ts";
import { saveTimed } from "./transfers.ts";
import { type Cost, isWorthLookUp, small, type Worth, worthOfImage, worthOfStage } from "./worth.ts";

/** Finds checkpoints that name no known program. A program that these pipelines don't use may be in others. */
export async function unknownCheckpoints(checkpoints: Checkpoints, library: Library): Promise<readonly Problem[]> {
  if (typeof checkpoints === "string") return [];
  const kinds = ["stage", "assembler"] as const;
  const problems: Problem[] = [];
  for (const name of checkpoints) {
    const found = await Promise.all(kinds.map((kind) => library.find(kind, name)));
    if (found.some((program) => program !== undefined)) continue;
    const known = (await Promise.all(kinds.map((kind) => library.names(kind)))).flat();
    const hint =
      didYouMean(name.includes(".") ? name : `org.osbuild.${name}`, known) ?? "auto, all, or names of stages";
    problems.push({ message: `the input checkpoints names an unknown stage ${JSON.stringify(name)}`, hint });
  }
  return problems;
}

/** Saves results in the background, while later steps run. */
export interface Saver {
  /** Records a result that was already in the store. */
  readonly known: (record: ResultHead) => void;
  /** Records an entry whose result was just fetched from the cache. */
  readonly fetched: (key: string, entry: CacheEntry) => void;
  /** Records that an entry can't be used, so that it is no reason not to save another. */
  readonly useless: (key: string) => void;
  /** The keys of the entries with these results, and with what these need. */
  readonly entriesOf: (results: readonly Wanted[]) => readonly string[];
  /**
   * Saves the results of the pipeline with these steps, in order, by their ids. Its report hears of failures, whatever
   * is built by then.
   */
  readonly ofPipeline: (report: Report, steps: readonly string[]) => PipelineSaver;
}

/** Saves the results of one pipeline, whose last stages may wait for more. */
export interface PipelineSaver {
  /**
   * Saves a new result, if it is worth it. If it doesn't replace an earlier one, another entry for it makes that
   * superfluous.
   */
  readonly built: (record: StoredResult, how: Pick<Unusable, "replaces">) => void;
  /** Saves what has waited: the pipeline has ended. */
  readonly ended: () => void;
}

/** A new result, and whether it replaces an earlier one. */
interface Built extends Pick<Unusable, "replaces"> {
  readonly record: StoredResult;
}

/** The saver's cache and store, and which stages it saves. */
export interface SaverOptions {
  readonly cache: Cache;
  readonly layout: Layout;
  readonly prefix: string;
  readonly checkpoints: Checkpoints;
  readonly images: CacheImages;
  readonly background: Pick<Background, "add">;
}

/** Opens the saver of a job. */
export function openSaver({ cache, layout, prefix, checkpoints, images, background }: SaverOptions): Saver {
  /** The keys of the entries that hold objects, by digest. */
  const entries = new Map<string, string>();
  /** The size of each known object and the seconds that it took to build, by digest. */
  const costs = new Map<string, Cost>();
  /** The keys of the entries that can't be used. */
  const useless = new Set<string>();
  /** The keys of the entries that were fetched. */
  const fetched = new Set<string>();
  /** The digests of the objects that some entry has, small layers included. */
  const kept = new Set<string>();
  /** The keys of the entries that a stage's tree or an image needs, by its id and fingerprint. */
  const ownEntries = new Map<string, readonly string[]>();
  const nameOf = ({ id, fingerprint }: Wanted) => `${id} ${fingerprint}`;

  return {
    known: noteCost,
    fetched(key, { record, objects, needs, below = [] }) {
      noteCost(record);
      ownEntries.set(nameOf(record), [key, ...needs, ...below]);
      fetched.add(key);
      for (const { digest } of objects) entries.set(digest, key);
    },
    useless(key) {
      useless.add(key);
      for (const [digest, holder] of entries) if (holder === key) entries.delete(digest);
    },
    entriesOf,
    ofPipeline,
  };

  function ofPipeline(report: Report, steps: readonly string[]): PipelineSaver {
    /** The steps that have led to a result: the logs of these go along with it. */
    const stepsTo = ({ id }: StoredResult) => steps.slice(0, steps.indexOf(id) + 1);
    /** The last stages that wait for more, in order. */
    let waiting: readonly Built[] = [];
    return {
      built(record, { replaces }) {
        noteCost(record);
        if (cache.writable) background.add(() => consider({ record, replaces }));
      },
      ended() {
        if (cache.writable) background.add(() => settle());
      },
    };

    async function consider(built: Built): Promise<void> {
      const { record } = built;
      await settle(record);
      const worth = worthOf(built);
      switch (worth.type) {
        case "wait":
          // The last stage is the one that changes most often, so the tree below it is saved, too.
          waiting = [...waiting.slice(-1), built];
          return;
        case "leave":
          return report({ type: "not-saved", cache: cache.name, what: record.name, why: worth.why });
        case "save":
          // Its entry has their layers.
          waiting = [];
          return saveResult(built, stepsTo(record), report);
        default:
          worth satisfies never;
      }
    }

    /** Saves the stages that wait, unless they are below this result. */
    async function settle(next?: StoredResult): Promise<void> {
      const isBelow = ({ record }: Built) => record.layers.every((digest) => next?.layers.includes(digest));
      const over = waiting.filter((built) => !isBelow(built));
      waiting = waiting.filter(isBelow);
      for (const built of over) await saveResult(built, stepsTo(built.record), report);
    }
  }

  function noteCost(record: ResultHead): void {
    costs.set(record.object, { bytes: record.size, seconds: record.seconds });
  }

  /** The objects of a result that aren't in any other entry than its own. */
  function pendingOf(record: StoredResult, beginning: string): readonly string[] {
    return objectsOf(record).filter((digest) => (entries.get(digest) ?? beginning).startsWith(beginning));
  }

  /**
   * Fetching an entry brings small layers that another one has, too, but doesn't save the time of making those again.
   */
  function costOf(objects: readonly string[]): Cost {
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    const bytes = objects.map((digest) => costs.get(digest)?.bytes ?? 0);
    const seconds = objects.map((digest) => (kept.has(digest) ? 0 : (costs.get(digest)?.seconds ?? 0)));
    return { bytes: sum(bytes), seconds: sum(seconds) };
  }

  function worthOf({ record, replaces }: Built): Worth {
    if (record.kind === "assembler") return worthOfImage(record, images, cache.name);
    const beginning = keyBeginning(prefix, record);
    const worth = worthOfStage(record, costOf(pendingOf(record, beginning)), checkpoints);
    // An earlier entry that this one is to replace would be found in its place.
    const isReplacing = replaces || [...useless].some((key) => key.startsWith(beginning));
    return worth.type === "wait" && isReplacing ? { type: "save" } : worth;
  }

  async function saveResult({ record, replaces }: Built, logs: readonly string[], report: Report): Promise<void> {
    const beginning = keyBeginning(prefix, record);
    const objects = pendingOf(record, beginning);
    const key = newKey(beginning, oldestDownload(record));
    const needs = objectsOf(record).flatMap((digest) => (objects.includes(digest) ? [] : (entries.get(digest) ?? [])));
    const unless = replaces ? null : rivalsOf(beginning);
    const draft = {
      record,
      objects,
      needs: [...new Set(needs)],
      logs,
      ...(record.kind === "stage" ? {} : { below: below(record, logs) }),
    };
    const saved = await save(key, unless, draft, report);
    if (saved) ownEntries.set(nameOf(record), [key, ...draft.needs, ...(draft.below ?? [])]);
    // An entry that existed before may hold other objects, or damaged ones. And small layers are saved again with the
    // next ones, so that a tree needs fewer entries.
    if (saved) for (const digest of objects) kept.add(digest);
    if (saved && (checkpoints === "all" || costOf(objects).bytes > small))
      for (const digest of objects) entries.set(digest, key);
    if (saved) await saveContentKey(record, entries.get(record.object) ?? key, replaces, report);
  }

  /**
   * The keys of the entries with the tree that an image is made from, and with its build root. They are results of the
   * steps with these ids.
   */
  function below({ parts }: StoredResult, ids: readonly string[]): readonly string[] {
    const { base, root } = parts as { readonly base?: unknown; readonly root?: unknown };
    const fingerprints = [`${base}`, `${root}`.split(" ").at(-1) as string];
    return entriesOf(fingerprints.flatMap((fingerprint) => ids.map((id) => ({ id, fingerprint }))));
  }

  function entriesOf(results: readonly Wanted[]): readonly string[] {
    return [...new Set(results.flatMap((result) => ownEntries.get(nameOf(result)) ?? []))];
  }

  /** Saves an entry that leads from a result's content key to the entry with its object. */
  async function saveContentKey(
    record: StoredResult,
    holder: string,
    replaces: boolean,
    report: Report,
  ): Promise<void> {
    const { contentKey, ran = 0 } = record;
    if (contentKey === undefined || !isWorthLookUp(record, checkpoints)) return;
    const beginning = contentKeyBeginning(prefix, contentKey);
    if ([...fetched.difference(useless)].some((key) => key.startsWith(beginning))) return;
    const unless = replaces ? null : rivalsOf(beginning);
    await save(newKey(beginning, ran), unless, { record, objects: [], needs: [holder] }, report);
  }

  function rivalsOf(beginning: string): Rivals {
    return { beginning, except: [...useless].filter((key) => key.startsWith(beginning)) };
  }

  async function save(key: string, unless: Rivals | null, entry: Draft, report: Report): Promise<boolean> {
    try {
      const directory = await cache.outbox();
      await writeEntry(layout, directory, entry);
      return await saveTimed(
        cache.name,
        () => cache.save(key, directory, unless),
        entry.record.name,
        directory,
        report,
      );
    } catch (error) {
      // A cache may slow a build down, but never fail it.
      const message = `${entry.record.name} isn't cached: ${(error as Error).message}`;
      report({ type: "warning", problem: { message } });
      return false;
    }
  }
}
