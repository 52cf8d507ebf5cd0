import type { Remote } from "../build/context.ts";
import { openRemote } from "../cache/remote.ts";
import type { Problem } from "../errors.ts";
import type { Report } from "../events.ts";
import { runAsRoot } from "../host/sudo.ts";
import type { Environment } from "../registry/credentials.ts";
import { openAccess, type RemoteAccess } from "../remote/access.ts";
import { offerRemote, useRemote } from "../remote/channel.ts";
import type { Place } from "../remote/place.ts";
import type { Layout } from "../store/layout.ts";

/** The variable that tells root's process the socket by which it reaches the remote with the user's credentials. */
export const socketVariable = "OSBUILD_REMOTE_SOCKET";

/** Runs a command line as root, and serves the remote meanwhile: credentials stay in this process, the user's own. */
export async function runAsRootWithRemote(
  place: Place,
  argv: readonly string[],
  env: Environment,
  variables: readonly string[],
): Promise<number> {
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => interrupt.abort());
  await using channel = await offerRemote((warn) => openAccess(place, { env, signal: interrupt.signal, warn }));
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

/** Works with the remote, and waits until everything that was built has been saved. */
export async function withRemote<Value>(
  place: Place,
  layout: Layout,
  { env, signal, report, steps }: RemoteSurroundings,
  work: (remote: Remote) => Promise<Value>,
): Promise<Value> {
  const warn = (problem: Problem) => report({ type: "warning", problem });
  const socket = env[socketVariable];
  await using access: RemoteAccess = await (socket === undefined
    ? openAccess(place, { env, signal, warn })
    : useRemote(socket, warn));
  const { transfer, writable, ask } = access;
  const request = { prefix: "", checkpoints: "auto", images: "auto", writable } as const;
  const remote = openRemote(layout, { name: "remote", request, transfer, ask });
  const own = remote.reporting(report, steps);
  try {
    return await work(own);
  } finally {
    own.ended();
    await remote.done();
  }
}
