import { setTimeout } from "node:timers/promises";
import { Refusal } from "./refusal.ts";

/** What can go wrong with a request; of an upload it is the request's body that suffers, else the answer's. */
export type Fault =
  | { readonly type: "status"; readonly status: number; readonly message?: string }
  /** The connection ends within the body, after so many bytes. */
  | { readonly type: "cut"; readonly after: number }
  /** The body has so many bytes and no more, and nothing says so. */
  | { readonly type: "truncated"; readonly after: number }
  /** The byte at this offset is another one. */
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
  | "PutBlob"
  | "PutBlock"
  | "PutBlockList"
  | "GetBlob"
  | "HeadBlob";

export interface Injection {
  readonly fault: Fault;
  readonly route: Route;
  /** Only requests for a cache whose key, or an artifact whose name, matches. */
  readonly name?: RegExp;
  /** How many requests are let through first. */
  readonly skip?: number;
  /** How many requests fail; one where nothing is said. */
  readonly times?: number;
}

export function openFaults() {
  const injections: { readonly injection: Injection; skip: number; times: number }[] = [];
  return { inject, take };

  function inject(injection: Injection): void {
    injections.push({ injection, skip: injection.skip ?? 0, times: injection.times ?? 1 });
  }

  /** The fault that this request gets. */
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

/** The faults that come before anything is served. */
export async function strike(fault: Fault | undefined): Promise<void> {
  if (fault?.type === "slow") await sleep(fault.delay);
  if (fault?.type === "status") throw new Refusal(fault.status, "InjectedFault", fault.message ?? "injected fault");
}

/** How long a body of this length is once the fault has passed over it. */
export const lengthAfter = (fault: Fault | undefined, length: number): number =>
  fault?.type === "truncated" ? Math.min(fault.after, length) : length;

/** A body as the fault leaves it: a step for a stream's pipeline. */
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

/** Nobody waits for it at the end of a test. */
const sleep = (milliseconds: number) => setTimeout(milliseconds, undefined, { ref: false });

/** Ends a pipeline, and with it the connection. */
export class CutConnection extends Error {}
