import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { ask } from "../../host/command.ts";
import type { CacheCall, CacheClient, Found, Rivals } from "../../remote/calls.ts";
import { entryDirectory } from "./entry.ts";
import { type Failure, failureMessage, failureOf, type Use } from "./failures.ts";
import type { CacheAnswer } from "./worker.ts";

/** The surroundings of the cache's client. */
export interface ActionsCacheOptions {
  /** The command line of a process that runs answerCacheCall(). */
  readonly worker: readonly string[];
  /** The environment of that process, with the runner's tokens. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly transfer: string;
  readonly warn: (message: string) => void;
  readonly debug: (text: string) => void;
  /** Cancels what is being restored. Saving goes on, because the results have already been built. */
  readonly signal: AbortSignal;
  /** The seconds after which the service counts as hanging. */
  readonly patience?: Readonly<Record<Use, number>>;
}

const useOf = ({ type }: CacheCall): Use => (type === "save" ? "save" : "restore");

/** A call's result. `lost` is the key of an entry that was found but couldn't be fetched. */
interface Called {
  readonly answer: CacheAnswer | undefined;
  readonly lost: string | undefined;
}

const nothing: Called = { answer: undefined, lost: undefined };

/** GitHub's service never needs longer for anything that is worth caching. */
const defaultPatience = { restore: 5 * 60, save: 10 * 60 };

/** Each call is a process. More of them would only share the same connection. */
const callsAtOnce = 4;

/** After this many damaged entries, something else is probably broken. */
const mostDamaged = 3;

/**
 * Opens the Actions cache. Each call is a process of its own. An entry that is gone or damaged counts as missing. After
 * any other failure this job makes no more calls of that kind, and none at all to a busy service, because a service
 * that is down, full or refuses would only slow the build down. Only the first failure is a warning.
 */
export function actionsCache(options: ActionsCacheOptions): CacheClient {
  const { worker, env, transfer, warn, debug, signal, patience = defaultPatience } = options;
  const off = new Set<Use>();
  const wait = queue(callsAtOnce);
  /** The keys of entries that couldn't be fetched. They are no reason not to save others. */
  const lost = new Set<string>();
  let warned = false;
  let damaged = 0;

  async function call(request: CacheCall, cwd: string): Promise<Called> {
    const use = useOf(request);
    const until = use === "restore" ? signal : undefined;
    if (off.has(use) || until?.aborted) return nothing;
    const seconds = patience[use];
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
    note(use, failure);
    if ("key" in failure) lost.add(failure.key);
    return { answer: undefined, lost: "key" in failure ? failure.key : undefined };
  }

  function note(use: Use, failure: Failure): void {
    const message = failureMessage(failure, use);
    switch (failure.kind) {
      case "gone":
        // Evictions are normal.
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
        off.add(use);
        break;
      default:
        failure satisfies never;
    }
    if (warned) debug(message);
    else warn(message);
    warned = true;
  }

  async function restore(request: RestoreCall): Promise<Found | undefined> {
    if (wordsOf(request).length === 0) return undefined;
    const directory = await mkdtemp(`${transfer}/in-`);
    await mkdir(`${directory}/${entryDirectory}`);
    const { answer, lost } = await wait(() => call(request, directory));
    const key = answer?.type === "restored" ? answer.key : undefined;
    const isFound = key !== undefined && wordsOf(request).some((word) => isMatch(request, word, key));
    const files = `${directory}-files`;
    if (isFound) await rename(`${directory}/${entryDirectory}`, files);
    // A killed client may have left a tar that still writes there. The post step removes the rest.
    await rm(directory, { recursive: true }).catch(() => undefined);
    if (isFound) return { key, directory: files };
    if (lost === undefined) return undefined;
    const others = wordsOf(request).filter((word) => !isMatch(request, word, lost));
    return others.length === wordsOf(request).length ? undefined : restore(withWords(request, others));
  }

  async function findNewest(beginnings: readonly string[]): Promise<string | undefined> {
    const { answer } = await wait(() => call({ type: "find newest", beginnings }, transfer));
    const key = answer?.type === "restored" ? answer.key : undefined;
    return beginnings.some((beginning) => key?.startsWith(beginning)) ? key : undefined;
  }

  /** Makes any error, such as a full disk, a failure of the cache, so that the build goes on. */
  async function forgiving<Value>(use: Use, work: Promise<Value>): Promise<Value | undefined> {
    return work.catch((error: Error) => {
      note(use, { kind: "broken", reason: error.message });
      return undefined;
    });
  }

  async function save(key: string, directory: string, unless: Rivals | null): Promise<boolean> {
    const place = await mkdtemp(`${transfer}/save-`);
    await rename(directory, `${place}/${entryDirectory}`);
    const rivals = unless === null ? null : { ...unless, except: [...unless.except, ...lost] };
    const { answer } = await wait(() => call({ type: "save", key, unless: rivals, directory }, place));
    await rm(place, { recursive: true }).catch(() => undefined);
    return answer?.type === "saved";
  }

  return {
    restore: (keys) => forgiving("restore", restore({ type: "restore", keys })),
    restoreNewest: (beginnings) => forgiving("restore", restore({ type: "restore newest", beginnings })),
    findNewest: (beginnings) => forgiving("restore", findNewest(beginnings)),
    save: async (key, directory, unless) => (await forgiving("save", save(key, directory, unless))) ?? false,
  };
}

type RestoreCall = Extract<CacheCall, { readonly type: "restore" | "restore newest" }>;

/** The keys that a call looks for, or their beginnings. */
const wordsOf = (call: RestoreCall) => (call.type === "restore" ? call.keys : call.beginnings);

const withWords = (call: RestoreCall, words: readonly string[]): RestoreCall =>
  call.type === "restore" ? { ...call, keys: words } : { ...call, beginnings: words };

/** Whether this is the key that is looked for. The service takes any key for the beginning of others. */
const isMatch = ({ type }: RestoreCall, word: string, key: string) =>
  type === "restore" ? key === word : key.startsWith(word);

/** Runs tasks in order, at most this many at a time. */
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

/** Removes workflow commands, because some contain secrets that others mask. */
const withoutCommands = (printed: string) =>
  printed
    .split("\n")
    .filter((line) => !line.startsWith("::"))
    .join("\n");
