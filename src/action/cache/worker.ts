import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";
import type { ClientRequest, IncomingMessage } from "node:http";
import { isFeatureAvailable, restoreCache, saveCache } from "@actions/cache";
import { onLines } from "../../host/command.ts";
import type { CacheCall } from "../../remote/calls.ts";
import { entryDirectory } from "./entry.ts";

/** The result of a call to the toolkit. */
export type CacheAnswer =
  /** This runner has no cache. */
  | { readonly type: "unavailable" }
  /** There is no key if there is no such entry or if the toolkit failed: see failureOf(). */
  | { readonly type: "restored"; readonly key: string | undefined; readonly refusal?: Refusal | undefined }
  /** `exists` means that there was an entry with this key already. */
  | { readonly type: "saved" | "exists" }
  | { readonly type: "not saved"; readonly refusal?: Refusal | undefined }
  /** The toolkit threw. */
  | { readonly type: "failed"; readonly reason: string };

/** The service's last response, if it was an error: to a request about entries, or for the bytes of one. */
export interface Refusal {
  readonly of: "service" | "entry";
  /** An HTTP status of 400 or above. */
  readonly status: number;
}

/** A segment has 128 MiB. Below 1 MiB/s, building is faster than fetching. */
const download = { segmentTimeoutInMs: 128_000 };

/**
 * Answers one call in a process of its own. The toolkit takes the working directory, in which the entry is at
 * entryDirectory, from the environment, so two calls in one process would unpack into the same place. A process also
 * separates the toolkit's output from the Action's, and a call that hangs can be killed. The process ends when the one
 * that asks does, in any way. `environment` is the process's own.
 */
export async function answerCacheCall(environment: Record<string, string | undefined>): Promise<void> {
  process.stdin.on("end", () => process.exit(1));
  const line = await new Promise<string>((resolve) => onLines(process.stdin, resolve));
  useBlanklessPaths(environment);
  const answer = await callToolkit(JSON.parse(line) as CacheCall).catch(
    (error: Error): CacheAnswer => ({ type: "failed", reason: error.message }),
  );
  writeFileSync(3, JSON.stringify(answer));
}

/**
 * Gives the toolkit paths without spaces. It joins tar's command line with spaces and splits it at them again, which
 * breaks directory names with a space. The kernel has another path for the working directory, without spaces.
 */
function useBlanklessPaths(environment: Record<string, string | undefined>): void {
  const here = `/proc/${process.pid}/cwd`;
  process.cwd = () => here;
  Object.assign(environment, { GITHUB_WORKSPACE: here, RUNNER_TEMP: here });
}

async function callToolkit(call: CacheCall): Promise<CacheAnswer> {
  if (!isFeatureAvailable()) return { type: "unavailable" };
  const refusal = watchForRefusals();
  if (call.type === "save") return save(call, refusal);
  // The toolkit takes each key for the beginning of others, too.
  const [first = "", ...others] = call.type === "restore" ? call.keys : call.beginnings;
  const options = call.type === "find newest" ? lookup : download;
  return { type: "restored", key: await restoreCache([entryDirectory], first, others, options), refusal: refusal() };
}

const lookup = { lookupOnly: true };

async function save(
  { key, unless }: Extract<CacheCall, { readonly type: "save" }>,
  refusal: () => Refusal | undefined,
): Promise<CacheAnswer> {
  if (unless !== null) {
    // saveCache packs everything before it asks whether the key exists.
    const rival = await restoreCache([entryDirectory], unless.beginning, [], lookup);
    if (rival?.startsWith(unless.beginning) && !unless.except.includes(rival)) return { type: "exists" };
  }
  const id = await saveCache([entryDirectory], key);
  return id === -1 ? { type: "not saved", refusal: refusal() } : { type: "saved" };
}

/** Watches the status of each response, because some of the toolkit's warnings don't contain it and some are empty. */
function watchForRefusals(): () => Refusal | undefined {
  let last: Refusal | undefined;
  subscribe("http.client.response.finish", (message) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    const { statusCode: status = 0 } = response;
    const of = request.path.includes("/twirp/") ? "service" : "entry";
    last = status >= 400 ? { of, status } : undefined;
  });
  return () => last;
}
