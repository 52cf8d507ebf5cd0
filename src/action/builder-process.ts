import type { ActionsCache } from "../cache/calls.ts";
import { lastError } from "../cache/failures.ts";
import { failure } from "../errors.ts";
import { converse } from "../host/command.ts";
import { isRoot } from "../host/sudo.ts";
import type { BuilderRequest, CacheCall, FromBuilder, ToBuilder } from "./protocol.ts";

/** Locked for as long as a builder or any process of it lives. */
export const lockOf = (directory: string) => `${directory}/builder.lock`;

export interface BuilderOptions {
  /** The Action's own directory. */
  readonly directory: string;
  readonly program: string;
  readonly path: string;
  readonly cache: ActionsCache | undefined;
  readonly onMessage: (message: Exclude<FromBuilder, { type: "call" }>) => void;
  readonly onError: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs the builder as root until it has served a request. It sees the PATH and nothing else of our environment: no
 * token, no input, no command file. `sudo` keeps a builder from being ended with us, so the builder ends itself when
 * its standard input does; and the kernel ends with it whatever it has started.
 */
export async function runBuilder(request: BuilderRequest, options: BuilderOptions): Promise<void> {
  const { directory, program, path, cache, onMessage, onError, signal } = options;
  const sudo = isRoot() ? [] : ["sudo", "-n", "--"];
  const said: string[] = [];
  const contained = [
    "flock",
    "--no-fork",
    lockOf(directory),
    "unshare",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
  ];
  const builder = converse([...sudo, ...contained, process.execPath, program], {
    env: { PATH: path },
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
  const { exitCode, message } = await builder.ended;
  signal.removeEventListener("abort", cancel);
  if (exitCode === 0 || signal.aborted) return;
  if (said.some((line) => line.startsWith("sudo:"))) throw noSudo(said);
  const reason = lastError(said.join("\n")) ?? message;
  throw failure("HOST", `the builder ended with exit code ${exitCode ?? "none"}: ${reason}`);

  function complain(line: string): void {
    said.push(line);
    onError(line);
  }

  function hear(from: FromBuilder): void {
    if (from.type !== "call") return onMessage(from);
    void serve(from.call).then((value) => tell({ type: "reply", number: from.number, value: value ?? null }));
  }

  async function serve(call: CacheCall): Promise<unknown> {
    switch (call.method) {
      case "restore":
        return cache?.restore(call.keys);
      case "restore newest":
        return cache?.restoreNewest(call.beginning);
      case "save":
        return cache?.save(call.key, call.directory);
      default:
        return call satisfies never;
    }
  }
}

/** Undefined for what is no message: a warning of Node.js's, say. */
function parse(line: string): FromBuilder | undefined {
  try {
    return JSON.parse(line) as FromBuilder;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const noSudo = (said: readonly string[]) =>
  failure(
    "HOST",
    `building needs root, for containers and mounts, and the runner's user can't become root: ${said.join(" ")}`,
    "let the runner's user run sudo without a password, or run the runner as root; a container without privileges can't build images",
  );
