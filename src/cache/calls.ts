import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { ask } from "../host/command.ts";
import type { CacheAnswer, CacheCall } from "./actions.ts";
import { type Failure, failureMessage, failureOf } from "./failures.ts";

export interface ActionsCacheOptions {
  /** Runs answerCacheCall(). */
  readonly worker: readonly string[];
  /** With the runner's tokens. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly transfer: string;
  readonly warn: (message: string) => void;
  readonly debug: (text: string) => void;
  /** Ends what is being restored. What is being saved has been paid for: it goes on. */
  readonly signal: AbortSignal;
  /** After so many seconds the service counts as hanging. */
  readonly patience?: Readonly<Record<CacheCall["type"], number>>;
}

export interface ActionsCache {
  /** The key of the first of these that there is an entry for, and the directory that holds its files in `entry`. */
  readonly restore: (keys: readonly string[]) => Promise<Found | undefined>;
  /** The newest entry whose key begins like this. */
  readonly restoreNewest: (beginning: string) => Promise<Found | undefined>;
  /** Saves `directory/entry`, unless there is such a key; says whether it did. */
  readonly save: (key: string, directory: string) => Promise<boolean>;
}

export interface Found {
  readonly key: string;
  readonly directory: string;
}

/** A call's result; `lost` is the key of an entry that was found and couldn't be had. */
interface Called {
  readonly answer: CacheAnswer | undefined;
  readonly lost: string | undefined;
}

const nothing: Called = { answer: undefined, lost: undefined };

/** More than GitHub's service ever needs for what is worth caching. */
const defaultPatience = { restore: 5 * 60, save: 10 * 60 };

/** A process each: more at once only share the same line. */
const callsAtOnce = 4;

/** Beyond so many damaged entries it isn't the entries. */
const mostDamaged = 3;

/**
 * The Actions cache, each call in a process of its own. An entry that is gone or damaged is one that isn't there. After
 * any other failure nothing more of that kind is asked for in this job, and nothing at all of a service that is busy:
 * one that is down, full or refusing would only make the build slower. The first failure is a warning; those that
 * follow from it aren't worth another.
 */
export function actionsCache(options: ActionsCacheOptions): ActionsCache {
  const { worker, env, transfer, warn, debug, signal, patience = defaultPatience } = options;
  const off = new Set<CacheCall["type"]>();
  const wait = queue(callsAtOnce);
  let warned = false;
  let damaged = 0;

  async function call(request: CacheCall, cwd: string): Promise<Called> {
    const { type } = request;
    const until = type === "restore" ? signal : undefined;
    if (off.has(type) || until?.aborted) return nothing;
    const seconds = patience[type];
    const { answer, printed, timedOut, ended } = await ask(worker, {
      env,
      cwd,
      line: JSON.stringify(request),
      seconds,
      signal: until,
    });
    const plainly = withoutCommands(printed);
    if (plainly !== "") debug(plainly);
    if (until?.aborted) return nothing;
    const parsed = answer === "" ? undefined : (JSON.parse(answer) as CacheAnswer);
    const failure = failureOf({ answer: parsed, printed, ended, timeout: timedOut ? seconds : undefined });
    if (failure === undefined) return { answer: parsed, lost: undefined };
    note(type, failure);
    return { answer: undefined, lost: "key" in failure ? failure.key : undefined };
  }

  function note(type: CacheCall["type"], failure: Failure): void {
    const message = failureMessage(failure, type);
    switch (failure.kind) {
      case "gone":
        // Entries are evicted all the time.
        return debug(message);
      case "damaged":
        damaged++;
        if (damaged >= mostDamaged) off.add("restore");
        break;
      case "busy":
      case "unavailable":
        off.add("restore").add("save");
        break;
      case "forbidden":
      case "full":
      case "broken":
        off.add(type);
        break;
      default:
        failure satisfies never;
    }
    if (warned) debug(message);
    else warn(message);
    warned = true;
  }

  async function restoreInto(keys: readonly string[], isWanted: (key: string) => boolean): Promise<Found | undefined> {
    if (keys.length === 0) return undefined;
    const directory = await mkdtemp(`${transfer}/in-`);
    await mkdir(`${directory}/entry`);
    const { answer, lost } = await wait(() => call({ type: "restore", keys }, directory));
    const key = answer?.type === "restored" ? answer.key : undefined;
    if (key !== undefined && isWanted(key)) return { key, directory };
    // A client that was ended may have left a tar that still writes there: the post step removes what stays.
    await rm(directory, { recursive: true }).catch(() => undefined);
    if (lost === undefined || !keys.includes(lost)) return undefined;
    const others = keys.filter((other) => other !== lost);
    return restoreInto(others, isWanted);
  }

  /** A full disk, say, is no reason to fail either. */
  async function forgiving<Value>(type: CacheCall["type"], work: Promise<Value>): Promise<Value | undefined> {
    return work.catch((error: Error) => {
      note(type, { kind: "broken", reason: error.message });
      return undefined;
    });
  }

  async function save(key: string, directory: string): Promise<boolean> {
    const { answer } = await wait(() => call({ type: "save", key }, directory));
    return answer?.type === "saved";
  }

  return {
    restore: (keys) =>
      forgiving(
        "restore",
        restoreInto(keys, (key) => keys.includes(key)),
      ),
    restoreNewest: (beginning) =>
      forgiving(
        "restore",
        restoreInto([beginning], (key) => key.startsWith(beginning)),
      ),
    save: async (key, directory) => (await forgiving("save", save(key, directory))) ?? false,
  };
}

/** Runs so many tasks at a time, in the order in which they come. */
function queue(places: number) {
  let free = places;
  const waiting: (() => void)[] = [];
  return async <Value>(task: () => Promise<Value>): Promise<Value> => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}

/** Some commands hold what others mask. */
const withoutCommands = (printed: string) =>
  printed
    .split("\n")
    .filter((line) => !line.startsWith("::"))
    .join("\n");
