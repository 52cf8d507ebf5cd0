import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { ask } from "../host/command.ts";
import type { CacheAnswer, CacheCall } from "./actions.ts";

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

/** More than GitHub's service ever needs for what is worth caching. */
const defaultPatience = { restore: 5 * 60, save: 10 * 60 };

/** A process each: more at once only share the same line. */
const callsAtOnce = 4;

/**
 * The Actions cache, each call in a process of its own. After the first failure of a kind nothing more of that kind is
 * asked for in this run, and after a rate limit nothing at all: a service that is down, full or refusing would only make
 * the build slower. The first failure is a warning; those that follow from it aren't worth another.
 */
export function actionsCache(options: ActionsCacheOptions): ActionsCache {
  const { worker, env, transfer, warn, debug, signal, patience = defaultPatience } = options;
  const off = new Set<CacheCall["type"]>();
  const wait = queue(callsAtOnce);

  const call = (request: CacheCall, cwd: string) => wait(() => callNow(request, cwd));

  async function callNow(request: CacheCall, cwd: string): Promise<CacheAnswer | undefined> {
    const { type } = request;
    const until = type === "restore" ? signal : undefined;
    if (off.has(type) || until?.aborted) return undefined;
    const seconds = patience[type];
    const { answer, printed, timedOut } = await ask(worker, {
      env: { ...env, GITHUB_WORKSPACE: cwd, RUNNER_TEMP: cwd },
      cwd,
      line: JSON.stringify(request),
      seconds,
      signal: until,
    });
    const plainly = withoutCommands(printed);
    if (plainly !== "") debug(plainly);
    if (until?.aborted) return undefined;
    const parsed = answer === "" ? undefined : (JSON.parse(answer) as CacheAnswer);
    const complaint = timedOut ? `it didn't answer within ${seconds} seconds` : complaintOf(printed, parsed);
    if (complaint === undefined) return parsed;
    give(type, complaint, parsed?.type === "unavailable" || /rate limit/i.test(complaint));
    return undefined;
  }

  function give(type: CacheCall["type"], complaint: string, altogether: boolean): void {
    const isFirst = off.size === 0;
    off.add(type);
    if (altogether) off.add("restore").add("save");
    const message = `the Actions cache is not used any more${altogether ? "" : ` to ${type}`}: ${complaint}`;
    if (isFirst) warn(message);
    else debug(message);
  }

  async function restoreInto(keys: readonly string[], isWanted: (key: string) => boolean): Promise<Found | undefined> {
    const directory = await mkdtemp(`${transfer}/in-`);
    await mkdir(`${directory}/entry`);
    const answer = await call({ type: "restore", keys }, directory);
    if (answer?.type === "restored" && answer.key !== undefined && isWanted(answer.key))
      return { key: answer.key, directory };
    // A client that was ended may have left a tar that still writes there: the post step removes what stays.
    await rm(directory, { recursive: true }).catch(() => undefined);
    return undefined;
  }

  /** A full disk, say, is no reason to fail either. */
  async function forgiving<Value>(type: CacheCall["type"], work: Promise<Value>): Promise<Value | undefined> {
    return work.catch((error: Error) => {
      give(type, error.message, false);
      return undefined;
    });
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
    save: async (key, directory) => (await forgiving("save", call({ type: "save", key }, directory)))?.type === "saved",
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

/**
 * Why a call has failed, if it has. The toolkit returns the same for a failure as for a miss, or as for a rival who is
 * just saving the same key, and tells them apart in what it prints alone.
 */
function complaintOf(printed: string, answer: CacheAnswer | undefined): string | undefined {
  if (answer === undefined) return printed.trim().split("\n").at(-1) || "its client ended without an answer";
  if (answer.type === "unavailable") return "this runner has none";
  if (answer.type === "saved" || answer.type === "exists") return undefined;
  const [, warning] = /^::(?:warning|error)(?: [^:]*)?::(.*)$/m.exec(printed) ?? [];
  if (answer.type === "restored") return answer.key === undefined ? plain(warning) : undefined;
  const [, reservation] = /^::debug::Failed to reserve cache: (.*)$/m.exec(printed) ?? [];
  if (warning === undefined && reservation?.includes("(409)")) return undefined;
  const [skipped] = /^Cache save skipped: .*$/m.exec(printed) ?? [];
  return plain(warning ?? reservation) ?? skipped ?? "the entry could not be saved";
}

/** A command's message: line breaks and percent signs are escaped in it. */
const plain = (message: string | undefined) =>
  message?.replace(/%0A.*/s, "").replaceAll("%0D", "").replaceAll("%25", "%");
