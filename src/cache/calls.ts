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
  readonly signal: AbortSignal;
}

export interface ActionsCache {
  /** The key of the first of these that there is an entry for, and the directory that holds its files. */
  readonly restore: (keys: readonly string[]) => Promise<{ key: string; directory: string } | undefined>;
  /** The directory of the newest entry whose key begins like this. */
  readonly restoreNewest: (beginning: string) => Promise<string | undefined>;
  /** Saves `directory/entry`, unless there is such a key. */
  readonly save: (key: string, directory: string) => Promise<void>;
}

/** More than GitHub's service ever needs for what is worth caching. */
const restoreSeconds = 15 * 60;
const saveSeconds = 15 * 60;

/**
 * The Actions cache, each call in a process of its own. After the first failure of a kind nothing more of that kind is
 * asked for in this run: a service that is down, full or refusing would only make the build slower.
 */
export function actionsCache({ worker, env, transfer, warn, debug, signal }: ActionsCacheOptions): ActionsCache {
  const given = { restore: true, save: true };

  async function call(request: CacheCall, cwd: string): Promise<CacheAnswer | undefined> {
    if (!given[request.type] || signal.aborted) return undefined;
    const seconds = request.type === "restore" ? restoreSeconds : saveSeconds;
    const { answer, printed, timedOut } = await ask(worker, {
      env: { ...env, GITHUB_WORKSPACE: cwd, RUNNER_TEMP: cwd },
      cwd,
      input: JSON.stringify(request),
      seconds,
      signal,
    });
    debug(plainText(printed));
    if (signal.aborted) return undefined;
    const parsed = answer === "" ? undefined : (JSON.parse(answer) as CacheAnswer);
    const complaint = timedOut ? `no answer in ${seconds} seconds` : complaintOf(printed, parsed, request);
    if (complaint !== undefined && given[request.type]) {
      given[request.type] = false;
      warn(`the Actions cache is not used any more to ${request.type}: ${complaint}`);
    }
    return complaint === undefined ? parsed : undefined;
  }

  async function restoreInto(keys: readonly string[], isWanted: (key: string) => boolean) {
    const directory = await mkdtemp(`${transfer}/in-`);
    await mkdir(`${directory}/entry`);
    const answer = await call({ type: "restore", keys }, directory);
    if (answer?.key !== undefined && isWanted(answer.key)) return { key: answer.key, directory };
    await rm(directory, { recursive: true });
    return undefined;
  }

  return {
    restore: (keys) => restoreInto(keys, (key) => keys.includes(key)),
    restoreNewest: async (beginning) => (await restoreInto([beginning], (key) => key.startsWith(beginning)))?.directory,
    async save(key, directory) {
      await call({ type: "save", key }, directory);
    },
  };
}

/** Without workflow commands: some of them hold what others mask. */
const plainText = (printed: string) =>
  printed
    .split("\n")
    .filter((line) => !line.startsWith("::"))
    .join("\n");

/** Why a call has failed, if it has: the toolkit says so in a workflow command, and returns what it returns for a miss. */
function complaintOf(printed: string, answer: CacheAnswer | undefined, { type }: CacheCall): string | undefined {
  if (answer?.available === false) return "this runner has none";
  const [, said] = /^::(?:warning|error)(?: [^:]*)?::(.*)$/m.exec(printed) ?? [];
  if (said !== undefined) return decodeURIComponent(said.replace(/%(?![0-9A-F]{2})/g, "%25")).split("\n")[0];
  if (answer === undefined) return "its client ended without an answer";
  return type === "save" && answer.saved !== true ? "the entry could not be saved" : undefined;
}
