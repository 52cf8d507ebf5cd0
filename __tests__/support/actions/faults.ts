import { setTimeout } from "node:timers/promises";
import { Refusal } from "./refusal.ts";

/** A fault in a request. It affects the request's body in an upload, and the response's otherwise. */
export type Fault =
  | { readonly type: "status"; readonly status: number; readonly message?: string }
  /** The connection is closed within the body, after this many bytes. */
  | { readonly type: "cut"; readonly after: number }
  /** The body silently ends after this many bytes. */
  | { readonly type: "truncated"; readonly after: number }
  /** The byte at this offset is changed. */
  | { readonly type: "corrupted"; readonly at: number }
  | { readonly type: "slow"; readonly delay: number; readonly bytesPerSecond?: number };

export type Route =
  | "CreateCacheEntry"
  | "FinalizeCacheEntryUpload"
  | "GetCacheEntryDownloadURL"
  | "CreateArtifact"
  | "FinalizeArtifact"
  | "ListArtifacts"
  | "GetSignedArtifactURL"
  | "DeleteArtifact"
  /** A request to the REST API, whose name is its path below the repository's. */
  | "REST"
  | "PutBlob"
  | "PutBlock"
  | "PutBlockList"
  | "GetBlob"
  | "HeadBlob";

export interface Injection {
  readonly fault: Fault;
  readonly route: Route;
  /** Limits the fault to caches whose key, or artifacts whose name, matches. */
  readonly name?: RegExp;
  /** The number of requests that succeed first. */
  readonly skip?: number;
  /** The number of requests that fail, by default one. */
  readonly times?: number;
}

export function openFaults() {
  const injections: { readonly injection: Injection; skip: number; times: number }[] = [];
  return { inject, take };

  function inject(injection: Injection): void {
    injections.push({ injection, skip: injection.skip ?? 0, times: injection.times ?? 1 });
  }

  /** Returns the fault for this request. */
  function take(route: Route, name: string): Fault | undefined {
    for (const pending of injections) {
      const { injection } = pending;
      if (injection.route !== route || injection.name?.test(name) === false) continue;
      if (pending.skip > 0) pending.skip--;
      else if (pending.times > 0) {
        pending.times--;
        return injection.fault;
      }
    }
    return undefined;
  }
}

/** The faults that occur before anything is served. */
export async function strike(fault: Fault | undefined): Promise<void> {
  if (fault?.type === "slow") await sleep(fault.delay);
  if (fault?.type === "status") throw new Refusal(fault.status, "InjectedFault", fault.message ?? "injected fault");
}

/** The length of a body of this length after the fault. */
export const lengthAfter = (fault: Fault | undefined, length: number): number =>
  fault?.type === "truncated" ? Math.min(fault.after, length) : length;

/** Applies the fault to a body, as a step in a stream's pipeline. */
export const spoil = (fault: Fault | undefined) =>
  async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let offset = 0;
    for await (const chunk of source) {
      yield* spoilChunk(fault, chunk, offset);
      offset += chunk.length;
    }
  };

async function* spoilChunk(fault: Fault | undefined, chunk: Buffer, offset: number): AsyncGenerator<Buffer> {
  switch (fault?.type) {
    case "cut":
      yield chunk.subarray(0, Math.max(0, fault.after - offset));
      if (offset + chunk.length > fault.after) throw new CutConnection();
      return;
    case "truncated":
      yield chunk.subarray(0, Math.max(0, fault.after - offset));
      return;
    case "corrupted": {
      const copy = Buffer.from(chunk);
      const byte = copy[fault.at - offset];
      if (byte !== undefined) copy[fault.at - offset] = byte ^ 0xff;
      yield copy;
      return;
    }
    case "slow":
      if (fault.bytesPerSecond !== undefined) await sleep((chunk.length / fault.bytesPerSecond) * 1000);
      yield chunk;
      return;
    default:
      yield chunk;
  }
}

/** Waits, without keeping the process alive at the end of a test. */
const sleep = (milliseconds: number) => setTimeout(milliseconds, undefined, { ref: false });

/** Ends a pipeline, and with it the connection. */
export class CutConnection extends Error {}
