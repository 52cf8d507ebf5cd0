import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";
import type { ClientRequest, IncomingMessage } from "node:http";
import { isFeatureAvailable, restoreCache, saveCache } from "@actions/cache";
import { onLines } from "../host/command.ts";

/** The one path of every entry: a cache's version is made of it as it is written, so it never changes. */
export const entryDirectory = "entry";

/** One request to the Actions cache; the entry's directory is `entry` in the working directory. */
export type CacheCall =
  | { readonly type: "restore"; readonly keys: readonly string[] }
  | { readonly type: "save"; readonly key: string };

export type CacheAnswer =
  /** This runner has no cache. */
  | { readonly type: "unavailable" }
  /** No key where there is no such entry, or where the toolkit failed: see failureOf(). */
  | { readonly type: "restored"; readonly key: string | undefined; readonly refusal?: Refusal | undefined }
  /** `exists`: somebody has saved an entry of this key before. */
  | { readonly type: "saved" | "exists" }
  | { readonly type: "not saved"; readonly refusal?: Refusal | undefined }
  /** The toolkit threw. */
  | { readonly type: "failed"; readonly reason: string };

/** The last answer of the service's that was an error: to a question about entries, or to a request for one's bytes. */
export interface Refusal {
  readonly of: "service" | "entry";
  /** An HTTP status of 400 or above. */
  readonly status: number;
}

/** A segment is 128 MiB: what is slower than 1 MiB/s is built sooner than it is fetched. */
const download = { segmentTimeoutInMs: 128_000 };

/**
 * Answers one call in a process of its own, because the toolkit takes the working directory from the environment, so
 * two calls in one process would unpack into each other's. It also tells apart what the toolkit prints from what we
 * print, and lets a call that hangs be ended. The process ends with the one that asks, however that ends. `environment`
 * is the process's own.
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
 * The toolkit joins tar's command line with blanks and splits it at them again, so a directory with a blank in its
 * name would come apart. The kernel has another name for the working directory, with none.
 */
function useBlanklessPaths(environment: Record<string, string | undefined>): void {
  const here = `/proc/${process.pid}/cwd`;
  process.cwd = () => here;
  Object.assign(environment, { GITHUB_WORKSPACE: here, RUNNER_TEMP: here });
}

async function callToolkit(call: CacheCall): Promise<CacheAnswer> {
  if (!isFeatureAvailable()) return { type: "unavailable" };
  const refusal = watchForRefusals();
  if (call.type === "save") return save(call.key, refusal);
  const [first = "", ...others] = call.keys;
  return { type: "restored", key: await restoreCache([entryDirectory], first, others, download), refusal: refusal() };
}

async function save(key: string, refusal: () => Refusal | undefined): Promise<CacheAnswer> {
  // saveCache packs everything before it asks whether the key is taken.
  if ((await restoreCache([entryDirectory], key, [], { lookupOnly: true })) === key) return { type: "exists" };
  const id = await saveCache([entryDirectory], key);
  return id === -1 ? { type: "not saved", refusal: refusal() } : { type: "saved" };
}

/** Notes the status of each answer, because some of the toolkit's warnings don't have it and some are empty. */
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
