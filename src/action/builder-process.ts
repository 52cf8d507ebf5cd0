import type { BuilderRequest, FromBuilder, FromPipeline, ToBuilder } from "../builder/protocol.ts";
import { failure } from "../errors.ts";
import type { CacheName } from "../events.ts";
import type { Pull } from "../registry/pull.ts";
import { answerCall, type CacheClient } from "../remote/calls.ts";
import { lastError } from "./cache/failures.ts";
import { startAsRoot } from "./root-process.ts";

/** The builder's start, and the receivers of its messages. */
export interface BuilderOptions {
  /** The Action's own directory. */
  readonly directory: string;
  readonly program: string;
  readonly path: string;
  readonly caches: Readonly<Record<CacheName, CacheClient | undefined>>;
  /** Answers calls to registries, with the job's credentials. */
  readonly pull: Pull;
  readonly onMessage: (message: FromPipeline) => void;
  readonly onDebug: (line: string) => void;
  readonly onError: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Runs the builder as root until it has served a request. It ends itself when its standard input does. */
export async function runBuilder(request: BuilderRequest, options: BuilderOptions): Promise<void> {
  const { directory, program, path, caches, pull, onMessage, onDebug, onError, signal } = options;
  const said: string[] = [];
  const builder = await startAsRoot([process.execPath, program], {
    directory,
    path,
    onLine: (line) => {
      const from = parse(line);
      if (from === undefined) complain(line);
      else hear(from);
    },
    onError: complain,
  });
  const tell = (message: ToBuilder) => builder.say(JSON.stringify(message));
  const cancel = () => tell({ type: "cancel" });
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  tell({ type: "start", request });
  const { exitCode, message, refusal } = await builder.ended;
  signal.removeEventListener("abort", cancel);
  if (exitCode === 0 || signal.aborted) return;
  if (refusal !== undefined) throw refusal;
  const reason = lastError(said.join("\n")) ?? message;
  throw failure("HOST", `the builder ended with exit code ${exitCode ?? "none"}: ${reason}`);

  function complain(line: string): void {
    said.push(line);
    onError(line);
  }

  function hear(from: FromBuilder): void {
    if (from.type === "debug") return onDebug(from.line);
    if (from.type !== "call" && from.type !== "pull") return onMessage(from);
    const answer: Promise<unknown> = from.type === "pull" ? pull(from.call) : askCache(from);
    void answer.then((value) => tell({ type: "reply", number: from.number, value: value ?? null }));
  }

  async function askCache({ to, call }: Extract<FromBuilder, { readonly type: "call" }>): Promise<unknown> {
    const client = caches[to];
    return client && answerCall(client, call);
  }
}

/** Parses a message. Undefined for other lines, such as warnings from Node.js. */
function parse(line: string): FromBuilder | undefined {
  try {
    return JSON.parse(line) as FromBuilder;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
