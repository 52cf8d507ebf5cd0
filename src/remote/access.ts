import { mkdtemp } from "node:fs/promises";
import type { Problem } from "../errors.ts";
import { clearAway } from "../host/remove.ts";
import type { Environment } from "../registry/credentials.ts";
import { answerCall, type CacheCall } from "./calls.ts";
import { openPlace } from "./open.ts";
import type { Place } from "./place.ts";
import { isWritable } from "./writable.ts";

/** A build's access to a remote. */
export interface RemoteAccess extends AsyncDisposable {
  /** The user's directory for entries in transit. */
  readonly transfer: string;
  /** Whether entries can be saved, as far as that is known. */
  readonly writable: boolean;
  readonly ask: (call: CacheCall) => Promise<unknown>;
}

/** The user's environment, what interrupts the build, and the receiver of problems. */
export interface AccessOptions {
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly warn: (problem: Problem) => void;
}

/** Opens the access of this process's user. Throws if the place is a directory that isn't there. */
export async function openAccess(place: Place, { env, signal, warn }: AccessOptions): Promise<RemoteAccess> {
  const writable = await isWritable(place);
  // Entries may be larger than what /tmp has room for, which is often memory.
  const transfer = await mkdtemp("/var/tmp/osbuild-");
  const signals = { restore: signal, save: signal };
  const client = openPlace(place, { env, transfer, signals, warn, debug: () => undefined });
  return {
    transfer,
    writable,
    ask: (call) => answerCall(client, call),
    [Symbol.asyncDispose]: () => clearAway(transfer, warn),
  };
}
