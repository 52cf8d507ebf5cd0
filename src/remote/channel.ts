import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { failure, type Problem } from "../errors.ts";
import { onLines } from "../host/command.ts";
import type { PullAnswer, PullCall } from "../registry/pull.ts";
import type { Access } from "./access.ts";
import type { CacheCall } from "./calls.ts";

/** A line to the process that builds. */
type Answer =
  | { readonly type: "ready"; readonly transfer: string; readonly writable: boolean }
  | { readonly type: "reply"; readonly number: number; readonly value: unknown }
  | { readonly type: "warning"; readonly problem: Problem };

/** A line from the process that builds. */
interface Call {
  readonly number: number;
  readonly call: CacheCall | PullCall;
}

const isPull = (call: CacheCall | PullCall): call is PullCall =>
  call.type === "pull manifest" || call.type === "pull blob";

/** The user's end of a channel. */
export interface Channel extends AsyncDisposable {
  /** The path of the socket. Nobody else can open the directory that it is in. */
  readonly socket: string;
}

type Warn = (problem: Problem) => void;

/**
 * Lets one other process use an access through a socket, without the credentials for it. The socket is in the directory
 * for what is in transit. `open` gets the receiver of problems, which are told at the other end.
 */
export async function offerAccess(open: (warn: Warn) => Promise<Access>): Promise<Channel> {
  let builder: Socket | undefined;
  const say = (answer: Answer) => void builder?.write(`${JSON.stringify(answer)}\n`);
  const access = await open((problem) => say({ type: "warning", problem }));
  const { transfer, writable, ask, pull } = access;
  const server = createServer((socket) => {
    builder = socket.on("error", () => undefined);
    onLines(socket, (line) => {
      const { number, call } = JSON.parse(line) as Call;
      void (isPull(call) ? pull(call) : ask(call)).then((value) =>
        say({ type: "reply", number, value: value ?? null }),
      );
    });
    say({ type: "ready", transfer, writable });
  });
  const socket = `${transfer}/socket`;
  server.listen(socket);
  await once(server, "listening");
  return {
    socket,
    async [Symbol.asyncDispose]() {
      builder?.destroy();
      server.close();
      await access[Symbol.asyncDispose]();
    },
  };
}

/** Uses the access that another process offers. After that process has ended, nothing is found. */
export async function useAccess(socket: string, warn: Warn): Promise<Access> {
  const user = createConnection(socket);
  const waiting = new Map<number, (value: unknown) => void>();
  const ready = Promise.withResolvers<Extract<Answer, { readonly type: "ready" }>>();
  let calls = 0;
  const fail = (error: Error) => ready.reject(failure("HOST", `the user's process can't be reached: ${error.message}`));
  user.on("error", fail).on("close", () => {
    for (const settle of waiting.values()) settle(undefined);
  });
  onLines(user, (line) => hear(JSON.parse(line) as Answer));

  function hear(answer: Answer): void {
    switch (answer.type) {
      case "ready":
        return ready.resolve(answer);
      case "reply":
        waiting.get(answer.number)?.(answer.value);
        waiting.delete(answer.number);
        return;
      case "warning":
        return warn(answer.problem);
      default:
        answer satisfies never;
    }
  }

  function send(call: CacheCall | PullCall): Promise<unknown> {
    if (user.destroyed) return Promise.resolve();
    const number = calls++;
    user.write(`${JSON.stringify({ number, call } satisfies Call)}\n`);
    return new Promise((resolve) => waiting.set(number, resolve));
  }

  const { transfer, writable } = await ready.promise;
  return {
    transfer,
    writable,
    ask: send,
    pull: async (call) => ((await send(call)) as PullAnswer | undefined) ?? userHasEnded,
    [Symbol.asyncDispose]: async () => void user.destroy(),
  };
}

const userHasEnded: PullAnswer = { type: "failed", problems: [{ message: "the user's process has ended" }] };
