import { mkdtemp } from "node:fs/promises";
import type { Problem } from "../errors.ts";
import { clearAway } from "../host/remove.ts";
import type { Environment } from "../registry/credentials.ts";
import { openPuller, type Pull } from "../registry/pull.ts";
import { answerCall, type CacheCall } from "./calls.ts";
import { openPlace } from "./open.ts";
import type { Place } from "./place.ts";
import { isWritable } from "./writable.ts";

/** A build's access to what is beyond this machine, with its user's credentials. */
export interface Access extends AsyncDisposable {
  /** The user's directory for what is in transit. */
  readonly transfer: string;
  /** Whether entries can be saved in the remote, as far as that is known. */
  readonly writable: boolean;
  /** Calls the remote. Without one, nothing is ever found. */
  readonly ask: (call: CacheCall) => Promise<unknown>;
  /** Asks a registry for parts of an image. */
  readonly pull: Pull;
}

/** The user's environment, what interrupts the build, and the receiver of problems. */
export interface AccessOptions {
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly warn: (problem: Problem) => void;
}

/** Opens the access of this process's user. Throws if the remote is a directory that isn't there. */
export async function openAccess(remote: Place | undefined, { env, signal, warn }: AccessOptions): Promise<Access> {
  const writable = remote !== undefined && (await isWritable(remote));
  // Entries may be larger than what /tmp has room for, which is often memory.
  const transfer = await mkdtemp("/var/tmp/osbuild-");
  const signals = { restore: signal, save: signal };
  const client = remote && openPlace(remote, { env, transfer, signals, warn, debug: () => undefined });
  return {
    transfer,
    writable,
    ask: async (call) => client && answerCall(client, call),
    pull: openPuller({ env, transfer, signal }),
    [Symbol.asyncDispose]: () => clearAway(transfer, warn),
  };
}
