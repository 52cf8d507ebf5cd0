import type { Remote } from "../build/context.ts";
import { openRemote } from "../cache/remote.ts";
import type { Problem } from "../errors.ts";
import type { Report } from "../events.ts";
import { runAsRoot } from "../host/sudo.ts";
import type { Environment } from "../registry/credentials.ts";
import type { Pull } from "../registry/pull.ts";
import { type Access, openAccess } from "../remote/access.ts";
import { offerAccess, useAccess } from "../remote/channel.ts";
import type { Place } from "../remote/place.ts";
import type { Layout } from "../store/layout.ts";

/** The variable that tells root's process the socket by which it uses the user's credentials. */
export const socketVariable = "OSBUILD_USER_SOCKET";

/**
 * Runs a command line as root, and gives it access to the remote and to registries meanwhile: credentials stay in this
 * process, the user's own.
 */
export async function runAsRootWithAccess(
  remote: Place | undefined,
  argv: readonly string[],
  env: Environment,
  variables: readonly string[],
): Promise<number> {
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => interrupt.abort());
  await using channel = await offerAccess((warn) => openAccess(remote, { env, signal: interrupt.signal, warn }));
  // The channel is open until it has ended.
  return await runAsRoot(argv, { ...env, [socketVariable]: channel.socket }, [...variables, socketVariable]);
}

/** A build's surroundings. */
export interface RemoteSurroundings {
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly report: Report;
  /** The ids of the pipeline's steps, in their order. */
  readonly steps: readonly string[];
}

/** The caller's environment, and what interrupts the command. */
export type Caller = Pick<RemoteSurroundings, "env" | "signal">;

/** The ways of a build beyond this machine: to the remote, and to registries. */
export interface Beyond {
  readonly remote?: Remote | undefined;
  readonly pull?: Pull | undefined;
}

/** Works with what is beyond this machine, and waits until everything that was built has been saved in the remote. */
export async function withBeyond<Value>(
  place: Place | undefined,
  layout: Layout,
  { env, signal, report, steps }: RemoteSurroundings,
  work: (beyond: Beyond) => Promise<Value>,
): Promise<Value> {
  const warn = (problem: Problem) => report({ type: "warning", problem });
  const socket = env[socketVariable];
  await using access: Access = await (socket === undefined
    ? openAccess(place, { env, signal, warn })
    : useAccess(socket, warn));
  const { transfer, writable, ask, pull } = access;
  if (place === undefined) return await work({ pull });
  const request = { prefix: "", checkpoints: "auto", images: "auto", writable } as const;
  const remote = openRemote(layout, { name: "remote", request, transfer, ask });
  const own = remote.reporting(report, steps);
  try {
    return await work({ remote: own, pull });
  } finally {
    own.ended();
    await remote.done();
  }
}
